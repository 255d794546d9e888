import type { Field } from "./field.ts";

/** Fields side by side in whole octets. */
export type Group<F extends readonly Field[] = readonly Field[]> = Readonly<{ kind: "group"; fields: F }>;
/** Groups of which each but the last ends with an FX bit that says the next one follows. */
export type Extended<E extends readonly (readonly Field[])[] = readonly (readonly Field[])[]> = Readonly<{
  kind: "extended";
  extents: E;
}>;
/** Parts of which only those present are sent, as a field specification in front says. `octets` is its length where it has no FX bits. */
export type Compound<P extends Parts = Parts> = Readonly<{ kind: "compound"; parts: P; octets: number | undefined }>;
/** A number of equal entries: counted by one octet in front, or, for `fx`, each followed by a bit that says another comes. */
export type Repetitive<E extends Entry = Entry> = Readonly<{ kind: "repetitive"; by: "count" | "fx"; entry: E }>;
/** Content that carries its own length; without a `content` table its octets are handed on. */
export type Explicit<C extends Compound | undefined = Compound | undefined> = Readonly<{ kind: "explicit"; content: C }>;

export type Entry = Field | Group;
export type Part = Field | Variation;
/** By name, each at its bit of the field specification, counted from 1. */
export type Parts = Readonly<Record<string, Readonly<{ frn: number; of: Part }>>>;
export type Variation = Group | Extended | Compound | Repetitive | Explicit;

/** A data item: its field reference number in the profile, its title in the standard, and its layout. */
export type Item<P extends Part = Part> = Readonly<{ frn: number; title: string; of: P }>;
/** One edition of one category. Items are named for their number: `i040` is I048/040 in category 048. */
export type Category<Items extends Readonly<Record<string, Item>> = Readonly<Record<string, Item>>> = Readonly<{
  category: number;
  edition: string;
  title: string;
  items: Items;
}>;

export const category = <const Items extends Readonly<Record<string, Item>>>(
  number: number,
  edition: string,
  title: string,
  items: Items,
): Category<Items> => ({ category: number, edition, title, items });

export const item = <const P extends Part>(frn: number, title: string, of: P): Item<P> => ({ frn, title, of });

export const group = <const F extends readonly Field[]>(...fields: F): Group<F> => ({ kind: "group", fields });

export const extended = <const E extends readonly (readonly Field[])[]>(...extents: E): Extended<E> => ({
  kind: "extended",
  extents,
});

/** Parts behind a field specification with FX bits. */
export const compound = <const P extends Parts>(parts: P): Compound<P> => ({ kind: "compound", parts, octets: undefined });

export const part = <const P extends Part>(frn: number, of: P): Readonly<{ frn: number; of: P }> => ({ frn, of });

export const repetitive = <const E extends Entry>(entry: E): Repetitive<E> => ({ kind: "repetitive", by: "count", entry });

export const chained = <const E extends Entry>(entry: E): Repetitive<E> => ({ kind: "repetitive", by: "fx", entry });

/** The special purpose field, whose content two parties agree on. */
export const specialPurpose: Explicit<undefined> = { kind: "explicit", content: undefined };

/** A reserved expansion field, whose parts stand behind one octet of presence bits. */
export const expansion = <const P extends Parts>(parts: P): Explicit<Compound<P>> => ({
  kind: "explicit",
  content: { kind: "compound", parts, octets: 1 },
});
