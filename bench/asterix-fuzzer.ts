import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { ASTERIX_ERROR_CODES, type AsterixRecord, type CategoryNumber, createAsterixDecoder, encodeBlock } from "@picket/asterix";
import { hexOf, pick, pieceOf, type Random, type Subject, splice } from "./fuzzing.ts";

const ROOT = resolve(import.meta.dirname, "..");
const LONGEST_INPUT = 70_000;
const CHECKED_OF = 8;
const CATEGORIES = [10, 15, 20, 21, 34, 48, 62, 63, 65, 129];

const decoder = createAsterixDecoder();

/**
 * The decoder: records lie one behind the other, raw and decoded ones in the same places, and a sound record encodes to the same meaning.
 */
export function asterixSubject(): Subject<Uint8Array, readonly AsterixRecord[]> {
  const seeds = loadSeeds();
  return {
    name: "asterix",
    seeds: seeds.length,
    codes: new Set(ASTERIX_ERROR_CODES),
    mutate: (random) => mutate(seeds, random),
    take(octets, count) {
      const { records, errors } = decoder.decode(octets);
      for (const _ of records) count("ok");
      for (const { code } of errors) count(code);
      return records;
    },
    check(records, octets, { index }) {
      if (index % CHECKED_OF === 0) check(octets, records);
    },
    show: hexOf,
  };
}

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
