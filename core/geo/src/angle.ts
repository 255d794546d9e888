const TURN_RAD = 2 * Math.PI;

/** Degrees to radians. */
export const radFromDeg = (deg: number): number => deg * (Math.PI / 180);

/** Radians to degrees. */
export const degFromRad = (rad: number): number => rad * (180 / Math.PI);

/** The same angle in [0, 2π): a bearing. */
export function wrapTurnRad(rad: number): number {
  const left = rad % TURN_RAD;
  // A tiny negative remainder plus a turn rounds to the turn itself, which is 0.
  const wrapped = left < 0 ? left + TURN_RAD : left + 0;
  return wrapped === TURN_RAD ? 0 : wrapped;
}

/** The same angle in [−π, π): a difference of bearings. */
export const wrapHalfTurnRad = (rad: number): number =>
  rad >= -Math.PI && rad < Math.PI ? rad : wrapTurnRad(rad + Math.PI) - Math.PI;

/** The same longitude in [−180, 180). */
export function wrapLonDeg(lonDeg: number): number {
  if (lonDeg >= -180 && lonDeg < 180) return lonDeg;
  const left = (lonDeg + 180) % 360;
  return (left < 0 ? left + 360 : left) - 180;
}

/** Signed turn from one angle to another, clockwise positive when both are bearings, in [−π, π). */
export const turnRad = (fromRad: number, toRad: number): number => wrapHalfTurnRad(toRad - fromRad);

/** True when `angleRad` lies in the arc that runs clockwise from `fromRad` to `toRad`; equal ends are the full circle. */
export function isInArc(angleRad: number, fromRad: number, toRad: number): boolean {
  const width = wrapTurnRad(toRad - fromRad);
  return width === 0 || wrapTurnRad(angleRad - fromRad) <= width;
}
