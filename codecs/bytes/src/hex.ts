import { fail, ok, type Result } from "./result.ts";

/** Value of an ASCII hex digit by its character code; 255 for every other octet. */
const NIBBLE = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? 255 : digit;
});

/** Every octet as two lower-case digits. */
const OCTET_TEXT: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, "0"));

/** Octets as lower-case hex digits. `from` inclusive, `to` exclusive. */
export function formatHex(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let text = "";
  for (let at = from; at < to; at++) text += OCTET_TEXT[bytes[at] ?? 0];
  return text;
}

/** Octets of a text of hex digits of either case, an even number of them and nothing else. */
export function parseHex(text: string): Result<Uint8Array> {
  if (text.length % 2 !== 0) return fail("odd-hex", "hex", text.length, `needs an even number of digits, got ${text.length}`);
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const high = NIBBLE[text.charCodeAt(2 * i) & 0xff] ?? 255;
    const low = NIBBLE[text.charCodeAt(2 * i + 1) & 0xff] ?? 255;
    const isAscii = text.charCodeAt(2 * i) < 128 && text.charCodeAt(2 * i + 1) < 128;
    if ((high | low) > 15 || !isAscii)
      return fail("not-hex", "hex", 2 * i, `needs two hex digits, got ${JSON.stringify(text.slice(2 * i, 2 * i + 2))}`);
    bytes[i] = (high << 4) | low;
  }
  return ok(bytes);
}

/**
 * Reads the ASCII hex digits `ascii[from, to)` into `out` and answers how many octets were written,
 * or −1 − n, where n is the offset in `ascii` of what is not a digit or of a digit without a partner, or of what found no room.
 */
export function parseHexInto(ascii: Uint8Array, from: number, to: number, out: Uint8Array): number {
  let count = 0;
  for (let at = from; at < to; at += 2) {
    const high = NIBBLE[ascii[at] ?? 0] ?? 255;
    const low = at + 1 < to ? (NIBBLE[ascii[at + 1] ?? 0] ?? 255) : 255;
    if ((high | low) > 15 || count === out.length) return -1 - (high > 15 || low <= 15 || at + 1 >= to ? at : at + 1);
    out[count++] = (high << 4) | low;
  }
  return count;
}
