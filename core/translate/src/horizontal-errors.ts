import { degFromRad, ellipseFromCovariance, wrapTurnRad } from "@picket/geo";
import type { Ellipse, Measurement } from "@picket/model";
import type { Refuse } from "./refuse.ts";

/** What a position says of its errors on the ground. */
export type HorizontalErrors = Pick<Extract<Measurement, { kind: "position" }>, "horizontalSigmaM" | "ellipse">;

/** Errors as most senders state them: standard deviations along two axes at right angles, y a quarter turn anticlockwise of x, and what both share. */
export type StatedErrors = Readonly<{
  xM: number;
  yM: number;
  /** From true north, clockwise; absent where y points north. */
  yAxisRad?: number;
  /** The wire's unit of a standard deviation: what is told as 0 is less than half of it. */
  unitM?: number;
  /** Absent where none is stated: the errors along the two axes are then independent. `unitM2` is the wire's unit there. */
  covariance?: Readonly<{ valueM2: number; unitM2: number; item: string }> | undefined;
}>;

/** Below this part of it two half axes are one. */
const SAME = 1e-9;

/**
 * Stated errors as an ellipse, or as one standard deviation where it is a circle; `undefined` when nothing is stated. Rounding on the wire leaves
 * each value uncertain by half a unit, and so, to first order, the smaller eigenvalue by nᵀ·dR·n, n being its eigenvector: it is taken to be no
 * less than that. A covariance that is impossible even so is refused by name: then no direction is better known than √(x² + y²), which no covariance exceeds.
 */
export function horizontalErrors(stated: StatedErrors, refuse: Refuse): HorizontalErrors | undefined {
  const { yAxisRad = 0, unitM = 0, covariance } = stated;
  if (stated.xM <= 0 && stated.yM <= 0) return undefined;
  const [xM, yM] = [Math.max(stated.xM, unitM / 2), Math.max(stated.yM, unitM / 2)];
  const [eastM2, northM2, eastNorthM2] = [xM * xM, yM * yM, covariance?.valueM2 ?? 0];
  const mostRoundedM2 = Math.max(xM, yM) * unitM + (covariance?.unitM2 ?? 0) / 2;
  const ellipse =
    ellipseFromCovariance({ eastM2, northM2, eastNorthM2 }) ??
    ellipseFromCovariance({ eastM2: eastM2 + mostRoundedM2, northM2: northM2 + mostRoundedM2, eastNorthM2 });
  if (!ellipse) {
    const of = `${xM} m and ${yM} m`;
    if (covariance) refuse("impossible-covariance", covariance.item, `${eastNorthM2} m² is more than errors of ${of} can share`);
    return { horizontalSigmaM: Math.sqrt(eastM2 + northM2) };
  }
  const [sine, cosine] = [Math.sin(ellipse.bearingRad), Math.cos(ellipse.bearingRad)];
  const roundedM2 = unitM * (cosine * cosine * xM + sine * sine * yM) + Math.abs(sine * cosine) * (covariance?.unitM2 ?? 0);
  const semiMinorM = covariance ? Math.max(ellipse.semiMinorM, Math.sqrt(roundedM2)) : ellipse.semiMinorM;
  const semiMajorM = Math.max(ellipse.semiMajorM, semiMinorM);
  const orientationDeg = degFromRad(wrapTurnRad(2 * (ellipse.bearingRad + yAxisRad)) / 2);
  return errorsOf({ semiMajorM, semiMinorM, orientationDeg });
}

/** A circle needs no ellipse. */
export const errorsOf = (ellipse: Ellipse): HorizontalErrors => ({
  horizontalSigmaM: ellipse.semiMajorM,
  ...(ellipse.semiMinorM < (1 - SAME) * ellipse.semiMajorM && { ellipse }),
});
