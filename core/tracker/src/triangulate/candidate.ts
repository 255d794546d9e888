import type { Hypothesis } from "./hypothesis.ts";

/**
 * Something that may be sending: [east, north] and velocity, m and m/s, with covariance [ee, en, nn | e·ve, e·vn, n·ve, n·vn | vee, ven, vnn].
 * Height is left open: a bearing hardly depends on it. What was heard is by sensor.
 */
export type Candidate = Hypothesis<Heard>;

/** What one sensor has heard of a candidate: how many bearings, how many of these it said were of an aircraft, and what it called the newest. */
export type Heard = Readonly<{ hits: number; aircraft: number; lastMs: number; object?: string }>;

/** A bearing in the site's frame: where from, which way, and how surely. */
export type Ray = Readonly<{
  sensor: string;
  atMs: number;
  eastM: number;
  northM: number;
  azimuthRad: number;
  sigmaRad: number;
  elevationRad?: number;
  elevationSigmaRad?: number;
  rangeMaxM: number;
  isSound: boolean;
  isAircraft: boolean;
  object?: string;
}>;

const SPEED_OF_SOUND_MPS = 343;
/** A direction finder may be off by this much all the time. */
export const BIAS_SIGMA_RAD = 0.035;
export const SPEED_SIGMA_MPS = 15;
/** White acceleration of what is heard, m²/s³. */
const ACCEL_PSD = 1;
/** Rays that cross more acutely than this give no place. */
export const LEAST_CROSSING = 0.17;

/** Where two rays cross, or `undefined` where they do not, too acutely, or out of reach of either. */
export function crossingOf(a: Ray, b: Ray, id: number): Candidate | undefined {
  const [sa, ca, sb, cb] = [Math.sin(a.azimuthRad), Math.cos(a.azimuthRad), Math.sin(b.azimuthRad), Math.cos(b.azimuthRad)];
  const sine = sa * cb - ca * sb;
  if (Math.abs(sine) < LEAST_CROSSING) return undefined;
  const [de, dn] = [b.eastM - a.eastM, b.northM - a.northM];
  const alongA = (de * cb - dn * sb) / sine;
  const alongB = (de * ca - dn * sa) / sine;
  if (alongA <= 0 || alongB <= 0 || alongA > a.rangeMaxM || alongB > b.rangeMaxM) return undefined;
  const mean = [a.eastM + alongA * sa, a.northM + alongA * ca, 0, 0];
  const [ee, en, nn] = crossingCovariance(mean, [a, b], (ray) => ray.sigmaRad * ray.sigmaRad + BIAS_SIGMA_RAD * BIAS_SIGMA_RAD);
  const speed = SPEED_SIGMA_MPS * SPEED_SIGMA_MPS;
  const atMs = Math.max(a.atMs, b.atMs);
  return {
    id,
    mean,
    cov: [ee, en, nn, 0, 0, 0, 0, speed, 0, speed],
    atMs,
    firstMs: atMs,
    llr: 0,
    rank: 0,
    heard: new Map(),
    isTold: false,
  };
}

/** Of a place seen along several rays whose angles have the given variances: [ee, en, nn], m². */
function crossingCovariance(
  mean: readonly number[],
  rays: readonly Pick<Ray, "eastM" | "northM" | "sigmaRad">[],
  variance: (ray: Pick<Ray, "sigmaRad">) => number,
): [number, number, number] {
  let [iee, ien, inn] = [0, 0, 0];
  for (const ray of rays) {
    const [e, n] = [mean[0] - ray.eastM, mean[1] - ray.northM];
    const rangeSquared = Math.max(1, e * e + n * n);
    const weight = 1 / (variance(ray) * rangeSquared * rangeSquared);
    iee += weight * n * n;
    ien -= weight * n * e;
    inn += weight * e * e;
  }
  const determinant = Math.max(iee * inn - ien * ien, Number.MIN_VALUE);
  return [inn / determinant, -ien / determinant, iee / determinant];
}

/** What constant errors of the finders add to a place, [ee, en, nn] m²: no number of bearings averages them out. */
export const biasCovariance = (mean: readonly number[], rays: readonly Pick<Ray, "eastM" | "northM" | "sigmaRad">[]) =>
  crossingCovariance(mean, rays, () => BIAS_SIGMA_RAD * BIAS_SIGMA_RAD);

