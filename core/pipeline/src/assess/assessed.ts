import type { AssessedTrack, Assessment } from "@picket/model";
import { newGroundState, predictGroundInto, sigmaAlongM, toEllipse } from "../track/ground.ts";
import { placeOut, type SiteFrame } from "../track/site-frame.ts";
import type { ZoneLevel } from "./level.ts";
import type { Seen } from "./seen.ts";
import type { Threat } from "./threat.ts";

/** A track with its assessment and the people it may reach. */
export type Assessed = Seen & Readonly<{ assessment: Assessment; zoneLevels: readonly ZoneLevel[]; threats: readonly Threat[] }>;

/** The track's path is shown at these times ahead. */
const AHEAD_S = [10, 20, 30];
const MAX_CONTRIBUTIONS = 64;

const scratch = newGroundState();

/** The track as everybody else sees it. */
export function toAssessedTrack(track: Assessed, site: SiteFrame, nowMs: number): AssessedTrack {
  const { state } = track;
  const [eastMps, northMps, upMps] = state.velEnuMps;
  predictGroundInto(scratch, state, 0);
  return {
    id: track.id,
    reality: track.reality,
    nowMs,
    firstMs: state.firstMs,
    measuredMs: state.measuredMs,
    confirmed: state.confirmed,
    existence: state.existence,
    latDeg: track.latDeg,
    lonDeg: track.lonDeg,
    ellipse: track.ellipse,
    ...(track.height && { height: track.height }),
    ...(track.agl && { heightAglM: track.agl.heightM }),
    eastMps,
    northMps,
    ...(state.heightKnown && { upMps }),
    speedSigmaMps: speedSigmaMps(track),
    classes: track.classes,
    identities: [...track.identities],
    affiliation: track.affiliation,
    ...(track.authorisation !== undefined && { authorisation: track.authorisation }),
    ...(track.declaration && { declaration: track.declaration }),
    contributions: state.contributions.slice(0, MAX_CONTRIBUTIONS).map(({ sensor, lastMs, hits }) => ({
      sensor: sensor as AssessedTrack["contributions"][number]["sensor"],
      lastMs,
      hits,
    })),
    ...(state.group && { group: state.group }),
    predictions: AHEAD_S.map((aheadS) => {
      predictGroundInto(scratch, state, aheadS);
      const { latDeg, lonDeg } = placeOut(site, [scratch.eastM, scratch.northM, state.posEnuM[2]]);
      return { atMs: nowMs + aheadS * 1000, latDeg, lonDeg, ellipse: toEllipse(scratch) };
    }),
    assessment: track.assessment,
  };
}

/** Standard deviation of the speed along the course. */
function speedSigmaMps({ state: { velEnuMps, covariance } }: Assessed): number {
  const velocity = { ...scratch, ee: covariance[21] as number, en: covariance[22] as number, nn: covariance[28] as number };
  return sigmaAlongM(velocity, velEnuMps[0], velEnuMps[1]);
}
