import type { AssessedTrack, Assessment, ClassProbabilities, Ellipse, Height } from "@picket/model";
import { newGroundState, predictGroundInto, sigmaAlongM, toEllipse } from "../track/ground.ts";
import { placeOut, type SiteFrame } from "../track/site-frame.ts";
import type { ZoneLevel } from "./level.ts";
import type { Seen } from "./seen.ts";
import type { Threat } from "./threat.ts";

type ZoneView = Assessment["zones"][number];

/** A track with its assessment and the people it may reach. */
export type Assessed = Seen & Readonly<{ assessment: Assessment; zoneLevels: readonly ZoneLevel[]; threats: readonly Threat[] }>;

/** The track's path is shown at these times ahead. */
const AHEAD_S = [10, 20, 30];
const MAX_CONTRIBUTIONS = 64;

const scratch = newGroundState();

/** The track as everybody else sees it, its figures rounded to what they can mean: a centimetre of place, a decimetre of spread. */
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
    existence: rounded(state.existence, MILLIONTH),
    latDeg: rounded(track.latDeg, CENTIMETRE_DEG),
    lonDeg: rounded(track.lonDeg, CENTIMETRE_DEG),
    ellipse: roundedEllipse(track.ellipse),
    ...(track.height && { height: roundedHeight(track.height) }),
    ...(track.agl && { heightAglM: rounded(track.agl.heightM, HUNDREDTH) }),
    eastMps: rounded(eastMps, THOUSANDTH),
    northMps: rounded(northMps, THOUSANDTH),
    ...(state.heightKnown && { upMps: rounded(upMps, THOUSANDTH) }),
    speedSigmaMps: rounded(speedSigmaMps(track), THOUSANDTH),
    classes: roundedClasses(track.classes),
    identities: [...track.identities],
    affiliation: track.affiliation,
    ...(track.authorisation !== undefined && { authorisation: track.authorisation }),
    ...(track.declaration && { declaration: track.declaration }),
    contributions: state.contributions.slice(0, MAX_CONTRIBUTIONS).map(({ sensor, ...rest }) => ({
      sensor: sensor as AssessedTrack["contributions"][number]["sensor"],
      ...rest,
    })),
    ...(track.group && { group: roundedGroup(track.group) }),
    predictions: AHEAD_S.map((aheadS) => {
      predictGroundInto(scratch, state, aheadS);
      const { latDeg, lonDeg } = placeOut(site, [scratch.eastM, scratch.northM, state.posEnuM[2]]);
      return {
        atMs: nowMs + aheadS * 1000,
        latDeg: rounded(latDeg, CENTIMETRE_DEG),
        lonDeg: rounded(lonDeg, CENTIMETRE_DEG),
        ellipse: roundedEllipse(toEllipse(scratch)),
      };
    }),
    assessment: { ...track.assessment, zones: track.assessment.zones.map(roundedView) },
  };
}

const CENTIMETRE_DEG = 1e7;
const MILLIONTH = 1e6;
const THOUSANDTH = 1000;
const HUNDREDTH = 100;
const TENTH = 10;

/** To the nearest of so many parts of one; never -0, which some writers of numbers tell apart from 0. */
const rounded = (value: number, parts: number): number => Math.round(value * parts) / parts + 0;

const roundedGroup = ({ latDeg, lonDeg, radiusM, ...rest }: NonNullable<Assessed["group"]>) => ({
  ...rest,
  latDeg: rounded(latDeg, CENTIMETRE_DEG),
  lonDeg: rounded(lonDeg, CENTIMETRE_DEG),
  radiusM: rounded(radiusM, TENTH),
});

const roundedEllipse = ({ semiMajorM, semiMinorM, orientationDeg }: Ellipse): Ellipse => ({
  semiMajorM: rounded(semiMajorM, TENTH),
  semiMinorM: rounded(semiMinorM, TENTH),
  orientationDeg: rounded(orientationDeg, TENTH),
});

const roundedHeight = ({ valueM, sigmaM, reference }: Height): Height => ({
  valueM: rounded(valueM, HUNDREDTH),
  sigmaM: rounded(sigmaM, HUNDREDTH),
  reference,
});

const roundedClasses = (classes: ClassProbabilities): ClassProbabilities => ({
  multirotor: rounded(classes.multirotor, MILLIONTH),
  fixedWing: rounded(classes.fixedWing, MILLIONTH),
  bird: rounded(classes.bird, MILLIONTH),
  mannedAircraft: rounded(classes.mannedAircraft, MILLIONTH),
  balloon: rounded(classes.balloon, MILLIONTH),
  other: rounded(classes.other, MILLIONTH),
});

const roundedView = (view: ZoneView): ZoneView => ({
  ...view,
  distanceM: rounded(view.distanceM, TENTH),
  ...(view.entryS !== undefined && { entryS: rounded(view.entryS, TENTH) }),
  ...(view.entryProbability !== undefined && { entryProbability: rounded(view.entryProbability, THOUSANDTH) }),
});

/** Standard deviation of the speed along the course. */
function speedSigmaMps({ state: { velEnuMps, covariance } }: Assessed): number {
  const velocity = { ...scratch, ee: covariance[21] as number, en: covariance[22] as number, nn: covariance[28] as number };
  return sigmaAlongM(velocity, velEnuMps[0], velEnuMps[1]);
}
