/** A linear row of a measurement: six coefficients of the state, the value that was measured, its variance. */
export const ROW = 8;

/** P hᵀ, and 1 / S. */
const gain = new Float64Array(7);

/** Log-likelihood and squared distance of the row last given to {@link updateRow}. */
export const fit = { logLikelihood: 0, distanceSquared: 0 };

/**
 * Kalman update of one state by one scalar row h·x = value + noise, in place: S = h P hᵀ + r, K = P hᵀ / S, x += K y, P -= K (P hᵀ)ᵀ.
 * Independent rows one after the other are the same as all at once. Leaves log N(y; 0, S) and y²/S in {@link fit}.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-9 to 5.2.3-17; sequential rows: Maybeck (1979), section 7.4.
 */
export function updateRow(x: Float64Array, cov: Float64Array, rows: Float64Array, r: number): void {
  const h0 = rows[r];
  const h1 = rows[r + 1];
  const h2 = rows[r + 2];
  const h3 = rows[r + 3];
  const h4 = rows[r + 4];
  const h5 = rows[r + 5];
  const g0 = cov[0] * h0 + cov[1] * h1 + cov[2] * h2 + cov[6] * h3 + cov[7] * h4 + cov[8] * h5;
  const g1 = cov[1] * h0 + cov[3] * h1 + cov[4] * h2 + cov[9] * h3 + cov[10] * h4 + cov[11] * h5;
  const g2 = cov[2] * h0 + cov[4] * h1 + cov[5] * h2 + cov[12] * h3 + cov[13] * h4 + cov[14] * h5;
  const g3 = cov[6] * h0 + cov[9] * h1 + cov[12] * h2 + cov[15] * h3 + cov[16] * h4 + cov[17] * h5;
  const g4 = cov[7] * h0 + cov[10] * h1 + cov[13] * h2 + cov[16] * h3 + cov[18] * h4 + cov[19] * h5;
  const g5 = cov[8] * h0 + cov[11] * h1 + cov[14] * h2 + cov[17] * h3 + cov[19] * h4 + cov[20] * h5;
  const predicted = h0 * x[0] + h1 * x[1] + h2 * x[2] + h3 * x[3] + h4 * x[4] + h5 * x[5];
  const innovation = rows[r + 6] - predicted;
  const inverse = 1 / (h0 * g0 + h1 * g1 + h2 * g2 + h3 * g3 + h4 * g4 + h5 * g5 + rows[r + 7]);
  const k = innovation * inverse;
  x[0] += k * g0;
  x[1] += k * g1;
  x[2] += k * g2;
  x[3] += k * g3;
  x[4] += k * g4;
  x[5] += k * g5;
  gain[0] = g0;
  gain[1] = g1;
  gain[2] = g2;
  gain[3] = g3;
  gain[4] = g4;
  gain[5] = g5;
  fit.distanceSquared = innovation * k;
  fit.logLikelihood = -0.5 * (innovation * k + Math.log(6.283185307179586 / inverse));
  gain[6] = inverse;
  subtractOuter(cov);
}

/** P -= g·gᵀ / S with what the caller left. */
function subtractOuter(cov: Float64Array): void {
  const s = gain[6];
  const g0 = gain[0];
  const g1 = gain[1];
  const g2 = gain[2];
  const g3 = gain[3];
  const g4 = gain[4];
  const g5 = gain[5];
  const s0 = s * g0;
  const s1 = s * g1;
  const s2 = s * g2;
  cov[0] -= s0 * g0;
  cov[1] -= s0 * g1;
  cov[2] -= s0 * g2;
  cov[3] -= s1 * g1;
  cov[4] -= s1 * g2;
  cov[5] -= s2 * g2;
  cov[6] -= s0 * g3;
  cov[7] -= s0 * g4;
  cov[8] -= s0 * g5;
  cov[9] -= s1 * g3;
  cov[10] -= s1 * g4;
  cov[11] -= s1 * g5;
  cov[12] -= s2 * g3;
  cov[13] -= s2 * g4;
  cov[14] -= s2 * g5;
  cov[15] -= s * g3 * g3;
  cov[16] -= s * g3 * g4;
  cov[17] -= s * g3 * g5;
  cov[18] -= s * g4 * g4;
  cov[19] -= s * g4 * g5;
  cov[20] -= s * g5 * g5;
}
