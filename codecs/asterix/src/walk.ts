import { formatHex } from "@picket/bytes";
import type { AsterixError, AsterixErrorCode } from "./errors.ts";
import type { Field } from "./field.ts";
import { layOut } from "./layout.ts";
import { fieldReader } from "./read-field.ts";
import type { Compound, Explicit, Extended, Part, Repetitive } from "./table.ts";

/** Where the walk stands. A `fault` ends the record; `errors` holds what was wrong within a part that carries its own length. */
export type Walk = {
  readonly bytes: Uint8Array;
  at: number;
  end: number;
  fault: AsterixError | undefined;
  errors: AsterixError[];
  outOfRange: string[];
};
/** Reads one part where the walk stands and moves it on. What it answers counts for nothing once there is a fault. */
export type ReadPart = (walk: Walk) => unknown;
type Members = Record<string, unknown>;
/** Adds the values of one group to `into`. */
type ReadFields = (walk: Walk, into: Members) => void;

const failWalk = (walk: Walk, code: AsterixErrorCode, item: string, at: number, detail: string): void => {
  walk.fault ??= { code, item, at, detail };
};

/** The reader of an item, which answers an object, or for a repetitive one an array. `name` is such as `I048/040`. */
export const itemReader = (of: Part, name: string): ReadPart => ("bits" in of ? groupReader([of], name) : partReader(of, name));

/** Everything a table says is worked out here, once; what runs for a record only reads. */
function partReader(of: Part, name: string): ReadPart {
  switch (of.kind) {
    case "group":
      return groupReader(of.fields, name);
    case "extended":
      return extendedReader(of, name);
    case "compound":
      return compoundReader(of, name);
    case "repetitive":
      return of.by === "count" ? countedReader(of, name) : chainedReader(of, name);
    case "explicit":
      return explicitReader(of, name);
    default:
      return singleReader(of, name);
  }
}

function groupReader(fields: readonly Field[], name: string): ReadPart {
  const read = fieldsReader(fields, 0, name);
  const { octets } = layOut(fields);
  const readGroup = (walk: Walk): Members => {
    const members: Members = {};
    read(walk, members);
    return members;
  };
  return octets <= 2 && isOfCodes(fields) ? remembering(readGroup, () => octets) : readGroup;
}

/** A field that stands alone in its octets. */
function singleReader(field: Field, name: string): ReadPart {
  const { octets, placed } = layOut([field]);
  const read = placed.map(fieldReader)[0];
  const [min, max] = field.range ?? [-Infinity, Infinity];
  return (walk) => {
    const at = walk.at;
    if (!read || !advance(walk, octets, name)) return undefined;
    const value = read(walk.bytes, at);
    if (typeof value === "string" || (value >= min && value <= max)) return value;
    walk.outOfRange.push(name);
    return undefined;
  };
}

/** Groups of which all but the last end with FX set: their members stand side by side. */
function extendedReader({ extents }: Extended, name: string): ReadPart {
  const reads = extents.map((fields) => fieldsReader(fields, 1, name));
  const readExtents = (walk: Walk): Members => {
    const members: Members = {};
    for (const read of reads) {
      read(walk, members);
      if (walk.fault || !hasFx(walk)) return members;
    }
    // A later edition may have appended extents: their octets are passed over.
    while (advance(walk, 1, name) && hasFx(walk));
    return members;
  };
  const isShort = extents.slice(0, 2).every((fields) => layOut(fields, 1).octets === 1 && isOfCodes(fields));
  return isShort ? remembering(readExtents, shortExtents) : readExtents;
}

/** 1 or 2 where that is how many extents of an octet there are, and 0 where there are more. */
function shortExtents({ bytes, at }: Walk): number {
  if (((bytes[at] ?? 0) & 1) === 0) return 1;
  return ((bytes[at + 1] ?? 0) & 1) === 0 ? 2 : 0;
}

const isOfCodes = (fields: readonly Field[]): boolean => fields.every(({ kind }) => kind === "code" || kind === "spare");

/** How many objects of a group are remembered. */
const REMEMBERED = 64;

/**
 * Answers the same object for the same one or two octets of codes, as `octetsOf` says: a radar says the same few over and over, and half
 * of a record is such. They are shared, so they are frozen.
 */
function remembering(read: (walk: Walk) => Members, octetsOf: (walk: Walk) => number): ReadPart {
  const raws = new Int32Array(REMEMBERED).fill(-1);
  const remembered: Members[] = [];
  return (walk) => {
    const { bytes, at, end } = walk;
    const octets = octetsOf(walk);
    if (octets === 0 || end - at < octets) return read(walk);
    const first = bytes[at] ?? 0;
    const raw = octets === 1 ? first : ((first << 8) | (bytes[at + 1] ?? 0)) + 0x100;
    const slot = (raw ^ (raw >> 6) ^ (raw >> 12)) % REMEMBERED;
    const known = remembered[slot];
    if (known && raws[slot] === raw) {
      walk.at = at + octets;
      return known;
    }
    const members = Object.freeze(read(walk));
    raws[slot] = raw;
    remembered[slot] = members;
    return members;
  };
}

const hasFx = (walk: Walk): boolean => ((walk.bytes[walk.at - 1] ?? 0) & 1) === 1;

