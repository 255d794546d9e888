import { distance, measureDistance } from "../measure/distance.ts";
import type { EnuM, TrackEnd } from "../types.ts";
import type { Hypothesis } from "./hypothesis.ts";

/** A range, or a difference of two ranges, in the site's frame: who measured it, from where, and how surely. */
export type Distance = Readonly<{
  /** Names the sensor, or both of a difference: what it measures at one time are several objects. */
  link: string;
  sensor: string;
  other?: string;
  atMs: number;
  fromM: EnuM;
  otherM?: EnuM;
  valueM: number;
  sigmaM: number;
  /** How far the sensor hears. */
  reachM: number;
  isSound: boolean;
  isAircraft: boolean;
  object?: string;
}>;

/**
 * Something that may be where distances meet: [east, north, up, east and north velocity], m and m/s, with its covariance 5×5 row-major. Up
 * begins as where small drones fly. What was heard is by link.
 */
export type Placement = Hypothesis<Heard>;

/** What one link has measured of a placement, and which distance was the newest. */
export type Heard = Readonly<{
  sensor: string;
  other?: string;
  hits: number;
  aircraft: number;
  lastMs: number;
  lastM: number;
  object?: string;
}>;

/** What waits, what may cross with it, and what is placed. Plain data: what a snapshot holds. */
export type MultilateratorState = {
  waiting: WaitingDistances[];
  recent: Distance[];
  placements: Placement[];
  /** Per link: how many distances it measures in a look, of what is not known, in the mean. */
  crowd: Map<string, number>;
  /** Per link: standard deviation of its newest distance. */
  sigmaM: Map<string, number>;
  next: number;
  ended: TrackEnd[];
};
export type WaitingDistances = { sensor: string; atMs: number; distances: Distance[] };

/** Nothing is known of the height of what is heard: small drones fly so high above the sensors, and so widely. */
const PRIOR_HEIGHT_M = 100;
const PRIOR_HEIGHT_SIGMA_M = 150;
const SPEED_SIGMA_MPS = 15;
/** White acceleration on the ground, m²/s³, and how height wanders, m²/s. */
const ACCEL_PSD = 1;
const CLIMB_PSD = 4;
/** Curves that cross more acutely than this give no place. */
const LEAST_CROSSING = 0.17;
const SPEED_OF_SOUND_MPS = 343;
const DIM = 5;
const NO_SPREAD = new Float64Array(6);

/** Gauss-Newton begins on so many bearings from the sensor, at the range or at these shares of the reach. */
const BEARINGS = 8;
const REACH_SHARES = [0.08, 0.25, 0.7] as const;
const STEPS = 8;
const CLOSED_M = 0.5;

/** Every place within reach where two distances cross: two circles or hyperbolas may cross twice and more. */
export function crossingsOf(a: Distance, b: Distance): readonly Omit<Placement, "id" | "heard">[] {
  const upM = (a.fromM[2] + b.fromM[2]) / 2 + PRIOR_HEIGHT_M;
  const found: Omit<Placement, "id" | "heard">[] = [];
  const at: [number, number, number] = [0, 0, upM];
  for (const radiusM of a.otherM ? REACH_SHARES.map((share) => share * a.reachM) : [a.valueM])
    for (let k = 0; k < BEARINGS; k++) {
      const azimuthRad = (2 * Math.PI * k) / BEARINGS;
      at[0] = a.fromM[0] + radiusM * Math.sin(azimuthRad);
      at[1] = a.fromM[1] + radiusM * Math.cos(azimuthRad);
      if (!close(at, a, b)) continue;
      const placement = placementAt(at, a, b);
      if (placement && !found.some((known) => isSame(known, placement))) found.push(placement);
    }
  return found;
}

