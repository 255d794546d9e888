import type { EnuM } from "@picket/geo";

/** Where one object is over its life: position (m) and velocity (m/s), [east, north, up] each, every `stepS` from `startS` on. */
export type Trajectory = Readonly<{ startS: number; stepS: number; count: number; pos: Float64Array; vel: Float64Array }>;

/** Position and velocity at one time. */
export type Kinematics = Readonly<{ posEnuM: EnuM; velEnuMps: EnuM }>;

/** Of a sample: so that the very last second, added up, is still within the life. */
const ROUNDING = 1e-9;

/** The last second of a trajectory's life. */
export const endS = ({ startS, stepS, count }: Trajectory): number => startS + stepS * (count - 1);

/** The object's state, or `undefined` before it is there and after it is gone. */
export function kinematicsAt(trajectory: Trajectory, tS: number): Kinematics | undefined {
  const out = new Float64Array(6);
  if (!kinematicsInto(trajectory, tS, out)) return undefined;
  const [e = 0, n = 0, u = 0, ve = 0, vn = 0, vu = 0] = out;
  return { posEnuM: [e, n, u], velEnuMps: [ve, vn, vu] };
}

/**
 * Writes [e, n, u, ve, vn, vu] at `tS` and answers true, or false outside the object's life. Allocates nothing.
 * Between samples the path is the cubic Hermite spline through positions and velocities, and the velocity is its derivative.
 *
 * @source de Boor, "A Practical Guide to Splines" (2001), ch. IV, cubic Hermite interpolation.
 */
export function kinematicsInto({ startS, stepS, count, pos, vel }: Trajectory, tS: number, out: Float64Array): boolean {
  const place = (tS - startS) / stepS;
  if (!(place >= 0 && place <= count - 1 + ROUNDING)) return false;
  const i = Math.min(Math.floor(place), Math.max(0, count - 2));
  const s = place - i;
  const j = Math.min(i + 1, count - 1);
  const h00 = (1 + 2 * s) * (1 - s) * (1 - s);
  const h10 = s * (1 - s) * (1 - s) * stepS;
  const h01 = s * s * (3 - 2 * s);
  const h11 = s * s * (s - 1) * stepS;
  for (let axis = 0; axis < 3; axis++) {
    const p0 = pos[3 * i + axis] as number;
    const p1 = pos[3 * j + axis] as number;
    const v0 = vel[3 * i + axis] as number;
    const v1 = vel[3 * j + axis] as number;
    out[axis] = h00 * p0 + h10 * v0 + h01 * p1 + h11 * v1;
    out[3 + axis] = (6 * s * (s - 1) * (p0 - p1)) / stepS + (1 - s) * (1 - 3 * s) * v0 + s * (3 * s - 2) * v1;
  }
  return true;
}
