/** A value that the standard reserves, with its number on the wire. */
export type Reserved = `reserved-${number}`;
/** A value left to private use, with its number on the wire. */
export type Private = `private-${number}`;

export type IdType = "none" | "serial-number" | "caa-registration" | "utm-assigned" | "specific-session" | Reserved;
export type UaType =
  | "none"
  | "aeroplane"
  | "helicopter-or-multirotor"
  | "gyroplane"
  | "hybrid-lift"
  | "ornithopter"
  | "glider"
  | "kite"
  | "free-balloon"
  | "captive-balloon"
  | "airship"
  | "free-fall-or-parachute"
  | "rocket"
  | "tethered-powered"
  | "ground-obstacle"
  | "other";
export type OperationalStatus = "undeclared" | "ground" | "airborne" | "emergency" | "remote-id-failure" | Reserved;
export type HeightReference = "take-off" | "ground";
export type AuthenticationType =
  | "none"
  | "uas-id-signature"
  | "operator-id-signature"
  | "message-set-signature"
  | "network-remote-id"
  | "specific-method"
  | Reserved
  | Private;
export type DescriptionType = "text" | "emergency" | "extended-status" | Reserved | Private;
export type OperatorLocationType = "take-off" | "live-gnss" | "fixed" | Reserved;
export type ClassificationType = "undeclared" | "eu" | Reserved;
export type EuCategory = "undeclared" | "open" | "specific" | "certified" | Reserved;
export type EuClass = "undeclared" | `class-${0 | 1 | 2 | 3 | 4 | 5 | 6}` | Reserved;
export type OperatorIdType = "operator-id" | Reserved | Private;

/** The name of each number on the wire. @source ASTM F3411-22a, tables of the message fields; EN 4709-002 for the EU's */
export const ID_TYPES = nameAll<IdType>(16, ["none", "serial-number", "caa-registration", "utm-assigned", "specific-session"]);
export const UA_TYPES = nameAll<UaType>(16, [
  "none",
  "aeroplane",
  "helicopter-or-multirotor",
  "gyroplane",
  "hybrid-lift",
  "ornithopter",
  "glider",
  "kite",
  "free-balloon",
  "captive-balloon",
  "airship",
  "free-fall-or-parachute",
  "rocket",
  "tethered-powered",
  "ground-obstacle",
  "other",
]);
export const OPERATIONAL_STATUSES = nameAll<OperationalStatus>(16, [
  "undeclared",
  "ground",
  "airborne",
  "emergency",
  "remote-id-failure",
]);
export const HEIGHT_REFERENCES = nameAll<HeightReference>(2, ["take-off", "ground"]);
export const AUTHENTICATION_TYPES = nameAll<AuthenticationType>(
  16,
  ["none", "uas-id-signature", "operator-id-signature", "message-set-signature", "network-remote-id", "specific-method"],
  10,
);
export const DESCRIPTION_TYPES = nameAll<DescriptionType>(256, ["text", "emergency", "extended-status"], 201);
export const OPERATOR_LOCATION_TYPES = nameAll<OperatorLocationType>(4, ["take-off", "live-gnss", "fixed"]);
export const CLASSIFICATION_TYPES = nameAll<ClassificationType>(8, ["undeclared", "eu"]);
export const EU_CATEGORIES = nameAll<EuCategory>(16, ["undeclared", "open", "specific", "certified"]);
export const EU_CLASSES = nameAll<EuClass>(16, [
  "undeclared",
  "class-0",
  "class-1",
  "class-2",
  "class-3",
  "class-4",
  "class-5",
  "class-6",
]);
export const OPERATOR_ID_TYPES = nameAll<OperatorIdType>(256, ["operator-id"], 201);

/** The name of `code`, which is in the table: every table is as long as its field is wide. */
export function nameOf<Name extends string>(names: readonly Name[], code: number): Name {
  const name = names[code];
  if (name === undefined) throw new RangeError(`code must be below ${names.length}, got ${code}`);
  return name;
}

/** The number of `name` on the wire. */
export function codeOf<Name extends string>(names: readonly Name[], name: Name, field: string): number {
  const code = names.indexOf(name);
  if (code < 0) throw new RangeError(`${field} must be a name of the standard, got ${JSON.stringify(name)}`);
  return code;
}

function nameAll<Name extends string>(count: number, named: readonly Name[], privateFrom = count): readonly Name[] {
  return Array.from(
    { length: count },
    (_, code) => named[code] ?? (`${code < privateFrom ? "reserved" : "private"}-${code}` as Name),
  );
}
