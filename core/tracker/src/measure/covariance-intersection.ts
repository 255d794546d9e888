import { COV, DIM } from "../store/store.ts";
import { fit, ROW, updateRow } from "./update-row.ts";

const LEAST = 0.01;
const MOST = 0.999;
/** Each halving by the golden section leaves so much of the interval; after so many of them the share is known to half a thousandth. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const CUTS = 16;

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const row = new Float64Array(ROW);

/**
 * Fuses a state, in place, with `n` rows whose errors may have anything in common with its own: P'⁻¹ = w P⁻¹ + (1 - w) Hᵀ R⁻¹ H, which is
 * no surer than either source for any correlation of the two. The share w is the one with the least det P' over the whole state: were it
 * only the position's, a position alone would wipe out what is known of velocity. It is convex in w.
 *
 * @source Julier & Uhlmann (1997), "A non-divergent estimation algorithm in the presence of unknown correlations", eq. 3 to 5.
 */
export function intersect(mean: Float64Array, covariance: Float64Array, rows: Float64Array, n: number): void {
  let low = LEAST;
  let high = MOST;
  let a = high - GOLDEN * (high - low);
  let b = low + GOLDEN * (high - low);
  let atA = fuse(mean, covariance, rows, n, a);
  let atB = fuse(mean, covariance, rows, n, b);
  for (let cut = 0; cut < CUTS; cut++) {
    if (atA < atB) {
      [high, b, atB] = [b, a, atA];
      a = high - GOLDEN * (high - low);
      atA = fuse(mean, covariance, rows, n, a);
    } else {
      [low, a, atA] = [a, b, atB];
      b = low + GOLDEN * (high - low);
      atB = fuse(mean, covariance, rows, n, b);
    }
  }
  if (fuse(mean, covariance, rows, n, (low + high) / 2) >= 0) return;
  mean.set(x);
  covariance.set(cov);
}

/** Leaves the state fused with share `w` in `x` and `cov`; answers ln det P' - ln det P = -DIM ln w + sum ln(R / (1 - w)) - ln S. */
function fuse(mean: Float64Array, covariance: Float64Array, rows: Float64Array, n: number, w: number): number {
  x.set(mean);
  for (let k = 0; k < COV; k++) cov[k] = covariance[k] / w;
  let logRatio = -DIM * Math.log(w);
  for (let r = 0; r < n; r++) {
    for (let k = 0; k < ROW; k++) row[k] = rows[r * ROW + k];
    row[7] /= 1 - w;
    updateRow(x, cov, row, 0);
    logRatio += Math.log(2 * Math.PI * row[7]) + 2 * fit.logLikelihood + fit.distanceSquared;
  }
  return logRatio;
}
