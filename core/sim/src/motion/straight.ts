import type { EnuM } from "@picket/geo";
import type { Random } from "../random.ts";
import type { Pilot } from "./fly.ts";

/** Goes on at one velocity, with the unrest that the air gives it, m/s per horizontal axis. */
export function straightPilot(velocityMps: EnuM, unrestMps: number, random: Random): Pilot {
  return (_craft, wantedMps) => {
    wantedMps[0] = velocityMps[0] + unrestMps * random.normal();
    wantedMps[1] = velocityMps[1] + unrestMps * random.normal();
    wantedMps[2] = velocityMps[2];
    return true;
  };
}
