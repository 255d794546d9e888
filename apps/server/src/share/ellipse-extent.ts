import { radFromDeg } from "@picket/geo";
import type { Ellipse } from "@picket/model";

/** Standard deviations of an ellipse along east and north. Its orientation is that of the long axis, clockwise from north. */
export function eastNorthSigmas({ semiMajorM, semiMinorM, orientationDeg }: Ellipse): readonly [eastM: number, northM: number] {
  const sine = Math.sin(radFromDeg(orientationDeg));
  const cosine = Math.cos(radFromDeg(orientationDeg));
  return [Math.hypot(semiMajorM * sine, semiMinorM * cosine), Math.hypot(semiMajorM * cosine, semiMinorM * sine)];
}

/** What errors to the east and to the north have in common: the root of their covariance, with its sign. */
export function sharedRootM({ semiMajorM, semiMinorM, orientationDeg }: Ellipse): number {
  const longer = semiMajorM * semiMajorM - semiMinorM * semiMinorM;
  const shared = (longer / 2) * Math.sin(radFromDeg(2 * orientationDeg));
  return Math.sign(shared) * Math.sqrt(Math.abs(shared));
}
