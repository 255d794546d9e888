/** What the scan is inside of: between tags, in a tag (one of three that matter), or in a part that ends only with its own mark. */
type Inside = "text" | "event-tag" | "end-tag" | "other-tag" | "comment" | "cdata" | "instruction";

/**
 * How far a scan has come: `at` is the next octet to look at, counted from where the message begins; `quote` the quotation mark it is
 * inside of, or 0. Plain data that survives JSON.
 */
export type EventScan = Readonly<{ at: number; inside: Inside; quote: number; seen: "nothing" | "event" | "other" }>;

/** Where the message ends; or where an event begins though this one has not ended, or is none; or how far the scan came. */
export type ScanAnswer =
  | Readonly<{ kind: "end"; at: number }>
  | Readonly<{ kind: "begins"; at: number; after: "event" | "other" }>
  | Readonly<{ kind: "more"; scan: EventScan }>;

export const SCAN_START: EventScan = { at: 0, inside: "text", quote: 0, seen: "nothing" };

const ascii = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));
const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
/** Begins a declaration, such as of a document type, which belongs to the event that follows. */
const BANG = 0x21;
const QUOTES: readonly number[] = ascii("'\"");
const AFTER_NAME: readonly number[] = ascii(" \t\r\n/>");
const EVENT = ascii("<event");
const END_EVENT = ascii("</event");
const SECTIONS = {
  comment: { opening: ascii("<!--"), end: ascii("-->") },
  cdata: { opening: ascii("<![CDATA["), end: ascii("]]>") },
  instruction: { opening: ascii("<?"), end: ascii("?>") },
} as const;
/** With so many octets from a `<` on, or a `>` before, it is certain what opens there. */
const LONGEST_OPENING = 9;

/**
 * Looks for where an event ends in a stream that frames it by nothing else: just past `</event>`, or `<event …/>`, outside comments,
 * CDATA sections and quotes. Nesting does not count, so that one malformed event never swallows those after it: an event that begins
 * within an event, or after another root element, begins anew.
 *
 * @source TAK protocol, traditional streaming: messages are told apart by their closing tag.
 */
export function scanEvent(bytes: Uint8Array, from: EventScan): ScanAnswer {
  let { at, inside, quote, seen } = from;
  while (at < bytes.length) {
    if (inside === "text") {
      const opening = bytes.indexOf(LESS, at);
      at = opening < 0 ? bytes.length : opening;
      if (opening < 0 || isUndecided(bytes, at)) break;
      inside = readOpening(bytes, at);
      if (inside === "event-tag" && seen !== "nothing") return { kind: "begins", at, after: seen };
      if (inside === "event-tag") seen = "event";
      else if (inside === "other-tag" && seen === "nothing" && bytes[at + 1] !== BANG) seen = "other";
      at += inside in SECTIONS ? SECTIONS[inside as keyof typeof SECTIONS].opening.length : 1;
    } else if (inside in SECTIONS) {
      const { end } = SECTIONS[inside as keyof typeof SECTIONS];
      const found = find(bytes, end, at);
      at = found < 0 ? Math.max(at, bytes.length - end.length + 1) : found + end.length;
      if (found < 0) break;
      inside = "text";
    } else {
      const stop = findInTag(bytes, at, quote);
      at = stop.at;
      quote = stop.quote;
      if (at === bytes.length) break;
      const isEnd = inside === "end-tag" || (inside === "event-tag" && bytes[at - 1] === SLASH);
      if (bytes[at] === GREATER && isEnd) return { kind: "end", at: at + 1 };
      if (bytes[at] === GREATER) at++;
      inside = "text";
      quote = 0;
    }
  }
  return { kind: "more", scan: { at, inside, quote, seen } };
}

/** The next `>` outside quotes, or the next `<`, which no tag may contain, not even quoted; or the end, and the quote it lies in. */
function findInTag(bytes: Uint8Array, from: number, openQuote: number): Readonly<{ at: number; quote: number }> {
  let quote = openQuote;
  for (let at = from; at < bytes.length; at++) {
    const octet = bytes[at] ?? 0;
    if (octet === LESS || (octet === GREATER && quote === 0)) return { at, quote };
    if (octet === quote) quote = 0;
    else if (quote === 0 && QUOTES.includes(octet)) quote = octet;
  }
  return { at: bytes.length, quote };
}

/** Whether more octets could change what opens at `at`. */
const isUndecided = (bytes: Uint8Array, at: number): boolean =>
  bytes.length - at < LONGEST_OPENING && bytes.indexOf(GREATER, at) < 0;

function readOpening(bytes: Uint8Array, at: number): Inside {
  if (isAt(bytes, EVENT, at) && AFTER_NAME.includes(bytes[at + EVENT.length] ?? 0)) return "event-tag";
  if (isAt(bytes, END_EVENT, at) && AFTER_NAME.includes(bytes[at + END_EVENT.length] ?? 0)) return "end-tag";
  for (const section of ["comment", "cdata", "instruction"] as const)
    if (isAt(bytes, SECTIONS[section].opening, at)) return section;
  return "other-tag";
}

function find(bytes: Uint8Array, mark: readonly number[], from: number): number {
  for (let at = bytes.indexOf(mark[0] ?? 0, from); at >= 0; at = bytes.indexOf(mark[0] ?? 0, at + 1))
    if (isAt(bytes, mark, at)) return at;
  return -1;
}

const isAt = (bytes: Uint8Array, mark: readonly number[], at: number): boolean =>
  mark.every((octet, i) => bytes[at + i] === octet);