/** Moves a place, in place, to where both distances are as measured; false when it finds none within reach, or they cross too acutely. */
function close(at: [number, number, number], a: Distance, b: Distance): boolean {
  for (let step = 0; step < STEPS; step++) {
    measureDistance(at, NO_SPREAD, a.fromM, a.otherM);
    const ae = distance.gradient[0];
    const an = distance.gradient[1];
    const offA = a.valueM - distance.valueM;
    measureDistance(at, NO_SPREAD, b.fromM, b.otherM);
    const be = distance.gradient[0];
    const bn = distance.gradient[1];
    const offB = b.valueM - distance.valueM;
    const turn = ae * bn - an * be;
    const lengths = Math.sqrt((ae * ae + an * an) * (be * be + bn * bn));
    if (!(Math.abs(turn) > LEAST_CROSSING * lengths)) return false;
    if (Math.abs(offA) + Math.abs(offB) < CLOSED_M) return isInReach(at, a) && isInReach(at, b);
    const de = (offA * bn - offB * an) / turn;
    const dn = (offB * ae - offA * be) / turn;
    const shorten = Math.min(1, a.reachM / (2 * Math.sqrt(de * de + dn * dn)));
    at[0] += shorten * de;
    at[1] += shorten * dn;
  }
  return false;
}

const isInReach = ([e, n]: readonly [number, number, number], { fromM, reachM }: Distance): boolean =>
  (e - fromM[0]) * (e - fromM[0]) + (n - fromM[1]) * (n - fromM[1]) <= reachM * reachM;

/** P = (sum g gᵀ / s² + prior)⁻¹ over east, north and up; the older distance is as much vaguer as the object may have flown since. */
function placementAt(
  at: readonly [number, number, number],
  a: Distance,
  b: Distance,
): Omit<Placement, "id" | "heard"> | undefined {
  const atMs = Math.max(a.atMs, b.atMs);
  const [iee, ien, ieu, inn, inu, iuu] = informationOf(at, [a, b], ({ sigmaM, atMs: thenMs }) => {
    const flownM = (SPEED_SIGMA_MPS * (atMs - thenMs)) / 1000;
    return sigmaM * sigmaM + flownM * flownM;
  });
  const uu = iuu + 1 / (PRIOR_HEIGHT_SIGMA_M * PRIOR_HEIGHT_SIGMA_M);
  const [c0, c1, c2] = [inn * uu - inu * inu, ieu * inu - ien * uu, ien * inu - ieu * inn];
  const determinant = iee * c0 + ien * c1 + ieu * c2;
  if (!(determinant > 0)) return undefined;
  const inverse = [c0, c1, c2, iee * uu - ieu * ieu, ien * ieu - iee * inu, iee * inn - ien * ien].map((v) => v / determinant);
  const [ee = 0, en = 0, eu = 0, nn = 0, nu = 0, up = 0] = inverse;
  const speed = SPEED_SIGMA_MPS * SPEED_SIGMA_MPS;
  return {
    mean: [...at, 0, 0],
    cov: [ee, en, eu, 0, 0, en, nn, nu, 0, 0, eu, nu, up, 0, 0, 0, 0, 0, speed, 0, 0, 0, 0, 0, speed],
    atMs,
    firstMs: atMs,
    llr: 0,
    rank: 0,
    isTold: false,
  };
}

/** What distances of the given variances tell of a place: [ee, en, eu, nn, nu, uu], 1/m². */
function informationOf(
  at: ArrayLike<number>,
  distances: readonly Pick<Distance, "fromM" | "otherM" | "sigmaM" | "atMs">[],
  variance: (one: Pick<Distance, "sigmaM" | "atMs">) => number,
): [number, number, number, number, number, number] {
  let [ee, en, eu, nn, nu, uu] = [0, 0, 0, 0, 0, 0];
  for (const one of distances) {
    measureDistance(at, NO_SPREAD, one.fromM, one.otherM);
    const [e, n, u] = distance.gradient;
    const weight = 1 / variance(one);
    ee += weight * e * e;
    en += weight * e * n;
    eu += weight * e * u;
    nn += weight * n * n;
    nu += weight * n * u;
    uu += weight * u * u;
  }
  return [ee, en, eu, nn, nu, uu];
}

