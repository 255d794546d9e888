import type { Trajectory } from "../motion/trajectory.ts";
import type { Random } from "../random.ts";

/** A radar as a bench scenario's `meta.json` states it: metres, radians and seconds in the scenario's flat ENU. */
export type BenchRadar = Readonly<{
  id: string;
  kind: "polar3d";
  pos: readonly [number, number, number];
  period: number;
  phase: number;
  pd: number;
  sr: number;
  saz: number;
  sel: number;
  fov: Readonly<{ rmin: number; rmax: number; az0: number; az1: number; el0: number; el1: number }>;
  clutter_per_scan: number;
  delay: readonly [number, number];
  clutter_density: number;
}>;

/** What a tracker may know of a scenario beforehand. */
export type BenchMeta = Readonly<{
  name: string;
  origin: Readonly<{ lat: number; lon: number; h: number }>;
  duration: number;
  gospa: Readonly<{ c: number; p: number; alpha: number }>;
  t0: number;
  sensors: readonly BenchRadar[];
}>;

/** One object of a scenario. */
export type BenchTarget = Readonly<{ id: string; class: "drone"; trajectory: Trajectory }>;

/** How the sensors really are, where `meta.json` may say otherwise. */
export type BenchReality = Readonly<{
  detectionProbability: number;
  clutterPerScan: number;
  /** A part of the circle with more clutter: the mean there is `factor` times what it would be. */
  sector?: Readonly<{ azimuthFromRad: number; azimuthToRad: number; factor: number }>;
}>;

export type BenchScene = Readonly<{
  meta: BenchMeta;
  targets: readonly BenchTarget[];
  reality: BenchReality;
  about: string;
  random: Random;
}>;

/** A finished scenario in the bench's file format: each line without its newline. Only the scorer may read `truth` and `answers`. */
export type BenchScenario = Readonly<{
  meta: BenchMeta;
  detections: readonly string[];
  truth: readonly string[];
  answers: unknown;
}>;
