import { radFromDeg, wrapTurnRad } from "./angle.ts";
import { ecefFromGeodetic } from "./ecef.ts";
import type { GeoPosition } from "./wgs84.ts";
import { WMM2025_ROWS } from "./wmm2025-table.ts";

/** The earth's main field at a place: nanotesla north, east and down in geodetic axes. */
export type MagneticField = Readonly<{ northNt: number; eastNt: number; downNt: number }>;

/**
 * Angle from true to magnetic north, clockwise (east) positive, and its one-sigma error; it says by which model, and whether the year lies
 * outside the model's five. An expired answer is still the best there is, but its error is no longer known: it may grow by 0.1° a year
 * and, near the magnetic poles, by far more.
 */
export type Declination = Readonly<{ declinationRad: number; sigmaRad: number; model: "WMM2025"; expired: boolean }>;

/** Angle of the field below the horizontal, as {@link Declination}. */
export type Inclination = Readonly<{ inclinationRad: number; sigmaRad: number; model: "WMM2025"; expired: boolean }>;

const EPOCH_YEAR = 2025;
const EXPIRY_YEAR = 2030;
const DEGREE = 12;
const REFERENCE_RADIUS_M = 6_371_200;
const MS_PER_DAY = 86_400_000;

/**
 * Declination at a place and decimal year such as 2026.5 (see {@link decimalYear}). The error follows the horizontal intensity H and
 * reaches π where a compass has nothing to point with.
 *
 * @source Chulliat et al., "The US/UK World Magnetic Model for 2025–2030", NOAA technical report (2025): error model
 * δD = √(0.26² + (5417 / H)²) degrees.
 */
export function declination(latDeg: number, lonDeg: number, altHaeM: number, year: number): Declination {
  const { northNt, eastNt } = magneticField({ latDeg, lonDeg, altHaeM }, year);
  const byIntensityDeg = 5417 / Math.sqrt(northNt * northNt + eastNt * eastNt);
  const sigmaRad = Math.min(Math.PI, radFromDeg(Math.sqrt(0.26 * 0.26 + byIntensityDeg * byIntensityDeg)));
  return { declinationRad: Math.atan2(eastNt, northNt), sigmaRad, model: "WMM2025", expired: isExpired(year) };
}

/**
 * Inclination at a place and decimal year, down positive.
 *
 * @source As {@link declination}: δI = 0.20°.
 */
export function inclination(latDeg: number, lonDeg: number, altHaeM: number, year: number): Inclination {
  const { northNt, eastNt, downNt } = magneticField({ latDeg, lonDeg, altHaeM }, year);
  const inclinationRad = Math.atan2(downNt, Math.sqrt(northNt * northNt + eastNt * eastNt));
  return { inclinationRad, sigmaRad: radFromDeg(0.2), model: "WMM2025", expired: isExpired(year) };
}

/** The true bearing, in [0, 2π), of what a compass reads as `magneticRad` under that declination. */
export const trueFromMagneticRad = (magneticRad: number, { declinationRad }: Declination): number =>
  wrapTurnRad(magneticRad + declinationRad);

/** The year with its elapsed part, of Unix milliseconds UTC: 1 July 2025 at noon is 2025.497…. */
export function decimalYear(nowMs: number): number {
  const days = nowMs / MS_PER_DAY;
  let year = 1970 + Math.floor(days / 365.2425);
  if (days >= daysToYear(year + 1)) year++;
  if (days < daysToYear(year)) year--;
  return year + (days - daysToYear(year)) / (daysToYear(year + 1) - daysToYear(year));
}

/**
 * The main field by WMM2025 at a place and decimal year.
 *
 * Legendre functions of order m ≥ 1 are carried divided by the cosine of the geocentric latitude, so that the poles are no exception.
 *
 * @source World Magnetic Model technical report: geodetic to geocentric (eqs. 7–8), secular change (eq. 9), field (eqs. 10–12), rotation
 * back to geodetic axes (eq. 17).
 */
