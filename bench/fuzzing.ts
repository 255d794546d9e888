import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A whole number from 0 to below `below`. */
export type Random = (below: number) => number;
export type Count = (code: string) => void;

/** What is fuzzed: how an input is made of the seeds by chance, taken in, and what must hold of what came of it. */
export type Subject<Input, Output> = Readonly<{
  name: string;
  seeds: number;
  /** The codes that may be answered beside `ok`; any where it is not stated. */
  codes?: ReadonlySet<string>;
  mutate(random: Random): Input;
  /** The work that is timed. Counts every answer by its code, `ok` for what is sound. */
  take(input: Input, count: Count): Output;
  /** What must hold, or throws. `index` tells which input it is, so that what is dear is done for some of them. */
  check?(output: Output, input: Input, look: Readonly<{ index: number; random: Random; count: Count }>): void;
  /** The input as text, for whoever mends what it broke. */
  show(input: Input): string;
}>;

/** What many mutated inputs did. `codes` counts the answers: `ok`, and every error by its code. */
export type FuzzReport = Readonly<{
  inputs: number;
  seeds: number;
  seconds: number;
  codes: Readonly<Record<string, number>>;
  slowestMs: number;
  heapGrowthMb: number;
}>;

/** So many inputs are taken before memory is measured: by then code is compiled and tables are filled. */
const WARM_UP = 5000;

/**
 * Feeds `inputs` mutated inputs to a subject and throws at once, with seed and input, when it throws, answers a code that it does not
 * declare, or when a check does not hold. The same seed gives the same inputs.
 */
export function fuzz<Input, Output>(
  subject: Subject<Input, Output>,
  { inputs, seed }: Readonly<{ inputs: number; seed: number }>,
): FuzzReport {
  const random = createRandom(seed);
  const codes = new Map<string, number>();
  const count: Count = (code) => void codes.set(code, (codes.get(code) ?? 0) + 1);
  const ignore: Count = () => undefined;
  for (let index = 0; index < Math.min(inputs, WARM_UP); index++) subject.take(subject.mutate(random), ignore);
  const heapBefore = heapUsed();
  const start = performance.now();
  let slowestMs = 0;
  for (let index = 0; index < inputs; index++) {
    const input = subject.mutate(random);
    try {
      const began = performance.now();
      const output = subject.take(input, count);
      const ms = performance.now() - began;
      slowestMs = slowerMs(slowestMs, ms, () => subject.take(input, ignore));
      subject.check?.(output, input, { index, random, count });
    } catch (error) {
      throw new Error(`${subject.name}, seed ${seed}, input ${index}: ${subject.show(input)}`, { cause: error });
    }
  }
  const seconds = (performance.now() - start) / 1000;
  const strange = subject.codes && [...codes.keys()].find((code) => code !== "ok" && !subject.codes?.has(code));
  if (strange !== undefined) throw new Error(`${subject.name}: ${strange} is no declared code`);
  return {
    inputs,
    seeds: subject.seeds,
    seconds,
    codes: Object.fromEntries([...codes].sort(([, a], [, b]) => b - a)),
    slowestMs,
    heapGrowthMb: (heapUsed() - heapBefore) / 1e6,
  };
}

export const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");

/** The same numbers for the same seed, everywhere: Marsaglia's xorshift of 32 bits. */
export function createRandom(seed: number): Random {
  let state = (seed ^ 0x9e37_79b9) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

export function pick<T>(from: readonly T[], random: Random): T {
  const picked = from[random(from.length)];
  if (picked === undefined) throw new RangeError("Expected something to pick from, got nothing");
  return picked;
}

/** `bytes` with what lies from `from` to `to` replaced by `piece`, of the same kind as they. */
export function splice<B extends Uint8Array>(bytes: B, from: number, to: number, piece: Uint8Array): B {
  const joined = Buffer.concat([bytes.subarray(0, from), piece, bytes.subarray(Math.min(to, bytes.length))]);
  return (Buffer.isBuffer(bytes) ? joined : new Uint8Array(joined)) as Uint8Array as B;
}

/** Up to 64 octets of an input, from anywhere in it. */
export function pieceOf<B extends Uint8Array>(bytes: B, random: Random): B {
  const from = random(Math.max(bytes.length, 1));
  return bytes.subarray(from, from + 1 + random(64)) as B;
}

/** An input that took longer is timed again: a machine that does other things must not be taken for a hang. */
const SUSPECT_MS = 5;

/** The slowest input's time, milliseconds, now that another took `ms`; `again` does the work of that one anew. */
function slowerMs(slowestMs: number, ms: number, again: () => unknown): number {
  if (ms <= Math.max(slowestMs, SUSPECT_MS)) return Math.max(slowestMs, ms);
  const times = [0, 1, 2].map(() => {
    const startMs = performance.now();
    again();
    return performance.now() - startMs;
  });
  return Math.max(slowestMs, Math.min(ms, ...times));
}

/** Octets in use after everything that nobody holds has been collected. */
function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
