import type { ENUMERATIONS } from "./enumeration-table.ts";
import type { MESSAGES } from "./message-table.ts";

type Messages = typeof MESSAGES;
export type MessageName = keyof Messages;
type Enumerations = typeof ENUMERATIONS;
export type EnumerationName = keyof Enumerations;

/** What a value of a simple type is in memory. Times are Unix milliseconds with their fraction. */
type Simple = {
  string: string;
  ulid: string;
  uuid: string;
  double: number;
  float: number;
  int32: number;
  bool: boolean;
  bytes: Uint8Array;
  time: number;
};

type Camel<Name extends string> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;

type Value<Type> = Type extends keyof Simple
  ? Simple[Type]
  : Type extends EnumerationName
    ? keyof Enumerations[Type]["values"]
    : Type extends MessageName
      ? Shape<Type>
      : never;

type Field = readonly [number: number, type: string, often: string, choice?: string];
type FieldsOf<Name extends MessageName> = Messages[Name];
type Often<F> = F extends Field ? F[2] : never;
type TypeOf<F> = F extends Field ? F[1] : never;

/** A message of the table in memory: plain data, fields in camel case, enumerations by their short names, absent where nothing was said. */
export type Shape<Name extends MessageName> = Readonly<
  {
    [F in keyof FieldsOf<Name> & string as Often<FieldsOf<Name>[F]> extends "must" ? Camel<F> : never]: Value<
      TypeOf<FieldsOf<Name>[F]>
    >;
  } & {
    [F in keyof FieldsOf<Name> & string as Often<FieldsOf<Name>[F]> extends "may" ? Camel<F> : never]?: Value<
      TypeOf<FieldsOf<Name>[F]>
    >;
  } & {
    [F in keyof FieldsOf<Name> & string as Often<FieldsOf<Name>[F]> extends "some" ? Camel<F> : never]: readonly Value<
      TypeOf<FieldsOf<Name>[F]>
    >[];
  } & {
    [F in keyof FieldsOf<Name> & string as Often<FieldsOf<Name>[F]> extends "each" ? Camel<F> : never]?: readonly Value<
      TypeOf<FieldsOf<Name>[F]>
    >[];
  }
>;

export type SapientMessage = Shape<"SapientMessage">;
export type Registration = Shape<"Registration">;
export type StatusReport = Shape<"StatusReport">;
export type DetectionReport = Shape<"DetectionReport">;
export type Alert = Shape<"Alert">;
export type Task = Shape<"Task">;
export type Location = Shape<"Location">;
export type RangeBearing = Shape<"RangeBearing">;
