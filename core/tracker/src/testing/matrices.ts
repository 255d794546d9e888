import { COV } from "../store/store.ts";

/** Where each value of the lower triangle of a 6×6 covariance lies among our 21. */
const PLACE = [[0], [1, 3], [2, 4, 5], [6, 9, 12, 15], [7, 10, 13, 16, 18], [8, 11, 14, 17, 19, 20]] as const;

/** A covariance from six standard deviations and two correlations: of each position with its velocity, and between positions. */
export function covOf([s0, s1, s2, s3, s4, s5, own, cross]: readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
]): Float64Array {
  const s = [s0, s1, s2, s3, s4, s5];
  const cov = new Float64Array(COV);
  for (let i = 0; i < 6; i++)
    for (let j = 0; j <= i; j++) {
      const r = i === j ? 1 : i - j === 3 ? own : i < 3 ? cross : 0;
      cov[PLACE[i]?.[j] ?? 0] = r * (s[i] ?? 0) * (s[j] ?? 0);
    }
  return cov;
}

/** True when the Cholesky factor of the covariance exists: symmetric it is by layout. */
export function isPositiveDefinite(cov: Float64Array): boolean {
  const factor: number[][] = [];
  for (let i = 0; i < 6; i++) {
    const row: number[] = [];
    factor.push(row);
    for (let j = 0; j <= i; j++) {
      let sum = cov[PLACE[i]?.[j] ?? 0] ?? Number.NaN;
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (factor[j]?.[k] ?? 0);
      if (i > j) row.push(sum / (factor[j]?.[j] ?? 1));
      else if (sum > 0) row.push(Math.sqrt(sum));
      else return false;
    }
  }
  return true;
}

/** A covariance of 36 values, row-major, as our 21. */
export function packed(full: Float64Array): Float64Array {
  const cov = new Float64Array(COV);
  for (let i = 0; i < 6; i++) for (let j = 0; j <= i; j++) cov[PLACE[i]?.[j] ?? 0] = full[6 * i + j] ?? Number.NaN;
  return cov;
}
