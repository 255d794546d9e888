import { CURRENT_VERSION, type Draft, type Location, MESSAGE_OCTETS } from "./message.ts";
import { codeOf, HEIGHT_REFERENCES, nameOf, OPERATIONAL_STATUSES } from "./names.ts";
import {
  decodeAltitudeM,
  decodeDeg,
  decodeSpeedMps,
  decodeTenths,
  decodeTrackDeg,
  decodeVerticalSpeedMps,
  encodeAccuracy,
  encodeAltitudeM,
  encodePosition,
  encodeSpeed,
  encodeTenths,
  encodeTrack,
  encodeVerticalSpeed,
  HORIZONTAL_ACCURACY_M,
  isTenthOutOfRange,
  SPEED_ACCURACY_MPS,
  VERTICAL_ACCURACY_M,
  VERTICAL_SPEED_UNKNOWN,
} from "./scales.ts";

const MAX_LATITUDE = 900_000_000;
const MAX_LONGITUDE = 1_800_000_000;
const HEIGHT_ABOVE_GROUND = 0x04;
const WEST = 0x02;
const COARSE_SPEED = 0x01;
const ALL_IN_RANGE: readonly string[] = [];

type Raw = Readonly<{
  flags: number;
  track: number;
  vertical: number;
  lat: number;
  lon: number;
  heights: number;
  speeds: number;
  tenths: number;
}>;

/**
 * Location/Vector. Unknown on the wire: track 361°, speed 255 m/s, vertical speed 63 m/s, 0°/0°, heights of −1000 m,
 * accuracy 0, time stamp 0xFFFF.
 *
 * @source ASTM F3411-22a, Location/Vector message.
 */
export function decodeLocation(view: DataView, at: number): Location {
  const flags = view.getUint8(at + 1);
  const track = view.getUint8(at + 2);
  const vertical = view.getInt8(at + 4);
  const lat = view.getInt32(at + 5, true);
  const lon = view.getInt32(at + 9, true);
  const heights = view.getUint8(at + 19);
  const speeds = view.getUint8(at + 20);
  const tenths = view.getUint16(at + 21, true);
  const isOnEarth = isPositionValid(lat, lon);
  const hasPosition = isOnEarth && (lat !== 0 || lon !== 0);
  const timestampAccuracy = view.getUint8(at + 23) & 0x0f;
  return {
    kind: "location",
    protocolVersion: view.getUint8(at) & 0x0f,
    status: nameOf(OPERATIONAL_STATUSES, flags >> 4),
    latDeg: hasPosition ? decodeDeg(lat) : undefined,
    lonDeg: hasPosition ? decodeDeg(lon) : undefined,
    altHaeM: decodeAltitudeM(view.getUint16(at + 15, true)),
    altPressureM: decodeAltitudeM(view.getUint16(at + 13, true)),
    heightM: decodeAltitudeM(view.getUint16(at + 17, true)),
    heightReference: flags & HEIGHT_ABOVE_GROUND ? "ground" : "take-off",
    trackDeg: decodeTrackDeg(track, (flags & WEST) !== 0),
    speedMps: decodeSpeedMps(view.getUint8(at + 3), (flags & COARSE_SPEED) !== 0),
    verticalSpeedMps: decodeVerticalSpeedMps(vertical),
    horizontalAccuracyM: HORIZONTAL_ACCURACY_M[heights & 0x0f],
    verticalAccuracyM: VERTICAL_ACCURACY_M[heights >> 4],
    pressureAccuracyM: VERTICAL_ACCURACY_M[speeds >> 4],
    speedAccuracyMps: SPEED_ACCURACY_MPS[speeds & 0x0f],
    tenthsAfterHour: decodeTenths(tenths),
    timestampAccuracyS: timestampAccuracy === 0 ? undefined : timestampAccuracy / 10,
    outOfRange: findOutOfRange({ flags, track, vertical, lat, lon, heights, speeds, tenths }),
  };
}

/** Whether a position lies on Earth, in tenths of microdegrees. */
export const isPositionValid = (lat: number, lon: number): boolean =>
  Math.abs(lat) <= MAX_LATITUDE && Math.abs(lon) <= MAX_LONGITUDE;

