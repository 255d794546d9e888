import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import { mixColumns } from "./mix-columns.ts";

const mixedWeight = new Float64Array(MODES);
/** Of motion j, row by row: how much of it comes from each motion i. */
const shares = new Float64Array(MODES * MODES);
const middle = new Float64Array(DIM);
const apart = new Float64Array(MODES * DIM);

/**
 * The interaction step of the interacting multiple model filter, in place for one track:
 * c_j = sum_i p_ij w_i; x_0j = sum_i (p_ij w_i / c_j) x_i; P_0j likewise with the spread of means, here as second moments about the
 * likeliest motion's mean, less x_0j x_0jᵀ: the differences are metres, so that nothing is lost.
 *
 * @source Blom & Bar-Shalom (1988), eq. 8 to 10; Bar-Shalom, Li & Kirubarajan (2001), section 11.6.6.
 */
export function mixMotions({ mean, cov, weight }: TrackStore, row: number, change: Float64Array): void {
  const w0 = row * MODES;
  let top = 0;
  for (let i = 1; i < MODES; i++) if (weight[w0 + i] > weight[w0 + top]) top = i;
  for (let k = 0; k < DIM; k++) middle[k] = mean[(w0 + top) * DIM + k];
  for (let i = 0; i < MODES; i++) {
    for (let k = 0; k < DIM; k++) apart[i * DIM + k] = mean[(w0 + i) * DIM + k] - middle[k];
    if (i !== top) addSpread(cov, (w0 + i) * COV, 1, apart, i * DIM);
  }
  for (let j = 0; j < MODES; j++) {
    let total = 0;
    for (let i = 0; i < MODES; i++) total += change[i * MODES + j] * weight[w0 + i];
    mixedWeight[j] = total;
    for (let i = 0; i < MODES; i++) {
      const share = total > 0 ? (change[i * MODES + j] * weight[w0 + i]) / total : i === j ? 1 : 0;
      shares[j * MODES + i] = share < 1e-9 ? 0 : share;
    }
  }
  mixColumns(apart, 0, DIM, shares);
  mixColumns(cov, w0 * COV, COV, shares);
  for (let j = 0; j < MODES; j++) {
    weight[w0 + j] = mixedWeight[j];
    for (let k = 0; k < DIM; k++) mean[(w0 + j) * DIM + k] = middle[k] + apart[j * DIM + k];
    addSpread(cov, (w0 + j) * COV, -1, apart, j * DIM);
  }
}

/** Adds share·d·dᵀ to the covariance at `c`, d being the six values of `from` at `x`. */
export function addSpread(cov: Float64Array, c: number, share: number, from: Float64Array, x: number): void {
  const d0 = from[x];
  const d1 = from[x + 1];
  const d2 = from[x + 2];
  const d3 = from[x + 3];
  const d4 = from[x + 4];
  const d5 = from[x + 5];
  cov[c] += share * d0 * d0;
  cov[c + 1] += share * d0 * d1;
  cov[c + 2] += share * d0 * d2;
  cov[c + 3] += share * d1 * d1;
  cov[c + 4] += share * d1 * d2;
  cov[c + 5] += share * d2 * d2;
  cov[c + 6] += share * d0 * d3;
  cov[c + 7] += share * d0 * d4;
  cov[c + 8] += share * d0 * d5;
  cov[c + 9] += share * d1 * d3;
  cov[c + 10] += share * d1 * d4;
  cov[c + 11] += share * d1 * d5;
  cov[c + 12] += share * d2 * d3;
  cov[c + 13] += share * d2 * d4;
  cov[c + 14] += share * d2 * d5;
  cov[c + 15] += share * d3 * d3;
  cov[c + 16] += share * d3 * d4;
  cov[c + 17] += share * d3 * d5;
  cov[c + 18] += share * d4 * d4;
  cov[c + 19] += share * d4 * d5;
  cov[c + 20] += share * d5 * d5;
}
