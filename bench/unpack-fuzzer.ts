import { execFileSync } from "node:child_process";
import { crc32, gzipSync, constants as zlib } from "node:zlib";
import { MAX_UNPACKED_OCTETS, unpack } from "@picket/server";

export type Packer = "gzip" | "xz" | "lzma";
export const PACKERS: readonly Packer[] = ["gzip", "xz", "lzma"];

/** What many mutated messages came to. `codes` counts the answers: `ok`, and every refusal by its code. */
export type UnpackReport = Readonly<{
  packer: Packer;
  inputs: number;
  seconds: number;
  codes: Readonly<Record<string, number>>;
  slowestMs: number;
  peakRssMb: number;
}>;

/** Times are the thread's own, so that other processes do not count; slower than this is timed again, for a pause of the collector does. */
const SUSPECT_MS = 5;
const TIMED_AGAIN = 4;
/** One message in so many is made of a large one. */
const LARGE_EVERY = 500;
const RSS_EVERY = 5000;
/** What tells the packers apart, which is kept. */
const MAGIC_OCTETS: Readonly<Record<Packer, number>> = { gzip: 3, xz: 6, lzma: 3 };
const XZ_BLOCK_AT = 12;

type Random = (below: number) => number;

/**
 * Unpacks `inputs` mutated messages of one packer, in one go without a turn of the event loop, and throws with seed and message when that
 * throws or when more than the cap comes out.
 */
export function fuzzUnpack(packer: Packer, { inputs, seed }: Readonly<{ inputs: number; seed: number }>): UnpackReport {
  const random = seeded(seed);
  const [small, large] = [seedsOf(packer, SMALL), seedsOf(packer, LARGE)];
  const codes: Record<string, number> = {};
  let slowestMs = 0;
  let peakRssMb = 0;
  const began = performance.now();
  for (let i = 0; i < inputs; i++) {
    const message = mutated(packer, i % LARGE_EVERY === 0 ? large : small, random);
    let tookMs = timed(message, codes, `${packer}, seed ${seed}, input ${i}`);
    for (let again = 0; again < TIMED_AGAIN && tookMs > SUSPECT_MS; again++) tookMs = Math.min(tookMs, timed(message, {}, ""));
    slowestMs = Math.max(slowestMs, tookMs);
    if (i % RSS_EVERY === 0) peakRssMb = Math.max(peakRssMb, process.memoryUsage.rss() / 2 ** 20);
  }
  return { packer, inputs, seconds: (performance.now() - began) / 1000, codes, slowestMs, peakRssMb };
}

function timed(message: Uint8Array, codes: Record<string, number>, which: string): number {
  const startedUs = process.threadCpuUsage().user;
  const answer = tryUnpack(message, which);
  const tookMs = (process.threadCpuUsage().user - startedUs) / 1000;
  if (answer.ok && answer.value.length > MAX_UNPACKED_OCTETS) throw new Error(`${which}: ${answer.value.length} octets came out`);
  const code = answer.ok ? "ok" : answer.error.code;
  codes[code] = (codes[code] ?? 0) + 1;
  return tookMs;
}

function tryUnpack(message: Uint8Array, which: string): ReturnType<typeof unpack> {
  try {
    return unpack(message);
  } catch (error) {
    throw new Error(`${which}: ${Buffer.from(message).toString("base64").slice(0, 2000)}`, { cause: error });
  }
}

/** Changes octets, cuts, doubles, leaves out or joins parts, and mends the checksums that would hide what lies behind them. */
function mutated(packer: Packer, seeds: readonly Buffer[], random: Random): Buffer {
  const keep = MAGIC_OCTETS[packer];
  let message = Buffer.from(pick(seeds, random));
  const within = () => keep + random(Math.max(1, message.length - keep));
  switch (random(6)) {
    case 0:
      message = message.subarray(0, within());
      break;
    case 1: {
      const [at, other] = [within(), pick(seeds, random)];
      message = Buffer.concat([message.subarray(0, at), other.subarray(random(other.length))]);
      break;
    }
    case 2: {
      const at = within();
      message = Buffer.concat([message.subarray(0, at), message.subarray(Math.max(keep, at - random(40)))]);
      break;
    }
    default:
  }
  for (let left = random(4); left >= 0 && message.length > keep; left--) message[within()] = random(3) === 0 ? 0xff : random(256);
  if (packer === "xz" && random(2) === 0) mendXz(message);
  return message;
}

/** Makes the checksums of stream and block header fit again. */
function mendXz(message: Buffer): void {
  if (message.length < XZ_BLOCK_AT + 1) return;
  message.writeUInt32LE(crc32(message.subarray(6, 8)), 8);
  const dataAt = XZ_BLOCK_AT + ((message[XZ_BLOCK_AT] as number) + 1) * 4;
  if (dataAt <= message.length) message.writeUInt32LE(crc32(message.subarray(XZ_BLOCK_AT, dataAt - 4)), dataAt - 4);
}

const pick = (seeds: readonly Buffer[], random: Random): Buffer => seeds[random(seeds.length)] as Buffer;

const MESSAGE = Buffer.from(
  JSON.stringify({
    protocol: 1,
    data: Array.from({ length: 40 }, (_, i) => ({ "sensor ID": `ds230-${i}`, latitude: 32 + i / 997, rssi: -i })),
  }),
);
const SMALL: readonly Buffer[] = [Buffer.from("remote ID"), MESSAGE.subarray(0, 300), MESSAGE, mixed(3000)];
const LARGE: readonly Buffer[] = [
  mixed(60_000),
  Buffer.alloc(MAX_UNPACKED_OCTETS),
  Buffer.alloc(MAX_UNPACKED_OCTETS + 1),
  mixed(400_000),
];

function seedsOf(packer: Packer, texts: readonly Buffer[]): readonly Buffer[] {
  const xz = (text: Buffer, ...options: readonly string[]) =>
    execFileSync("xz", ["-c", ...options], { input: text, maxBuffer: 1 << 24 });
  switch (packer) {
    case "gzip":
      return texts.flatMap((text) => [gzipSync(text), gzipSync(text, { level: 0 }), gzipSync(text, { strategy: zlib.Z_FIXED })]);
    case "xz":
      return texts.flatMap((text) => [xz(text), xz(text, "--check=none", "-0"), xz(text, "--check=crc32", "--block-size=1000")]);
    case "lzma":
      return texts.flatMap((text) => [xz(text, "--format=lzma"), xz(text, "--format=lzma", "-0")]);
    default:
      return packer satisfies never;
  }
}

/** By turns of seven letters and of noise. */
function mixed(octets: number): Buffer {
  const random = seeded(octets);
  return Buffer.from(Array.from({ length: octets }, (_, at) => (at % 60_000 < 40_000 ? 0x61 + ((at * at) % 7) : random(256))));
}

function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e37_79b9) >>> 0;
    let mixedState = Math.imul(state ^ (state >>> 16), 0x21f0_aaad);
    mixedState = Math.imul(mixedState ^ (mixedState >>> 15), 0x735a_2d97);
    return Math.floor((((mixedState ^ (mixedState >>> 15)) >>> 0) / 2 ** 32) * below);
  };
}
