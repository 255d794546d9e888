import { PATH } from "./claim-record.ts";
import { PLOT, type Trail } from "./trails.ts";

/** East then north, of each: place, velocity, and how far from there it says it is. */
const DIM = 6;
const AXIS = 3;
/** Before anything is known, standard deviations of the place and of a drone's velocity along an axis. */
export const ANYWHERE_M = 20_000;
const SPEED_MPS = 12;
/** Spectral density of a drone's acceleration, m²/s³: it turns and stops within seconds. */
const UNREST = 4;
/** And of the error of a satellite receiver, m²/s, which is some six metres and lives for a quarter of a minute: 2·σ²/τ. */
const WANDER_M2PS = 6;

const mean = new Float64Array(DIM);
const cov = new Float64Array(DIM * DIM);
const gain = new Float64Array(2 * DIM);

/** What is known of one thing in flight: an object's plots, what was told of a place each second, or both as of one and the same. */
export type Known = Readonly<{
  trail?: Trail;
  path?: readonly number[];
  /** How late the path was told. */
  lateMs: number;
  /** Variance of what is new in each told place, m². */
  toldM2: number;
  /** Standard deviation of the constant error of what was told, m. */
  offsetSigmaM: number;
}>;

/**
 * Log-likelihood of all that was measured and told of one thing, at a velocity that wanders: of state [p, v, o] along each axis plots measure p and
 * told places p + o.
 *
 * ṗ = v, v̇ = white noise of density q, ȯ = white noise of density w; ln p(z₁ … zₙ) = Σ ln N(zₖ; Hx̂ₖ, HPₖHᵀ + Rₖ).
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), "Estimation with Applications to Tracking and Navigation", sections 5.2 and 6.2.2.
 */
export function logLikelihoodOfFlight({ trail = [], path = [], lateMs, toldM2, offsetSigmaM }: Known): number {
  const first = trail.length > 0 ? trail : path;
  mean.fill(0);
  mean[0] = first[1] ?? 0;
  mean[AXIS] = first[2] ?? 0;
  cov.fill(0);
  for (let axis = 0; axis < DIM; axis += AXIS) {
    cov[(DIM + 1) * axis] = ANYWHERE_M * ANYWHERE_M;
    cov[(DIM + 1) * (axis + 1)] = SPEED_MPS * SPEED_MPS;
    cov[(DIM + 1) * (axis + 2)] = offsetSigmaM * offsetSigmaM;
  }
  let [sum, atMs] = [0, Number.NaN];
  for (let plot = 0, told = 0; plot < trail.length || told < path.length; ) {
    const plotMs = trail[plot] ?? Number.POSITIVE_INFINITY;
    const toldMs = (path[told] ?? Number.POSITIVE_INFINITY) - lateMs;
    const nowMs = Math.min(plotMs, toldMs);
    if (nowMs > atMs) predict((nowMs - atMs) / 1000);
    atMs = nowMs;
    if (plotMs <= toldMs) {
      sum += update(trail, plot, trail[plot + 3] as number, trail[plot + 4] as number, trail[plot + 5] as number, 0);
      plot += PLOT;
    } else {
      sum += update(path, told, toldM2, 0, toldM2, 1);
      told += PATH;
    }
  }
  return sum;
}

/** P = F·P·Fᵀ + Q, in place. */
function predict(dtS: number): void {
  for (let axis = 0; axis < DIM; axis += AXIS) {
    (mean[axis] as number) += dtS * (mean[axis + 1] as number);
    for (let k = 0; k < DIM; k++) (cov[DIM * axis + k] as number) += dtS * (cov[DIM * (axis + 1) + k] as number);
    for (let k = 0; k < DIM; k++) (cov[DIM * k + axis] as number) += dtS * (cov[DIM * k + axis + 1] as number);
  }
  const [place, cross, speed] = [(UNREST * dtS * dtS * dtS) / 3, (UNREST * dtS * dtS) / 2, UNREST * dtS];
  for (let axis = 0; axis < DIM; axis += AXIS) {
    (cov[(DIM + 1) * axis] as number) += place;
    (cov[DIM * axis + axis + 1] as number) += cross;
    (cov[DIM * (axis + 1) + axis] as number) += cross;
    (cov[(DIM + 1) * (axis + 1)] as number) += speed;
    (cov[(DIM + 1) * (axis + 2)] as number) += WANDER_M2PS * dtS;
  }
}

/** Takes a place, [ms, east, north] from an index on, of covariance ee, en, nn, offset where it was told; answers ln N(z; Hx̂, HPHᵀ + R). */
function update(places: readonly number[], at: number, ee: number, en: number, nn: number, isTold: 0 | 1): number {
  for (let k = 0; k < DIM; k++)
    for (let a = 0; a < 2; a++)
      gain[2 * k + a] = (cov[DIM * k + AXIS * a] as number) + isTold * (cov[DIM * k + AXIS * a + 2] as number);
  const cell = (row: number, a: number): number =>
    (gain[2 * AXIS * row + a] as number) + isTold * (gain[2 * (AXIS * row + 2) + a] as number);
  const [see, sen, snn] = [cell(0, 0) + ee, cell(0, 1) + en, cell(1, 1) + nn];
  const det = see * snn - sen * sen;
  const de = (places[at + 1] as number) - (mean[0] as number) - isTold * (mean[2] as number);
  const dn = (places[at + 2] as number) - (mean[AXIS] as number) - isTold * (mean[AXIS + 2] as number);
  const [we, wn] = [(snn * de - sen * dn) / det, (see * dn - sen * de) / det];
  for (let k = 0; k < DIM; k++) {
    const [ge, gn] = [gain[2 * k] as number, gain[2 * k + 1] as number];
    (mean[k] as number) += ge * we + gn * wn;
    for (let m = 0; m <= k; m++) {
      const [he, hn] = [gain[2 * m] as number, gain[2 * m + 1] as number];
      const less = (ge * (snn * he - sen * hn) + gn * (see * hn - sen * he)) / det;
      cov[DIM * k + m] = (cov[DIM * k + m] as number) - less;
      cov[DIM * m + k] = cov[DIM * k + m] as number;
    }
  }
  return -0.5 * (Math.log(det) + de * we + dn * wn) - Math.log(2 * Math.PI);
}
