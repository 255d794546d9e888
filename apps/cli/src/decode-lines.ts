import { parseHexInto } from "@picket/bytes";

/** Longest line that is read, in characters; of a longer one the rest is dropped. */
export const MAX_LINE_OCTETS = 65_536;

const NEWLINE = 0x0a;
const SEPARATORS = new Set([..." \t\r:-,"].map((character) => character.charCodeAt(0)));
const COMMENT = 0x23;

/** What becomes of a line: its octets, valid only during the call, or why it has none. */
export type LineSink = { octets(bytes: Uint8Array): void; refuse(code: "not-hex" | "line-too-long", detail: string): void };

export type HexLines = { push(chunk: Uint8Array): void; finish(): void };

/**
 * Reads hex, a packet to a line, from chunks that are cut anywhere. Digits may be set apart by space, colon, hyphen or comma, and begin
 * with 0x; empty lines and those after a # are passed over. Holds at most one line.
 */
export function createHexLines(sink: LineSink): HexLines {
  const out = new Uint8Array(MAX_LINE_OCTETS / 2);
  const held = new Uint8Array(MAX_LINE_OCTETS);
  let length = 0;
  let isOverlong = false;

  const hold = (chunk: Uint8Array, from: number, to: number): void => {
    isOverlong ||= length + to - from > MAX_LINE_OCTETS;
    if (isOverlong) return;
    held.set(chunk.subarray(from, to), length);
    length += to - from;
  };
  const flush = (): void => {
    if (isOverlong) sink.refuse("line-too-long", `at most ${MAX_LINE_OCTETS} characters`);
    else readLine(held, 0, length, out, sink);
    length = 0;
    isOverlong = false;
  };

  return {
    push(chunk) {
      let from = 0;
      for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
        if (length === 0 && !isOverlong && to - from <= MAX_LINE_OCTETS) readLine(chunk, from, to, out, sink);
        else {
          hold(chunk, from, to);
          flush();
        }
        from = to + 1;
      }
      hold(chunk, from, chunk.length);
    },
    finish() {
      if (length > 0 || isOverlong) flush();
    },
  };
}

function readLine(ascii: Uint8Array, from: number, to: number, out: Uint8Array, sink: LineSink): void {
  const count = parseHexInto(ascii, from, to, out);
  if (count > 0) sink.octets(out.subarray(0, count));
  else if (count < 0) readLooseLine(ascii.subarray(from, to), out, sink);
}

/** A line that is more than bare digits: separators and a leading 0x are taken out first. */
function readLooseLine(line: Uint8Array, out: Uint8Array, sink: LineSink): void {
  const bare = line.filter((character) => !SEPARATORS.has(character));
  if (bare.length === 0 || bare[0] === COMMENT) return;
  const from = bare[0] === 0x30 && (bare[1] === 0x78 || bare[1] === 0x58) ? 2 : 0;
  const count = parseHexInto(bare, from, bare.length, out);
  if (count > 0) sink.octets(out.subarray(0, count));
  else sink.refuse("not-hex", describeLine(bare, count));
}

function describeLine(bare: Uint8Array, count: number): string {
  const at = count === 0 ? bare.length : -1 - count;
  const character = bare[at] === undefined ? "the end" : JSON.stringify(String.fromCharCode(bare[at]));
  return `needs pairs of hex digits, got ${character} at digit ${at}`;
}
