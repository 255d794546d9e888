import type { Height, Zone } from "@picket/model";
import { frameHeight, rss, type SiteFrame } from "../track/site-frame.ts";
import type { Tracked } from "../track/tracked.ts";

/** Whether a track's height lies between a zone's floor and ceiling; `undecided` counts as inside. */
export type Vertical = "inside" | "outside" | "undecided";

/** A height must be this many standard deviations beyond a limit before it counts as outside. */
const SURE_SIGMAS = 2;
/** Added to the variance of a height per second of prediction: (2 m/s)². */
const CLIMB_SIGMA_MPS = 2;

/** Where the track will be, `aheadS` from now, between the zone's floor and ceiling. */
export function verticalRelation(zone: Zone, track: Tracked, site: SiteFrame, aheadS = 0): Vertical {
  const margins: (number | undefined)[] = [];
  if (zone.floor) margins.push(clearance(track, zone.floor, site, aheadS, 1));
  if (zone.ceiling) margins.push(clearance(track, zone.ceiling, site, aheadS, -1));
  if (margins.some((margin) => margin !== undefined && margin < -SURE_SIGMAS)) return "outside";
  return margins.some((margin) => margin === undefined || margin < SURE_SIGMAS) ? "undecided" : "inside";
}

/** How far above a limit the track is (below it, for `side` −1), in standard deviations; `undefined` when it cannot be known. */
function clearance(track: Tracked, limit: Height, site: SiteFrame, aheadS: number, side: 1 | -1): number | undefined {
  const climbM = track.state.velEnuMps[2] * aheadS;
  const growM = CLIMB_SIGMA_MPS * aheadS;
  if (limit.reference === "agl") {
    if (!track.agl) return undefined;
    return (side * (track.agl.heightM + climbM - limit.valueM)) / Math.max(0.1, rss(track.agl.sigmaM, limit.sigmaM, growM));
  }
  const limitM = frameHeight(site, limit, track);
  if (!limitM || !track.height || !track.agl) return undefined;
  const heightM = site.groundM + track.agl.heightM;
  return (side * (heightM + climbM - limitM.heightM)) / Math.max(0.1, rss(track.height.sigmaM, limitM.sigmaM, growM));
}
