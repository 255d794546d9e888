import {
  BIAS_SIGMA_RAD,
  type Candidate,
  fitOf,
  LEAST_CROSSING,
  moveOn,
  type Ray,
  SPEED_SIGMA_MPS,
  takeRay,
} from "./candidate.ts";

/**
 * A sender at one range of several: its place and velocity, how well that range foretold the bearings, how probable it is with the height above
 * the finder that it implies, m and m², once there was an elevation.
 */
type Hypothesis = { at: Candidate; foretold: number; weight: number; height?: Readonly<{ valueM: number; varianceM2: number }> };

/**
 * What one finder hears, whose range nobody knows: a hypothesis for each range, and all of them taken together as one candidate. Plain data.
 *
 * @source Peach (1995), "Bearings-only tracking using a set of range-parameterised extended Kalman filters".
 */
export type Lone = {
  sensor: string;
  isSound: boolean;
  /** So many bearings came with an elevation; where the first was heard, and the farthest from there that another was. */
  elevations: number;
  eastM: number;
  northM: number;
  baseM: number;
  whole: Candidate;
  hypotheses: Hypothesis[];
};

const NEAREST_M = 30;
const LOWEST_M = 15;
/** From one range to the next; each hypothesis is spread evenly over its interval. */
const RANGE_RATIO = 1.6;
/** Small drones fly so high above who hears them, and so variously: the law of most countries ends at 120 m. */
const HEIGHT_M = 60;
const HEIGHT_SIGMA_M = 40;
const HEIGHT_PSD = 1;
const LEAST_WEIGHT = 1e-6;
const GATE_SQUARED = 9;
/** A place is known when its range is, to this part of it: the ellipse then ends well before the finder. Nearer than the second it is overhead. */
const KNOWN_SHARE = 0.35;
const OVERHEAD_M = 50;
/** What was told is told until its range is so many times less well known. */
const STILL_KNOWN = 1.5;
const ELEVATIONS = 4;

/** Begins with a bearing: as likely in each interval of range. */
export function beginLone(ray: Ray, id: number, heard: Candidate["heard"]): Lone {
  const hypotheses: Hypothesis[] = [];
  for (let fromM = nearestM(ray); fromM < ray.rangeMaxM; fromM *= RANGE_RATIO) {
    const toM = Math.min(fromM * RANGE_RATIO, ray.rangeMaxM);
    hypotheses.push({
      at: atRange(ray, (fromM + toM) / 2, (toM - fromM) / Math.sqrt(12)),
      foretold: 1,
      weight: 1,
    });
  }
  const whole = { ...atRange(ray, ray.rangeMaxM / 2, ray.rangeMaxM / 2), id, heard };
  const { sensor, isSound, eastM, northM } = ray;
  const lone = { sensor, isSound, elevations: 0, eastM, northM, baseM: 0, whole, hypotheses };
  for (const one of hypotheses) takeElevation(one, ray);
  sumUp(lone, ray);
  return lone;
}

/** What is nearly overhead is nearer than anything that is heard level: as near as the lowest that flies there. */
function nearestM({ elevationRad = 0 }: Ray): number {
  if (elevationRad <= 0) return NEAREST_M;
  return Math.min(NEAREST_M, Math.max(LOWEST_M / 10, (LOWEST_M * Math.cos(elevationRad)) / Math.sin(elevationRad)));
}

function atRange(ray: Ray, rangeM: number, sigmaM: number): Candidate {
  const [s, c] = [Math.sin(ray.azimuthRad), Math.cos(ray.azimuthRad)];
  const along = sigmaM * sigmaM;
  const across = rangeM * rangeM * (ray.sigmaRad * ray.sigmaRad + BIAS_SIGMA_RAD * BIAS_SIGMA_RAD);
  const speed = SPEED_SIGMA_MPS * SPEED_SIGMA_MPS;
  return {
    id: 0,
    mean: [ray.eastM + rangeM * s, ray.northM + rangeM * c, 0, 0],
    cov: [along * s * s + across * c * c, (along - across) * s * c, along * c * c + across * s * s, 0, 0, 0, 0, speed, 0, speed],
    atMs: ray.atMs,
    firstMs: ray.atMs,
    llr: 0,
    rank: 0,
    heard: new Map(),
    isTold: false,
  };
}

/** Moves every hypothesis on, and them all together. */
export function moveLone(lone: Lone, atMs: number): void {
  const dtS = Math.max(0, (atMs - lone.whole.atMs) / 1000);
  for (const one of lone.hypotheses) {
    moveOn(one.at, atMs);
    if (one.height) one.height = { ...one.height, varianceM2: one.height.varianceM2 + HEIGHT_PSD * dtS };
  }
  moveOn(lone.whole, atMs);
}

/** Density of a bearing, per radian, over all ranges; 0 where it fits none that is at all probable. */
export function densityOf({ hypotheses }: Lone, ray: Ray): number {
  let density = 0;
  for (const { at, weight } of hypotheses) if (weight > LEAST_WEIGHT) density += weight * bearingDensity(fitOf(at, ray));
  return density;
}

function bearingDensity({ innovationRad, variance }: ReturnType<typeof fitOf>): number {
  const squared = (innovationRad * innovationRad) / variance;
  return squared > GATE_SQUARED ? 0 : Math.exp(-squared / 2) / Math.sqrt(2 * Math.PI * variance);
}