export function magneticField(place: GeoPosition, year: number): MagneticField {
  const [xM, yM, zM] = ecefFromGeodetic(place);
  const axisM = Math.sqrt(xM * xM + yM * yM);
  const radiusM = Math.sqrt(axisM * axisM + zM * zM);
  const sinLat = zM / radiusM;
  const cosLat = axisM / radiusM;
  const { values, slopes } = legendre(sinLat, cosLat);
  const lonRad = radFromDeg(place.lonDeg);
  const sinceEpoch = year - EPOCH_YEAR;

  let north = 0;
  let east = 0;
  let down = 0;
  let degree = 0;
  let radial = (REFERENCE_RADIUS_M / radiusM) * (REFERENCE_RADIUS_M / radiusM);
  for (const [n, m, g0, h0, gRate, hRate] of WMM2025_ROWS) {
    if (n > degree) {
      radial *= REFERENCE_RADIUS_M / radiusM;
      degree = n;
    }
    const g = g0 + sinceEpoch * gRate;
    const h = h0 + sinceEpoch * hRate;
    const cosOrder = Math.cos(m * lonRad);
    const sinOrder = Math.sin(m * lonRad);
    const value = values[at(n, m)] as number;
    const inPhase = radial * (g * cosOrder + h * sinOrder);
    north -= inPhase * (slopes[at(n, m)] as number);
    east += radial * m * (g * sinOrder - h * cosOrder) * value;
    down -= (n + 1) * inPhase * (m === 0 ? value : value * cosLat);
  }
  const tiltRad = Math.atan2(sinLat, cosLat) - radFromDeg(place.latDeg);
  return {
    northNt: north * Math.cos(tiltRad) - down * Math.sin(tiltRad),
    eastNt: east,
    downNt: north * Math.sin(tiltRad) + down * Math.cos(tiltRad),
  };
}

/**
 * Schmidt semi-normalised Legendre functions P of the sine of latitude, divided by its cosine when m ≥ 1, and their slopes dP/dlatitude,
 * both by n (n + 1) / 2 + m.
 *
 * @source Winch et al., "Geomagnetism and Schmidt quasi-normalization", Geophys. J. Int. 160 (2005).
 */
function legendre(sin: number, cos: number): { values: Float64Array; slopes: Float64Array } {
  const values = new Float64Array(at(DEGREE + 1, 0));
  const slopes = new Float64Array(values.length);
  values[0] = 1;
  for (let n = 1; n <= DEGREE; n++) {
    for (let m = 0; m <= n; m++) {
      if (m === n) {
        // P(n, n) ∝ cosⁿ: its slope is −n sin cosⁿ⁻¹, and the stored value is already one cosine short.
        values[at(n, n)] = n === 1 ? 1 : Math.sqrt(1 - 1 / (2 * n)) * cos * (values[at(n - 1, n - 1)] as number);
        slopes[at(n, n)] = -n * sin * (values[at(n, n)] as number);
        continue;
      }
      const scale = Math.sqrt(n * n - m * m);
      const one = (2 * n - 1) / scale;
      const two = m <= n - 2 ? Math.sqrt((n - 1) * (n - 1) - m * m) / scale : 0;
      const below = m <= n - 2 ? at(n - 2, m) : 0;
      values[at(n, m)] = one * sin * (values[at(n - 1, m)] as number) - two * (values[below] as number);
      // A slope needs P itself, with the cosine that stored values of order m ≥ 1 lack.
      const whole = (m === 0 ? 1 : cos) * (values[at(n - 1, m)] as number);
      slopes[at(n, m)] = one * (cos * whole + sin * (slopes[at(n - 1, m)] as number)) - two * (slopes[below] as number);
    }
  }
  return { values, slopes };
}

const at = (n: number, m: number): number => (n * (n + 1)) / 2 + m;

const isExpired = (year: number): boolean => !(year >= EPOCH_YEAR && year < EXPIRY_YEAR);

/** Days from 1970 to the start of a Gregorian year. */
const daysToYear = (year: number): number =>
  365 * (year - 1970) + Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
