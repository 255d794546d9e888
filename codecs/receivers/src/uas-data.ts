import { type DecodeError, formatHex, noteError, printable } from "@picket/bytes";
import {
  AUTHENTICATION_TYPES,
  type AuthenticationPage,
  type BasicId,
  CLASSIFICATION_TYPES,
  DESCRIPTION_TYPES,
  EU_CATEGORIES,
  EU_CLASSES,
  HORIZONTAL_ACCURACY_M,
  ID_TYPES,
  type Location,
  OPERATIONAL_STATUSES,
  OPERATOR_ID_TYPES,
  OPERATOR_LOCATION_TYPES,
  type OperatorId,
  type RemoteIdMessage,
  type SelfId,
  SPEED_ACCURACY_MPS,
  type System,
  UA_TYPES,
  VERTICAL_ACCURACY_M,
} from "@picket/remote-id";
import { locationOf, present, systemOf } from "./messages.ts";

/** Octets of the structure as BlueMark's sensors dump it. */
export const UAS_DATA_OCTETS = 920;

const BASIC_IDS = [0, 32] as const;
const LOCATION = 64;
const AUTHENTICATION = 136;
const AUTHENTICATION_STRIDE = 40;
const PAGES = 16;
const SELF_ID = 776;
const SYSTEM = 808;
const OPERATOR_ID = 864;
/** One octet for each block: 1 when it holds something. */
const VALID = { basicIds: 892, location: 894, authentication: 895, selfId: 911, system: 912, operatorId: 913 } as const;

const VERSION = 2;
const EPOCH_2019_S = 1_546_300_800;
const NO_ALTITUDE_M = -1000;
const MOST_ALTITUDE_M = 31_767.5;
const NO_TENTHS = 655_350;

/** Notes a value that the standard does not have, and answers `undefined`. */
type Refuse = (item: string, expected: string, got: unknown) => undefined;

/**
 * The messages in a dump of opendroneid-core-c's ODID_UAS_Data, little-endian. Blocks whose flag is 0 are left. Unknown as on the wire:
 * track 361°, speed 255 m/s, vertical speed 63 m/s, 0°/0°, heights of −1000 m, time stamp 65535, accuracy 0. What the standard does
 * not have is unknown and noted.
 *
 * @source opendroneid-core-c, libopendroneid/opendroneid.h, ODID_UAS_Data; offsets as a compiler lays it out for 64-bit processors.
 */
export function decodeUasData(view: DataView, at: number, errors: DecodeError[]): readonly RemoteIdMessage[] {
  const refuse: Refuse = (item, expected, got) =>
    noteError(errors, { code: "out-of-range", item: `/UASdata/${item}`, at, detail: `${expected} expected, got ${got}` });
  const isValid = (flag: number): boolean => view.getUint8(flag) === 1;
  return present<RemoteIdMessage>([
    ...BASIC_IDS.map((offset, i) => (isValid(VALID.basicIds + i) ? readBasicId(view, offset, refuse) : undefined)),
    isValid(VALID.location) ? readLocation(view, refuse) : undefined,
    ...Array.from({ length: PAGES }, (_, page) =>
      isValid(VALID.authentication + page) ? readPage(view, page, refuse) : undefined,
    ),
    isValid(VALID.selfId) ? readSelfId(view, refuse) : undefined,
    isValid(VALID.system) ? readSystem(view, refuse) : undefined,
    isValid(VALID.operatorId) ? readOperatorId(view, refuse) : undefined,
  ]);
}

function readBasicId(view: DataView, at: number, refuse: Refuse): BasicId {
  const uaType = named(UA_TYPES, view.getUint32(at, true), "basicId/uaType", refuse) ?? "none";
  const idType = named(ID_TYPES, view.getUint32(at + 4, true), "basicId/idType", refuse) ?? "none";
  const uasIdHex = formatHex(new Uint8Array(view.buffer, view.byteOffset + at + 8, 20));
  return { kind: "basic-id", protocolVersion: VERSION, idType, uaType, uasId: uasIdOf(idType, uasIdHex, view, at + 8), uasIdHex };
}

