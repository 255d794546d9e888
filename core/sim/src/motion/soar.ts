import type { Random } from "../random.ts";
import type { Pilot } from "./fly.ts";

export type Soar = Readonly<{ cruiseMps: number; radiusM: number; driftMps: readonly [number, number]; heightM: number }>;

/** A bird: circles that drift with the wind, turned over now and then by a straight glide, at a height that breathes. */
export function soarPilot({ cruiseMps, radiusM, driftMps, heightM }: Soar, random: Random): Pilot {
  let headingRad = random.between(0, 2 * Math.PI);
  let turnRadps = 0;
  let changesS = Number.NEGATIVE_INFINITY;
  let last: number | undefined;
  return ({ tS, pos }, wantedMps) => {
    if (tS >= changesS) {
      const glides = random.chance(0.3);
      turnRadps = glides ? 0 : ((random.chance(0.5) ? 1 : -1) * cruiseMps) / (radiusM * random.between(0.7, 1.5));
      changesS = tS + (glides ? random.between(2, 6) : random.between(8, 25));
    }
    headingRad += turnRadps * (tS - (last ?? tS)) + 0.02 * random.normal();
    last = tS;
    wantedMps[0] = cruiseMps * Math.sin(headingRad) + driftMps[0];
    wantedMps[1] = cruiseMps * Math.cos(headingRad) + driftMps[1];
    wantedMps[2] = 0.1 * (heightM - (pos[2] as number)) + 0.5 * random.normal();
    return true;
  };
}
