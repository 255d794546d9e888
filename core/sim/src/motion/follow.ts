import type { Triple } from "@picket/geo";
import type { Random } from "../random.ts";
import type { Pilot } from "./fly.ts";
import { kinematicsInto, type Trajectory } from "./trajectory.ts";

/** How strongly a follower answers to its place, per second, and the unrest of its velocity. */
const COHESION_PER_S = 0.5;
const UNREST_MPS = 0.3;

/** Keeps a place beside a leader, metres from it, that may change with time; ends with the leader's flight. */
export function followPilot(leader: Trajectory, placeInto: (tS: number, out: Triple) => void, random: Random): Pilot {
  const lead = new Float64Array(6);
  const place = new Float64Array(3);
  return ({ tS, pos }, wantedMps) => {
    if (!kinematicsInto(leader, tS, lead)) return false;
    placeInto(tS, place);
    for (let axis = 0; axis < 3; axis++) {
      const pull = (lead[axis] as number) + (place[axis] as number) - (pos[axis] as number);
      wantedMps[axis] = (lead[3 + axis] as number) + COHESION_PER_S * pull + UNREST_MPS * random.normal();
    }
    return true;
  };
}
