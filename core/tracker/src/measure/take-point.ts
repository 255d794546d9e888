import type { Detections } from "../looks/detections.ts";
import { COV, DIM } from "../store/store.ts";

/** Is the detection all that `takePoint` asks for? */
export const isSimple = ({ isPlainPoint, timeVarianceS2, correlationS }: Detections, j: number): boolean =>
  isPlainPoint[j] === 1 && timeVarianceS2 === 0 && correlationS[j] === 0;

/**
 * Kalman update of state `i` by detection `j`, a point with three axes and nothing more, in place: what `updateRow` does with its three rows,
 * which measure no speed, without writing them out or working out how likely they are. With g = P·h for the state's place and S = hᵀ·g + r,
 * x += g·y / S and P -= g·gᵀ / S.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-9 to 5.2.3-17; sequential rows: Maybeck (1979), section 7.4.
 */
export function takePoint(
  mean: Float64Array,
  cov: Float64Array,
  i: number,
  { axes, value, variance }: Detections,
  j: number,
): void {
  const x = i * DIM;
  const c = i * COV;
  for (let k = 3 * j; k < 3 * j + 3; k++) {
    const e = axes[3 * k];
    const n = axes[3 * k + 1];
    const u = axes[3 * k + 2];
    const g0 = cov[c] * e + cov[c + 1] * n + cov[c + 2] * u;
    const g1 = cov[c + 1] * e + cov[c + 3] * n + cov[c + 4] * u;
    const g2 = cov[c + 2] * e + cov[c + 4] * n + cov[c + 5] * u;
    const g3 = cov[c + 6] * e + cov[c + 9] * n + cov[c + 12] * u;
    const g4 = cov[c + 7] * e + cov[c + 10] * n + cov[c + 13] * u;
    const g5 = cov[c + 8] * e + cov[c + 11] * n + cov[c + 14] * u;
    const inverse = 1 / (e * g0 + n * g1 + u * g2 + variance[k]);
    const gain = (value[k] - (e * mean[x] + n * mean[x + 1] + u * mean[x + 2])) * inverse;
    mean[x] += gain * g0;
    mean[x + 1] += gain * g1;
    mean[x + 2] += gain * g2;
    mean[x + 3] += gain * g3;
    mean[x + 4] += gain * g4;
    mean[x + 5] += gain * g5;
    const s0 = inverse * g0;
    const s1 = inverse * g1;
    const s2 = inverse * g2;
    const s3 = inverse * g3;
    const s4 = inverse * g4;
    cov[c] -= s0 * g0;
    cov[c + 1] -= s0 * g1;
    cov[c + 2] -= s0 * g2;
    cov[c + 3] -= s1 * g1;
    cov[c + 4] -= s1 * g2;
    cov[c + 5] -= s2 * g2;
    cov[c + 6] -= s0 * g3;
    cov[c + 7] -= s0 * g4;
    cov[c + 8] -= s0 * g5;
    cov[c + 9] -= s1 * g3;
    cov[c + 10] -= s1 * g4;
    cov[c + 11] -= s1 * g5;
    cov[c + 12] -= s2 * g3;
    cov[c + 13] -= s2 * g4;
    cov[c + 14] -= s2 * g5;
    cov[c + 15] -= s3 * g3;
    cov[c + 16] -= s3 * g4;
    cov[c + 17] -= s3 * g5;
    cov[c + 18] -= s4 * g4;
    cov[c + 19] -= s4 * g5;
    cov[c + 20] -= inverse * g5 * g5;
  }
}
