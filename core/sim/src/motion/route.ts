import type { EnuM } from "@picket/geo";
import type { Pilot } from "./fly.ts";

/** A place to fly to, how fast, and how long to wait there. */
export type RoutePoint = Readonly<{ posEnuM: EnuM; speedMps: number; holdS: number }>;

/** How near a place counts as there. */
const ARRIVED_M = 3;
/** Unrest of a held position, m/s per axis. */
const HOVER_UNREST_MPS = 0.15;

/**
 * Flies from point to point, slowing in time for those where it waits, and ends after the last. `unrest` is what wind does to a craft
 * that waits, in standard deviations.
 */
export function routePilot(points: readonly RoutePoint[], accelMps2: number, unrest: () => number): Pilot {
  let next = 0;
  let leavesS: number | undefined;
  return ({ tS, pos, vel }, wantedMps) => {
    const point = points[next];
    if (!point) return false;
    const [e, n, u] = point.posEnuM;
    const gap = [e - (pos[0] as number), n - (pos[1] as number), u - (pos[2] as number)] as const;
    const distanceM = Math.sqrt(gap[0] * gap[0] + gap[1] * gap[1] + gap[2] * gap[2]);
    const isLast = next === points.length - 1;
    const stops = point.holdS > 0 || isLast;
    if (leavesS === undefined && distanceM < Math.max(ARRIVED_M, stops ? 0 : passesWithinM(vel, accelMps2))) {
      leavesS = tS + point.holdS;
    }
    if (leavesS !== undefined && tS >= leavesS) {
      next++;
      leavesS = undefined;
      return !isLast;
    }
    const brakedMps = stops ? Math.sqrt(accelMps2 * distanceM) : point.speedMps;
    const speedMps = Math.min(point.speedMps, brakedMps);
    for (let axis = 0; axis < 3; axis++) {
      const towards = distanceM > 0 ? (speedMps * (gap[axis] as number)) / distanceM : 0;
      wantedMps[axis] = towards + (leavesS === undefined ? 0 : HOVER_UNREST_MPS * unrest());
    }
    return true;
  };
}

/** A corner is cut as far as the craft needs to turn: v²/a. */
function passesWithinM(vel: Float64Array, accelMps2: number): number {
  const [e = 0, n = 0, u = 0] = vel;
  return (e * e + n * n + u * u) / accelMps2 / 2;
}
