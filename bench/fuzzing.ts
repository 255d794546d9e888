/** What every fuzzer needs: chance that can be played again, cuts and pieces, and measures of one input and of the heap. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** A whole number from 0 to below `below`. */
export type Random = (below: number) => number;

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
export function slowerMs(slowestMs: number, ms: number, again: () => unknown): number {
  if (ms <= Math.max(slowestMs, SUSPECT_MS)) return Math.max(slowestMs, ms);
  const times = [0, 1, 2].map(() => {
    const startMs = performance.now();
    again();
    return performance.now() - startMs;
  });
  return Math.max(slowestMs, Math.min(ms, ...times));
}

/** Octets in use after everything that nobody holds has been collected. */
export function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
