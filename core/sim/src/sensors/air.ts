import type { LocalFrame } from "@picket/geo";
import type { FlownObject } from "../flights.ts";
import { endS, kinematicsInto } from "../motion/trajectory.ts";

/** Everything that flies, as sensors see it. */
export type Air = Readonly<{ frame: LocalFrame; flown: readonly FlownObject[] }>;

/** Calls back with each object that is there at `tS` and its [e, n, u, ve, vn, vu] in the air's frame, which is not to be kept. */
export function forEachPresent({ flown }: Air, tS: number, visit: (flown: FlownObject, state: Float64Array) => void): void {
  const state = new Float64Array(6);
  for (const one of flown) {
    if (tS < one.trajectory.startS || tS > endS(one.trajectory)) continue;
    if (kinematicsInto(one.trajectory, tS, state)) visit(one, state);
  }
}
