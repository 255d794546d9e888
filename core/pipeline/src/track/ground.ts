import { degFromRad } from "@picket/geo";
import type { Ellipse } from "@picket/model";
import type { TrackState } from "@picket/tracker";

/** Where a track is thought to be on the ground at some time: mean and covariance of east and north, metres. */
export type GroundState = { eastM: number; northM: number; ee: number; en: number; nn: number };

/** White acceleration that a drone may show while it is not looked at, m²/s³: 2 m/s per √s, 60 m after 10 s. */
const ACCEL_PSD = 4;

/**
 * Moves a track's horizontal state ahead by `dtS` under near-constant velocity and writes mean and covariance. Allocates nothing.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 6.2.2: P₁₁ + 2·dt·P₁₂ + dt²·P₂₂ + q·dt³/3, here with 2·dt·sym(P₁₂).
 */
export function predictGroundInto(out: GroundState, { posEnuM, velEnuMps, covariance: p }: TrackState, dtS: number): void {
  const at = (row: number, column: number) => p[row * 6 + column] as number;
  const noise = (ACCEL_PSD * dtS * dtS * dtS) / 3;
  out.eastM = posEnuM[0] + velEnuMps[0] * dtS;
  out.northM = posEnuM[1] + velEnuMps[1] * dtS;
  out.ee = at(0, 0) + 2 * dtS * at(0, 3) + dtS * dtS * at(3, 3) + noise;
  out.en = at(0, 1) + dtS * (at(0, 4) + at(1, 3)) + dtS * dtS * at(3, 4);
  out.nn = at(1, 1) + 2 * dtS * at(1, 4) + dtS * dtS * at(4, 4) + noise;
}

export const newGroundState = (): GroundState => ({ eastM: 0, northM: 0, ee: 0, en: 0, nn: 0 });

/** Standard deviation along the direction (east, north), which need not have length 1; along the major axis when it has none. */
export function sigmaAlongM({ ee, en, nn }: GroundState, east: number, north: number): number {
  const length2 = east * east + north * north;
  if (length2 < 1e-6) return Math.sqrt(Math.max(ee, nn));
  return Math.sqrt(Math.max(0, (east * east * ee + 2 * east * north * en + north * north * nn) / length2));
}

/** The one-sigma ellipse of a 2×2 covariance, by its eigenvalues. */
export function toEllipse({ ee, en, nn }: GroundState): Ellipse {
  const middle = (ee + nn) / 2;
  const spread = Math.sqrt(((ee - nn) / 2) * ((ee - nn) / 2) + en * en);
  const orientationDeg = degFromRad(Math.atan2(2 * en, nn - ee) / 2);
  return {
    semiMajorM: Math.sqrt(Math.max(0, middle + spread)),
    semiMinorM: Math.sqrt(Math.max(0, middle - spread)),
    orientationDeg: orientationDeg < 0 ? orientationDeg + 180 : orientationDeg,
  };
}

/** Φ(x): probability that a standard normal is below x, by Abramowitz & Stegun 26.2.17 (error below 7.5e-8). */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    Math.exp((-x * x) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
