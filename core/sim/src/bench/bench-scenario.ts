import type { EnuM } from "@picket/geo";
import type { Trajectory } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";

/** A radar as a bench scenario's `meta.json` states it: metres, radians and seconds in the scenario's flat ENU. */
export type BenchRadar = Readonly<{
  id: string;
  kind: "polar3d";
  pos: EnuM;
  period: number;
  phase: number;
  pd: number;
  sr: number;
  saz: number;
  sel: number;
  fov: Readonly<{ rmin: number; rmax: number; az0: number; az1: number; el0: number; el1: number }>;
  clutter_per_scan: number;
  delay: readonly [number, number];
  clutter_density?: number;
  /** Standard deviation of the range rate, m/s; a radar without it measures none. */
  srr?: number;
  pd_model?: "notch";
  notch?: Readonly<{ below: number; pd: number }>;
  /** Where terrain hides what is low. */
  coverage?: readonly Readonly<{ az0: number; az1: number; r0: number; r1: number; el_below: number }>[];
  /** Targets in one cell of this size give one plot. */
  cell?: Readonly<{ r: number; az: number; el: number }>;
  /** It looks only between these sides, [x0, x1, y0, y1] m, and its clutter fills the box evenly. */
  box?: readonly [number, number, number, number];
  clutter_density_xyz?: number;
}>;

/** A direction finder, as stated. */
export type BenchFinder = Readonly<{
  id: string;
  kind: "bearing";
  pos: EnuM;
  period: number;
  phase: number;
  pd: number;
  saz: number;
  rmax: number;
  clutter_per_scan: number;
  clutter_density: number;
  delay: readonly [number, number];
  note: string;
}>;

/** A receiver of positions that objects broadcast of themselves, as stated. */
export type BenchReceiver = Readonly<{
  id: string;
  kind: "position";
  pos?: EnuM;
  range?: number;
  sigma?: number;
  pd?: number;
  delay: readonly [number, number];
  note: string;
}>;

/** What a tracker may know of a scenario beforehand. */
export type BenchMeta = Readonly<{
  name: string;
  origin: Readonly<{ lat: number; lon: number; h: number }>;
  duration: number;
  gospa: Readonly<{ c: number; p: number; alpha: number }>;
  t0: number;
  note?: string;
  protected?: readonly Readonly<{ id: string; x: number; y: number; z: number }>[];
  site?: BenchSite;
  sensors: readonly (BenchRadar | BenchFinder | BenchReceiver)[];
}>;

/** What a tracker may know of the ground. */
export type BenchSite = Readonly<{
  turbines: readonly EnuM[];
  road: readonly (readonly [number, number])[];
  water: Readonly<{ x0: number; x1: number; y0: number; y1: number }>;
}>;

export type BenchClass = "drone" | "bird" | "aircraft" | "vehicle" | "balloon";
/** One object of a scenario. */
export type BenchTarget = Readonly<{ id: string; class: BenchClass; trajectory: Trajectory }>;

/** How a radar really is, where `meta.json` may say otherwise. */
export type RadarReality = Readonly<{
  detectionProbability: number;
  clutterPerScan: number;
  /** A part of the circle with more clutter: the mean there is `factor` times what it would be. */
  sector?: Readonly<{ azimuthFromRad: number; azimuthToRad: number; factor: number }>;
  /** When it says nothing at all, in seconds. */
  silent?: readonly [number, number];
  /** Plots that come from things on the ground, besides the clutter that is spread evenly. */
  ground?: readonly GroundClutter[];
  hasFeatures?: boolean;
  /** Errors that do not change: how far it is off in azimuth, elevation (rad) and range (m), and how far its clock is ahead (s). */
  bias?: RadarBias;
}>;

export type RadarBias = Readonly<{ azimuthRad: number; rangeM: number; elevationRad: number; clockS: number }>;

/** Things on the ground that a radar reports: on average `perLook` plots, from places that `place` draws. */
export type GroundClutter = Readonly<{
  features: FeatureClass;
  perLook: number;
  place: (random: Random) => EnuM;
}>;
export type FeatureClass = BenchClass | "clutter" | "turbine" | "tree" | "sea";

/** How a direction finder really is: whom it hears, on the ground too, its error that stays, and its share of gross errors. */
export type FinderReality = Readonly<{
  emitters: readonly string[];
  biasRad: number;
  operators: ReadonlyMap<string, EnuM>;
  gross: number;
}>;

/** What one transmitter says of itself, once a second. `kind` says how true it is; an honest one may be offset or late. */
export type BenchBroadcast = Readonly<{
  rid: string;
  tx?: string;
  target: BenchTarget;
  kind: "genuine" | "spoof" | "datum" | "latency";
  offset: EnuM;
  latencyS: number;
  phaseS: number;
  /** Standard deviations of the stated position, and for how long an error lasts: 0 is a new one each time. */
  errors: Readonly<{ horizontalM: number; verticalM: number; lastsS: number }>;
  /** What it states as its standard deviations. */
  stated: Readonly<{ sx: number; sy: number; sz: number }>;
}>;

/** A scenario before it is played. */
export type BenchScene = Readonly<{
  meta: BenchMeta;
  about: string;
  targets: readonly BenchTarget[];
  radars: ReadonlyMap<string, RadarReality>;
  finders?: ReadonlyMap<string, FinderReality>;
  broadcasts?: readonly BenchBroadcast[];
  impacts?: Readonly<Record<string, BenchImpact>>;
  harmless?: readonly string[];
}>;

/** Where and when an attacker came down: seconds, metres. */
export type BenchImpact = Readonly<{ point: string; t: number; t0: number; miss_m: number }>;

/** A finished scenario in the bench's file format: each line without its newline. Only the scorer may read `truth` and `answers`. */
export type BenchScenario = Readonly<{
  meta: BenchMeta;
  detections: readonly string[];
  truth: readonly string[];
  answers: unknown;
  /** Labelled samples of what radars report of the look of things, where they report it. */
  samples?: readonly string[];
}>;

/** Where a look-alike departs from the bench's own: harder, or with a `meta.json` that states what is not so. */
export type BenchOptions = Readonly<{
  seed: string | number;
  detectionProbability?: number;
  clutterPerScan?: number;
  /** How many drones there are, in the kinds whose number may vary: S3, S4, S4m, S7 and S8. */
  targets?: number;
  durationS?: number;
  /** The statement stays as it is while every radar detects with 0.7 and one sector of 60° has three times the clutter; in R1 one is biased. */
  lies?: boolean;
}>;