function compoundReader({ parts, octets }: Compound, name: string): ReadPart {
  const byFrn: PresentPart[] = [];
  for (const [key, { frn, of }] of Object.entries(parts)) byFrn[frn] = { key, read: partReader(of, `${name}/${key}`) };
  return presentReader(byFrn, octets, name);
}

export type PresentPart = Readonly<{ key: string; read: ReadPart }>;

/**
 * Reads a field specification and then the parts that it says are there. It has as many octets as `octets` says, or, where that is
 * `undefined`, seven bits to the octet and a last one, FX, that says another follows.
 */
export function presentReader(byFrn: readonly (PresentPart | undefined)[], octets: number | undefined, name: string): ReadPart {
  const perOctet = octets === undefined ? 7 : 8;
  const mask = octets === undefined ? 0xfe : 0xff;
  return (walk) => {
    const members: Members = {};
    const from = walk.at;
    if (octets === undefined) passFspec(walk, name);
    else advance(walk, octets, name);
    const to = walk.at;
    for (let at = from; at < to && !walk.fault; at++) {
      // The presence bits left to do, at the top of a word: counting the zeros before them finds the next.
      let present = ((walk.bytes[at] ?? 0) & mask) << 24;
      while (present !== 0 && !walk.fault) {
        const bit = Math.clz32(present);
        present ^= 0x8000_0000 >>> bit;
        const frn = (at - from) * perOctet + bit + 1;
        const part = byFrn[frn];
        if (!part) return failWalk(walk, "unknown-item", name, at, `field reference number ${frn} is none of this edition`);
        const value = part.read(walk);
        if (value !== undefined) members[part.key] = value;
      }
    }
    return members;
  };
}

function passFspec(walk: Walk, name: string): void {
  let at = walk.at;
  while (at < walk.end && ((walk.bytes[at] ?? 0) & 1) === 1) at++;
  if (at >= walk.end) failWalk(walk, "truncated", name, walk.at, "the field specification goes on past the end");
  else walk.at = at + 1;
}

function countedReader({ entry }: Repetitive, name: string): ReadPart {
  const read = partReader(entry, name);
  return (walk) => {
    const values: unknown[] = [];
    const count = walk.bytes[walk.at] ?? 0;
    if (!advance(walk, 1, name)) return values;
    for (let i = 0; i < count && !walk.fault; i++) values.push(read(walk));
    return values;
  };
}

/** Entries of which all but the last have FX set behind them. An entry of one field is its value. */
function chainedReader({ entry }: Repetitive, name: string): ReadPart {
  const read = fieldsReader(entry.kind === "group" ? entry.fields : [entry], 1, name);
  const only = entry.kind === "group" ? undefined : entry.name;
  return (walk) => {
    const values: unknown[] = [];
    do {
      const members: Members = {};
      read(walk, members);
      values.push(only === undefined ? members : members[only]);
    } while (!walk.fault && hasFx(walk));
    return values;
  };
}

/**
 * Content behind its own length. What its table does not read, for a length that does not bear it or a part that a later edition brought,
 * is an error, not a fault: the octets are handed on and the record goes on behind them.
 */
function explicitReader({ content }: Explicit, name: string): ReadPart {
  const read = content && Object.keys(content.parts).length > 0 ? partReader(content, name) : undefined;
  return (walk) => {
    const from = walk.at;
    const length = walk.bytes[from] ?? 0;
    if (from < walk.end && length === 0) return failWalk(walk, "bad-explicit-length", name, from, "a length of 0");
    if (!advance(walk, Math.max(length, 1), name)) return undefined;
    const octets = { octets: formatHex(walk.bytes, from + 1, from + length) };
    if (!read) return octets;
    const inner: Walk = { ...walk, at: from + 1, end: from + length };
    const members = read(inner);
    if (!inner.fault) return members;
    const { code, item, at, detail } = inner.fault;
    walk.errors.push({ code: code === "truncated" ? "bad-explicit-length" : code, item, at, detail });
    return octets;
  };
}

/** The one place where values leave the octets for an object. */
function fieldsReader(fields: readonly Field[], fxBits: 0 | 1, name: string): ReadFields {
  const { octets, placed } = layOut(fields, fxBits);
  const slots = placed.map((one) => ({ ...one.field, path: `${name}/${one.field.name}`, read: fieldReader(one) }));
  const plain = slots.map(({ name: key, read }) => ({ key, read }));
  if (slots.every(({ range, when }) => range === undefined && when === undefined))
    return (walk, into) => {
      const { bytes, at } = walk;
      if (!advance(walk, octets, name)) return;
      for (const { key, read } of plain) into[key] = read(bytes, at);
    };
  return (walk, into) => {
    const { bytes, at } = walk;
    if (!advance(walk, octets, name)) return;
    let selector: number | string = 0;
    for (const { name: key, read, range, when, path } of slots) {
      if (when !== undefined && when !== selector) continue;
      const value = read(bytes, at);
      if (when === undefined) selector = value;
      if (range && typeof value === "number" && (value < range[0] || value > range[1])) walk.outOfRange.push(path);
      else into[key] = value;
    }
  };
}

/** Moves on by `octets`, or not at all, with a fault, when they are not there. */
function advance(walk: Walk, octets: number, name: string): boolean {
  const left = walk.end - walk.at;
  if (left < octets) failWalk(walk, "truncated", name, walk.at, `needs ${octets} octets, ${left} left`);
  else walk.at += octets;
  return left >= octets;
}