/** Moves a placement on, in place, under near-constant velocity on the ground. @source Bar-Shalom, Li & Kirubarajan (2001), eq. 6.2.2-12. */
export function moveOn(placement: Placement, atMs: number): void {
  const dtS = (atMs - placement.atMs) / 1000;
  if (dtS <= 0) return;
  placement.atMs = atMs;
  const [e, n, u, ve, vn] = placement.mean;
  placement.mean = [e + dtS * ve, n + dtS * vn, u, ve, vn];
  const cov = placement.cov.slice();
  // F P Fᵀ: rows, then columns, of east and north take those of their velocities.
  for (let k = 0; k < DIM; k++) for (let a = 0; a < 2; a++) cov[a * DIM + k] += dtS * cov[(a + 3) * DIM + k];
  for (let k = 0; k < DIM; k++) for (let a = 0; a < 2; a++) cov[k * DIM + a] += dtS * cov[k * DIM + a + 3];
  for (let a = 0; a < 2; a++) {
    cov[a * DIM + a] += (ACCEL_PSD * dtS * dtS * dtS) / 3;
    cov[a * DIM + a + 3] += (ACCEL_PSD * dtS * dtS) / 2;
    cov[(a + 3) * DIM + a] += (ACCEL_PSD * dtS * dtS) / 2;
    cov[(a + 3) * DIM + a + 3] += ACCEL_PSD * dtS;
  }
  cov[2 * DIM + 2] += CLIMB_PSD * dtS;
  placement.cov = cov;
}

/** How a distance lies to a placement: innovation, its variance, and the gradient over its five values. */
export type Fit = Readonly<{ innovationM: number; variance: number; gradient: readonly number[] }>;

/** Sound shows where its source was when it left: the place is taken back by velocity times range over the speed of sound. */
export function fitOf({ mean, cov }: Pick<Placement, "mean" | "cov">, one: Distance): Fit {
  const [de, dn, du] = [mean[0] - one.fromM[0], mean[1] - one.fromM[1], mean[2] - one.fromM[2]];
  const delayS = one.isSound ? Math.sqrt(de * de + dn * dn + du * du) / SPEED_OF_SOUND_MPS : 0;
  const at = [mean[0] - delayS * mean[3], mean[1] - delayS * mean[4], mean[2]];
  measureDistance(at, [cov[0], cov[1], cov[2], cov[6], cov[7], cov[12]], one.fromM, one.otherM);
  const ge = distance.gradient[0];
  const gn = distance.gradient[1];
  const gradient = [ge, gn, distance.gradient[2], -delayS * ge, -delayS * gn];
  const through = timesCov(cov, gradient);
  const spread = gradient.reduce((sum, g, k) => sum + g * through[k], 0);
  return {
    innovationM: one.valueM - distance.valueM,
    variance: spread + one.sigmaM * one.sigmaM + distance.varianceM2,
    gradient,
  };
}

/** Kalman's update by one distance, in place. */
export function takeDistance(placement: Placement, { innovationM, variance, gradient }: Fit): void {
  const gain = timesCov(placement.cov, gradient);
  placement.mean = placement.mean.map((value, k) => value + (gain[k] / variance) * innovationM);
  placement.cov = placement.cov.map((value, k) => value - (gain[Math.floor(k / DIM)] * gain[k % DIM]) / variance);
}

const timesCov = (cov: readonly number[], gradient: readonly number[]): number[] =>
  gradient.map((_, i) => gradient.reduce((sum, g, k) => sum + cov[i * DIM + k] * g, 0));

/** A placement this near to another, in sigmas of both, is the same. */
const SAME = 3;

export function isSame(a: Pick<Placement, "mean" | "cov">, b: Pick<Placement, "mean" | "cov">): boolean {
  const [de, dn] = [a.mean[0] - b.mean[0], a.mean[1] - b.mean[1]];
  const [ee, en, nn] = [a.cov[0] + b.cov[0], a.cov[1] + b.cov[1], a.cov[6] + b.cov[6]];
  return nn * de * de - 2 * en * de * dn + ee * dn * dn < SAME * SAME * (ee * nn - en * en);
}

/**
 * What constant errors add to a place, [ee, en, nn] m²: nobody says how much of a stated error is the same all the time, so that a place
 * is never surer than one distance of each link makes it.
 */
export function constantErrors(
  at: ArrayLike<number>,
  distances: readonly Pick<Distance, "fromM" | "otherM" | "sigmaM" | "atMs">[],
): readonly [number, number, number] {
  const [ee, en, , nn] = informationOf(at, distances, ({ sigmaM }) => sigmaM * sigmaM);
  const determinant = Math.max(ee * nn - en * en, Number.MIN_VALUE);
  return [nn / determinant, -en / determinant, ee / determinant];
}
