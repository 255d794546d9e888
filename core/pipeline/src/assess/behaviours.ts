import { turnRad } from "@picket/geo";
import type { Assessment, Phrase } from "@picket/model";
import { phrase } from "../phrases.ts";
import type { Tracked } from "../track/tracked.ts";
import { STRIDE } from "./history.ts";
import type { ZoneView } from "./zone-view.ts";

export type Behaviour = Assessment["behaviours"][number];
/** What a track is doing, each with the sentence that says why. */
export type Behaviours = ReadonlyMap<Behaviour, Phrase>;

const DIVE_DESCENT_MPS = 5;
const DIVE_SPEED_MPS = 12;
/** Steeper than 20° below the horizon. */
const DIVE_SLOPE = 0.364;
const HOVER_MPS = 2;
const HOVER_RADIUS_M = 20;
const HOVER_S = 10;
const LOITER_RADIUS_M = 150;
const LOITER_S = 60;
/** A loiterer that stays this near to one place has travelled several times that far. */
const LOITER_PATH_RATIO = 3;
const ORBIT_TURN_RAD = 1.5 * Math.PI;
const ORBIT_RADIUS_SHARE = 0.35;
const ORBIT_LEAST_M = 20;
const RECONNAISSANCE_M = 400;
/** Keeps this near to a boundary, and its distance to it this steady. */
const RECONNAISSANCE_NEAR_M = 300;
const STRAIGHT_SHARE = 0.8;
const APPROACH_S = 60;

/** What one track is doing, from its state, its path of the last two minutes, and the zones around it. */
export function behavioursOf(track: Tracked, points: readonly number[], zones: readonly NamedView[]): Map<Behaviour, Phrase> {
  const found = new Map<Behaviour, Phrase>();
  const [east, north, up] = track.state.velEnuMps;
  const groundMps = Math.sqrt(east * east + north * north);
  if (track.state.heightKnown && -up >= DIVE_DESCENT_MPS && groundMps + -up >= DIVE_SPEED_MPS && -up >= DIVE_SLOPE * groundMps)
    found.set("dive", phrase("reason.diving", { descentMps: -up, speedMps: groundMps }));
  const near = zones.find(({ view }) => view.relation === "approaching" && (view.entryS ?? 0) <= APPROACH_S);
  if (near?.view.entryS !== undefined)
    found.set(
      "approach",
      phrase("reason.entersZone", { zone: near.name, entryS: near.view.entryS, probability: near.view.entryProbability ?? 0 }),
    );
  const path = readPath(points);
  const hoverS = staysWithinS(points, HOVER_RADIUS_M);
  if (groundMps <= HOVER_MPS && hoverS >= HOVER_S) found.set("hover", phrase("reason.hovering", { forS: hoverS }));
  const loiterS = staysWithinS(points, LOITER_RADIUS_M);
  if (path && loiterS >= LOITER_S && path.lengthM >= LOITER_PATH_RATIO * LOITER_RADIUS_M)
    found.set("loiter", phrase("reason.loitering", { radiusM: LOITER_RADIUS_M, forS: loiterS }));
  if (
    path &&
    Math.abs(path.turnRad) >= ORBIT_TURN_RAD &&
    path.radiusM >= ORBIT_LEAST_M &&
    path.radiusSigmaM <= ORBIT_RADIUS_SHARE * path.radiusM
  )
    found.set("orbit", phrase("reason.orbiting", { radiusM: path.radiusM, turns: Math.abs(path.turnRad) / (2 * Math.PI) }));
  const along = zones.find(({ view }) => view.relation !== "outside" || view.distanceM <= RECONNAISSANCE_NEAR_M);
  if (
    along &&
    path &&
    path.lengthM >= RECONNAISSANCE_M &&
    path.straightM >= STRAIGHT_SHARE * path.lengthM &&
    runsAlong(track, along.view)
  )
    found.set("reconnaissance", phrase("reason.reconnaissance", { zone: along.name, lengthM: path.lengthM }));
  return found;
}

export type NamedView = Readonly<{ name: string; view: ZoneView }>;

/** A track that will not be in, nor leave the strip along the boundary, within a minute flies along it. */
const runsAlong = (track: Tracked, view: ZoneView): boolean =>
  view.relation === "outside" &&
  (view.entryProbability ?? 0) < 0.5 &&
  track.state.velEnuMps.some((speed) => Math.abs(speed) > HOVER_MPS);

/** For how long the newest points have stayed within a radius of the newest. */
function staysWithinS(points: readonly number[], radiusM: number): number {
  const newest = points.length - STRIDE;
  if (newest < 0) return 0;
  const [endMs, east, north] = [points[newest] as number, points[newest + 1] as number, points[newest + 2] as number];
  let sinceMs = endMs;
  for (let i = newest - STRIDE; i >= 0; i -= STRIDE) {
    const de = (points[i + 1] as number) - east;
    const dn = (points[i + 2] as number) - north;
    if (de * de + dn * dn > radiusM * radiusM) break;
    sinceMs = points[i] as number;
  }
  return (endMs - sinceMs) / 1000;
}

type Path = { lengthM: number; straightM: number; turnRad: number; radiusM: number; radiusSigmaM: number };

/** Length, end-to-end distance and summed turn of the last two minutes, with mean distance from the middle and its spread. */
function readPath(points: readonly number[]): Path | undefined {
  const count = points.length / STRIDE;
  if (count < 5) return undefined;
  let lengthM = 0;
  let turn = 0;
  let course: number | undefined;
  let middleEast = 0;
  let middleNorth = 0;
  for (let i = 0; i < points.length; i += STRIDE) {
    middleEast += (points[i + 1] as number) / count;
    middleNorth += (points[i + 2] as number) / count;
    if (i === 0) continue;
    const de = (points[i + 1] as number) - (points[i - STRIDE + 1] as number);
    const dn = (points[i + 2] as number) - (points[i - STRIDE + 2] as number);
    const stepM = Math.sqrt(de * de + dn * dn);
    lengthM += stepM;
    // A step as short as the noise has no course.
    if (stepM < 2 * HOVER_MPS) continue;
    const next = Math.atan2(de, dn);
    if (course !== undefined) turn += turnRad(course, next);
    course = next;
  }
  let radiusM = 0;
  let square = 0;
  for (let i = 0; i < points.length; i += STRIDE) {
    const de = (points[i + 1] as number) - middleEast;
    const dn = (points[i + 2] as number) - middleNorth;
    radiusM += Math.sqrt(de * de + dn * dn) / count;
    square += (de * de + dn * dn) / count;
  }
  const straightEast = (points.at(-3) as number) - (points[1] as number);
  const straightNorth = (points.at(-2) as number) - (points[2] as number);
  return {
    lengthM,
    straightM: Math.sqrt(straightEast * straightEast + straightNorth * straightNorth),
    turnRad: turn,
    radiusM,
    radiusSigmaM: Math.sqrt(Math.max(0, square - radiusM * radiusM)),
  };
}
