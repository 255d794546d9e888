import type { ClassProbabilities } from "@picket/model";
import type { Tracked } from "../track/tracked.ts";
import type { Bound } from "./bound.ts";
import { droneProbability } from "./classes.ts";

/** What is slower and lower than this may be a small drone. A helicopter may fly so too, but no sensor tells one's transponder from the other's. */
const SMALL_DRONE_MPS = 25;
const SMALL_DRONE_AGL_M = 300;
/** Faster, but lower than aircraft fly except to land, it may be an FPV drone. */
const FPV_MPS = 75;
const FPV_AGL_M = 60;

/** The aircraft that a track's transponder says it is, where it is therefore hardly taken for a drone and flies as one: its word proves nothing. */
export function doubtfulAircraft(
  { state, agl }: Tracked,
  bound: readonly Bound[],
  classes: ClassProbabilities,
): string | undefined {
  if (droneProbability(classes) >= 0.5) return undefined;
  const [east, north] = state.velEnuMps;
  const speedMps = Math.sqrt(east * east + north * north);
  const isSlow = speedMps < SMALL_DRONE_MPS && (!agl || agl.heightM < SMALL_DRONE_AGL_M);
  const isLow = speedMps < FPV_MPS && agl !== undefined && agl.heightM < FPV_AGL_M;
  if (!isSlow && !isLow) return undefined;
  const claims = bound.flatMap(({ record }) => record.claims);
  return claims.find(({ kind }) => kind === "icao" || kind === "callsign")?.value;
}
