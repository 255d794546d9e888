import { type AsterixBlock, BLOCK_HEADER_OCTETS, stepBlock } from "./block.ts";
import { CATEGORIES, type CategoryNumber, findEdition, type Items, newestEdition } from "./editions.ts";
import type { AsterixError } from "./errors.ts";
import { blockName, itemName } from "./names.ts";
import type { Category, Item } from "./table.ts";
import { itemReader, type PresentPart, presentReader, type ReadPart, type Walk } from "./walk.ts";

/**
 * One record of category `N`. It lies at `at` in the octets that were given, `octets` long. `items` has those that were there, by number:
 * `i040` is I048/040. `outOfRange` names the values that the standard does not allow, which read as unknown.
 */
export type RecordOf<N extends CategoryNumber> = Readonly<{
  category: N;
  edition: string;
  at: number;
  octets: number;
  items: Items<N>;
  outOfRange: readonly string[];
}>;
/** Told apart by `category`. */
export type AsterixRecord = { [N in CategoryNumber]: RecordOf<N> }[CategoryNumber];

/** A record whose items are their octets, as sent. They share memory with what was decoded. */
export type RawAsterixRecord = Omit<RecordOf<CategoryNumber>, "items"> &
  Readonly<{ items: Readonly<Record<string, Uint8Array>> }>;

/** What a datagram held: its records in order, and what was refused. A block that was skipped is one error. */
export type AsterixDatagram<Record = AsterixRecord> = Readonly<{ records: readonly Record[]; errors: readonly AsterixError[] }>;

/** Which edition of a category a feed sends; the newest unless told. */
export type AsterixEditions = Readonly<Partial<Record<CategoryNumber, string>>>;

export type AsterixDecoder = {
  /** Decodes every block of a datagram, or of what {@link stepBlock} set apart. Never throws, and keeps nothing between calls. */
  decode(bytes: Uint8Array): AsterixDatagram;
  /** As `decode`, with the octets of every item instead of its values. */
  decodeRaw(bytes: Uint8Array): AsterixDatagram<RawAsterixRecord>;
};

/** Throws RangeError for an edition that there is not. */
export function createAsterixDecoder(editions: AsterixEditions = {}): AsterixDecoder {
  const profiles = compileProfiles(editions, (read) => read);
  const rawProfiles = compileProfiles(editions, octetsOf);
  return {
    // The tables make both the values and, by the category, their type.
    decode: (bytes) => decodeDatagram(bytes, profiles) as AsterixDatagram,
    decodeRaw: (bytes) => decodeDatagram(bytes, rawProfiles) as AsterixDatagram<RawAsterixRecord>,
  };
}

type WalkedRecord = Omit<RecordOf<CategoryNumber>, "category" | "items"> & Readonly<{ category: number; items: unknown }>;

/** How to read a record of one edition. */
type Profile = Readonly<{ edition: string; read: ReadPart }>;
type Profiles = readonly (Profile | undefined)[];

function compileProfiles(editions: AsterixEditions, wrap: (read: ReadPart) => ReadPart): Profiles {
  for (const category of Object.keys(editions)) newestEdition(Number(category));
  const profiles: Profile[] = [];
  for (const newest of Object.values(CATEGORIES)) {
    const edition = editions[newest.category as CategoryNumber];
    const table = edition === undefined ? newest : findEdition(newest.category, edition);
    profiles[newest.category] = compileProfile(table, wrap);
  }
  return profiles;
}

function compileProfile({ category, edition, items }: Category, wrap: (read: ReadPart) => ReadPart): Profile {
  const byFrn: PresentPart[] = [];
  for (const [key, { frn, of }] of Object.entries<Item>(items))
    byFrn[frn] = { key, read: wrap(itemReader(of, itemName(category, key))) };
  return { edition, read: presentReader(byFrn, undefined, blockName(category)) };
}

/** The octets of an item instead of its value. */
const octetsOf =
  (read: ReadPart): ReadPart =>
  (walk) => {
    const from = walk.at;
    read(walk);
    return walk.bytes.subarray(from, walk.at);
  };

function decodeDatagram(bytes: Uint8Array, profiles: Profiles): AsterixDatagram<WalkedRecord> {
  const records: WalkedRecord[] = [];
  const errors: AsterixError[] = [];
  let at = 0;
  while (at < bytes.length) {
    const block = stepBlock(bytes, at);
    if (block.kind === "record") decodeBlock(bytes, block.value, profiles, records, errors);
    else errors.push(block.kind === "error" ? block.error : cutBlock(bytes, at, block.atLeast));
    at = block.kind === "more" ? bytes.length : block.next;
  }
  return { records, errors };
}

const cutBlock = (bytes: Uint8Array, at: number, needed: number): AsterixError => ({
  code: "truncated",
  item: blockName(bytes[at] ?? 0),
  at,
  detail: `needs ${needed} octets, ${bytes.length - at} left`,
});

/** Records carry no length: what cannot be read ends the block, and the next block goes on. */
function decodeBlock(
  bytes: Uint8Array,
  { category, at, octets }: AsterixBlock,
  profiles: Profiles,
  records: WalkedRecord[],
  errors: AsterixError[],
): void {
  const profile = profiles[category];
  if (!profile) {
    errors.push({ code: "unknown-category", item: blockName(category), at, detail: `skipped ${octets} octets` });
    return;
  }
  const end = at + octets;
  for (let from = at + BLOCK_HEADER_OCTETS; from < end; ) {
    const walk: Walk = { bytes, at: from, end, fault: undefined, errors, outOfRange: [] };
    const items = profile.read(walk);
    const fault = walk.fault ?? (isEmpty(items) ? emptyRecord(category, from) : undefined);
    if (fault) {
      errors.push(fault);
      return;
    }
    records.push({ category, edition: profile.edition, at: from, octets: walk.at - from, items, outOfRange: walk.outOfRange });
    from = walk.at;
  }
}

/** Asked of every record: listing its members would cost as much as reading some. */
function isEmpty(items: unknown): boolean {
  for (const _ in items as object) return false;
  return true;
}

const emptyRecord = (category: number, at: number): AsterixError => ({
  code: "empty-record",
  item: blockName(category),
  at,
  detail: "the field specification names no item",
});
