import { formatHex, parseHex } from "./hex.ts";
import { type JsonValue, MAX_JSON_DEPTH, parseJson } from "./json.ts";
import { type DecodeError, describe, fail, ok, type Result } from "./result.ts";

/** One thing found in a stream: a JSON object or list, a line of text that is no JSON, or octets that had to be given up. */
export type JsonItem =
  | Readonly<{ kind: "json"; value: JsonValue; at: number }>
  | Readonly<{ kind: "text"; text: string; at: number }>
  | Readonly<{ kind: "error"; error: DecodeError }>;

/** Where a splitter stands: what is begun, in hex, and how it was scanned. A plain JSON value. */
export type JsonSplitterState = Readonly<{
  begun: string;
  mode: Mode;
  depth: number;
  inString: boolean;
  escaped: boolean;
  offset: number;
  beganAt: number;
}>;

export type JsonSplitter = {
  push(chunk: Uint8Array): JsonItem[];
  /** The stream's or datagram's end: a begun line is whole, a begun value is not. The next octet begins anew. */
  finish(): JsonItem[];
  readonly begunOctets: number;
  snapshot(): JsonSplitterState;
};

/** Longest value or line. A longer one is dropped up to the next newline and counted. */
export const MAX_JSON_OCTETS = 4 << 20;

type Mode = "between" | "value" | "text" | "skipping";

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SPACE = 0x20;

/**
 * Cuts a stream, in chunks cut anywhere, into JSON objects and lists that follow one another with or without anything between them,
 * and lines of other text. Under `endsAtNewline` a value has one line, so that a damaged one costs itself alone. Errors: `not-json`,
 * `too-deep`, `too-long`, `truncated`, `not-utf8`. Holds at most MAX_JSON_OCTETS. `at` counts octets from the stream's beginning.
 */
export function createJsonSplitter(
  { endsAtNewline = false }: Readonly<{ endsAtNewline?: boolean }> = {},
  from?: JsonSplitterState,
): JsonSplitter {
  const begun = restored(from?.begun ?? "");
  let held: Uint8Array = begun;
  let heldLength = begun.length;
  let { mode = "between", depth = 0, inString = false, escaped = false, offset = 0, beganAt = 0 } = from ?? {};

  const begin = (next: Mode, at: number): void => {
    mode = next;
    beganAt = at;
    depth = next === "value" ? 1 : 0;
    inString = false;
    escaped = false;
  };
  const hold = (octets: Uint8Array): void => {
    if (heldLength + octets.length > held.length) {
      const room = new Uint8Array(Math.max(heldLength + octets.length, 2 * held.length));
      room.set(held.subarray(0, heldLength));
      held = room;
    }
    held.set(octets, heldLength);
    heldLength += octets.length;
  };
  /** What was held and the rest of it; nothing is held afterwards. */
  const taken = (rest: Uint8Array): Uint8Array => {
    if (heldLength === 0) return rest;
    hold(rest);
    const all = held.slice(0, heldLength);
    held = new Uint8Array(0);
    heldLength = 0;
    return all;
  };
  const drop = (): void => void taken(new Uint8Array(0));

  /** Scans one octet of a value: "on", "end", or the code that it must be given up with. */
  const scan = (octet: number): "on" | "end" | "too-deep" | "not-json" => {
    if (octet === NEWLINE && (endsAtNewline || inString)) return "not-json";
    if (inString) {
      if (escaped) escaped = false;
      else if (octet === BACKSLASH) escaped = true;
      else if (octet === QUOTE) inString = false;
    } else if (octet === QUOTE) inString = true;
    else if (isOpening(octet)) return ++depth > MAX_JSON_DEPTH ? "too-deep" : "on";
    else if (isClosing(octet)) return --depth === 0 ? "end" : "on";
    return "on";
  };
  const giveUp = (code: string, detail: string, next: Mode): JsonItem => {
    drop();
    mode = next;
    return { kind: "error", error: { code, item: "json", at: beganAt, detail } };
  };

  return {
    push(chunk) {
      const items: JsonItem[] = [];
      let start = 0;
      for (let i = 0; i < chunk.length; i++) {
        const octet = chunk[i] ?? 0;
        if (mode === "between") {
          if (octet <= SPACE || octet === COMMA) continue;
          start = i;
          begin(isOpening(octet) ? "value" : "text", offset + i);
        } else if (mode === "text") {
          if (octet !== NEWLINE && octet !== 0) continue;
          items.push(textItem(taken(chunk.subarray(start, i)), beganAt));
          mode = "between";
        } else if (mode === "value") {
          const answer = scan(octet);
          if (answer === "on") continue;
          if (answer === "end") items.push(valueItem(taken(chunk.subarray(start, i + 1)), beganAt));
          else if (answer === "too-deep") items.push(giveUp(answer, `at most ${MAX_JSON_DEPTH} levels expected`, "skipping"));
          else items.push(giveUp(answer, "the line ends before its JSON does", "between"));
          if (answer === "end") mode = "between";
        } else if (octet === NEWLINE) mode = "between";
      }
      if (mode === "value" || mode === "text") {
        if (heldLength + chunk.length - start > MAX_JSON_OCTETS)
          items.push(giveUp("too-long", `at most ${MAX_JSON_OCTETS} octets expected`, "skipping"));
        else hold(chunk.subarray(start));
      }
      offset += chunk.length;
      return items;
    },
    finish() {
      const items: JsonItem[] = [];
      if (mode === "text") items.push(textItem(taken(new Uint8Array(0)), beganAt));
      else if (mode === "value")
        items.push(giveUp("truncated", `ends after ${offset - beganAt} octets, ${depth} brackets open`, "between"));
      mode = "between";
      return items;
    },
    get begunOctets() {
      return heldLength;
    },
    snapshot: () => ({ begun: formatHex(held, 0, heldLength), mode, depth, inString, escaped, offset, beganAt }),
  };
}

const isOpening = (octet: number): boolean => octet === 0x7b || octet === 0x5b;
const isClosing = (octet: number): boolean => octet === 0x7d || octet === 0x5d;

function valueItem(octets: Uint8Array, at: number): JsonItem {
  if (octets.length > MAX_JSON_OCTETS)
    return { kind: "error", error: { code: "too-long", item: "json", at, detail: `at most ${MAX_JSON_OCTETS} octets expected` } };
  const text = decodeUtf8(octets, at);
  const value = text.ok ? parseJson(text.value, at) : text;
  return value.ok ? { kind: "json", value: value.value, at } : { kind: "error", error: value.error };
}

function textItem(octets: Uint8Array, at: number): JsonItem {
  const text = decodeUtf8(octets, at);
  return text.ok ? { kind: "text", text: text.value.trimEnd(), at } : { kind: "error", error: text.error };
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function decodeUtf8(octets: Uint8Array, at: number): Result<string> {
  try {
    return ok(UTF8.decode(octets));
  } catch {
    return fail("not-utf8", "json", at, `${octets.length} octets that are not UTF-8`);
  }
}

function restored(begun: string): Uint8Array {
  const octets = parseHex(begun);
  if (!octets.ok) throw new TypeError(`What is begun must be hex digits: ${describe(octets.error)}`);
  return octets.value;
}
