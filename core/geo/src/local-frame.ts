import { radFromDeg } from "./angle.ts";
import { ecefFromGeodetic, ecefFromGeodeticInto, geodeticFromEcefInto } from "./ecef.ts";
import { type EcefM, type EnuM, type GeoPosition, isGeoPoint, type Triple } from "./wgs84.ts";

/** A 3×3 matrix, row-major. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

/**
 * An east-north-up frame tangent to the ellipsoid's normal at `origin`. Plain data: it may be stored and compared.
 * `toEnu` turns an ECEF difference into ENU (rows are the east, north and up unit vectors).
 */
export type LocalFrame = Readonly<{ origin: GeoPosition; originEcefM: EcefM; toEnu: Rotation }>;

/**
 * Makes the frame whose origin is `origin`. Throws `RangeError` when a coordinate is not finite or out of range.
 *
 * @source Stevens & Lewis, "Aircraft Control and Simulation" 3rd ed. (2016), ch. 1, ECEF to local tangent plane, axes in ENU order.
 */
export function createLocalFrame(origin: GeoPosition): LocalFrame {
  const { latDeg, lonDeg, altHaeM } = origin;
  if (!isGeoPoint(origin) || !Number.isFinite(altHaeM)) {
    throw new RangeError(
      `Frame origin must be latitude ±90°, longitude ±180° and a finite height, got ${latDeg}, ${lonDeg}, ${altHaeM}`,
    );
  }
  const sinLat = Math.sin(radFromDeg(latDeg));
  const cosLat = Math.cos(radFromDeg(latDeg));
  const sinLon = Math.sin(radFromDeg(lonDeg));
  const cosLon = Math.cos(radFromDeg(lonDeg));
  return {
    origin: { latDeg, lonDeg, altHaeM },
    originEcefM: ecefFromGeodetic(origin),
    toEnu: [-sinLon, cosLon, 0, -sinLat * cosLon, -sinLat * sinLon, cosLat, cosLat * cosLon, cosLat * sinLon, sinLat],
  };
}

/** Geodetic to the frame's ENU metres. */
export function toEnu(frame: LocalFrame, { latDeg, lonDeg, altHaeM }: GeoPosition): EnuM {
  const out: [number, number, number] = [0, 0, 0];
  toEnuInto(frame, latDeg, lonDeg, altHaeM, out);
  return out;
}

/** The frame's ENU metres to geodetic. */
export function fromEnu(frame: LocalFrame, posEnuM: EnuM): GeoPosition {
  const out: [number, number, number] = [0, 0, 0];
  fromEnuInto(frame, posEnuM[0], posEnuM[1], posEnuM[2], out);
  return { latDeg: out[0], lonDeg: out[1], altHaeM: out[2] };
}

/** Writes [east, north, up] in metres. Allocates nothing. */
export function toEnuInto(frame: LocalFrame, latDeg: number, lonDeg: number, altHaeM: number, outEnuM: Triple): void {
  ecefFromGeodeticInto(latDeg, lonDeg, altHaeM, outEnuM);
  enuFromEcefInto(frame, outEnuM[0] as number, outEnuM[1] as number, outEnuM[2] as number, outEnuM);
}

/** Writes [latDeg, lonDeg, altHaeM]. Allocates nothing. */
export function fromEnuInto(frame: LocalFrame, eastM: number, northM: number, upM: number, outDegDegM: Triple): void {
  ecefFromEnuInto(frame, eastM, northM, upM, outDegDegM);
  geodeticFromEcefInto(outDegDegM[0] as number, outDegDegM[1] as number, outDegDegM[2] as number, outDegDegM);
}

/** Writes the ENU metres of an ECEF point. Allocates nothing. */
export function enuFromEcefInto(
  { originEcefM, toEnu: r }: LocalFrame,
  xM: number,
  yM: number,
  zM: number,
  outEnuM: Triple,
): void {
  rotateInto(r, xM - originEcefM[0], yM - originEcefM[1], zM - originEcefM[2], outEnuM);
}

/** Writes the ECEF metres of an ENU point. Allocates nothing. */
export function ecefFromEnuInto(
  { originEcefM, toEnu: r }: LocalFrame,
  eastM: number,
  northM: number,
  upM: number,
  outEcefM: Triple,
): void {
  outEcefM[0] = originEcefM[0] + r[0] * eastM + r[3] * northM + r[6] * upM;
  outEcefM[1] = originEcefM[1] + r[1] * eastM + r[4] * northM + r[7] * upM;
  outEcefM[2] = originEcefM[2] + r[2] * eastM + r[5] * northM + r[8] * upM;
}

/** Writes `rotation` · [x, y, z]. Allocates nothing. */
export function rotateInto(rotation: Rotation, x: number, y: number, z: number, out: Triple): void {
  out[0] = rotation[0] * x + rotation[1] * y + rotation[2] * z;
  out[1] = rotation[3] * x + rotation[4] * y + rotation[5] * z;
  out[2] = rotation[6] * x + rotation[7] * y + rotation[8] * z;
}

/** The rotation that takes a direction in `from`'s ENU to the same direction in `to`'s ENU: R = Rto · Rfromᵀ. */
export function rotationBetween(from: LocalFrame, to: LocalFrame): Rotation {
  const a = from.toEnu;
  const b = to.toEnu;
  const cell = (row: 0 | 3 | 6, column: 0 | 3 | 6) =>
    b[row] * a[column] + at(b, row, 1) * at(a, column, 1) + at(b, row, 2) * at(a, column, 2);
  return [cell(0, 0), cell(0, 3), cell(0, 6), cell(3, 0), cell(3, 3), cell(3, 6), cell(6, 0), cell(6, 3), cell(6, 6)];
}

const at = (rotation: Rotation, row: 0 | 3 | 6, column: 1 | 2): number => rotation[row + column] as number;

/** Writes where a point of `from`'s ENU lies in `to`'s ENU, through ECEF. Allocates nothing beyond its arguments. */
export function enuBetweenInto(from: LocalFrame, to: LocalFrame, posEnuM: EnuM | Float64Array, outEnuM: Triple): void {
  ecefFromEnuInto(from, posEnuM[0] as number, posEnuM[1] as number, posEnuM[2] as number, outEnuM);
  enuFromEcefInto(to, outEnuM[0] as number, outEnuM[1] as number, outEnuM[2] as number, outEnuM);
}
