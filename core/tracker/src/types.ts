import type { Spell } from "./looks/spell.ts";

/** Metres in the site's East-North-Up frame: [east, north, up]. */
export type EnuM = readonly [number, number, number];

/**
 * A sensor as the tracker sees it: where it stands in the site's frame, how its own frame is turned, and what it could see.
 * Figures are what the sensor's sheet says: a start for what is estimated online, never a truth.
 */
export type TrackerSensor = Readonly<{
  id: string;
  posEnuM: EnuM;
  /** Rotation from the sensor's own ENU to the site's, 3×3 row-major; absent means the frames are parallel. */
  toSite?: readonly number[];
  /** What its azimuths were turned by before they came here, in any words: when it changes, what was learned of its bias holds no longer. */
  northing?: string;
  /** Probability of detecting a small drone that is in view. */
  detectionProbability: number;
  /** Time from one look at a place to the next; absent for a sensor that hears broadcasts as they come. */
  revisitMs?: number;
  /** Mean number of false detections in one look. */
  clutterPerLook?: number;
  fieldOfView?: FieldOfView;
  /** When the sensor looks only inside a box of the site's frame: corners of least and greatest east, north, up. */
  boxEnuM?: Readonly<{ min: EnuM; max: EnuM }>;
  /** A radar's Doppler notch: below this radial speed it detects with probability `pD` only. */
  notch?: Readonly<{ belowMps: number; pD: number }>;
  /**
   * Two targets nearer than this in all three give one plot between them. `byGrid`: only where they lie in one cell of a grid of that size, so
   * that two near each other are parted now and then.
   */
  resolution?: Readonly<{ rangeM: number; azimuthRad: number; elevationRad: number; parts: "byWidth" | "byGrid" }>;
  /** Parts of the field of view that terrain hides: below `elevationBelowRad` nothing is seen. */
  shadows?: readonly Shadow[];
}>;

/** Azimuth clockwise from true north in the sensor's own frame, from `azimuthFromRad` clockwise to `azimuthToRad`; elevation up. */
export type FieldOfView = Readonly<{
  rangeMinM: number;
  rangeMaxM: number;
  azimuthFromRad: number;
  azimuthToRad: number;
  elevationMinRad: number;
  elevationMaxRad: number;
}>;

export type Shadow = Readonly<{
  azimuthFromRad: number;
  azimuthToRad: number;
  rangeFromM: number;
  rangeToM: number;
  elevationBelowRad: number;
}>;

/**
 * The one-sigma ellipse of errors that are not the same in every direction: half axes in metres, and the direction of the longer one, clockwise
 * from the site's north.
 */
export type ErrorEllipse = Readonly<{ semiMajorM: number; semiMinorM: number; bearingRad: number }>;

/** What one detection measured, in the sensor's own frame for angles and ranges, in the site's frame for positions. */
export type TrackerMeasurement =
  | Readonly<{
      kind: "polar";
      rangeM: number;
      rangeSigmaM: number;
      azimuthRad: number;
      azimuthSigmaRad: number;
      /** Absent for a 2-D radar. */
      elevationRad?: number;
      elevationSigmaRad?: number;
      /** Receding is positive. */
      rangeRateMps?: number;
      rangeRateSigmaMps?: number;
    }>
  | Readonly<{ kind: "bearing"; azimuthRad: number; azimuthSigmaRad: number; elevationRad?: number; elevationSigmaRad?: number }>
  | Readonly<{
      kind: "position";
      posEnuM: EnuM;
      /** In every direction, and not read where there is an ellipse. */
      horizontalSigmaM: number;
      ellipse?: ErrorEllipse;
      /** Absent when the height is not known: `posEnuM[2]` is then not read. */
      verticalSigmaM?: number;
      velEnuMps?: EnuM;
      velocitySigmaMps?: number;
    }>
  | Readonly<{ kind: "range"; rangeM: number; rangeSigmaM: number }>
  /** Range to this sensor less range to the other, which the tracker knows by its id. */
  | Readonly<{ kind: "rangeDifference"; otherSensor: string; differenceM: number; sigmaM: number }>
  /** Somewhere between two azimuths, clockwise. Like a presence it sustains existence and is never a position. */
  | Readonly<{ kind: "sector"; azimuthFromRad: number; azimuthToRad: number; rangeMaxM?: number }>
  /** Heard within this distance; when it is absent, within the sensor's reach. */
  | Readonly<{ kind: "presence"; radiusM?: number }>;

/** The classes that class likelihoods speak of. */
export type TrackerClass = (typeof CLASS_NAMES)[number];
export const CLASS_NAMES = ["multirotor", "fixedWing", "bird", "mannedAircraft", "balloon", "other"] as const;

