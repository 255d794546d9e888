import type { Pilot } from "./fly.ts";

/** Sides that are not to be left, metres: west, east, south, north. */
export type Fence = readonly [westM: number, eastM: number, southM: number, northM: number];

/** Flies as the pilot wishes, but turns back at the fence. */
export function fencedPilot(pilot: Pilot, [westM, eastM, southM, northM]: Fence): Pilot {
  return (craft, wantedMps) => {
    const goesOn = pilot(craft, wantedMps);
    const [e = 0, n = 0] = craft.pos;
    wantedMps[0] = inwards(wantedMps[0] as number, e, westM, eastM);
    wantedMps[1] = inwards(wantedMps[1] as number, n, southM, northM);
    return goesOn;
  };
}

const inwards = (wishMps: number, at: number, from: number, to: number): number =>
  at < from ? Math.abs(wishMps) : at > to ? -Math.abs(wishMps) : wishMps;
