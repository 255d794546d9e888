import { formatHex } from "@picket/bytes";
import type { Placed } from "./layout.ts";
import { IA5_CHARACTERS } from "./text.ts";

/** Reads a value of a group that begins at `at` and is known to be there whole. */
export type ReadField = (bytes: Uint8Array, at: number) => number | string;
type ReadNumber = (bytes: Uint8Array, at: number) => number;

/** The reader of one field, with all that its table says worked out beforehand. */
export function fieldReader({ field, firstBit }: Placed): ReadField {
  const { kind, bits } = field;
  switch (kind) {
    case "spare":
    case "code":
      return integerReader(firstBit, bits, false);
    case "unsigned":
    case "signed":
      return scaled(integerReader(firstBit, bits, kind === "signed"), field.lsb);
    case "hex":
      return hexReader(firstBit, bits);
    case "octal":
      return octalReader(integerReader(firstBit, bits, false));
    case "ascii":
      return asciiReader(firstBit / 8, bits / 8);
    case "ia5":
      return ia5Reader(firstBit / 8, bits / 8);
    default:
      return kind satisfies never;
  }
}

/** Steps such as 0.01 divide by 100 instead, so that what was sent as a decimal comes out as it. */
function scaled(read: ReadNumber, lsb: number): ReadNumber {
  if (lsb === 1) return read;
  const divisor = 1 / lsb;
  return Number.isInteger(divisor) ? (bytes, at) => read(bytes, at) / divisor : (bytes, at) => read(bytes, at) * lsb;
}

/** A field within four octets is shifted to the top of a 32-bit word and down again, with its sign or without. */
function integerReader(firstBit: number, bits: number, isSigned: boolean): ReadNumber {
  const first = firstBit >> 3;
  const octets = ((firstBit + bits - 1) >> 3) - first + 1;
  if (octets > 4) return wideReader(firstBit, bits, isSigned);
  const left = firstBit & 7;
  const right = 32 - bits;
  if (octets === 1)
    return isSigned
      ? (bytes, at) => ((bytes[at + first] ?? 0) << (24 + left)) >> right
      : (bytes, at) => ((bytes[at + first] ?? 0) << (24 + left)) >>> right;
  const word = wordReader(first, octets);
  return isSigned ? (bytes, at) => (word(bytes, at) << left) >> right : (bytes, at) => (word(bytes, at) << left) >>> right;
}

/** Two to four octets at the top of a word. */
function wordReader(first: number, octets: number): ReadNumber {
  if (octets === 2) return (bytes, at) => ((bytes[at + first] ?? 0) << 24) | ((bytes[at + first + 1] ?? 0) << 16);
  if (octets === 3)
    return (bytes, at) =>
      ((bytes[at + first] ?? 0) << 24) | ((bytes[at + first + 1] ?? 0) << 16) | ((bytes[at + first + 2] ?? 0) << 8);
  return (bytes, at) =>
    ((bytes[at + first] ?? 0) << 24) |
    ((bytes[at + first + 1] ?? 0) << 16) |
    ((bytes[at + first + 2] ?? 0) << 8) |
    (bytes[at + first + 3] ?? 0);
}

/** A field that touches more than four octets, up to the 53 bits that a double holds. */
function wideReader(firstBit: number, bits: number, isSigned: boolean): ReadNumber {
  const first = firstBit >> 3;
  const last = (firstBit + bits - 1) >> 3;
  const below = 2 ** (7 - ((firstBit + bits - 1) & 7));
  const span = 2 ** bits;
  return (bytes, at) => {
    let value = 0;
    for (let octet = first; octet <= last; octet++) value = value * 256 + (bytes[at + octet] ?? 0);
    value = Math.floor(value / below) % span;
    return isSigned && value >= span / 2 ? value - span : value;
  };
}

function hexReader(firstBit: number, bits: number): ReadField {
  const first = firstBit / 8;
  if (Number.isInteger(first) && bits % 8 === 0) return (bytes, at) => formatHex(bytes, at + first, at + first + bits / 8);
  const read = integerReader(firstBit, bits, false);
  return (bytes, at) =>
    read(bytes, at)
      .toString(16)
      .padStart(Math.ceil(bits / 4), "0");
}

function octalReader(read: ReadNumber): ReadField {
  return (bytes, at) => OCTAL_TEXT[read(bytes, at)] ?? "";
}

const OCTAL_TEXT: readonly string[] = Array.from({ length: 0o10000 }, (_, value) => value.toString(8).padStart(4, "0"));

function asciiReader(first: number, characters: number): ReadField {
  return (bytes, at) => {
    let text = "";
    for (let i = at + first; i < at + first + characters; i++) text += asciiCharacter(bytes[i] ?? 0);
    return text.trimEnd();
  };
}

/** A zero octet is how some senders fill up. */
const asciiCharacter = (octet: number): string =>
  octet === 0 ? " " : octet < 0x20 || octet > 0x7e ? "\ufffd" : String.fromCharCode(octet);

/** Four characters of six bits to every three octets. */
function ia5Reader(first: number, octets: number): ReadField {
  return (bytes, at) => {
    let text = "";
    for (let i = at + first; i < at + first + octets; i += 3) {
      const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
      text += `${IA5_CHARACTERS[word >> 18]}${IA5_CHARACTERS[(word >> 12) & 63]}${IA5_CHARACTERS[(word >> 6) & 63]}${IA5_CHARACTERS[word & 63]}`;
    }
    return text.trimEnd();
  };
}
