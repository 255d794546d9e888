import type { Detections } from "./detections.ts";
import { COV, DIM, type TrackStore } from "./store.ts";

type Moments = Pick<TrackStore, "mean" | "cov">;

/** Log-likelihood and squared distance of the point last compared. */
export const pointFit = { logLikelihood: 0, distanceSquared: 0 };

/**
 * Compares detection `j`, a point with three axes and nothing more, with state `i` without updating it: y = A (z - p), S = A P Aᵀ + R by its
 * Cholesky factor. Answers false, having worked out little, when it surely lies beyond the gate: d² >= |z - p|² / (trace P + max R).
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-9 (innovation covariance); Golub & Van Loan (2013), section 4.2 (Cholesky).
 */
export function comparePoint(d: Detections, j: number, { mean, cov }: Moments, i: number, gateSquared: number): boolean {
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
  if (x * x + y * y + z * z > gateSquared * (xx + yy + zz + d.spreadM2[j])) return false;
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
  const s00 = a0 * pa0 + a1 * pa1 + a2 * pa2 + variance[3 * j];
  const s10 = b0 * pa0 + b1 * pa1 + b2 * pa2;
  const s20 = e0 * pa0 + e1 * pa1 + e2 * pa2;
  const s11 = b0 * pb0 + b1 * pb1 + b2 * pb2 + variance[3 * j + 1];
  const s21 = e0 * pb0 + e1 * pb1 + e2 * pb2;
  const s22 = e0 * pe0 + e1 * pe1 + e2 * pe2 + variance[3 * j + 2];
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
  pointFit.logLikelihood = -0.5 * (distanceSquared + Math.log(s00 * d1 * d2) + LOG_TWO_PI_CUBED);
  return true;
}

const LOG_TWO_PI_CUBED = 3 * Math.log(2 * Math.PI);
