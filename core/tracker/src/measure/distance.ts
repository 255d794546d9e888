/**
 * What {@link measureDistance} found last: the mean of the distance over a state's spread, its gradient in position, and the variance that
 * its curvature adds to what the gradient tells.
 */
export const distance = { valueM: 0, gradient: new Float64Array(3), varianceM2: 0 };

/** Curvature [xx, xy, xz, yy, yz, zz], 1/m. */
const curve = new Float64Array(6);
const product = new Float64Array(9);

/**
 * The distance of a state from a place, h = |p - a|, or that less the distance from another, h = |p - a| - |p - b|, to second order over the
 * state's covariance P: mean h + tr(H P)/2, variance gᵀP g + tr(H P H P)/2, where g is the sum of unit vectors and H that of
 * (I - u uᵀ)/r, of either sign. Nearer to a place than its own spread a state is as curved as at that distance.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 10.3.2 (second-order extended Kalman filter), eq. 10.3.2-12 and 10.3.2-15.
 */
export function measureDistance(
  x: ArrayLike<number>,
  cov: ArrayLike<number>,
  from: ArrayLike<number>,
  other: ArrayLike<number> | undefined,
): void {
  const spreadM = Math.sqrt(cov[0] + cov[3] + cov[5]);
  distance.valueM = 0;
  distance.gradient.fill(0);
  curve.fill(0);
  add(x, from, spreadM, 1);
  if (other !== undefined) add(x, other, spreadM, -1);
  distance.varianceM2 = 0;
  if (spreadM === 0) return;
  times(0, curve[0], curve[1], curve[2], cov);
  times(3, curve[1], curve[3], curve[4], cov);
  times(6, curve[2], curve[4], curve[5], cov);
  distance.valueM += (product[0] + product[4] + product[8]) / 2;
  for (let k = 0; k < 3; k++) for (let l = 0; l < 3; l++) distance.varianceM2 += (product[3 * k + l] * product[3 * l + k]) / 2;
}

function add(x: ArrayLike<number>, place: ArrayLike<number>, spreadM: number, sign: number): void {
  const e = x[0] - place[0];
  const n = x[1] - place[1];
  const u = x[2] - place[2];
  const r = Math.max(Math.sqrt(e * e + n * n + u * u), 1);
  const ue = e / r;
  const un = n / r;
  const uu = u / r;
  distance.valueM += sign * r;
  distance.gradient[0] += sign * ue;
  distance.gradient[1] += sign * un;
  distance.gradient[2] += sign * uu;
  const per = sign / Math.max(r, spreadM);
  curve[0] += per * (1 - ue * ue);
  curve[1] -= per * ue * un;
  curve[2] -= per * ue * uu;
  curve[3] += per * (1 - un * un);
  curve[4] -= per * un * uu;
  curve[5] += per * (1 - uu * uu);
}

/** Writes one row of H P. */
function times(at: number, a: number, b: number, c: number, cov: ArrayLike<number>): void {
  product[at] = a * cov[0] + b * cov[1] + c * cov[2];
  product[at + 1] = a * cov[1] + b * cov[3] + c * cov[4];
  product[at + 2] = a * cov[2] + b * cov[4] + c * cov[5];
}
