/** A point on the ellipsoid: WGS-84 geodetic latitude −90…90 and longitude −180…180, degrees. */
export type GeoPoint = Readonly<{ latDeg: number; lonDeg: number }>;

/** A point in space: a {@link GeoPoint} and its height above the WGS-84 ellipsoid, metres. */
export type GeoPosition = Readonly<{ latDeg: number; lonDeg: number; altHaeM: number }>;

/** Earth-centred, earth-fixed metres: [x to 0°N 0°E, y to 0°N 90°E, z to the north pole]. */
export type EcefM = readonly [number, number, number];

/** Metres in a local frame: [east, north, up]. */
export type EnuM = readonly [number, number, number];

/** What a kernel writes its three numbers into, at 0, 1 and 2. */
export type Triple = Float64Array | number[];

/**
 * Semi-major axis, metres.
 *
 * @source NGA.STND.0036_1.0.0_WGS84 (2014), table 3.1.
 */
export const WGS84_A_M = 6378137;

/**
 * Flattening.
 *
 * @source NGA.STND.0036_1.0.0_WGS84 (2014), table 3.1.
 */
export const WGS84_F = 1 / 298.257223563;

/** Semi-minor axis b = a (1 − f), metres. */
export const WGS84_B_M = WGS84_A_M * (1 - WGS84_F);

/** First eccentricity squared, e² = f (2 − f). */
export const WGS84_E2 = WGS84_F * (2 - WGS84_F);

/** Second eccentricity squared, e′² = e² / (1 − e²). */
export const WGS84_EP2 = WGS84_E2 / (1 - WGS84_E2);

/** True when both numbers are finite, latitude is within ±90 and longitude within ±180. */
export const isGeoPoint = ({ latDeg, lonDeg }: GeoPoint): boolean => Math.abs(latDeg) <= 90 && Math.abs(lonDeg) <= 180;
