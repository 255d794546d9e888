import { parseHex, Writer } from "@picket/bytes";
import { BLOCK_HEADER_OCTETS } from "./block.ts";
import { type CategoryNumber, findEdition, type ItemsDraft, newestEdition } from "./editions.ts";
import type { Field } from "./field.ts";
import { layOut } from "./layout.ts";
import { itemName } from "./names.ts";
import type { Category, Explicit, Extended, Part, Repetitive } from "./table.ts";
import { type Values, writeField } from "./write-field.ts";

const MAX_BLOCK_OCTETS = 0xffff;
const MAX_EXPLICIT_OCTETS = 0xff;
const MAX_ENTRIES = 0xff;

/**
 * One data block of records, items in the order of the profile. Codes left out are zero; a quantity or text left out is a TypeError, and
 * what the wire cannot carry a RangeError.
 */
export function encodeBlock<N extends CategoryNumber>(
  category: N,
  records: readonly ItemsDraft<N>[],
  edition: string = newestEdition(category),
): Uint8Array<ArrayBuffer> {
  const table = findEdition(category, edition);
  const out = new Writer("big").u8(category);
  const content = new Writer("big");
  for (const record of records) writeRecord(content, table, record);
  const octets = BLOCK_HEADER_OCTETS + content.length;
  if (octets > MAX_BLOCK_OCTETS) throw new RangeError(`A block must be at most ${MAX_BLOCK_OCTETS} octets, got ${octets}`);
  return out.u16(octets).put(content.bytes()).bytes();
}

function writeRecord(out: Writer, { category, items }: Category, record: Values): void {
  const count = writePresent(out, items, record, undefined, (key) => itemName(category, key), writeItem);
  if (count === 0) throw new RangeError(`A record of category ${category} must have an item`);
}

type WritePart = (out: Writer, of: Part, value: unknown, name: string) => void;

/** The field specification of what `values` has, then each part in its order; answers how many there are. */
function writePresent(
  out: Writer,
  parts: Readonly<Record<string, Readonly<{ frn: number; of: Part }>>>,
  values: Values,
  octets: number | undefined,
  nameOf: (key: string) => string,
  write: WritePart,
): number {
  const keys = Object.keys(values).filter((key) => values[key] !== undefined);
  const present = keys.map((key) => {
    const part = parts[key];
    if (!part) throw new TypeError(`${nameOf(key)} is not in this edition`);
    return { ...part, key };
  });
  present.sort((a, b) => a.frn - b.frn);
  writeFspec(out, present, octets);
  for (const { key, of } of present) write(out, of, values[key], nameOf(key));
  return present.length;
}

function writeFspec(out: Writer, present: readonly Readonly<{ frn: number }>[], octets: number | undefined): void {
  const perOctet = octets === undefined ? 7 : 8;
  const count = octets ?? Math.max(1, Math.ceil((present.at(-1)?.frn ?? 0) / perOctet));
  const fspec = new Uint8Array(count);
  for (const { frn } of present) {
    const octet = Math.floor((frn - 1) / perOctet);
    fspec[octet] = (fspec[octet] ?? 0) | (0x80 >> ((frn - 1) % perOctet));
  }
  if (octets === undefined) for (let i = 0; i < count - 1; i++) fspec[i] = (fspec[i] ?? 0) | 1;
  out.put(fspec);
}

const writeItem: WritePart = (out, of, value, name) =>
  "bits" in of ? writeGroup(out, [of], value, name) : writePart(out, of, value, name);

const writePart: WritePart = (out, of, value, name) => {
  switch (of.kind) {
    case "group":
      return writeGroup(out, of.fields, value, name);
    case "extended":
      return writeExtended(out, of, requireValues(value, name), name);
    case "compound":
      return void writePresent(out, of.parts, requireValues(value, name), of.octets, (key) => `${name}/${key}`, writePart);
    case "repetitive":
      return writeRepetitive(out, of, value, name);
    case "explicit":
      return writeExplicit(out, of, requireValues(value, name), name);
    default:
      return writeFields(out, [of], { [of.name]: value }, name, undefined);
  }
};

/** Refuses a member that none of the groups has. */
function requireKnown(values: Values, groups: readonly (readonly Field[])[], name: string): void {
  const isField = (key: string): boolean => groups.some((fields) => fields.some((field) => field.name === key));
  const unknown = Object.keys(values).find((key) => !isField(key));
  if (unknown !== undefined) throw new TypeError(`${name}/${unknown} is not in this edition`);
}

const writeGroup = (out: Writer, fields: readonly Field[], value: unknown, name: string): void => {
  const values = requireValues(value, name);
  requireKnown(values, [fields], name);
  writeFields(out, fields, values, name, undefined);
};

/** The fields of a group; `fx`, where it has one, is its last bit. */
function writeFields(out: Writer, fields: readonly Field[], values: Values, name: string, fx: boolean | undefined): void {
  const { octets, placed } = layOut(fields, fx === undefined ? 0 : 1);
  const group = new Uint8Array(octets);
  let selector: unknown = 0;
  for (const one of placed) {
    const { name: key, when } = one.field;
    if (when !== undefined && when !== selector) continue;
    const value = values[key];
    if (when === undefined) selector = value ?? 0;
    writeField(group, one, value, `${name}/${key}`);
  }
  if (fx) group[octets - 1] = (group[octets - 1] ?? 0) | 1;
  out.put(group);
}

/** As many extents as it takes to tell all that is there. */
function writeExtended(out: Writer, { extents }: Extended, values: Values, name: string): void {
  requireKnown(values, extents, name);
  const last = extents.findLastIndex((fields) => fields.some((field) => values[field.name] !== undefined));
  extents.slice(0, Math.max(last, 0) + 1).forEach((fields, i) => {
    writeFields(out, fields, values, name, i < last);
  });
}

function writeRepetitive(out: Writer, { by, entry }: Repetitive, value: unknown, name: string): void {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be an array, got ${typeof value}`);
  if (by === "count") {
    if (value.length > MAX_ENTRIES) throw new RangeError(`${name} must have at most ${MAX_ENTRIES} entries, got ${value.length}`);
    out.u8(value.length);
    for (const one of value) writePart(out, entry, one, name);
    return;
  }
  if (value.length === 0) throw new RangeError(`${name} must have an entry`);
  const fields = entry.kind === "group" ? entry.fields : [entry];
  value.forEach((one: unknown, i) => {
    const values = entry.kind === "group" ? requireValues(one, name) : { [entry.name]: one };
    writeFields(out, fields, values, name, i < value.length - 1);
  });
}

function writeExplicit(out: Writer, { content }: Explicit, values: Values, name: string): void {
  const inner = new Writer("big");
  const { octets } = values;
  if (typeof octets === "string") inner.put(requireHex(octets, name));
  else if (content) writePart(inner, content, values, name);
  if (inner.length >= MAX_EXPLICIT_OCTETS)
    throw new RangeError(`${name} must be less than ${MAX_EXPLICIT_OCTETS} octets, got ${inner.length}`);
  out.u8(inner.length + 1).put(inner.bytes());
}

function requireHex(text: string, name: string): Uint8Array {
  const octets = parseHex(text);
  if (octets.ok) return octets.value;
  throw new TypeError(`${name}/octets must be hex digits: ${octets.error.detail}`);
}

function requireValues(value: unknown, name: string): Values {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Values;
  throw new TypeError(`${name} must be an object, got ${Array.isArray(value) ? "an array" : typeof value}`);
}
