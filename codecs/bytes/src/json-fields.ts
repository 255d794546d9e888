import { isJsonObject, type JsonObject, type JsonValue, shown } from "./json.ts";
import type { DecodeError } from "./result.ts";

/** Errors that one record may note. What is wrong beyond them is one more error, `too-many-errors`. */
export const MAX_RECORD_ERRORS = 1000;
const MAX_TEXT = 256;
const NOT_PRINTABLE = /[^\x20-\x7e]/g;

export type Range = Readonly<{ min?: number; max?: number }>;

/**
 * Reads an object's own fields by name. A field that is absent or null is `undefined`; one that is there and is not what it must be is
 * `undefined` too, and noted as an error with its JSON Pointer, what was expected and what came.
 */
export type Fields = {
  readonly path: string;
  has(name: string): boolean;
  value(name: string): JsonValue | undefined;
  /** A finite number, or text that is one and nothing else, within `range`. */
  number(name: string, range?: Range): number | undefined;
  /** Printable ASCII without the padding around it; other characters become U+FFFD. Numbers are taken as their text. Empty is `undefined`. */
  text(name: string, maxLength?: number): string | undefined;
  /** True or false, also as 1 and 0. */
  flag(name: string): boolean | undefined;
  object(name: string): Fields | undefined;
  /** The elements of a list; none when it is absent. */
  list(name: string): readonly JsonValue[];
  refuse(code: string, name: string, detail: string): undefined;
};

/** The fields of `value`, which lies at the JSON Pointer `path` of a record that began at offset `at`. Errors are noted in `errors`. */
export function fieldsOf(value: JsonObject, path: string, at: number, errors: DecodeError[]): Fields {
  const read = (name: string): JsonValue | undefined => (Object.hasOwn(value, name) ? (value[name] ?? undefined) : undefined);
  const refuse = (code: string, name: string, detail: string): undefined =>
    noteError(errors, { code, item: `${path}/${pointerOf(name)}`, at, detail });
  const expect = (name: string, what: string): undefined =>
    refuse("wrong-type", name, `${what} expected, got ${shown(read(name))}`);

  return {
    path,
    has: (name) => read(name) !== undefined,
    value: read,
    number(name, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = {}) {
      const raw = read(name);
      if (raw === undefined || raw === "") return undefined;
      const number = typeof raw === "string" && raw.trim() !== "" ? Number(raw) : raw;
      if (typeof number !== "number" || !Number.isFinite(number)) return expect(name, "a number");
      if (number < min || number > max) return refuse("out-of-range", name, `from ${min} to ${max} expected, got ${number}`);
      return number;
    },
    text(name, maxLength = MAX_TEXT) {
      const raw = read(name);
      if (raw === undefined) return undefined;
      if (typeof raw !== "string" && typeof raw !== "number") return expect(name, "text");
      const text = String(raw).trim();
      if (text.length > maxLength)
        return refuse("too-long", name, `at most ${maxLength} characters expected, got ${text.length}`);
      return text === "" ? undefined : printable(text);
    },
    flag(name) {
      const raw = read(name);
      if (raw === undefined) return undefined;
      if (raw === true || raw === 1) return true;
      return raw === false || raw === 0 ? false : expect(name, "true or false");
    },
    object(name) {
      const raw = read(name);
      if (raw === undefined) return undefined;
      return isJsonObject(raw) ? fieldsOf(raw, `${path}/${pointerOf(name)}`, at, errors) : expect(name, "an object");
    },
    list(name) {
      const raw = read(name);
      if (raw === undefined) return [];
      return Array.isArray(raw) ? raw : (expect(name, "a list") ?? []);
    },
    refuse,
  };
}

/** Text of strangers as it may stand in a log or on a page. */
export const printable = (text: string): string => text.replace(NOT_PRINTABLE, "\ufffd");

/** Adds an error unless a record has too many already. */
export function noteError(errors: DecodeError[], error: DecodeError): undefined {
  if (errors.length < MAX_RECORD_ERRORS) errors.push(error);
  else if (errors.length === MAX_RECORD_ERRORS)
    errors.push({
      code: "too-many-errors",
      item: error.item,
      at: error.at,
      detail: `more than ${MAX_RECORD_ERRORS} in one record`,
    });
}

/** @source RFC 6901 */
const pointerOf = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");
