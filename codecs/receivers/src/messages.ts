import { formatHex } from "@picket/bytes";
import type { BasicId, IdType, Location, OperatorId, SelfId, System, UaType } from "@picket/remote-id";

/** No receiver tells the version; all are read alike. */
const VERSION = 2;
const ID_OCTETS = 20;
const DESCRIPTION_MOST = 23;

type Said<Message> = Partial<Omit<Message, "kind" | "protocolVersion" | "outOfRange">>;

/** A Basic ID from the identity as text; `undefined` when it names nobody. */
export function basicIdOf(idType: IdType, uaType: UaType, uasId: string | undefined): BasicId | undefined {
  const id = uasId === undefined || /^unknown$/i.test(uasId) ? undefined : uasId.slice(0, ID_OCTETS);
  if (id === undefined && uaType === "none") return undefined;
  const octets = new Uint8Array(ID_OCTETS);
  for (let i = 0; i < (id?.length ?? 0); i++) octets[i] = Math.min(0xff, id?.charCodeAt(i) ?? 0);
  return { kind: "basic-id", protocolVersion: VERSION, idType, uaType, uasId: id, uasIdHex: formatHex(octets) };
}

/** A Location that says what is given and nothing else. */
export const locationOf = (said: Said<Location>): Location => ({
  kind: "location",
  protocolVersion: VERSION,
  status: "undeclared",
  latDeg: undefined,
  lonDeg: undefined,
  altHaeM: undefined,
  altPressureM: undefined,
  heightM: undefined,
  heightReference: "take-off",
  trackDeg: undefined,
  speedMps: undefined,
  verticalSpeedMps: undefined,
  horizontalAccuracyM: undefined,
  verticalAccuracyM: undefined,
  pressureAccuracyM: undefined,
  speedAccuracyMps: undefined,
  tenthsAfterHour: undefined,
  timestampAccuracyS: undefined,
  ...said,
  outOfRange: [],
});

/** A System message that says what is given and nothing else. */
export const systemOf = (said: Said<System>): System => ({
  kind: "system",
  protocolVersion: VERSION,
  operatorLocationType: "take-off",
  operatorLatDeg: undefined,
  operatorLonDeg: undefined,
  operatorAltHaeM: undefined,
  areaCount: 1,
  areaRadiusM: 0,
  areaCeilingHaeM: undefined,
  areaFloorHaeM: undefined,
  classificationType: "undeclared",
  euCategory: undefined,
  euClass: undefined,
  timestampMs: undefined,
  ...said,
  outOfRange: [],
});

export const selfIdOf = (description: string | undefined): SelfId | undefined =>
  description === undefined
    ? undefined
    : { kind: "self-id", protocolVersion: VERSION, descriptionType: "text", description: description.slice(0, DESCRIPTION_MOST) };

export const operatorIdOf = (operatorId: string | undefined): OperatorId | undefined =>
  operatorId === undefined
    ? undefined
    : {
        kind: "operator-id",
        protocolVersion: VERSION,
        operatorIdType: "operator-id",
        operatorId: operatorId.slice(0, ID_OCTETS),
      };

/** The messages that are there. */
export const present = <Message>(messages: readonly (Message | undefined)[]): Message[] =>
  messages.filter((message) => message !== undefined);
