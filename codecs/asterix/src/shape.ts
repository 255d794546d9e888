import type { Field } from "./field.ts";
import type { Category, Compound, Explicit, Extended, Group, Item, Part, Parts, Repetitive } from "./table.ts";

/** What a table's items decode to: an object with a member for each item that was there. */
export type Decoded<C extends Category> = { readonly [K in keyof C["items"]]?: DecodedItem<C["items"][K]> };

/** What a table's items are encoded from: as decoded, with codes that may be left out for zero. */
export type Draft<C extends Category> = { readonly [K in keyof C["items"]]?: DraftItem<C["items"][K]> | undefined };

/** An item of a single field is an object too, so that every value stands under a name with its unit. */
type DecodedItem<I> = I extends Item<infer P> ? (P extends Field ? DecodedFields<[P]> : DecodedPart<P>) : never;
type DecodedPart<P extends Part> = P extends Field
  ? ValueOf<P>
  : P extends Group<infer F>
    ? DecodedFields<F>
    : P extends Extended<infer E>
      ? DecodedExtents<E>
      : P extends Compound<infer Of>
        ? DecodedParts<Of>
        : P extends Repetitive<infer Of>
          ? readonly DecodedPart<Of>[]
          : P extends Explicit<infer C>
            ? (C extends Compound<infer Of> ? DecodedParts<Of> : unknown) & { readonly octets?: string }
            : never;
type DecodedParts<P extends Parts> = { readonly [K in keyof P]?: DecodedPart<P[K]["of"]> };
type DecodedFields<F extends readonly Field[]> = {
  readonly [One in F[number] as One["isSure"] extends true ? NameOf<One> : never]: ValueOf<One>;
} & { readonly [One in F[number] as One["isSure"] extends true ? never : NameOf<One>]?: ValueOf<One> };
type DecodedExtents<E extends readonly (readonly Field[])[]> = DecodedFields<E[0] & readonly Field[]> &
  Partial<DecodedFields<E[number]>>;

type DraftItem<I> = I extends Item<infer P> ? (P extends Field ? DraftFields<[P]> : DraftPart<P>) : never;
type DraftPart<P extends Part> = P extends Field
  ? ValueOf<P>
  : P extends Group<infer F>
    ? DraftFields<F>
    : P extends Extended<infer E>
      ? DraftExtents<E>
      : P extends Compound<infer Of>
        ? DraftParts<Of>
        : P extends Repetitive<infer Of>
          ? readonly DraftPart<Of>[]
          : P extends Explicit<infer C>
            ? (C extends Compound<infer Of> ? DraftParts<Of> : unknown) & { readonly octets?: string }
            : never;
type DraftParts<P extends Parts> = { readonly [K in keyof P]?: DraftPart<P[K]["of"]> | undefined };
type DraftFields<F extends readonly Field[]> = {
  readonly [One in F[number] as IsNeeded<One> extends true ? NameOf<One> : never]: ValueOf<One>;
} & { readonly [One in F[number] as IsNeeded<One> extends true ? never : NameOf<One>]?: ValueOf<One> | undefined };
type DraftExtents<E extends readonly (readonly Field[])[]> = DraftFields<E[0] & readonly Field[]> &
  Partial<DraftFields<E[number]>>;

type NameOf<F extends Field> = Exclude<F["name"], "">;
type ValueOf<F extends Field> = F["kind"] extends "hex" | "octal" | "ascii" | "ia5" ? string : number;
/** A code left out is zero; a quantity is never invented, nor a text. */
type IsNeeded<F extends Field> = F["kind"] extends "code" ? false : F["isSure"];