/** Takes a bearing into every hypothesis; each gains by how well it foretold it. */
export function takeLone(lone: Lone, ray: Ray): void {
  const [e, n] = [ray.eastM - lone.eastM, ray.northM - lone.northM];
  lone.baseM = Math.max(lone.baseM, Math.sqrt(e * e + n * n));
  for (const one of lone.hypotheses) {
    const fit = fitOf(one.at, ray);
    const squared = (fit.innovationRad * fit.innovationRad) / fit.variance;
    if (lone.baseM > 0) one.foretold *= Math.exp(-squared / 2) / Math.sqrt(fit.variance);
    takeRay(one.at, fit);
    takeElevation(one, ray);
  }
  if (ray.elevationRad !== undefined) lone.elevations++;
  sumUp(lone, ray);
}

/** Learns the height that a range implies: h = r tan el, with the variance (r sigma / cos² el)². */
function takeElevation(one: Hypothesis, ray: Ray): void {
  if (ray.elevationRad === undefined) return;
  const cosine = Math.max(0.1, Math.cos(ray.elevationRad));
  const rangeM = rangeTo(one.at, ray);
  const sigmaM = (rangeM * Math.max(ray.elevationSigmaRad ?? ray.sigmaRad, BIAS_SIGMA_RAD)) / (cosine * cosine);
  const heightM = (rangeM * Math.sin(ray.elevationRad)) / cosine;
  const { valueM, varianceM2 } = one.height ?? { valueM: heightM, varianceM2: sigmaM * sigmaM };
  const share = one.height ? varianceM2 / (varianceM2 + sigmaM * sigmaM) : 1;
  one.height = { valueM: valueM + share * (heightM - valueM), varianceM2: share * sigmaM * sigmaM };
}

function rangeTo({ mean }: Candidate, { eastM, northM }: Readonly<{ eastM: number; northM: number }>): number {
  const [e, n] = [mean[0] - eastM, mean[1] - northM];
  return Math.max(1, Math.sqrt(e * e + n * n));
}

/**
 * Weighs every range by how it foretold the bearings and, once, by how usual its height is: p(el | r) is p(h)·dh/del, in proportion to r·N(h). Then
 * matches the whole to all ranges: m = sum w m_k, P = sum w (P_k + d dᵀ).
 */
function sumUp({ whole, hypotheses, baseM }: Lone, ray: Ray): void {
  let total = 0;
  let most = 0;
  for (const one of hypotheses) {
    one.weight = one.foretold;
    if (one.height) {
      const variance = HEIGHT_SIGMA_M * HEIGHT_SIGMA_M + one.height.varianceM2;
      const off = one.height.valueM - HEIGHT_M;
      one.weight *= (rangeTo(one.at, ray) * Math.exp((-0.5 * off * off) / variance)) / Math.sqrt(variance);
    }
    total += one.weight;
    most = Math.max(most, one.foretold);
  }
  for (const one of hypotheses) {
    one.weight = total > 0 ? one.weight / total : 1 / hypotheses.length;
    one.foretold = most > 0 ? Math.max(LEAST_WEIGHT, one.foretold / most) : 1;
  }
  const mean = [0, 0, 0, 0];
  for (const { at, weight } of hypotheses) for (let k = 0; k < 4; k++) mean[k] += weight * at.mean[k];
  const cov = new Array<number>(PAIRS.length).fill(0);
  for (const { at, weight } of hypotheses)
    PAIRS.forEach(([i, j], k) => {
      cov[k] += weight * (at.cov[k] + (at.mean[i] - mean[i]) * (at.mean[j] - mean[j]));
    });
  whole.mean = mean;
  whole.cov = cov;
  const heightM = hypotheses.reduce((sum, one) => sum + one.weight * (one.height?.valueM ?? 0), 0);
  const rangeM = rangeTo(whole, ray);
  if (baseM < LEAST_CROSSING * rangeM && heightM > 0) widenAlong(whole, ray, (rangeM * HEIGHT_SIGMA_M) / heightM);
}

/**
 * From one place the range is no better known than the height, whatever a filter makes of how the bearing turns: makes the whole at least so wide
 * along the line of sight.
 */
function widenAlong(whole: Candidate, ray: Ray, sigmaM: number): void {
  const { mean, cov } = whole;
  const rangeM = rangeTo(whole, ray);
  const [e, n] = [(mean[0] - ray.eastM) / rangeM, (mean[1] - ray.northM) / rangeM];
  const along = e * e * cov[0] + 2 * e * n * cov[1] + n * n * cov[2];
  const more = Math.max(0, sigmaM * sigmaM - along);
  cov[0] += more * e * e;
  cov[1] += more * e * n;
  cov[2] += more * n * n;
}

/** Rows and columns of a candidate's ten covariances. */
const PAIRS = [
  [0, 0],
  [0, 1],
  [1, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 2],
  [2, 3],
  [3, 3],
] as const;

/** Is its range from the finder known well enough to be told as a place, by elevations or because the finder went far enough? */
export function isRangeKnown(lone: Lone, from: Readonly<{ eastM: number; northM: number }>): boolean {
  const { mean, cov } = lone.whole;
  const [e, n] = [mean[0] - from.eastM, mean[1] - from.northM];
  const rangeM = rangeTo(lone.whole, from);
  if (lone.elevations < ELEVATIONS && lone.baseM < LEAST_CROSSING * rangeM) return false;
  const sigmaM = Math.sqrt(e * e * cov[0] + 2 * e * n * cov[1] + n * n * cov[2]) / rangeM;
  return sigmaM <= (lone.whole.isTold ? STILL_KNOWN : 1) * Math.max(KNOWN_SHARE * rangeM, OVERHEAD_M);
}
