/** Seconds from 1970 to 2019-01-01T00:00:00Z, from which the wire counts. @source ASTM F3411-22a, System and Authentication, Timestamp */
const EPOCH_2019_S = 1_546_300_800;
const LATEST_TENTH = 36_000;
const NO_TENTH = 0xffff;

const MAX_SPEED_MPS = 254.25;
const MAX_VERTICAL_SPEED_MPS = 62;

/** Upper bounds by their code. Code 0 is unknown or worse than any. @source ASTM F3411-22a, Location/Vector, accuracy tables */
export const HORIZONTAL_ACCURACY_M = [undefined, 18_520, 7_408, 3_704, 1_852, 926, 555.6, 185.2, 92.6, 30, 10, 3, 1] as const;
export const VERTICAL_ACCURACY_M = [undefined, 150, 45, 25, 10, 3, 1] as const;
export const SPEED_ACCURACY_MPS = [undefined, 10, 3, 1, 0.3] as const;

/**
 * Altitude or height in metres: half metres above −1000. 0 on the wire (−1000 m) is unknown.
 *
 * @source ASTM F3411-22a, Location/Vector, altitude encoding.
 */
export const decodeAltitudeM = (raw: number): number | undefined => (raw === 0 ? undefined : raw / 2 - 1000);

export function encodeAltitudeM(altM: number | undefined, field: string): number {
  if (altM === undefined) return 0;
  const raw = Math.round((altM + 1000) * 2);
  if (!(raw >= 1 && raw <= 0xffff)) throw new RangeError(`${field} must be from -999.5 to 31767.5 m, got ${altM}`);
  return raw;
}

/**
 * Track in degrees from true north: an octet of degrees, and 180 more in the western segment. 361 is unknown; more is out of range.
 *
 * @source ASTM F3411-22a, Location/Vector, Track Direction and E/W Direction Segment.
 */
export function decodeTrackDeg(octet: number, isWest: boolean): number | undefined {
  const degrees = octet + (isWest ? 180 : 0);
  if (degrees > 360) return undefined;
  return degrees === 360 ? 0 : degrees;
}

export function encodeTrack(trackDeg: number | undefined): Readonly<{ octet: number; isWest: boolean }> {
  if (trackDeg === undefined) return { octet: 181, isWest: true };
  if (!(trackDeg >= 0 && trackDeg <= 360)) throw new RangeError(`trackDeg must be from 0 to 360, got ${trackDeg}`);
  const degrees = Math.round(trackDeg) % 360;
  return degrees < 180 ? { octet: degrees, isWest: false } : { octet: degrees - 180, isWest: true };
}

/**
 * Speed over ground in m/s. Two scales share one octet: 0.25 m/s up to 63.75, then 0.75 m/s above. Full scale (255 m/s) is unknown;
 * 254.25 means that or more.
 *
 * @source ASTM F3411-22a, Location/Vector, Speed and Speed Multiplier.
 */
export function decodeSpeedMps(octet: number, isCoarse: boolean): number | undefined {
  if (!isCoarse) return octet * 0.25;
  return octet === 255 ? undefined : octet * 0.75 + 63.75;
}

export function encodeSpeed(speedMps: number | undefined): Readonly<{ octet: number; isCoarse: boolean }> {
  if (speedMps === undefined) return { octet: 255, isCoarse: true };
  if (!(speedMps >= 0)) throw new RangeError(`speedMps must be 0 or more, got ${speedMps}`);
  if (speedMps <= 63.75) return { octet: Math.round(speedMps / 0.25), isCoarse: false };
  return { octet: Math.round((Math.min(speedMps, MAX_SPEED_MPS) - 63.75) / 0.75), isCoarse: true };
}

/**
 * Vertical speed in m/s, up positive: half metres a second within ±62, which also means more. 63 is unknown, other values are out of range.
 *
 * @source ASTM F3411-22a, Location/Vector, Vertical Speed.
 */
