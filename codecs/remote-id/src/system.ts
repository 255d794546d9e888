import { isPositionValid } from "./location.ts";
import { CURRENT_VERSION, type Draft, MESSAGE_OCTETS, type System } from "./message.ts";
import { CLASSIFICATION_TYPES, codeOf, EU_CATEGORIES, EU_CLASSES, nameOf, OPERATOR_LOCATION_TYPES } from "./names.ts";
import { decodeAltitudeM, decodeDeg, decodeTimestampMs, encodeAltitudeM, encodePosition, encodeTimestampMs } from "./scales.ts";

const CLASSIFIED_BY_EU = 1;
const METRES_PER_RADIUS_STEP = 10;
const ALL_IN_RANGE: readonly string[] = [];
const POSITION_OUT_OF_RANGE: readonly string[] = ["position"];

/**
 * System: where the operator stands and how the flight is classified. Unknown on the wire: 0°/0°, altitudes of −1000 m, time 0.
 *
 * @source ASTM F3411-22a, System message; EN 4709-002 for category and class.
 */
export function decodeSystem(view: DataView, at: number): System {
  const flags = view.getUint8(at + 1);
  const lat = view.getInt32(at + 2, true);
  const lon = view.getInt32(at + 6, true);
  const isOnEarth = isPositionValid(lat, lon);
  const hasPosition = isOnEarth && (lat !== 0 || lon !== 0);
  const classification = (flags >> 2) & 0x07;
  const isEu = classification === CLASSIFIED_BY_EU;
  const eu = view.getUint8(at + 17);
  return {
    kind: "system",
    protocolVersion: view.getUint8(at) & 0x0f,
    operatorLocationType: nameOf(OPERATOR_LOCATION_TYPES, flags & 0x03),
    operatorLatDeg: hasPosition ? decodeDeg(lat) : undefined,
    operatorLonDeg: hasPosition ? decodeDeg(lon) : undefined,
    operatorAltHaeM: decodeAltitudeM(view.getUint16(at + 18, true)),
    areaCount: view.getUint16(at + 10, true),
    areaRadiusM: view.getUint8(at + 12) * METRES_PER_RADIUS_STEP,
    areaCeilingHaeM: decodeAltitudeM(view.getUint16(at + 13, true)),
    areaFloorHaeM: decodeAltitudeM(view.getUint16(at + 15, true)),
    classificationType: nameOf(CLASSIFICATION_TYPES, classification),
    euCategory: isEu ? nameOf(EU_CATEGORIES, eu >> 4) : undefined,
    euClass: isEu ? nameOf(EU_CLASSES, eu & 0x0f) : undefined,
    timestampMs: decodeTimestampMs(view.getUint32(at + 20, true)),
    outOfRange: isOnEarth ? ALL_IN_RANGE : POSITION_OUT_OF_RANGE,
  };
}

export function encodeSystem(message: Draft<System>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_OCTETS);
  const view = new DataView(bytes.buffer);
  const position = encodePosition(message.operatorLatDeg, message.operatorLonDeg, "operator position");
  const locationType = codeOf(OPERATOR_LOCATION_TYPES, message.operatorLocationType ?? "take-off", "operatorLocationType");
  const classification = codeOf(CLASSIFICATION_TYPES, message.classificationType ?? "undeclared", "classificationType");
  const category = codeOf(EU_CATEGORIES, message.euCategory ?? "undeclared", "euCategory");
  const euClass = codeOf(EU_CLASSES, message.euClass ?? "undeclared", "euClass");
  if (classification !== CLASSIFIED_BY_EU && (category | euClass) !== 0)
    throw new RangeError("euCategory and euClass need classificationType eu");
  view.setUint8(0, 0x40 | (message.protocolVersion ?? CURRENT_VERSION));
  view.setUint8(1, (classification << 2) | locationType);
  view.setInt32(2, position.lat, true);
  view.setInt32(6, position.lon, true);
  view.setUint16(10, requireCount(message.areaCount ?? 1), true);
  view.setUint8(12, encodeRadius(message.areaRadiusM ?? 0));
  view.setUint16(13, encodeAltitudeM(message.areaCeilingHaeM, "areaCeilingHaeM"), true);
  view.setUint16(15, encodeAltitudeM(message.areaFloorHaeM, "areaFloorHaeM"), true);
  view.setUint8(17, (category << 4) | euClass);
  view.setUint16(18, encodeAltitudeM(message.operatorAltHaeM, "operatorAltHaeM"), true);
  view.setUint32(20, encodeTimestampMs(message.timestampMs, "timestampMs"), true);
  return bytes;
}

function requireCount(count: number): number {
  if (Number.isInteger(count) && count >= 0 && count <= 0xffff) return count;
  throw new RangeError(`areaCount must be an integer from 0 to 65535, got ${count}`);
}

/** A radius between two steps is rounded up: the area must not be told smaller than it is. */
function encodeRadius(radiusM: number): number {
  const steps = Math.ceil(radiusM / METRES_PER_RADIUS_STEP);
  if (!(steps >= 0 && steps <= 255)) throw new RangeError(`areaRadiusM must be from 0 to 2550 m, got ${radiusM}`);
  return steps;
}
