import type { MotionStep, TurnStep } from "./motion-step.ts";

/** Moves one state by one motion, in place. */
export function moveState(mean: Float64Array, x: number, cov: Float64Array, c: number, step: MotionStep): void {
  const { turn } = step;
  if (turn === undefined) return moveStraight(mean, x, cov, c, step);
  swing(mean, x, cov, c, turn);
  moveStraight(mean, x, cov, c, step);
  swing(mean, x, cov, c, turn);
  cov[c + 6] += turn.qAlong;
  cov[c + 7] -= turn.qRight;
  cov[c + 9] += turn.qRight;
  cov[c + 10] += turn.qAlong;
}

/** Turns a velocity clockwise by half of the turn: v' = R v, with its covariances. */
function swing(mean: Float64Array, x: number, cov: Float64Array, c: number, { sinHalf: s, cosHalf: k }: TurnStep): void {
  const east = mean[x + 3];
  mean[x + 3] = k * east + s * mean[x + 4];
  mean[x + 4] = k * mean[x + 4] - s * east;
  for (let at = c + 6; at <= c + 12; at += 3) {
    const withEast = cov[at];
    cov[at] = k * withEast + s * cov[at + 1];
    cov[at + 1] = k * cov[at + 1] - s * withEast;
  }
  const ee = cov[c + 15];
  const en = cov[c + 16];
  const eu = cov[c + 17];
  const nn = cov[c + 18];
  const nu = cov[c + 19];
  cov[c + 15] = k * k * ee + 2 * s * k * en + s * s * nn;
  cov[c + 16] = (k * k - s * s) * en + s * k * (nn - ee);
  cov[c + 17] = k * eu + s * nu;
  cov[c + 18] = s * s * ee - 2 * s * k * en + k * k * nn;
  cov[c + 19] = k * nu - s * eu;
}

/**
 * Moves one state: x' = F x, P' = F P Fᵀ + Q with F = [I, A; 0, B], A and B diagonal (reach and hold of each axis). In place.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-3 and 5.2.3-5.
 */
function moveStraight(mean: Float64Array, x: number, cov: Float64Array, c: number, step: MotionStep): void {
  const { reach: a, hold: b, qpp, qpv, qvv } = step.horizontal;
  const { reach: az, hold: bz, qpp: zpp, qpv: zpv, qvv: zvv } = step.vertical;
  mean[x] += a * mean[x + 3];
  mean[x + 1] += a * mean[x + 4];
  mean[x + 2] += az * mean[x + 5];
  mean[x + 3] *= b;
  mean[x + 4] *= b;
  mean[x + 5] *= bz;
  const v0 = cov[c + 15];
  const v1 = cov[c + 16];
  const v2 = cov[c + 17];
  const v3 = cov[c + 18];
  const v4 = cov[c + 19];
  const v5 = cov[c + 20];
  // The position block uses the old cross block, so it goes first.
  cov[c] += a * (2 * cov[c + 6] + a * v0) + qpp;
  cov[c + 1] += a * (cov[c + 7] + cov[c + 9] + a * v1);
  cov[c + 2] += az * cov[c + 8] + a * (cov[c + 12] + az * v2);
  cov[c + 3] += a * (2 * cov[c + 10] + a * v3) + qpp;
  cov[c + 4] += az * cov[c + 11] + a * (cov[c + 13] + az * v4);
  cov[c + 5] += az * (2 * cov[c + 14] + az * v5) + zpp;
  cov[c + 6] = b * (cov[c + 6] + a * v0) + qpv;
  cov[c + 7] = b * (cov[c + 7] + a * v1);
  cov[c + 8] = bz * (cov[c + 8] + a * v2);
  cov[c + 9] = b * (cov[c + 9] + a * v1);
  cov[c + 10] = b * (cov[c + 10] + a * v3) + qpv;
  cov[c + 11] = bz * (cov[c + 11] + a * v4);
  cov[c + 12] = b * (cov[c + 12] + az * v2);
  cov[c + 13] = b * (cov[c + 13] + az * v4);
  cov[c + 14] = bz * (cov[c + 14] + az * v5) + zpv;
  cov[c + 15] = b * b * v0 + qvv;
  cov[c + 16] = b * b * v1;
  cov[c + 17] = b * bz * v2;
  cov[c + 18] = b * b * v3 + qvv;
  cov[c + 19] = b * bz * v4;
  cov[c + 20] = bz * bz * v5 + zvv;
}
