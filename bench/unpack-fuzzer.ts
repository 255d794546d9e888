import { execFileSync } from "node:child_process";
import { crc32, gzipSync, constants as zlib } from "node:zlib";
import { MAX_UNPACKED_OCTETS, unpack } from "@picket/server";
import { createRandom, pick, type Random, type Subject } from "./fuzzing.ts";

type Packer = "gzip" | "xz" | "lzma";
const PACKERS: readonly Packer[] = ["gzip", "xz", "lzma"];

/** One message in so many is made of a large one. */
const LARGE_EVERY = 500;
const RESIDENT_EVERY = 5000;
const MOST_GROWTH_OCTETS = 200e6;
/** What tells the packers apart, which is kept. */
const MAGIC_OCTETS: Readonly<Record<Packer, number>> = { gzip: 3, xz: 6, lzma: 3 };
const XZ_BLOCK_AT = 12;

/** What unpacks messages, one packer by one: never more than the cap comes out, and memory is given back. Needs the program xz. */
export const unpackSubjects = (): readonly Subject<Buffer, ReturnType<typeof unpack>>[] =>
  PACKERS.map((packer) => {
    const [small, large] = [seedsOf(packer, SMALL), seedsOf(packer, LARGE)];
    const residentBefore = process.memoryUsage.rss();
    return {
      name: packer,
      seeds: small.length + large.length,
      mutate: (random) => mutated(packer, random(LARGE_EVERY) === 0 ? large : small, random),
      take(message, count) {
        const answer = unpack(message);
        count(answer.ok ? "ok" : answer.error.code);
        return answer;
      },
      check(answer, _, { index }) {
        if (answer.ok && answer.value.length > MAX_UNPACKED_OCTETS) throw new Error(`${answer.value.length} octets came out`);
        if (index % RESIDENT_EVERY !== 0) return;
        const grown = process.memoryUsage.rss() - residentBefore;
        if (grown > MOST_GROWTH_OCTETS) throw new Error(`${(grown / 1e6).toFixed(0)} MB more are resident`);
      },
      show: (message) => message.toString("base64").slice(0, 2000),
    };
  });

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
  const random = createRandom(octets);
  return Buffer.from(Array.from({ length: octets }, (_, at) => (at % 60_000 < 40_000 ? 0x61 + ((at * at) % 7) : random(256))));
}
