import geographiclib from "geographiclib-geodesic";
import { degFromRad, radFromDeg, wrapTurnRad } from "./angle.ts";
import type { GeoPoint } from "./wgs84.ts";

const { Geodesic } = geographiclib;
const WGS84 = Geodesic.WGS84;

/** How to get from one point to another: metres along the ellipsoid, and the bearing on leaving, in [0, 2π) clockwise from true north. */
export type GeodesicInverse = Readonly<{ distanceM: number; bearingRad: number }>;

/**
 * Length and initial bearing of the shortest path on the ellipsoid; between equal points the bearing is 0 or π and means nothing.
 *
 * @source Karney, "Algorithms for geodesics", J. Geodesy 87 (2013), sec. 4, by geographiclib-geodesic.
 */
export function geodesicInverse(from: GeoPoint, to: GeoPoint): GeodesicInverse {
  const { s12, azi1 } = WGS84.Inverse(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg, Geodesic.DISTANCE | Geodesic.AZIMUTH);
  return { distanceM: s12 as number, bearingRad: wrapTurnRad(radFromDeg(azi1 as number)) };
}

/** Metres along the ellipsoid from one point to the other, as {@link geodesicInverse}. */
export const distanceM = (from: GeoPoint, to: GeoPoint): number =>
  WGS84.Inverse(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg, Geodesic.DISTANCE).s12 as number;

/** Bearing in [0, 2π) on leaving `from` towards `to`, as {@link geodesicInverse}. */
export const bearingRad = (from: GeoPoint, to: GeoPoint): number => geodesicInverse(from, to).bearingRad;

/**
 * Where one arrives after `distanceM` metres along the geodesic that leaves `from` at `bearingRad`; a negative distance goes backwards.
 *
 * @source Karney (2013), sec. 3, by geographiclib-geodesic.
 */
export function destination(from: GeoPoint, bearingRad: number, distanceM: number): GeoPoint {
  const { lat2, lon2 } = WGS84.Direct(
    from.latDeg,
    from.lonDeg,
    degFromRad(bearingRad),
    distanceM,
    Geodesic.LATITUDE | Geodesic.LONGITUDE,
  );
  return { latDeg: lat2 as number, lonDeg: lon2 as number };
}

/** Points along the geodesic from `from` to `to`, both ends included, in the fewest equal steps of at most `maxStepM` metres. */
export function alongGeodesic(from: GeoPoint, to: GeoPoint, maxStepM: number): GeoPoint[] {
  const steps = Math.max(1, Math.ceil(distanceM(from, to) / maxStepM));
  return [from, ...pointsAlong(from, to, steps), to];
}

/** The `steps` − 1 points between `from` and `to` that cut their geodesic into equal steps. */
export function pointsAlong(from: GeoPoint, to: GeoPoint, steps: number): GeoPoint[] {
  if (steps < 2) return [];
  const line = WGS84.InverseLine(from.latDeg, from.lonDeg, to.latDeg, to.lonDeg);
  return Array.from({ length: steps - 1 }, (_, i) => {
    const { lat2, lon2 } = line.Position((line.s13 * (i + 1)) / steps, Geodesic.LATITUDE | Geodesic.LONGITUDE);
    return { latDeg: lat2 as number, lonDeg: lon2 as number };
  });
}
