/** What JSON can carry. A member that is `undefined` counts as absent. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | Readonly<{ [member: string]: JsonValue | undefined }>;

/**
 * Writes the one text a JSON value has: members sorted by UTF-16 code units, no blanks, numbers and strings as ECMAScript writes
 * them. Throws on what has no such text: a number that is not finite, half of a surrogate pair.
 *
 * @source RFC 8785, sections 3.2.1 (white space), 3.2.2 (literals, strings, numbers) and 3.2.3 (order of members).
 */
export function canonicalJson(value: JsonValue): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`JSON needs a finite number, got ${value}`);
  if (typeof value === "string") return canonicalString(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value).filter((member): member is [string, JsonValue] => member[1] !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, inner]) => `${canonicalString(name)}:${canonicalJson(inner)}`).join(",")}}`;
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new TypeError(`JSON needs whole surrogate pairs, got ${JSON.stringify(text)}`);
  return JSON.stringify(text);
}

/** `Array.isArray` does not narrow a read-only array. */
const isList = (value: object): value is readonly JsonValue[] => Array.isArray(value);
