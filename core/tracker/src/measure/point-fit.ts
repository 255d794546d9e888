import type { Detections } from "../looks/detections.ts";
import { COV, DIM, type TrackStore } from "../store/store.ts";

type Moments = Pick<TrackStore, "mean" | "cov">;

/** Likelihood and squared distance of the point last compared. */
export const pointFit = { likelihood: 0.5, distanceSquared: 0.5 };

/**
 * Compares detection `j`, a point with three axes and nothing more, with state `i` without updating it: y = A (z - p), S = A P Aᵀ + R by its
 * Cholesky factor; R of a look whose time is uncertain is that of {@link shareTimeError}. Answers false, having worked out little, when it
 * surely lies beyond the gate: d² >= |z - p|² / (trace P + max R).
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-9 (innovation covariance); Golub & Van Loan (2013), section 4.2 (Cholesky).
 */
export function comparePoint(d: Detections, j: number, moments: Moments, i: number, gateSquared: number): boolean {
  const { mean, cov } = moments;
  const { axes, variance, posM } = d;
  const c = i * COV;
  const x = posM[3 * j] - mean[i * DIM];
  const y = posM[3 * j + 1] - mean[i * DIM + 1];
  const z = posM[3 * j + 2] - mean[i * DIM + 2];
  const xx = cov[c];
  const xy = cov[c + 1];
  const xz = cov[c + 2];
  const yy = cov[c + 3];
  const yz = cov[c + 4];
  const zz = cov[c + 5];
  const late = d.timeVarianceS2;
  const spreadM2 = late > 0 ? d.spreadM2[j] + timeSpreadM2(d, moments, i) : d.spreadM2[j];
  if (x * x + y * y + z * z > gateSquared * (xx + yy + zz + spreadM2)) return false;
  const a = 9 * j;
  const a0 = axes[a];
  const a1 = axes[a + 1];
  const a2 = axes[a + 2];
  const b0 = axes[a + 3];
  const b1 = axes[a + 4];
  const b2 = axes[a + 5];
  const e0 = axes[a + 6];
  const e1 = axes[a + 7];
  const e2 = axes[a + 8];
  const pa0 = xx * a0 + xy * a1 + xz * a2;
  const pa1 = xy * a0 + yy * a1 + yz * a2;
  const pa2 = xz * a0 + yz * a1 + zz * a2;
  const pb0 = xx * b0 + xy * b1 + xz * b2;
  const pb1 = xy * b0 + yy * b1 + yz * b2;
  const pb2 = xz * b0 + yz * b1 + zz * b2;
  const pe0 = xx * e0 + xy * e1 + xz * e2;
  const pe1 = xy * e0 + yy * e1 + yz * e2;
  const pe2 = xz * e0 + yz * e1 + zz * e2;
  let s00 = a0 * pa0 + a1 * pa1 + a2 * pa2 + variance[3 * j];
  let s10 = b0 * pa0 + b1 * pa1 + b2 * pa2;
  let s20 = e0 * pa0 + e1 * pa1 + e2 * pa2;
  let s11 = b0 * pb0 + b1 * pb1 + b2 * pb2 + variance[3 * j + 1];
  let s21 = e0 * pb0 + e1 * pb1 + e2 * pb2;
  let s22 = e0 * pe0 + e1 * pe1 + e2 * pe2 + variance[3 * j + 2];
  if (late > 0) {
    const va = a0 * mean[i * DIM + 3] + a1 * mean[i * DIM + 4] + a2 * mean[i * DIM + 5];
    const vb = b0 * mean[i * DIM + 3] + b1 * mean[i * DIM + 4] + b2 * mean[i * DIM + 5];
    const ve = e0 * mean[i * DIM + 3] + e1 * mean[i * DIM + 4] + e2 * mean[i * DIM + 5];
    s00 += late * (va * va + speedVariance(cov, c, a0, a1, a2));
    s11 += late * (vb * vb + speedVariance(cov, c, b0, b1, b2));
    s22 += late * (ve * ve + speedVariance(cov, c, e0, e1, e2));
    s10 += late * va * vb;
    s20 += late * va * ve;
    s21 += late * vb * ve;
  }
  // Square-root free: S = L D Lᵀ.
  const l10 = s10 / s00;
  const l20 = s20 / s00;
  const d1 = s11 - l10 * s10;
  const l21 = (s21 - l20 * s10) / d1;
  const d2 = s22 - l20 * s20 - l21 * l21 * d1;
  const u0 = a0 * x + a1 * y + a2 * z;
  const u1 = b0 * x + b1 * y + b2 * z - l10 * u0;
  const u2 = e0 * x + e1 * y + e2 * z - l20 * u0 - l21 * u1;
  const distanceSquared = (u0 * u0) / s00 + (u1 * u1) / d1 + (u2 * u2) / d2;
  pointFit.distanceSquared = distanceSquared;
  if (distanceSquared > 4 * gateSquared) return false;
  pointFit.likelihood = Math.exp(-0.5 * distanceSquared) / Math.sqrt(TWO_PI_CUBED * s00 * d1 * d2);
  return true;
}

/** Variance of the speed along a direction. */
export const speedVariance = (cov: Float64Array, c: number, x: number, y: number, z: number): number =>
  x * x * cov[c + 15] +
  y * y * cov[c + 18] +
  z * z * cov[c + 20] +
  2 * (x * y * cov[c + 16] + x * z * cov[c + 17] + y * z * cov[c + 19]);

/** No more than this is added to a point's variance in any direction by the look's time: s²·(v·v + trace Pvv). */
export function timeSpreadM2({ timeVarianceS2 }: Detections, { mean, cov }: Moments, i: number): number {
  let sum = cov[i * COV + 15] + cov[i * COV + 18] + cov[i * COV + 20];
  for (let k = 3; k < DIM; k++) sum += mean[i * DIM + k] * mean[i * DIM + k];
  return timeVarianceS2 * sum;
}

const TWO_PI_CUBED = 8 * Math.PI * Math.PI * Math.PI;
