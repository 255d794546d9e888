import { type DecodeError, describe, formatHex, parseHex } from "@picket/bytes";

/** A whole line without its end, and the offset in the chunk where it began: 0 when it began in an earlier chunk. */
export type Line = Readonly<{ text: string; at: number }>;

/** Begun lines by peer, the one not heard for longest first, their octets in hex. A plain JSON value. */
export type SplitterState = readonly Readonly<{ from: string; begun: string; skipping: boolean }>[];

export type LineSplitter = {
  push(chunk: Uint8Array, from: string): Readonly<{ lines: readonly Line[]; errors: readonly DecodeError[] }>;
  snapshot(): SplitterState;
};

/** Longest line in octets. A longer one is dropped up to its end and counted. */
export const MAX_LINE_OCTETS = 1 << 20;
/** Peers whose begun lines are kept. The one not heard for longest goes first. */
export const MAX_PEERS = 64;
/** Octets of begun lines of all peers together. Beyond it the peers not heard for longest lose theirs. */
export const MAX_BEGUN_OCTETS = 4 << 20;

const NEWLINE = 0x0a;

/** A line that has not ended: its octets are the first `length` of `octets`. While `skipping`, it is dropped up to its end. */
type Begun = { octets: Uint8Array; length: number; skipping: boolean };
const NOTHING_BEGUN: Readonly<Begun> = { octets: new Uint8Array(0), length: 0, skipping: false };

/**
 * Cuts each peer's octets into UTF-8 lines at newlines. What has no newline yet waits for the next chunk; under `datagram` framing
 * it is a line at once, and under `stream` framing it is so when it already reads as a whole JSON object.
 *
 * Bounded by MAX_LINE_OCTETS, MAX_PEERS and MAX_BEGUN_OCTETS; each line given up is an error.
 */
export function createLineSplitter(framing: "stream" | "datagram", from: SplitterState = []): LineSplitter {
  const peers = new Map<string, Begun>(from.map((peer) => [peer.from, restored(peer)]));

  return {
    push(chunk, peer) {
      const lines: Line[] = [];
      const errors: DecodeError[] = [];
      const begun = peers.get(peer) ?? { ...NOTHING_BEGUN };
      peers.delete(peer); // a Map keeps the order of insertion, so the newest peer goes last
      let at = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
        finish(begun, chunk.subarray(at, end), at, lines, errors);
        at = end + 1;
      }
      const rest = chunk.subarray(at);
      const isLine = framing === "datagram" || (begun.length === 0 && !begun.skipping && isWholeObject(rest));
      if (isLine) finish(begun, rest, at, lines, errors);
      else hold(begun, rest, at, errors);
      if (begun.length > 0 || begun.skipping) peers.set(peer, begun);
      dropOldest(peers, errors);
      return { lines, errors };
    },
    snapshot: () =>
      [...peers].map(([from, { octets, length, skipping }]) => ({ from, begun: formatHex(octets, 0, length), skipping })),
  };
}

/** Ends the begun line with `rest`, and makes ready for the next. */
function finish(begun: Begun, rest: Uint8Array, at: number, lines: Line[], errors: DecodeError[]): void {
  const { octets, length, skipping } = begun;
  const began = length > 0 ? 0 : at;
  Object.assign(begun, NOTHING_BEGUN);
  if (skipping) return;
  if (length + rest.length > MAX_LINE_OCTETS) {
    errors.push(tooLong(began));
    return;
  }
  const text = decodeUtf8(length === 0 ? rest : appended({ octets, length, skipping }, rest));
  if (text === undefined) {
    errors.push({ code: "not-utf8", item: "line", at: began, detail: `${length + rest.length} octets that are not UTF-8` });
  } else if (text.trim() !== "") lines.push({ text, at: began });
}

/** Keeps `rest` until the line goes on. */
function hold(begun: Begun, rest: Uint8Array, at: number, errors: DecodeError[]): void {
  if (begun.skipping) return;
  if (begun.length + rest.length > MAX_LINE_OCTETS) {
    errors.push(tooLong(begun.length > 0 ? 0 : at));
    Object.assign(begun, NOTHING_BEGUN, { skipping: true });
    return;
  }
  const all = appended(begun, rest);
  begun.octets = new Uint8Array(all.buffer);
  begun.length = all.length;
}

/** The begun octets and then `rest`, in the same room while there is some, so that one octet a chunk costs no square. */
function appended({ octets, length }: Begun, rest: Uint8Array): Uint8Array<ArrayBufferLike> {
  const needed = length + rest.length;
  let room = octets;
  if (room.length < needed) {
    room = new Uint8Array(Math.max(needed, 2 * room.length));
    room.set(octets.subarray(0, length));
  }
  room.set(rest, length);
  return room.subarray(0, needed);
}

function dropOldest(peers: Map<string, Begun>, errors: DecodeError[]): void {
  let octets = 0;
  for (const { length } of peers.values()) octets += length;
  for (const [peer, { length }] of peers) {
    if (peers.size <= MAX_PEERS && octets <= MAX_BEGUN_OCTETS) return;
    peers.delete(peer);
    octets -= length;
    const detail = `${length} octets of ${peer} never ended, and too many lines are begun`;
    errors.push({ code: "line-abandoned", item: "line", at: 0, detail });
  }
}

const tooLong = (at: number): DecodeError => ({
  code: "line-too-long",
  item: "line",
  at,
  detail: `longer than ${MAX_LINE_OCTETS} octets`,
});

const UTF8 = new TextDecoder("utf-8", { fatal: true });

function decodeUtf8(octets: Uint8Array): string | undefined {
  try {
    return UTF8.decode(octets);
  } catch {
    return undefined;
  }
}

function isWholeObject(octets: Uint8Array): boolean {
  if (octets[0] !== 0x7b || octets[octets.length - 1] !== 0x7d) return false;
  try {
    JSON.parse(UTF8.decode(octets));
    return true;
  } catch {
    return false;
  }
}

function restored({ begun, skipping }: SplitterState[number]): Begun {
  const octets = parseHex(begun);
  if (!octets.ok) throw new TypeError(`A begun line must be hex digits: ${describe(octets.error)}`);
  return { octets: octets.value, length: octets.value.length, skipping };
}
