import type { Field } from "./field.ts";
import type { Placed } from "./layout.ts";
import { IA5_CHARACTERS } from "./text.ts";

/** What a group is encoded from, by the names of its fields. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * Sets the bits of one field in `octets`, those of its group. Throws RangeError or TypeError, naming `path`, for what the field cannot carry.
 * A number goes to the nearest step; a direction of a full turn goes round to zero.
 */
export function writeField(octets: Uint8Array, { field, firstBit }: Placed, value: unknown, path: string): void {
  switch (field.kind) {
    case "spare":
      return;
    case "code":
      return putBits(octets, firstBit, field.bits, requireCode(value ?? 0, field, path));
    case "unsigned":
    case "signed":
      return putBits(octets, firstBit, field.bits, requireSteps(value, field, path));
    case "hex":
      return putDigits(octets, firstBit, 4, requireText(value, digitsPattern(field), path), (digit) =>
        Number.parseInt(digit, 16),
      );
    case "octal":
      return putDigits(octets, firstBit, 3, requireText(value, /^[0-7]{4}$/, path), Number);
    case "ascii":
      return putDigits(octets, firstBit, 8, padded(value, field.bits / 8, /^[ -~]*$/, path), (c) => c.charCodeAt(0));
    case "ia5":
      return putDigits(octets, firstBit, 6, padded(value, field.bits / 6, /^[A-Z0-9 ]*$/, path), (c) =>
        IA5_CHARACTERS.lastIndexOf(c),
      );
    default:
      return field.kind satisfies never;
  }
}

function requireCode(value: unknown, { bits }: Field, path: string): number {
  const max = 2 ** bits - 1;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new RangeError(`${path} must be an integer from 0 to ${max}, got ${String(value)}`);
}

function requireSteps(value: unknown, { kind, bits, lsb, range }: Field, path: string): number {
  if (typeof value !== "number") throw new TypeError(`${path} must be a number, got ${String(value)}`);
  const span = 2 ** bits;
  const least = kind === "signed" ? -span / 2 : 0;
  const isTurn = kind === "unsigned" && path.endsWith("Deg") && span * lsb === 360;
  const steps = isTurn && value <= 360 ? Math.round(value / lsb) % span : Math.round(value / lsb);
  const [min, max] = range ?? [least * lsb, (least + span - 1) * lsb];
  if (steps >= least && steps < least + span && value >= min - lsb / 2 && value <= (isTurn ? 360 : max + lsb / 2)) return steps;
  throw new RangeError(`${path} must be from ${min} to ${max}, got ${value}`);
}

const digitsPattern = ({ bits }: Field): RegExp => new RegExp(`^[0-9a-f]{${Math.ceil(bits / 4)}}$`, "i");

function requireText(value: unknown, pattern: RegExp, path: string): string {
  if (typeof value === "string" && pattern.test(value)) return value;
  throw new TypeError(`${path} must be text like ${pattern}, got ${JSON.stringify(value)}`);
}

function padded(value: unknown, characters: number, pattern: RegExp, path: string): string {
  const text = requireText(value, pattern, path);
  if (text.length <= characters) return text.padEnd(characters);
  throw new RangeError(`${path} must be at most ${characters} characters, got ${JSON.stringify(text)}`);
}

function putDigits(octets: Uint8Array, firstBit: number, bits: number, text: string, value: (digit: string) => number): void {
  [...text].forEach((digit, i) => {
    putBits(octets, firstBit + i * bits, bits, value(digit));
  });
}

/** Two's complement for what is negative. */
function putBits(octets: Uint8Array, firstBit: number, bits: number, value: number): void {
  let rest = value < 0 ? value + 2 ** bits : value;
  for (let bit = firstBit + bits - 1; bit >= firstBit; bit--) {
    const octet = bit >> 3;
    if (rest % 2 === 1) octets[octet] = (octets[octet] ?? 0) | (0x80 >> (bit & 7));
    rest = Math.floor(rest / 2);
  }
}
