import { degFromRad, radFromDeg } from "./angle.ts";
import { type EcefM, type GeoPosition, type Triple, WGS84_A_M, WGS84_B_M, WGS84_E2, WGS84_EP2, WGS84_F } from "./wgs84.ts";

/** Geodetic to ECEF metres. */
export function ecefFromGeodetic({ latDeg, lonDeg, altHaeM }: GeoPosition): EcefM {
  const out: [number, number, number] = [0, 0, 0];
  ecefFromGeodeticInto(latDeg, lonDeg, altHaeM, out);
  return out;
}

/** ECEF metres to geodetic; longitude is in [−180, 180] and is 0 on the polar axis. Not for points within 50 km of the earth's centre. */
export function geodeticFromEcef(ecefM: EcefM): GeoPosition {
  const out: [number, number, number] = [0, 0, 0];
  geodeticFromEcefInto(ecefM[0], ecefM[1], ecefM[2], out);
  return { latDeg: out[0], lonDeg: out[1], altHaeM: out[2] };
}

/**
 * Writes ECEF [x, y, z] in metres. Allocates nothing.
 *
 * @source NIMA TR8350.2 3rd ed. (2000), eq. 4-14.
 */
export function ecefFromGeodeticInto(latDeg: number, lonDeg: number, altHaeM: number, outEcefM: Triple): void {
  const latRad = radFromDeg(latDeg);
  const lonRad = radFromDeg(lonDeg);
  const sinLat = Math.sin(latRad);
  const n = WGS84_A_M / Math.sqrt(1 - WGS84_E2 * sinLat * sinLat);
  const fromAxisM = (n + altHaeM) * Math.cos(latRad);
  outEcefM[0] = fromAxisM * Math.cos(lonRad);
  outEcefM[1] = fromAxisM * Math.sin(lonRad);
  outEcefM[2] = (n * (1 - WGS84_E2) + altHaeM) * sinLat;
}

/**
 * Writes [latDeg, lonDeg, altHaeM]. Allocates nothing.
 *
 * Bowring's parametric-latitude iteration, twice, with sines and cosines instead of tangents so that the poles are no exception;
 * the height form keeps full precision at every latitude.
 *
 * @source Bowring, "The accuracy of geodetic latitude and height equations", Survey Review 28 (1985).
 */
export function geodeticFromEcefInto(xM: number, yM: number, zM: number, outDegDegM: Triple): void {
  const pM = Math.sqrt(xM * xM + yM * yM);
  const rM = Math.sqrt(pM * pM + zM * zM);
  let sinBeta = (1 - WGS84_F) * zM * (1 + (WGS84_EP2 * WGS84_B_M) / rM);
  let cosBeta = pM;
  let sinLat = 0;
  let cosLat = 1;
  for (let round = 0; round < 2; round++) {
    const beta = Math.sqrt(sinBeta * sinBeta + cosBeta * cosBeta);
    sinBeta /= beta;
    cosBeta /= beta;
    sinLat = zM + WGS84_EP2 * WGS84_B_M * sinBeta * sinBeta * sinBeta;
    cosLat = pM - WGS84_E2 * WGS84_A_M * cosBeta * cosBeta * cosBeta;
    sinBeta = (1 - WGS84_F) * sinLat;
    cosBeta = cosLat;
  }
  outDegDegM[0] = degFromRad(Math.atan2(sinLat, cosLat));
  outDegDegM[1] = degFromRad(Math.atan2(yM, xM));
  const lat = Math.sqrt(sinLat * sinLat + cosLat * cosLat);
  sinLat /= lat;
  cosLat /= lat;
  outDegDegM[2] = pM * cosLat + zM * sinLat - WGS84_A_M * Math.sqrt(1 - WGS84_E2 * sinLat * sinLat);
}
