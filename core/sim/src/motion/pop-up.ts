import type { EnuM } from "@picket/geo";
import type { Pilot } from "./fly.ts";

/** On the way it weaves by this much, so that it is no straight line to predict. */
export type PopUp = Readonly<{ target: EnuM; cruiseMps: number; topM: number; weaveRad?: number }>;

/** It stays low until it is this near, then rises, then comes down from half as far. */
const RISE_AT_M = 450;
const DIVE_AT_M = 220;
const REACHED_M = 4;
const WEAVE_S = 4;
const CLIMB_RAD = 0.5;

/** A racing craft that comes low and weaving, rises to see, and comes down on one place; the flight ends there. */
export function popUpPilot({ target, cruiseMps, topM, weaveRad = 0.35 }: PopUp): Pilot {
  return ({ tS, pos }, wantedMps) => {
    const east = target[0] - (pos[0] as number);
    const north = target[1] - (pos[1] as number);
    const up = target[2] - (pos[2] as number);
    const groundM = Math.sqrt(east * east + north * north);
    const distanceM = Math.sqrt(groundM * groundM + up * up);
    if (distanceM < REACHED_M) return false;
    if (groundM < DIVE_AT_M) {
      wantedMps[0] = (cruiseMps * east) / distanceM;
      wantedMps[1] = (cruiseMps * north) / distanceM;
      wantedMps[2] = (cruiseMps * up) / distanceM;
      return true;
    }
    const headingRad = Math.atan2(east, north) + (groundM > RISE_AT_M ? weaveRad * Math.sin((2 * Math.PI * tS) / WEAVE_S) : 0);
    const rises = groundM < RISE_AT_M && (pos[2] as number) < target[2] + topM;
    const climbRad = rises ? CLIMB_RAD : 0;
    wantedMps[0] = cruiseMps * Math.cos(climbRad) * Math.sin(headingRad);
    wantedMps[1] = cruiseMps * Math.cos(climbRad) * Math.cos(headingRad);
    wantedMps[2] = cruiseMps * Math.sin(climbRad);
    return true;
  };
}