export type TrackerDetection = Readonly<{
  measurement: TrackerMeasurement;
  /** A direction finder often hears the pilot's controller on the ground, which is of no track; `unknown` when it cannot tell. */
  emitter?: "aircraft" | "controller" | "unknown";
  /** Sound arrives late by range over the speed of sound. */
  propagation?: "light" | "sound";
  classLikelihoods?: Readonly<Partial<Record<TrackerClass, number>>>;
  /** Likelihood of the same features when the detection is clutter: nothing at all, a turbine's blade, the sea. */
  clutterLikelihood?: number;
  /** Who the detection claims to be, such as `serial:1581F…`: sustains identity, never by itself a position. */
  claim?: string;
  /** Detections with the same origin are one piece of evidence, however many receivers heard it. */
  origin?: string;
  /** What the sensor itself calls the object. Told with its track, and decides nothing. */
  object?: string;
  /** True when another tracker made it: what it has in common with ours is unknown. */
  filtered?: boolean;
}>;

/** One look of one sensor at its region, even when it saw nothing. */
export type TrackerLook = Readonly<{
  sensor: string;
  measuredMs: number;
  measuredSigmaMs?: number;
  receivedMs: number;
  /** The part of the field of view that was looked at, clockwise; absent means all of it. */
  sector?: Readonly<{ azimuthFromRad: number; azimuthToRad: number }>;
  detections: readonly TrackerDetection[];
}>;

/** One object over time, at the time it was asked for. */
export type TrackState = Readonly<{
  /** Counts up from 1 within one tracker and is never used again. */
  serial: number;
  posEnuM: EnuM;
  velEnuMps: EnuM;
  /** Covariance of [e, n, u, ve, vn, vu], 6×6 row-major, m² / m²·s⁻¹ / m²·s⁻². */
  covariance: Float64Array;
  existence: number;
  /** Latched when existence passed the confirmation threshold. */
  confirmed: boolean;
  firstMs: number;
  /** Time of the newest detection in the track, its own or one that it shares with others of its group. */
  measuredMs: number;
  /** False while no sensor has measured its height: up is then a prior only. */
  heightKnown: boolean;
  classProbabilities: Readonly<Record<TrackerClass, number>>;
  /** Per sensor: newest detection, how many, and what the sensor called the object in the newest. */
  contributions: readonly Readonly<{ sensor: string; lastMs: number; hits: number; object?: string }>[];
  /** Per claimed identity: how many detections that carried it were associated, with what summed probability, and those that spoke against. */
  claims: readonly Readonly<{ claim: string; hits: number; weight: number; against: number; lastMs: number }>[];
  /** Where targets cannot be resolved: the group that it is one of. */
  group?: TrackGroup;
}>;

/** Tracks whose plots merge: every member goes on by itself and tells the same of the group. */
export type TrackGroup = Readonly<{
  /** Serial of the member that stands for the group: the oldest confirmed one. */
  leader: number;
  /** So many tracks that are told are members. */
  tracks: number;
  /** Expected number of targets. */
  about: number;
  /** So many are surely there: each was shown by a plot of its own before, and nothing has spoken against it since. */
  atLeast: number;
  /** The circle on the ground that holds all members. */
  centreEnuM: EnuM;
  radiusM: number;
}>;

/** Why a track is no longer there. */
export type TrackEnd = Readonly<{ serial: number; endMs: number }> &
  (Readonly<{ reason: "existence" | "stale" }> | Readonly<{ reason: "merged"; mergedInto: number }>);

/** A look, a detection or a reference that could not be used, by stable code; `unknown-sensor` names whom nobody knows, be it a difference's other. */
export type TrackerRejection = Readonly<{
  code: "not-finite" | "absurd" | "unknown-sensor" | "too-late" | "unusable-reference";
  sensor: string;
  count: number;
}>;

export type Tracker = {
  /** Takes one look; late ones up to 3 s are used as if they had come in time. */
  look(look: TrackerLook): void;
  /** Adds, moves or removes sensors; tracks stay. */
  sensors(sensors: readonly TrackerSensor[]): void;
  /** Every track that is worth showing or warning of, predicted to `nowMs`, confirmed or not; ordered by serial. */
  tracks(nowMs: number): readonly TrackState[];
  /** Tracks that ended since the last call; they are remembered until somebody asks. */
  takeEnded(): readonly TrackEnd[];
  takeRejections(): readonly TrackerRejection[];
  /** By sensor, what its looks were too crowded for; a sensor that is not in it was worked out in full. */
  crowding(): ReadonlyMap<string, Crowding>;
  snapshot(): Uint8Array;
};

/**
 * Looks of one sensor in which whose plot is whose was worked out less well than it could be. `pairedOnce`: too many pairs to work it out again
 * where tracks that fly together have moved to. `unsettled`: probabilities that were still changing when they were taken as they were.
 */
export type Crowding = Readonly<{ pairedOnce?: Spell; unsettled?: Spell }>;
