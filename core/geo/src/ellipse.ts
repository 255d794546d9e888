import { destination } from "./geodesic.ts";
import type { GeoPoint } from "./wgs84.ts";

/** An error ellipse: half axes in metres and the bearing of the longer one in [0, π), clockwise from true north. */
export type Ellipse = Readonly<{ semiMajorM: number; semiMinorM: number; bearingRad: number }>;

/** A horizontal covariance in m²: variances east and north, and what they share. */
export type HorizontalCovariance = Readonly<{ eastM2: number; northM2: number; eastNorthM2: number }>;

/**
 * The one-sigma ellipse of a covariance, or `undefined` when the matrix is not finite or not positive semidefinite. It holds
 * 39.3 % of a Gaussian: scale it by {@link ellipseScale}. A circle's bearing is 0.
 *
 * @source Bar-Shalom, Li & Kirubarajan, "Estimation with Applications to Tracking and Navigation" (2001), sec. 1.4; eigenvalues of a
 * symmetric 2×2 matrix, half trace ± radius.
 */
export function ellipseFromCovariance({ eastM2, northM2, eastNorthM2 }: HorizontalCovariance): Ellipse | undefined {
  const half = (eastM2 + northM2) / 2;
  const skew = (northM2 - eastM2) / 2;
  const radius = Math.sqrt(skew * skew + eastNorthM2 * eastNorthM2);
  const largest = half + radius;
  const determinant = eastM2 * northM2 - eastNorthM2 * eastNorthM2;
  // Rounding of a matrix that is just singular may leave a determinant below 0 by a few parts in 10¹⁶.
  if (!(eastM2 >= 0) || !(northM2 >= 0) || !(determinant >= -1e-14 * largest * largest) || !Number.isFinite(largest))
    return undefined;
  // The determinant over the larger eigenvalue: half − radius would cancel for a thin ellipse.
  const smallest = largest > 0 ? Math.max(0, determinant / largest) : 0;
  const doubled = Math.atan2(eastNorthM2, skew);
  const bearingRad = doubled < 0 ? doubled / 2 + Math.PI : doubled / 2;
  return { semiMajorM: Math.sqrt(largest), semiMinorM: Math.sqrt(smallest), bearingRad: bearingRad >= Math.PI ? 0 : bearingRad };
}

/** How many sigmas an ellipse needs to hold a share of a two-dimensional Gaussian: √(−2 ln (1 − p)), 2.4477 for 0.95. `share` is 0 to below 1. */
export function ellipseScale(share: number): number {
  if (!(share >= 0 && share < 1)) throw new RangeError(`Expected a share of 0 to below 1, got ${share}`);
  return Math.sqrt(-2 * Math.log1p(-share));
}

/** `count` points of the ellipse, scaled, around `centre` on the ellipsoid, clockwise from the longer axis; the first is not repeated. */
export function ellipseOutline(
  centre: GeoPoint,
  { semiMajorM, semiMinorM, bearingRad }: Ellipse,
  scale = 1,
  count = 48,
): GeoPoint[] {
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    const alongM = scale * semiMajorM * Math.cos(turn);
    const acrossM = scale * semiMinorM * Math.sin(turn);
    return destination(centre, bearingRad + Math.atan2(acrossM, alongM), Math.sqrt(alongM * alongM + acrossM * acrossM));
  });
}
