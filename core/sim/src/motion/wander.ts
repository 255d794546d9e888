import type { Random } from "../random.ts";
import type { Pilot } from "./fly.ts";

/**
 * How a drone wanders: its heading at the start (radians clockwise from north), cruise speed, whether it changes height, how sharply it turns at
 * most, and the unrest of its velocity, m/s per axis, which is small for a multirotor in still air.
 */
export type Wander = Readonly<{
  headingRad: number;
  cruiseMps: number;
  climbs: boolean;
  turnMostRadps?: number;
  unrestMps?: number;
}>;

type Manoeuvre = Readonly<{ untilS: number; speedMps: number; turnRadps: number; climbMps: number }>;

/** A drone that goes straight, turns, hovers, sprints and climbs, a few seconds each, in an order that chance decides. */
export function wanderPilot(wander: Wander, random: Random): Pilot {
  const { headingRad, cruiseMps, unrestMps = 0.08 } = wander;
  let heading = headingRad;
  let last: number | undefined;
  let manoeuvre: Manoeuvre | undefined;
  return ({ tS }, wantedMps) => {
    if (manoeuvre === undefined || tS >= manoeuvre.untilS) {
      manoeuvre = last === undefined ? straight(tS, cruiseMps, random) : nextManoeuvre(tS, wander, random);
    }
    heading += manoeuvre.turnRadps * (tS - (last ?? tS));
    last = tS;
    wantedMps[0] = manoeuvre.speedMps * Math.sin(heading) + unrestMps * random.normal();
    wantedMps[1] = manoeuvre.speedMps * Math.cos(heading) + unrestMps * random.normal();
    wantedMps[2] = manoeuvre.climbMps;
    return true;
  };
}

const straight = (tS: number, cruiseMps: number, random: Random): Manoeuvre => ({
  untilS: tS + random.between(6, 25),
  speedMps: cruiseMps,
  turnRadps: 0,
  climbMps: 0,
});

function nextManoeuvre(tS: number, { cruiseMps, climbs, turnMostRadps = 0.25 }: Wander, random: Random): Manoeuvre {
  const kind = random.uniform();
  const untilS = tS + random.between(5, 15);
  const side = random.chance(0.5) ? 1 : -1;
  if (kind < 0.35) return straight(tS, cruiseMps, random);
  if (kind < 0.65) return { untilS, speedMps: cruiseMps, turnRadps: side * random.between(0.05, turnMostRadps), climbMps: 0 };
  if (kind < 0.8) return { untilS, speedMps: 0, turnRadps: 0, climbMps: 0 };
  if (kind < 0.9 || !climbs) return { untilS, speedMps: cruiseMps * random.between(1.3, 1.8), turnRadps: 0, climbMps: 0 };
  return { untilS, speedMps: cruiseMps, turnRadps: 0, climbMps: side * random.between(1, 4) };
}
