import type { Detections } from "../looks/detections.ts";
import { observeInto } from "./observe.ts";
import { speedVariance } from "./point-fit.ts";
import { ROW } from "./update-row.ts";

/** The sum of what earlier rows have in common with those to come: coefficients, and the value. */
const common = new Float64Array(7);

/** Writes the rows of {@link observeInto} with what the look's time may be wrong by; answers how many there are. */
export function measureInto(rows: Float64Array, d: Detections, j: number, x: Float64Array, cov: Float64Array): number {
  const n = observeInto(rows, d, j, x, cov);
  if (d.timeVarianceS2 > 0) shareTimeError(rows, n, x, cov, d.timeVarianceS2);
  return n;
}

/**
 * A look of a time that is wrong by t measures z = H(p + v·t) + noise. All its rows share t, so R' = R + s²·H(v·vᵀ + Pvv)Hᵀ with s² the variance
 * of the time. What v's own error adds is taken row by row; v·vᵀ makes the rows' errors one with another, and they are made independent
 * again in place: R' = L·D·Lᵀ, rows become L⁻¹·rows and variances D. L has a diagonal of ones, so that no likelihood changes.
 *
 * @source Gill, Golub, Murray & Saunders (1974), "Methods for modifying matrix factorizations", method C1 (rank one added to a diagonal);
 * decorrelated rows: Maybeck (1979), section 7.4.
 */
export function shareTimeError(rows: Float64Array, n: number, x: Float64Array, cov: Float64Array, timeVarianceS2: number): void {
  common.fill(0);
  let left = timeVarianceS2;
  for (let row = 0; row < n * ROW; row += ROW) {
    const a = rows[row];
    const b = rows[row + 1];
    const c = rows[row + 2];
    const moves = a * x[3] + b * x[4] + c * x[5];
    const own = rows[row + 7] + timeVarianceS2 * speedVariance(cov, 0, a, b, c);
    const all = own + left * moves * moves;
    const share = (left * moves) / all;
    for (let k = 0; k < 7; k++) {
      rows[row + k] -= moves * common[k];
      common[k] += share * rows[row + k];
    }
    rows[row + 7] = all;
    left *= own / all;
  }
}