/** As the standard writes an identity of its type: text, a UUID, or all octets in hex. */
function uasIdOf(idType: BasicId["idType"], hex: string, view: DataView, at: number): string | undefined {
  if (/^0*$/.test(hex)) return undefined;
  if (idType === "utm-assigned")
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  return idType === "specific-session" ? hex : readText(view, at, 20);
}

function readLocation(view: DataView, refuse: Refuse): Location {
  const u32 = (offset: number) => view.getUint32(LOCATION + offset, true);
  const f32 = (offset: number) => view.getFloat32(LOCATION + offset, true);
  const track = f32(4);
  const vertical = f32(12);
  const speed = f32(8);
  const tenths = Math.round(f32(68) * 10);
  const tsAccuracy = u32(64);
  return locationOf({
    status: named(OPERATIONAL_STATUSES, u32(0), "location/status", refuse) ?? "undeclared",
    ...positionOf(view, LOCATION + 16, "location/position", refuse),
    altHaeM: altitudeOf(f32(36), "location/altitudeGeo", refuse),
    altPressureM: altitudeOf(f32(32), "location/altitudeBaro", refuse),
    heightM: altitudeOf(f32(44), "location/height", refuse),
    heightReference: u32(40) === 1 ? "ground" : "take-off",
    trackDeg: track === 361 ? undefined : within(track, 0, 360, "location/direction", refuse, (deg) => (deg === 360 ? 0 : deg)),
    speedMps: speed === 255 ? undefined : within(speed, 0, 254.25, "location/speedHorizontal", refuse),
    verticalSpeedMps: vertical === 63 ? undefined : within(vertical, -62, 62, "location/speedVertical", refuse),
    horizontalAccuracyM: named(HORIZONTAL_ACCURACY_M, u32(48), "location/horizAccuracy", refuse),
    verticalAccuracyM: named(VERTICAL_ACCURACY_M, u32(52), "location/vertAccuracy", refuse),
    pressureAccuracyM: named(VERTICAL_ACCURACY_M, u32(56), "location/baroAccuracy", refuse),
    speedAccuracyMps: named(SPEED_ACCURACY_MPS, u32(60), "location/speedAccuracy", refuse),
    tenthsAfterHour: tenths === NO_TENTHS ? undefined : within(tenths, 0, 36_000, "location/timeStamp", refuse),
    timestampAccuracyS: tsAccuracy === 0 ? undefined : within(tsAccuracy, 1, 15, "location/tsAccuracy", refuse, (n) => n / 10),
  });
}

function readPage(view: DataView, index: number, refuse: Refuse): AuthenticationPage | undefined {
  const at = AUTHENTICATION + index * AUTHENTICATION_STRIDE;
  const page = view.getUint8(at);
  const type = named(AUTHENTICATION_TYPES, view.getUint32(at + 4, true), "authentication/type", refuse);
  if (page > 15) return refuse("authentication/page", "at most 15", page);
  const isFirst = page === 0;
  const timestamp = view.getUint32(at + 12, true);
  return {
    kind: "authentication",
    protocolVersion: VERSION,
    authenticationType: type ?? "none",
    page,
    lastPage: isFirst ? view.getUint8(at + 8) : undefined,
    lengthOctets: isFirst ? view.getUint8(at + 9) : undefined,
    timestampMs: isFirst ? timestampOf(timestamp) : undefined,
    dataHex: formatHex(new Uint8Array(view.buffer, view.byteOffset + at + 16, isFirst ? 17 : 23)),
  };
}

function readSelfId(view: DataView, refuse: Refuse): SelfId {
  const descriptionType = named(DESCRIPTION_TYPES, view.getUint32(SELF_ID, true), "selfId/descType", refuse) ?? "text";
  return { kind: "self-id", protocolVersion: VERSION, descriptionType, description: readText(view, SELF_ID + 4, 23) };
}