/** Names of the fields that hold what the standard does not allow; most messages share one empty list. */
function findOutOfRange({ flags, track, vertical, lat, lon, heights, speeds, tenths }: Raw): readonly string[] {
  const isTrackOver = track > (flags & WEST ? 181 : 255);
  const isVerticalOver = vertical !== VERTICAL_SPEED_UNKNOWN && Math.abs(vertical) > 124;
  const isAccuracyOver = (heights & 0x0f) > 12 || heights >> 4 > 6 || speeds >> 4 > 6 || (speeds & 0x0f) > 4;
  if (!isTrackOver && !isVerticalOver && !isAccuracyOver && isPositionValid(lat, lon) && !isTenthOutOfRange(tenths))
    return ALL_IN_RANGE;
  const names: string[] = [];
  if (!isPositionValid(lat, lon)) names.push("position");
  if (isTrackOver) names.push("trackDeg");
  if (isVerticalOver) names.push("verticalSpeedMps");
  if ((heights & 0x0f) > 12) names.push("horizontalAccuracyM");
  if (heights >> 4 > 6) names.push("verticalAccuracyM");
  if (speeds >> 4 > 6) names.push("pressureAccuracyM");
  if ((speeds & 0x0f) > 4) names.push("speedAccuracyMps");
  if (isTenthOutOfRange(tenths)) names.push("tenthsAfterHour");
  return names;
}

/** Encodes a Location/Vector, each value rounded to the nearest step. Speeds past full scale are sent as full scale, which means "or more". */
export function encodeLocation(message: Draft<Location>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_OCTETS);
  const view = new DataView(bytes.buffer);
  const track = encodeTrack(message.trackDeg);
  const speed = encodeSpeed(message.speedMps);
  const position = encodePosition(message.latDeg, message.lonDeg, "location");
  const isAboveGround = codeOf(HEIGHT_REFERENCES, message.heightReference ?? "take-off", "heightReference") === 1;
  const status = codeOf(OPERATIONAL_STATUSES, message.status ?? "undeclared", "status");
  view.setUint8(0, 0x10 | (message.protocolVersion ?? CURRENT_VERSION));
  view.setUint8(
    1,
    (status << 4) | (isAboveGround ? HEIGHT_ABOVE_GROUND : 0) | (track.isWest ? WEST : 0) | (speed.isCoarse ? COARSE_SPEED : 0),
  );
  view.setUint8(2, track.octet);
  view.setUint8(3, speed.octet);
  view.setInt8(4, encodeVerticalSpeed(message.verticalSpeedMps));
  view.setInt32(5, position.lat, true);
  view.setInt32(9, position.lon, true);
  view.setUint16(13, encodeAltitudeM(message.altPressureM, "altPressureM"), true);
  view.setUint16(15, encodeAltitudeM(message.altHaeM, "altHaeM"), true);
  view.setUint16(17, encodeAltitudeM(message.heightM, "heightM"), true);
  const vertical = encodeAccuracy(VERTICAL_ACCURACY_M, message.verticalAccuracyM, "verticalAccuracyM");
  const pressure = encodeAccuracy(VERTICAL_ACCURACY_M, message.pressureAccuracyM, "pressureAccuracyM");
  view.setUint8(19, (vertical << 4) | encodeAccuracy(HORIZONTAL_ACCURACY_M, message.horizontalAccuracyM, "horizontalAccuracyM"));
  view.setUint8(20, (pressure << 4) | encodeAccuracy(SPEED_ACCURACY_MPS, message.speedAccuracyMps, "speedAccuracyMps"));
  view.setUint16(21, encodeTenths(message.tenthsAfterHour), true);
  view.setUint8(23, encodeTimestampAccuracy(message.timestampAccuracyS));
  return bytes;
}

function encodeTimestampAccuracy(accuracyS: number | undefined): number {
  if (accuracyS === undefined) return 0;
  const tenths = Math.round(accuracyS * 10);
  if (!(tenths >= 1 && tenths <= 15)) throw new RangeError(`timestampAccuracyS must be from 0.1 to 1.5 s, got ${accuracyS}`);
  return tenths;
}
