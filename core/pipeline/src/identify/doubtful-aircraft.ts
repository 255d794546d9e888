import type { ClassProbabilities } from "@picket/model";
import type { Tracked } from "../track/tracked.ts";
import type { Bound } from "./bound.ts";
import { droneProbability } from "./classes.ts";

/** What is slower and lower than this may be a small drone. A helicopter may fly so too, but no sensor tells one's transponder from the other's. */
const SMALL_DRONE_MPS = 25;
const SMALL_DRONE_AGL_M = 300;

/** The aircraft that a track's transponder says it is, where it is therefore hardly taken for a drone and flies as one: its word proves nothing. */
export function doubtfulAircraft(
  { state, agl }: Tracked,
  bound: readonly Bound[],
  classes: ClassProbabilities,
): string | undefined {
  if (droneProbability(classes) >= 0.5) return undefined;
  const [east, north] = state.velEnuMps;
  if (east * east + north * north >= SMALL_DRONE_MPS * SMALL_DRONE_MPS) return undefined;
  if (agl && agl.heightM >= SMALL_DRONE_AGL_M) return undefined;
  const claims = bound.flatMap(({ record }) => record.claims);
  return claims.find(({ kind }) => kind === "icao" || kind === "callsign")?.value;
}
