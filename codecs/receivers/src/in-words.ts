import { type Fields, type JsonValue, shown } from "@picket/bytes";
import {
  ID_TYPES,
  type IdType,
  OPERATIONAL_STATUSES,
  type OperationalStatus,
  type OperatorLocationType,
  UA_TYPES,
  type UaType,
} from "@picket/remote-id";

/** What receivers call a value of the standard: the first pattern that fits decides. */
type Words<Name> = readonly (readonly [RegExp, Name])[];

const ID_WORDS: Words<IdType> = [
  [/serial/i, "serial-number"],
  [/caa|registration/i, "caa-registration"],
  [/utm|uuid/i, "utm-assigned"],
  [/session/i, "specific-session"],
  [/none|unknown/i, "none"],
];
const UA_WORDS: Words<UaType> = [
  [/helicopter|multirotor/i, "helicopter-or-multirotor"],
  [/gyroplane/i, "gyroplane"],
  [/hybrid|vtol/i, "hybrid-lift"],
  [/a(ero|ir)plane/i, "aeroplane"],
  [/ornithopter/i, "ornithopter"],
  [/glider/i, "glider"],
  [/kite/i, "kite"],
  [/free.*balloon/i, "free-balloon"],
  [/captive.*balloon/i, "captive-balloon"],
  [/airship|blimp/i, "airship"],
  [/parachute|free.*fall/i, "free-fall-or-parachute"],
  [/rocket/i, "rocket"],
  [/tethered/i, "tethered-powered"],
  [/ground.*obstacle/i, "ground-obstacle"],
  [/other/i, "other"],
  [/none|undeclared|unknown/i, "none"],
];
const STATUS_WORDS: Words<OperationalStatus> = [
  [/failure/i, "remote-id-failure"],
  [/emergency/i, "emergency"],
  [/airborne/i, "airborne"],
  [/ground/i, "ground"],
  [/undeclared|unknown/i, "undeclared"],
];
const OPERATOR_WORDS: Words<OperatorLocationType> = [
  [/take.?off/i, "take-off"],
  [/live|dynamic|gnss/i, "live-gnss"],
  [/fixed/i, "fixed"],
];

export const idTypeOf = (fields: Fields, name: string): IdType => inWords(fields, name, ID_WORDS, ID_TYPES) ?? "none";
export const uaTypeOf = (fields: Fields, name: string): UaType => inWords(fields, name, UA_WORDS, UA_TYPES) ?? "none";
export const statusOf = (fields: Fields, name: string): OperationalStatus =>
  inWords(fields, name, STATUS_WORDS, OPERATIONAL_STATUSES) ?? "undeclared";
export const operatorLocationTypeOf = (fields: Fields, name: string): OperatorLocationType | undefined =>
  inWords(fields, name, OPERATOR_WORDS, ["take-off", "live-gnss", "fixed"]);

/** A name by its number on the wire, or by the words that receivers have for it; noted when it is neither. */
function inWords<Name>(fields: Fields, name: string, words: Words<Name>, names: readonly Name[]): Name | undefined {
  const raw: JsonValue | undefined = fields.value(name);
  if (raw === undefined || raw === "") return undefined;
  const isNumber = typeof raw === "number" || (typeof raw === "string" && /^\d+$/.test(raw));
  const code = isNumber ? Number(raw) : undefined;
  if (code !== undefined && names[code] !== undefined) return names[code];
  if (code !== undefined) return fields.refuse("out-of-range", name, `from 0 to ${names.length - 1} expected, got ${code}`);
  const found = typeof raw === "string" ? words.find(([pattern]) => pattern.test(raw)) : undefined;
  return found ? found[1] : fields.refuse("wrong-type", name, `a name of the standard expected, got ${shown(raw)}`);
}
