import { degFromRad, wrapTurnRad } from "@picket/geo";
import type { PersonState } from "@picket/model";
import { walkedM } from "../standing/people.ts";
import { newGroundState, normalCdf, predictGroundInto } from "../track/ground.ts";
import { placeIn, type SiteFrame } from "../track/site-frame.ts";
import type { Tracked } from "../track/tracked.ts";
import { lateS, type Seen } from "./seen.ts";

/** How one track stands to one person, on the ground. */
export type Encounter = Readonly<{
  distanceM: number;
  /** From the person to the track, clockwise from true north. */
  bearingDeg: number;
  /** Speed at which the distance shrinks now; negative when it grows. */
  closingMps: number;
  closestM: number;
  closestS: number;
  /** Greatest probability, within the look-ahead, of being within the radius. */
  reach: number;
}>;

/** Where a person stands in the site's frame, with the standard deviation of the own position when it was measured, and now. */
export type Standpoint = Readonly<{ eastM: number; northM: number; measuredSigmaM: number; sigmaM: number }>;

/** The person's place in the site's frame, or `undefined` when it is not known. */
export function standpointOf({ position }: PersonState, site: SiteFrame, nowMs: number): Standpoint | undefined {
  if (!position) return undefined;
  const [eastM, northM] = placeIn(site, position, site.groundM);
  const { sigmaM, measuredMs } = position;
  const grownM = walkedM(measuredMs, nowMs);
  return { eastM, northM, measuredSigmaM: Math.sqrt(Math.max(0, sigmaM * sigmaM - grownM * grownM)), sigmaM };
}

/** Instants, as shares of the look-ahead, at which the probability of being near is taken besides now and the closest approach. */
const SHARES = [1 / 6, 1 / 3, 1 / 2, 2 / 3, 1];
/** Beyond this many standard deviations nothing is reached. */
const FAR_SIGMAS = 4;

const predicted = newGroundState();

/** How the track will pass the person within `aheadS`, by straight prediction and its covariance. */
export function encounter(track: Seen, person: Standpoint, radiusM: number, aheadS: number): Encounter {
  const { posEnuM, velEnuMps } = track.state;
  const { eastM, northM, measuredSigmaM, sigmaM } = person;
  const east = posEnuM[0] - eastM;
  const north = posEnuM[1] - northM;
  const [ve, vn] = velEnuMps;
  const distanceM = Math.sqrt(east * east + north * north);
  const speed2 = ve * ve + vn * vn;
  const along = east * ve + north * vn;
  const closestS = speed2 > 0.01 ? Math.min(aheadS, Math.max(0, -along / speed2)) : 0;
  const ce = east + ve * closestS;
  const cn = north + vn * closestS;
  return {
    distanceM,
    bearingDeg: degFromRad(wrapTurnRad(Math.atan2(east, north))),
    closingMps: distanceM > 0.1 ? -along / distanceM : 0,
    closestM: Math.sqrt(ce * ce + cn * cn),
    closestS,
    // Age only adds risk: somebody who may have walked away may as well stand where the phone last was.
    reach: Math.max(
      reachProbability(track, person, measuredSigmaM, { radiusM, aheadS, closestS }),
      sigmaM > measuredSigmaM ? reachProbability(track, person, sigmaM, { radiusM, aheadS, closestS }) : 0,
    ),
  };
}

function reachProbability(
  track: Seen,
  person: Standpoint,
  sigmaM: number,
  { radiusM, aheadS, closestS }: { radiusM: number; aheadS: number; closestS: number },
): number {
  let most = nearProbability(track, person, sigmaM, radiusM, 0);
  // What is seen late is between where it was measured and where that leads to by now. Going back takes the noise of going ahead away.
  const agoS = lateS(track);
  if (agoS > 0) for (const share of SHARES) most = Math.max(most, nearProbability(track, person, sigmaM, radiusM, -share * agoS));
  if (closestS > 0) most = Math.max(most, nearProbability(track, person, sigmaM, radiusM, closestS));
  for (const share of SHARES) most = Math.max(most, nearProbability(track, person, sigmaM, radiusM, share * aheadS));
  return most;
}

/**
 * Probability of being within `radiusM` of the person at one instant: the normal distribution of the relative position over the square
 * of half side `radiusM` that looks along the line of sight.
 */
function nearProbability(track: Tracked, { eastM, northM }: Standpoint, sigmaM: number, radiusM: number, atS: number): number {
  predictGroundInto(predicted, track.state, atS);
  const east = predicted.eastM - eastM;
  const north = predicted.northM - northM;
  const awayM = Math.sqrt(east * east + north * north);
  const ue = awayM > 0.1 ? east / awayM : 1;
  const un = awayM > 0.1 ? north / awayM : 0;
  const own2 = sigmaM * sigmaM;
  const along = Math.sqrt(Math.max(1, ue * ue * predicted.ee + 2 * ue * un * predicted.en + un * un * predicted.nn + own2));
  if (awayM > radiusM + FAR_SIGMAS * along) return 0;
  const across = Math.sqrt(Math.max(1, un * un * predicted.ee - 2 * ue * un * predicted.en + ue * ue * predicted.nn + own2));
  // Risk spread over a wide circle thins out to nothing: what is badly known is judged as if it were known to half the radius, too.
  const most = radiusM / 2;
  return Math.max(within(awayM, radiusM, along, across), within(awayM, radiusM, Math.min(most, along), Math.min(most, across)));
}

function within(awayM: number, radiusM: number, along: number, across: number): number {
  const inLine = normalCdf((radiusM - awayM) / along) - normalCdf((-radiusM - awayM) / along);
  return inLine * (2 * normalCdf(radiusM / across) - 1);
}
