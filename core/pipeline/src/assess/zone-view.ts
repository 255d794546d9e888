import type { Area } from "@picket/geo";
import type { Zone, ZoneId } from "@picket/model";
import { areaOf } from "../standing/areas.ts";
import { newGroundState, normalCdf, predictGroundInto, sigmaAlongM } from "../track/ground.ts";
import { placeOut, rss, type SiteFrame } from "../track/site-frame.ts";
import type { Tracked } from "../track/tracked.ts";
import { type Vertical, verticalRelation } from "./vertical.ts";

/** How one track stands to one zone. */
export type ZoneView = Readonly<{
  zone: ZoneId;
  relation: "inside" | "approaching" | "outside";
  distanceM: number;
  distanceExact: boolean;
  entryS?: number;
  entryProbability?: number;
  heightUndecided?: boolean;
}>;

/** Zones that say nothing of it are looked ahead to for this long. */
const LOOK_AHEAD_S = 60;
/** A track is approaching when it will enter at least this probably. */
const APPROACH_PROBABILITY = 0.5;
/** Slower than this it goes nowhere that could be foretold. */
const MOVING_MPS = 1;
/** The march along the predicted path goes by the distance to the boundary, in steps of at least this. */
const LEAST_STEP_S = 0.5;
const MAX_STEPS = 32;
/** A boundary beyond the straight way and this many standard deviations is out of reach. */
const REACH_SIGMAS = 3;
/** Farther than this from everything it might reach, a zone is not measured. */
const FAR_M = 20_000;

const predicted = newGroundState();

/** A track to be judged; `isHeightTold`: its height is nothing but its own word, which takes it out of no zone. */
type Viewed = Tracked & Readonly<{ isHeightTold: boolean }>;

/** How the track stands to the zone, or `undefined` for a zone so far away that it does not matter. */
export function viewZone(zone: Zone, track: Viewed, site: SiteFrame): ZoneView | undefined {
  const area = areaOf(zone.shape);
  if (!area) return undefined;
  const { distanceM, exact } = area.signedDistance(track);
  if (distanceM > FAR_M) return undefined;
  const vertical = heightAgainst(zone, track, site);
  if (distanceM <= 0 && vertical !== "outside") {
    return {
      zone: zone.id,
      relation: "inside",
      distanceM: 0,
      distanceExact: exact,
      ...(vertical === "undecided" && { heightUndecided: true }),
    };
  }
  const entry = predictEntry(zone, area, distanceM, track, site);
  const approaches = entry !== undefined && entry.probability >= APPROACH_PROBABILITY;
  return {
    zone: zone.id,
    relation: approaches ? "approaching" : "outside",
    distanceM: Math.max(0, distanceM),
    distanceExact: exact,
    ...(entry && { entryS: entry.afterS, entryProbability: entry.probability }),
    ...(approaches && entry.undecided && { heightUndecided: true }),
  };
}

function heightAgainst(zone: Zone, track: Viewed, site: SiteFrame, aheadS = 0): Vertical {
  const vertical = verticalRelation(zone, track, site, aheadS);
  return vertical === "outside" && track.isHeightTold ? "undecided" : vertical;
}

type Entry = { afterS: number; probability: number; undecided: boolean };

/**
 * When and how probably the track will enter. Marches along the straight prediction by the signed distance, which never overstates,
 * so that even a small zone is not stepped over; the probability is that of the deepest point on the way, from the predicted
 * covariance across the boundary and from how well the boundary itself is known.
 */
function predictEntry(zone: Zone, area: Area, fromM: number, track: Viewed, site: SiteFrame): Entry | undefined {
  const [eastMps, northMps] = track.state.velEnuMps;
  const speedMps = Math.max(MOVING_MPS, Math.sqrt(eastMps * eastMps + northMps * northMps));
  const horizonS = zone.approachS ?? LOOK_AHEAD_S;
  predictGroundInto(predicted, track.state, horizonS);
  const reachM = speedMps * horizonS + REACH_SIGMAS * Math.sqrt(predicted.ee + predicted.nn);
  if (fromM > reachM) return undefined;
  let entryS: number | undefined;
  let deepestM = Number.POSITIVE_INFINITY;
  let deepestS = 0;
  let undecided = false;
  for (let step = 0, atS = 0; step < MAX_STEPS && atS <= horizonS; step++) {
    const { distanceM, exact } = area.signedDistance(pointAt(track, atS, site));
    const vertical = distanceM <= 0 ? heightAgainst(zone, track, site, atS) : "inside";
    if (distanceM < deepestM && vertical !== "outside") {
      deepestM = distanceM;
      deepestS = atS;
      undecided = vertical === "undecided";
    }
    if (distanceM <= 0 && vertical !== "outside") entryS ??= atS;
    if (entryS !== undefined && distanceM > deepestM) break;
    // A bound that is not exact may be far too short; it still moves the march on.
    atS += Math.max(LEAST_STEP_S, Math.abs(distanceM) / speedMps, exact ? 0 : horizonS / MAX_STEPS);
  }
  if (deepestM === Number.POSITIVE_INFINITY) return undefined;
  predictGroundInto(predicted, track.state, deepestS);
  const { bearingRad } = area.nearest(pointAt(track, deepestS, site));
  const acrossM = sigmaAlongM(predicted, Math.sin(bearingRad), Math.cos(bearingRad));
  const probability = normalCdf(-deepestM / Math.max(0.1, rss(acrossM, zone.accuracyM ?? 0)));
  if (entryS === undefined && probability < 0.01) return undefined;
  return { afterS: entryS ?? deepestS, probability, undecided };
}

function pointAt(track: Tracked, atS: number, site: SiteFrame): { latDeg: number; lonDeg: number } {
  if (atS === 0) return track;
  const { posEnuM, velEnuMps } = track.state;
  return placeOut(site, [posEnuM[0] + velEnuMps[0] * atS, posEnuM[1] + velEnuMps[1] * atS, posEnuM[2]]);
}