function readSystem(view: DataView, refuse: Refuse): System {
  const u32 = (offset: number) => view.getUint32(SYSTEM + offset, true);
  const f32 = (offset: number) => view.getFloat32(SYSTEM + offset, true);
  const operator = positionOf(view, SYSTEM + 8, "system/operator", refuse);
  const classificationType = named(CLASSIFICATION_TYPES, u32(4), "system/classificationType", refuse) ?? "undeclared";
  const isEu = classificationType === "eu";
  return systemOf({
    operatorLocationType: named(OPERATOR_LOCATION_TYPES, u32(0), "system/operatorLocationType", refuse) ?? "take-off",
    operatorLatDeg: operator.latDeg,
    operatorLonDeg: operator.lonDeg,
    operatorAltHaeM: altitudeOf(f32(44), "system/operatorAltitudeGeo", refuse),
    areaCount: view.getUint16(SYSTEM + 24, true),
    areaRadiusM: view.getUint16(SYSTEM + 26, true),
    areaCeilingHaeM: altitudeOf(f32(28), "system/areaCeiling", refuse),
    areaFloorHaeM: altitudeOf(f32(32), "system/areaFloor", refuse),
    classificationType,
    euCategory: isEu ? named(EU_CATEGORIES, u32(36), "system/categoryEU", refuse) : undefined,
    euClass: isEu ? named(EU_CLASSES, u32(40), "system/classEU", refuse) : undefined,
    timestampMs: timestampOf(u32(48)),
  });
}

function readOperatorId(view: DataView, refuse: Refuse): OperatorId {
  const type = named(OPERATOR_ID_TYPES, view.getUint32(OPERATOR_ID, true), "operatorId/type", refuse) ?? "operator-id";
  return { kind: "operator-id", protocolVersion: VERSION, operatorIdType: type, operatorId: readText(view, OPERATOR_ID + 4, 20) };
}

type Position = Readonly<{ latDeg: number | undefined; lonDeg: number | undefined }>;
const NOWHERE: Position = { latDeg: undefined, lonDeg: undefined };

/** Latitude and longitude as doubles, rounded to the ten-millionths of a degree that were broadcast. */
function positionOf(view: DataView, at: number, item: string, refuse: Refuse): Position {
  const latDeg = view.getFloat64(at, true);
  const lonDeg = view.getFloat64(at + 8, true);
  if (!(Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180))
    return refuse(item, "a position on Earth", `${latDeg}, ${lonDeg}`) ?? NOWHERE;
  if (latDeg === 0 && lonDeg === 0) return NOWHERE;
  return { latDeg: Math.round(latDeg * 1e7) / 1e7, lonDeg: Math.round(lonDeg * 1e7) / 1e7 };
}

const altitudeOf = (altM: number, item: string, refuse: Refuse): number | undefined =>
  altM === NO_ALTITUDE_M ? undefined : within(altM, NO_ALTITUDE_M, MOST_ALTITUDE_M, item, refuse);

const timestampOf = (seconds: number): number | undefined => (seconds === 0 ? undefined : (seconds + EPOCH_2019_S) * 1000);

function named<Value>(names: readonly Value[], code: number, item: string, refuse: Refuse): Value | undefined {
  return code < names.length ? names[code] : refuse(item, `below ${names.length}`, code);
}

function within(
  value: number,
  min: number,
  max: number,
  item: string,
  refuse: Refuse,
  map: (value: number) => number = (same) => same,
): number | undefined {
  return value >= min && value <= max ? map(value) : refuse(item, `from ${min} to ${max}`, value);
}

/** Text up to its first NUL; `undefined` when nothing is before it. */
function readText(view: DataView, at: number, length: number): string | undefined {
  let text = "";
  for (let i = 0; i < length && view.getUint8(at + i) !== 0; i++) text += String.fromCharCode(view.getUint8(at + i));
  return text === "" ? undefined : printable(text);
}
