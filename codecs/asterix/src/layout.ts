import type { Field } from "./field.ts";

/** A field and where it lies: its first bit counts from the first octet of its group. */
export type Placed = Readonly<{ field: Field; firstBit: number }>;
export type Layout = Readonly<{ octets: number; placed: readonly Placed[] }>;

/** Lays fields side by side, the spare ones left out. `fxBits` is 1 for an extent, whose last bit is its FX. */
export function layOut(fields: readonly Field[], fxBits: 0 | 1 = 0): Layout {
  const placed: Placed[] = [];
  let bit = 0;
  for (const field of fields) {
    const firstBit = field.when === 1 ? bit - field.bits : bit;
    if (field.kind !== "spare") placed.push({ field, firstBit });
    bit = firstBit + field.bits;
  }
  if ((bit + fxBits) % 8 !== 0)
    throw new RangeError(`Fields must fill whole octets, got ${bit} bits and ${fxBits} for FX: ${fields.map((f) => f.name)}`);
  return { octets: (bit + fxBits) / 8, placed };
}
