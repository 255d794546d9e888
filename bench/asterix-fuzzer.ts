import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ASTERIX_ERROR_CODES, type AsterixRecord, type CategoryNumber, createAsterixDecoder, encodeBlock } from "@picket/asterix";
import { createRandom, heapUsed, pick, pieceOf, type Random, slowerMs, splice } from "./fuzzing.ts";

/** What many mutated datagrams did. `codes` counts the answers: `ok` for a record, and every error by its code. */
export type AsterixFuzzReport = Readonly<{
  frames: number;
  seeds: number;
  seconds: number;
  codes: Readonly<Record<string, number>>;
  slowestMs: number;
  heapGrowthMb: number;
}>;

const ROOT = resolve(import.meta.dirname, "..");
const LONGEST_INPUT = 70_000;
const CHECKED_OF = 8;
const CATEGORIES = [10, 15, 20, 21, 34, 48, 62, 63, 65, 129];
const CODES: ReadonlySet<string> = new Set(ASTERIX_ERROR_CODES);

/**
 * Feeds `frames` mutated datagrams to the decoder, and throws at once, with the octets, when it throws, when records do not lie one behind
 * the other, when raw and decoded records differ in where they lie, or when a sound record encodes to another meaning.
 */
export function fuzzAsterix({ frames, seed }: Readonly<{ frames: number; seed: number }>): AsterixFuzzReport {
  const seeds = loadSeeds();
  const random = createRandom(seed);
  const codes = new Map<string, number>();
  const count = (code: string): void => void codes.set(code, (codes.get(code) ?? 0) + 1);
  for (let i = 0; i < Math.min(frames, 20_000); i++) decoder.decode(mutate(seeds, random));
  const heapBefore = heapUsed();
  const start = performance.now();
  let slowestMs = 0;
  for (let i = 0; i < frames; i++) {
    const bytes = mutate(seeds, random);
    const began = performance.now();
    try {
      const { records, errors } = decoder.decode(bytes);
      const ms = performance.now() - began;
      slowestMs = slowerMs(slowestMs, ms, () => decoder.decode(bytes));
      for (const _ of records) count("ok");
      for (const { code } of errors) count(code);
      if (i % CHECKED_OF === 0) check(bytes, records);
    } catch (error) {
      throw new Error(`seed ${seed}, datagram ${i}, ${Buffer.from(bytes).toString("hex")}`, { cause: error });
    }
  }
  const unknown = [...codes.keys()].find((code) => code !== "ok" && !CODES.has(code));
  if (unknown !== undefined) throw new Error(`${unknown} is no declared code`);
  return {
    frames,
    seeds: seeds.length,
    seconds: (performance.now() - start) / 1000,
    codes: Object.fromEntries([...codes].sort(([, a], [, b]) => b - a)),
    slowestMs,
    heapGrowthMb: (heapUsed() - heapBefore) / 1e6,
  };
}

const decoder = createAsterixDecoder();

function check(bytes: Uint8Array, records: readonly AsterixRecord[]): void {
  const raw = decoder.decodeRaw(bytes).records;
  let end = 0;
  for (const [i, record] of records.entries()) {
    const { at, octets } = record;
    if (at < end || octets < 1 || at + octets > bytes.length)
      throw new Error(`record ${i} lies at ${at}, the one before ends at ${end}`);
    if (raw[i]?.at !== at || raw[i].octets !== octets) throw new Error(`record ${i} lies elsewhere raw`);
    end = at + octets;
    checkMeaning(record);
  }
}

/** What was out of range is not there to be sent again, and letters that there are not cannot be. */
function checkMeaning({ category, items, outOfRange }: AsterixRecord): void {
  const meaning = JSON.stringify(items);
  if (outOfRange.length > 0 || meaning.includes("\ufffd")) return;
  const [again] = decoder.decode(encodeBlock<CategoryNumber>(category, [items])).records;
  if (JSON.stringify(again?.items) !== meaning) throw new Error(`${meaning} came back as ${JSON.stringify(again?.items)}`);
}

/** One to four changes to a datagram, or noise behind a header that holds. */
function mutate(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  if (random(16) === 0) return noise(random);
  let bytes: Uint8Array = pick(seeds, random).slice();
  for (let changes = 1 + random(4); changes > 0; changes--) bytes = change(bytes, seeds, random);
  return bytes.subarray(0, LONGEST_INPUT);
}

function noise(random: Random): Uint8Array {
  const bytes = Uint8Array.from({ length: 4 + random(300) }, () => random(256));
  bytes.set([CATEGORIES[random(CATEGORIES.length)] ?? 0, bytes.length >> 8, bytes.length & 0xff]);
  return bytes;
}

/** A bit, an octet, a length field, a category, a cut, a piece of another datagram put in or over, a piece twice, two datagrams as one. */
function change(bytes: Uint8Array, seeds: readonly Uint8Array[], random: Random): Uint8Array {
  const at = random(Math.max(bytes.length, 1));
  switch (random(9)) {
    case 0:
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
      return bytes;
    case 1:
      bytes[at] = random(256);
      return bytes;
    case 2:
      bytes[at] = [0, 1, 0x7f, 0x80, 0xff, bytes.length - at][random(6)] ?? 0;
      return bytes;
    case 3:
      bytes[1 + random(2)] = random(2) === 0 ? bytes.length & 0xff : random(256);
      return bytes;
    case 4:
      bytes[0] = CATEGORIES[random(CATEGORIES.length)] ?? 0;
      return bytes;
    case 5:
      return bytes.slice(0, at);
    case 6:
      return splice(bytes, at, at + random(40), pieceOf(pick(seeds, random), random));
    case 7:
      return splice(bytes, at, at, bytes.slice(at, at + random(64)));
    default:
      return splice(bytes, bytes.length, bytes.length, pick(seeds, random));
  }
}

/** Our own vectors, and where the shared folder is there its captures too. */
function loadSeeds(): readonly Uint8Array[] {
  const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
  const own = JSON.parse(readFileSync(join(ROOT, "codecs/asterix/vectors/blocks.json"), "utf8")) as { hex: string }[];
  const shared = resolve(ROOT, process.env["PICKET_SHARED"] ?? "../shared", "vectors/asterix");
  const captured = existsSync(shared)
    ? readdirSync(shared)
        .filter((file) => file.endsWith(".udp-hex.txt"))
        .flatMap((file) => readFileSync(join(shared, file), "utf8").trim().split("\n"))
    : [];
  return [...own.map(({ hex }) => hex), ...captured].map(octets);
}