/** Moves a candidate on, in place, under near-constant velocity. @source Bar-Shalom, Li & Kirubarajan (2001), eq. 6.2.2-12. */
export function moveOn(candidate: Candidate, atMs: number): void {
  const dtS = (atMs - candidate.atMs) / 1000;
  if (dtS <= 0) return;
  candidate.atMs = atMs;
  const { mean, cov } = candidate;
  const [ee, en, nn, eve, evn, nve, nvn, vee, ven, vnn] = cov;
  const [q11, q12, q22] = [(ACCEL_PSD * dtS * dtS * dtS) / 3, (ACCEL_PSD * dtS * dtS) / 2, ACCEL_PSD * dtS];
  candidate.mean = [mean[0] + dtS * mean[2], mean[1] + dtS * mean[3], mean[2], mean[3]];
  candidate.cov = [
    ee + dtS * (2 * eve + dtS * vee) + q11,
    en + dtS * (evn + nve + dtS * ven),
    nn + dtS * (2 * nvn + dtS * vnn) + q11,
    eve + dtS * vee + q12,
    evn + dtS * ven,
    nve + dtS * ven,
    nvn + dtS * vnn + q12,
    vee + q22,
    ven,
    vnn + q22,
  ];
}

/** How a ray lies to a candidate: innovation (rad), its variance, and the gradient over [e, n, ve, vn]. */
export type Fit = { innovationRad: number; variance: number; gradient: [number, number, number, number] };

/**
 * A bearing is az = atan2(e, n), with the slopes n/rho² and -e/rho². Sound shows where its source was when it left: the place is taken back by
 * velocity times range over the speed of sound.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 10.3 (extended Kalman filter).
 */
export function fitOf({ mean, cov }: Candidate, ray: Ray): Fit {
  const [e0, n0] = [mean[0] - ray.eastM, mean[1] - ray.northM];
  const delayS = ray.isSound ? Math.sqrt(e0 * e0 + n0 * n0) / SPEED_OF_SOUND_MPS : 0;
  const [e, n] = [e0 - delayS * mean[2], n0 - delayS * mean[3]];
  const rangeSquared = Math.max(1, e * e + n * n);
  const [ge, gn] = [n / rangeSquared, -e / rangeSquared];
  const gradient: Fit["gradient"] = [ge, gn, -delayS * ge, -delayS * gn];
  const turn = ray.azimuthRad - Math.atan2(e, n);
  const through = timesCov(cov, gradient);
  const spread = gradient.reduce((sum, g, k) => sum + g * through[k], 0);
  return {
    innovationRad: turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)),
    variance: spread + ray.sigmaRad * ray.sigmaRad + BIAS_SIGMA_RAD * BIAS_SIGMA_RAD,
    gradient,
  };
}

/** Kalman's update by one bearing, in place. @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-9 to 5.2.3-17. */
export function takeRay(candidate: Candidate, { innovationRad, variance, gradient }: Fit): void {
  const gain = timesCov(candidate.cov, gradient);
  const less = (k: number, i: number, j: number): number => candidate.cov[k] - (gain[i] * gain[j]) / variance;
  candidate.mean = candidate.mean.map((value, k) => value + (gain[k] / variance) * innovationRad);
  candidate.cov = [
    ...[less(0, 0, 0), less(1, 0, 1), less(2, 1, 1)],
    ...[less(3, 0, 2), less(4, 0, 3), less(5, 1, 2), less(6, 1, 3)],
    ...[less(7, 2, 2), less(8, 2, 3), less(9, 3, 3)],
  ];
}

function timesCov(cov: readonly number[], [a, b, c, d]: Fit["gradient"]): [number, number, number, number] {
  const [ee, en, nn, eve, evn, nve, nvn, vee, ven, vnn] = cov;
  return [
    ee * a + en * b + eve * c + evn * d,
    en * a + nn * b + nve * c + nvn * d,
    eve * a + nve * b + vee * c + ven * d,
    evn * a + nvn * b + ven * c + vnn * d,
  ];
}

/** A candidate that is this near to another, in sigmas, is the same. */
const SAME = 3;

/** Do two lie where nobody could tell them apart? */
export function isSame(a: Candidate, b: Candidate): boolean {
  const [de, dn] = [a.mean[0] - b.mean[0], a.mean[1] - b.mean[1]];
  const [ee, en, nn] = [a.cov[0] + b.cov[0], a.cov[1] + b.cov[1], a.cov[2] + b.cov[2]];
  const determinant = ee * nn - en * en;
  return (nn * de * de - 2 * en * de * dn + ee * dn * dn) / determinant < SAME * SAME;
}