export const decodeVerticalSpeedMps = (raw: number): number | undefined => (raw >= -124 && raw <= 124 ? raw / 2 : undefined);
export const VERTICAL_SPEED_UNKNOWN = 126;

export function encodeVerticalSpeed(verticalSpeedMps: number | undefined): number {
  if (verticalSpeedMps === undefined) return VERTICAL_SPEED_UNKNOWN;
  if (Number.isNaN(verticalSpeedMps)) throw new RangeError("verticalSpeedMps must be a number, got NaN");
  return Math.round(Math.max(-MAX_VERTICAL_SPEED_MPS, Math.min(verticalSpeedMps, MAX_VERTICAL_SPEED_MPS)) * 2);
}

/** The code of the tightest bound that `accuracy` keeps; 0 for unknown and for worse than any. */
export function encodeAccuracy(bounds: readonly (number | undefined)[], accuracy: number | undefined, field: string): number {
  if (accuracy === undefined) return 0;
  if (!(accuracy >= 0)) throw new RangeError(`${field} must be 0 or more, got ${accuracy}`);
  let code = 0;
  for (let i = 1; i < bounds.length; i++) if (accuracy <= (bounds[i] ?? 0)) code = i;
  return code;
}

/** Degrees from tenths of microdegrees. The division, unlike a product, gives the double nearest to the decimal number on the wire. */
export const decodeDeg = (raw: number): number => raw / 1e7;

/** Both halves of a position as they go on the wire; 0, 0 stands for unknown, so that exactly there nothing can be sent. */
export function encodePosition(
  latDeg: number | undefined,
  lonDeg: number | undefined,
  field: string,
): Readonly<{ lat: number; lon: number }> {
  if (latDeg === undefined && lonDeg === undefined) return { lat: 0, lon: 0 };
  if (latDeg === undefined || lonDeg === undefined)
    throw new RangeError(`${field} must have both latitude and longitude, or neither`);
  if (!(Math.abs(latDeg) <= 90)) throw new RangeError(`${field} latitude must be from -90 to 90 degrees, got ${latDeg}`);
  if (!(Math.abs(lonDeg) <= 180)) throw new RangeError(`${field} longitude must be from -180 to 180 degrees, got ${lonDeg}`);
  const position = { lat: Math.round(latDeg * 1e7), lon: Math.round(lonDeg * 1e7) };
  if (position.lat === 0 && position.lon === 0)
    throw new RangeError(`${field} must not be 0, 0, which means unknown on the wire`);
  return position;
}

/** Unix milliseconds of a count of seconds since 2019; 0, which senders of version 0 leave there, is unknown. */
export const decodeTimestampMs = (raw: number): number | undefined => (raw === 0 ? undefined : (raw + EPOCH_2019_S) * 1000);

export function encodeTimestampMs(timestampMs: number | undefined, field: string): number {
  if (timestampMs === undefined) return 0;
  const raw = Math.round(timestampMs / 1000) - EPOCH_2019_S;
  if (!(raw >= 1 && raw <= 0xffff_ffff))
    throw new RangeError(`${field} must be a Unix time in ms from 2019-01-01T00:00:01Z to 2155, got ${timestampMs}`);
  return raw;
}

/** Tenths of a second since the full hour, 0 to 36000; 0xFFFF is unknown, anything else is out of range. */
export const decodeTenths = (raw: number): number | undefined => (raw <= LATEST_TENTH ? raw : undefined);
export const isTenthOutOfRange = (raw: number): boolean => raw > LATEST_TENTH && raw !== NO_TENTH;

export function encodeTenths(tenthsAfterHour: number | undefined): number {
  if (tenthsAfterHour === undefined) return NO_TENTH;
  if (Number.isInteger(tenthsAfterHour) && tenthsAfterHour >= 0 && tenthsAfterHour <= LATEST_TENTH) return tenthsAfterHour;
  throw new RangeError(`tenthsAfterHour must be an integer from 0 to ${LATEST_TENTH}, got ${tenthsAfterHour}`);
}
