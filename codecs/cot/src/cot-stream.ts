import { type DecodeError, formatHex, ok, parseHex, type Result } from "@picket/bytes";
import { decodeXml } from "./decode-xml.ts";
import { type CotErrorCode, refuse } from "./errors.ts";
import { type CotMessage, MAX_MESSAGE_OCTETS } from "./event.ts";
import { MAGIC, readVarint } from "./frame.ts";
import { type EventScan, SCAN_START, scanEvent } from "./scan-event.ts";
import { decodeTakPayload } from "./tak-payload.ts";

/** What a stream gave: a message that begins at octet `at` of the stream, or an error whose `at` counts from there too. */
export type CotItem =
  | Readonly<{ kind: "message"; value: CotMessage; at: number }>
  | Readonly<{ kind: "error"; error: DecodeError }>;

/** All of a stream's state as plain data that survives JSON, pending octets included. */
export type CotStreamSnapshot = Readonly<{
  pendingHex: string;
  offset: number;
  skip: number;
  dropping: Dropping;
  scan: EventScan;
}>;

export type CotStream = {
  /** Takes the next octets of the connection, cut anywhere, and answers what they completed. */
  push(chunk: Uint8Array): readonly CotItem[];
  /** Ends the stream: octets that still wait for more are an error. */
  finish(): readonly CotItem[];
  /** How many octets wait for more. */
  readonly begunOctets: number;
  snapshot(): CotStreamSnapshot;
};

/** Why octets are dropped, after an error that said so: until a message begins, or until an event that is too long ends. */
type Dropping = "nothing" | "junk" | "overlong";
/** What to do with the octets at hand: take `used` of them, which may answer an item, and go on so; `used` 0 waits for more. */
type Move = Readonly<{ used: number; item?: CotItem; skip?: number; dropping?: Dropping; scan?: EventScan }>;

/**
 * Decodes a TAK connection: XML events and streaming frames one after the other, told by their first octet, so that it needs no word of
 * when both sides change from one to the other. Holds at most MAX_MESSAGE_OCTETS and one chunk; of what is longer the rest is skipped.
 * Never throws on octets. Cut anywhere, the same octets give the same items.
 */
export function createCotStream(from?: CotStreamSnapshot): CotStream {
  return new Stream(from);
}

const WAIT: Move = { used: 0 };
const LESS = 0x3c;
/** Space, end of line, and the zero that some senders end a message with. */
const FILLER: readonly number[] = [0x20, 0x09, 0x0a, 0x0d, 0x00];
const BYTE_ORDER_MARK: readonly number[] = [0xef, 0xbb, 0xbf];

class Stream implements CotStream {
  /** Octets that wait for more, in the first `#length` octets of a buffer that grows by doubling. */
  #pending: Uint8Array = new Uint8Array(0);
  #length = 0;
  /** Offset in the stream of the first pending octet. */
  #offset = 0;
  /** Octets still to drop of a frame that is too long. */
  #skip = 0;
  #dropping: Dropping = "nothing";
  #scan: EventScan = SCAN_START;

  constructor(from: CotStreamSnapshot | undefined) {
    if (!from) return;
    const pending = parseHex(from.pendingHex);
    if (!pending.ok) throw new TypeError(`A stream snapshot's pendingHex must be hex digits: ${pending.error.detail}`);
    this.#pending = pending.value;
    this.#length = pending.value.length;
    this.#offset = from.offset;
    this.#skip = from.skip;
    this.#dropping = from.dropping;
    this.#scan = from.scan;
  }

  push(chunk: Uint8Array): readonly CotItem[] {
    const items: CotItem[] = [];
    this.#keep(chunk);
    let at = 0;
    for (;;) {
      const move = this.#step(this.#pending.subarray(at, this.#length));
      if (move.item) items.push(move.item);
      if (move.used === 0) break;
      at += move.used;
      this.#offset += move.used;
      this.#skip = move.skip ?? 0;
      this.#dropping = move.dropping ?? "nothing";
      this.#scan = move.scan ?? SCAN_START;
    }
    if (at > 0) this.#pending.copyWithin(0, at, this.#length);
    this.#length -= at;
    return items;
  }

