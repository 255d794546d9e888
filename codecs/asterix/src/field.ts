/**
 * One value within a group. `bits` wide, most significant first; numbers are the raw integer times `lsb`, in the unit that the name wears.
 * A value outside `range` is not what the standard allows and reads as unknown. `when` marks one of two readings of the same bits:
 * it holds when the bit before them, a code, has that value.
 */
export type Field<Name extends string = string, Kind extends FieldKind = FieldKind, IsSure extends boolean = boolean> = Readonly<{
  kind: Kind;
  name: Name;
  bits: number;
  lsb: number;
  isSure: IsSure;
  range: Range | undefined;
  when: 0 | 1 | undefined;
  meanings: Meanings | undefined;
}>;

/**
 * `code`: an integer that names or numbers something; `unsigned`, `signed`: a quantity; `hex`: digits of an address or of a register;
 * `octal`: four digits of three bits; `ascii`, `ia5`: text of eight or six bits to the character, without the spaces at its end.
 */
export type FieldKind = "spare" | "code" | "unsigned" | "signed" | "hex" | "octal" | "ascii" | "ia5";
/** Least and greatest value allowed, both included. */
export type Range = readonly [min: number, max: number];
/** What the values of a code stand for. */
export type Meanings = Readonly<Record<number, string>>;

const field = <Name extends string, Kind extends FieldKind, IsSure extends boolean>(
  kind: Kind,
  name: Name,
  bits: number,
  isSure: IsSure,
  more: Readonly<{ lsb?: number; range?: Range; when?: 0 | 1; meanings?: Meanings }> = {},
): Field<Name, Kind, IsSure> => ({
  kind,
  name,
  bits,
  lsb: more.lsb ?? 1,
  isSure,
  range: more.range,
  when: more.when,
  meanings: more.meanings,
});

export const spare = (bits: number): Field<"", "spare", true> => field("spare", "", bits, true);

export const code = <const Name extends string>(name: Name, bits: number, meanings?: Meanings): Field<Name, "code", true> =>
  field("code", name, bits, true, meanings ? { meanings } : {});

export function unsigned<const Name extends string>(name: Name, bits: number, lsb: number): Field<Name, "unsigned", true>;
export function unsigned<const Name extends string>(
  name: Name,
  bits: number,
  lsb: number,
  range: Range,
): Field<Name, "unsigned", false>;
export function unsigned(name: string, bits: number, lsb: number, range?: Range): Field<string, "unsigned"> {
  return range ? field("unsigned", name, bits, false, { lsb, range }) : field("unsigned", name, bits, true, { lsb });
}

export function signed<const Name extends string>(name: Name, bits: number, lsb: number): Field<Name, "signed", true>;
export function signed<const Name extends string>(
  name: Name,
  bits: number,
  lsb: number,
  range: Range,
): Field<Name, "signed", false>;
export function signed(name: string, bits: number, lsb: number, range?: Range): Field<string, "signed"> {
  return range ? field("signed", name, bits, false, { lsb, range }) : field("signed", name, bits, true, { lsb });
}

export const hex = <const Name extends string>(name: Name, bits: number): Field<Name, "hex", true> =>
  field("hex", name, bits, true);

export const octal = <const Name extends string>(name: Name): Field<Name, "octal", true> => field("octal", name, 12, true);

export const ascii = <const Name extends string>(name: Name, characters: number): Field<Name, "ascii", true> =>
  field("ascii", name, 8 * characters, true);

export const ia5 = <const Name extends string>(name: Name, characters: number): Field<Name, "ia5", true> =>
  field("ia5", name, 6 * characters, true);

/** A bit that says which of two readings the bits behind it have; of both only the one that holds is decoded. */
export const choice = <const Name extends string, const Zero extends string, const One extends string>(
  name: Name,
  meanings: Meanings,
  whenZero: Field<Zero, "unsigned", true>,
  whenOne: Field<One, "unsigned", true>,
): readonly [Field<Name, "code", true>, Field<Zero, "unsigned", false>, Field<One, "unsigned", false>] => [
  code(name, 1, meanings),
  { ...whenZero, isSure: false, when: 0 },
  { ...whenOne, isSure: false, when: 1 },
];
