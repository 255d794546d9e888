import { fail, ok, type Result } from "@picket/bytes";
import { type JournalEntry, timeOf } from "./journal-entry.ts";

/** Wire number of each kind: never reused, never renumbered. */
const KINDS = { boot: 1, configuration: 2, command: 3, bytes: 4, mark: 5, erasure: 6 } as const satisfies Record<
  JournalEntry["kind"],
  number
>;

const NAMES = new Map(Object.entries(KINDS).map(([name, number]) => [number, name] as const));
const kindName = (kind: number): string => NAMES.get(kind as (typeof KINDS)[keyof typeof KINDS]) ?? "unknown";

const HEADER_LENGTH = 10;
const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true });

/** An entry read back, with the label under which it is kept. */
export type LabelledEntry = Readonly<{ retention: string; entry: JournalEntry }>;

/**
 * The octets of an entry that its leaf covers, all numbers big-endian: kind (u8), time (f64 Unix ms), retention label (u8 length and
 * UTF-8; empty means the kind's own), then for
 * `bytes` feed (u8 length), from (u8 length) and the rest raw; `boot` the number (u32) and the version; `mark` nothing; for the
 * others JSON text.
 */
export function encodeEntry(entry: JournalEntry, retention: string = entry.kind): Uint8Array<ArrayBuffer> {
  const label = shortText(retention === entry.kind ? "" : retention, "A retention label");
  const parts = bodyParts(entry);
  const length = parts.reduce((sum, part) => sum + part.length, HEADER_LENGTH + label.length);
  const octets = new Uint8Array(length);
  const view = new DataView(octets.buffer);
  view.setUint8(0, KINDS[entry.kind]);
  view.setFloat64(1, timeOf(entry));
  view.setUint8(9, label.length);
  octets.set(label, HEADER_LENGTH);
  let at = HEADER_LENGTH + label.length;
  for (const part of parts) {
    octets.set(part, at);
    at += part.length;
  }
  return octets;
}

/** What is kept beside an entry for search: its time and retention label. `octets` come from {@link encodeEntry}. */
export function decodeHeader(octets: Uint8Array): Readonly<{ timeMs: number; retention: string }> {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const label = octets.subarray(HEADER_LENGTH, HEADER_LENGTH + view.getUint8(9));
  return { timeMs: view.getFloat64(1), retention: label.length > 0 ? fromUtf8.decode(label) : kindName(view.getUint8(0)) };
}

/** Reads {@link encodeEntry}'s octets back. The answer shares memory with `octets`. */
export function decodeEntry(octets: Uint8Array): Result<LabelledEntry> {
  if (octets.length < HEADER_LENGTH) return fail("truncated", "entry", 0, `needs ${HEADER_LENGTH} octets, ${octets.length} left`);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const bodyAt = HEADER_LENGTH + view.getUint8(9);
  try {
    const entry = decodeBody(view.getUint8(0), view.getFloat64(1), octets.subarray(bodyAt));
    if (!entry) return fail("unknown-kind", "entry", 0, `kind ${view.getUint8(0)}`);
    return ok({ retention: fromUtf8.decode(octets.subarray(HEADER_LENGTH, bodyAt)) || entry.kind, entry });
  } catch (cause) {
    return fail("malformed", "entry", HEADER_LENGTH, String(cause));
  }
}

function bodyParts(entry: JournalEntry): Uint8Array[] {
  switch (entry.kind) {
    case "bytes": {
      const feed = shortText(entry.feed, "A feed id");
      const from = shortText(entry.from, "A peer's name");
      return [Uint8Array.of(feed.length), feed, Uint8Array.of(from.length), from, entry.bytes];
    }
    case "command":
      return [utf8.encode(jsonText(entry.command))];
    case "configuration":
      return [utf8.encode(jsonText(entry.configuration))];
    case "erasure":
      return [utf8.encode(jsonText(entry.erasure))];
    case "boot":
      return [bootNumberOctets(entry.bootNumber), utf8.encode(entry.version)];
    case "mark":
      return [];
    default:
      return entry satisfies never;
  }
}

/** Throws on broken text, which {@link decodeEntry} turns into data. */
function decodeBody(kind: number, timeMs: number, body: Uint8Array): JournalEntry | undefined {
  switch (kind) {
    case KINDS.bytes: {
      const feedEnd = 1 + (body[0] ?? 0);
      const fromEnd = feedEnd + 1 + (body[feedEnd] ?? 0);
      if (fromEnd > body.length) throw new RangeError("names longer than the entry");
      const feed = fromUtf8.decode(body.subarray(1, feedEnd));
      const from = fromUtf8.decode(body.subarray(feedEnd + 1, fromEnd));
      return { kind: "bytes", feed, from, receivedMs: timeMs, bytes: body.subarray(fromEnd) };
    }
    case KINDS.command:
      return { kind: "command", receivedMs: timeMs, command: JSON.parse(fromUtf8.decode(body)) };
    case KINDS.configuration:
      return { kind: "configuration", receivedMs: timeMs, configuration: JSON.parse(fromUtf8.decode(body)) };
    case KINDS.erasure:
      return { kind: "erasure", nowMs: timeMs, erasure: JSON.parse(fromUtf8.decode(body)) };
    case KINDS.boot: {
      const bootNumber = new DataView(body.buffer, body.byteOffset, body.byteLength).getUint32(0);
      return { kind: "boot", bootNumber, version: fromUtf8.decode(body.subarray(4)), nowMs: timeMs };
    }
    case KINDS.mark:
      return { kind: "mark", nowMs: timeMs };
    default:
      return undefined;
  }
}

function bootNumberOctets(bootNumber: number): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, bootNumber);
  return octets;
}

function shortText(text: string, what: string): Uint8Array {
  const octets = utf8.encode(text);
  if (octets.length > 255) throw new RangeError(`${what} has at most 255 octets of UTF-8, got ${octets.length}`);
  return octets;
}

/** `JSON.stringify` answers `undefined` for what JSON cannot say: refused here rather than lost on disk. */
function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`A journalled value must be JSON, got ${typeof value}`);
  return text;
}
