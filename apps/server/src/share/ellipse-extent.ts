import { radFromDeg } from "@picket/geo";
import type { Ellipse } from "@picket/model";

/** Standard deviations of an ellipse along east and north. Its orientation is that of the long axis, clockwise from north. */
export function eastNorthSigmas({ semiMajorM, semiMinorM, orientationDeg }: Ellipse): readonly [eastM: number, northM: number] {
  const sine = Math.sin(radFromDeg(orientationDeg));
  const cosine = Math.cos(radFromDeg(orientationDeg));
  return [Math.hypot(semiMajorM * sine, semiMinorM * cosine), Math.hypot(semiMajorM * cosine, semiMinorM * sine)];
}