  finish(): readonly CotItem[] {
    const isInside = this.#skip > 0 || this.#length > 0;
    const item = this.#refuse(
      "truncated",
      0,
      this.#skip > 0 ? `${this.#skip} octets are missing` : `${this.#length} octets wait for more`,
    );
    this.#offset += this.#length;
    this.#length = 0;
    this.#skip = 0;
    this.#dropping = "nothing";
    this.#scan = SCAN_START;
    return isInside ? [item] : [];
  }

  get begunOctets(): number {
    return this.#length;
  }

  snapshot(): CotStreamSnapshot {
    return {
      pendingHex: formatHex(this.#pending, 0, this.#length),
      offset: this.#offset,
      skip: this.#skip,
      dropping: this.#dropping,
      scan: this.#scan,
    };
  }

  #step(bytes: Uint8Array): Move {
    const first = bytes[0];
    if (first === undefined) return WAIT;
    if (this.#skip > 0) {
      const used = Math.min(this.#skip, bytes.length);
      return { used, skip: this.#skip - used };
    }
    if (first === LESS || this.#dropping === "overlong") return this.#stepXml(bytes);
    if (first === MAGIC) return this.#stepFrame(bytes);
    const mark = matchLength(bytes, BYTE_ORDER_MARK);
    if (mark === bytes.length && mark < BYTE_ORDER_MARK.length) return WAIT;
    const isFiller = mark === BYTE_ORDER_MARK.length || FILLER.includes(first);
    if (isFiller || this.#dropping === "junk") return { used: Math.max(mark, 1), dropping: this.#dropping };
    return { used: 1, dropping: "junk", item: this.#refuse("lost-sync", 0, "neither < nor 0xBF where a message should begin") };
  }

  #stepXml(bytes: Uint8Array): Move {
    const answer = scanEvent(bytes.subarray(0, MAX_MESSAGE_OCTETS), this.#scan);
    const isOverlong = this.#dropping === "overlong";
    if (answer.kind === "more") return this.#waitForEnd(answer.scan, isOverlong, bytes.length);
    if (isOverlong) return { used: answer.at };
    if (answer.kind === "begins") {
      const [code, detail] =
        answer.after === "event"
          ? (["truncated", "an event begins before this one ended"] as const)
          : (["not-an-event", "another root element than event"] as const);
      return { used: answer.at, item: this.#refuse(code, 0, detail) };
    }
    const event = decodeXml(bytes.subarray(0, answer.at));
    return { used: answer.at, item: this.#item(event.ok ? ok({ encoding: "xml", event: event.value }) : event, 0) };
  }

  /** Keeps an unfinished event while it may still be short enough; of a longer one only the octet before the scan, which looks back. */
  #waitForEnd(scan: EventScan, isOverlong: boolean, length: number): Move {
    if (!isOverlong && length < MAX_MESSAGE_OCTETS) {
      this.#scan = scan;
      return WAIT;
    }
    const move: Move = { used: scan.at - 1, dropping: "overlong", scan: { ...scan, at: 1 } };
    return isOverlong ? move : { ...move, item: this.#refuse("too-long", 0, `no end within ${MAX_MESSAGE_OCTETS} octets`) };
  }

  #stepFrame(bytes: Uint8Array): Move {
    const length = readVarint(bytes, 1);
    if (length.kind === "more") return WAIT;
    if (length.kind === "error")
      return { used: length.next, dropping: "junk", item: this.#refuse("malformed-frame", 1, length.error.detail) };
    const { value: octets, next: payloadAt } = length;
    if (octets > MAX_MESSAGE_OCTETS) {
      const item = this.#refuse("too-long", 1, `at most ${MAX_MESSAGE_OCTETS} octets of payload, got ${octets}`);
      return { used: payloadAt, skip: octets, item };
    }
    const end = payloadAt + octets;
    if (bytes.length < end) return WAIT;
    return { used: end, item: this.#item(decodeTakPayload(bytes.subarray(payloadAt, end)), payloadAt) };
  }

  #item(message: Result<CotMessage>, contentAt: number): CotItem {
    if (message.ok) return { kind: "message", value: message.value, at: this.#offset };
    const { error } = message;
    return { kind: "error", error: { ...error, at: this.#offset + contentAt + error.at } };
  }

  #refuse(code: CotErrorCode, at: number, detail: string): CotItem {
    return { kind: "error", error: refuse(code, "stream", this.#offset + at, detail).error };
  }

  #keep(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (length > this.#pending.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#pending.length));
      grown.set(this.#pending.subarray(0, this.#length));
      this.#pending = grown;
    }
    this.#pending.set(chunk, this.#length);
    this.#length = length;
  }
}

/** How many octets of `mark` the bytes begin with. */
function matchLength(bytes: Uint8Array, mark: readonly number[]): number {
  const different = mark.findIndex((octet, i) => bytes[i] !== octet);
  return different < 0 ? mark.length : different;
}
