import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  checkSensors,
  type ErrorEllipse,
  type TrackerClass,
  type TrackerDetection,
  type TrackerLook,
  type TrackerSensor,
} from "@picket/tracker";
import {
  badData,
  type Entry,
  needNumbers,
  needObject,
  needObjects,
  readLines,
  readObject,
  streamLines,
} from "./scenario-file.ts";
import { type FeatureModel, type FeatureSample, featureLikelihoods, learnFeatures } from "./track-features.ts";

/** What a tracker may know of a scenario of the bench. Times are milliseconds since the scenario began. */
export type Scenario = Readonly<{
  durationS: number;
  origin: Readonly<{ latDeg: number; lonDeg: number; altHaeM: number }>;
  sensors: readonly TrackerSensor[];
  sensorLines: readonly SensorLine[];
  features: FeatureModel | undefined;
}>;

/** A sensor as `meta.json` states it: seconds, metres, radians. */
export type SensorLine = Readonly<{
  id: string;
  kind: "polar3d" | "bearing" | "position";
  pos?: readonly [number, number, number];
  period?: number;
  pd?: number;
  fov?: Readonly<{ rmin: number; rmax: number; az0: number; az1: number; el0: number; el1: number }>;
  box?: readonly [number, number, number, number];
  rmax?: number;
  range?: number;
  clutter_per_scan?: number;
  clutter_density_xyz?: number;
  cell?: Readonly<{ r: number; az: number; el: number }>;
  notch?: Readonly<{ below: number; pd: number }>;
  coverage?: readonly Readonly<{ az0: number; az1: number; r0: number; r1: number; el_below: number }>[];
}>;

type Meta = Readonly<{
  duration: number;
  origin: Readonly<{ lat: number; lon: number; h: number }>;
  sensors: readonly SensorLine[];
}>;

type DetectionLine = Readonly<{
  t: number;
  received: number;
  sensor: string;
  kind: "scan" | "polar3d" | "bearing" | "position";
  n: number;
  r: number;
  az: number;
  el: number;
  sr: number;
  saz: number;
  sel: number;
  rr?: number;
  srr?: number;
  rcs?: number;
  md?: number;
  x: number;
  y: number;
  z: number;
  sx: number;
  sy: number;
  sz: number;
  rid?: string;
  tx?: string;
  stamp?: number;
}>;

/** What a detection of each kind must state. */
const KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ["polar3d", ["r", "az", "el", "sr", "saz", "sel"]],
  ["bearing", ["az", "saz"]],
  ["position", ["x", "y", "z", "sx", "sy", "sz"]],
]);

/** Before a broadcast identity, as a claim. */
export const CLAIM_PREFIX = "rid:";

/**
 * Reads `meta.json` and, where there is one, learns the features' meaning from `features-train.jsonl.gz`. Throws {@link CommandError} for
 * files that are not there or hold something else.
 */
export function readScenario(dir: string): Scenario {
  const file = join(dir, "meta.json");
  const meta = readMeta(file);
  const samples = join(dir, "features-train.jsonl.gz");
  const features = existsSync(samples) ? learnFeatures(readLines(samples).map(toSample)) : undefined;
  const { lat: latDeg, lon: lonDeg, h: altHaeM } = meta.origin;
  const sensors = meta.sensors.map(toSensor);
  try {
    checkSensors(sensors);
  } catch (error) {
    throw error instanceof RangeError ? badData(file, error.message) : error;
  }
  return {
    durationS: meta.duration,
    origin: { latDeg, lonDeg, altHaeM },
    sensors,
    sensorLines: meta.sensors,
    features,
  };
}

function readMeta(file: string): Meta {
  const meta = readObject(file);
  needNumbers(meta, ["duration"]);
  needNumbers(needObject(meta, "origin"), ["lat", "lon", "h"]);
  for (const { where, value } of needObjects(meta, "sensors")) {
    if (typeof value["id"] !== "string") throw badData(where, `id must be text, got ${JSON.stringify(value["id"])}`);
    if (!KINDS.has(String(value["kind"])))
      throw badData(where, `kind must be one of ${[...KINDS.keys()].join(", ")}, got ${JSON.stringify(value["kind"])}`);
  }
  return meta.value as Meta;
}

function toSample(entry: Entry): FeatureSample {
  needNumbers(entry, ["rcs", "md"]);
  return entry.value as FeatureSample;
}

/** A direction finder and a broadcast receiver hear who happens to send: they have no revisit time, and their silence says nothing. */
function toSensor(line: SensorLine): TrackerSensor {
  const { fov, box, notch, cell } = line;
  return {
    id: line.id,
    posEnuM: line.pos ?? [0, 0, 0],
    detectionProbability: line.pd ?? 0.9,
    ...(line.kind === "polar3d" && line.period !== undefined && { revisitMs: line.period * 1000 }),
    ...(line.clutter_per_scan !== undefined && { clutterPerLook: line.clutter_per_scan }),
    ...(fov && {
      fieldOfView: {
        rangeMinM: fov.rmin,
        rangeMaxM: fov.rmax,
        azimuthFromRad: fov.az0,
        azimuthToRad: fov.az1,
        elevationMinRad: fov.el0,
        elevationMaxRad: fov.el1,
      },
    }),
    ...(box && { boxEnuM: boxOf(line, box) }),
    ...(cell && { resolution: { rangeM: cell.r, azimuthRad: cell.az, elevationRad: cell.el, parts: "byGrid" } }),
    ...(notch && { notch: { belowMps: notch.below, pD: notch.pd } }),
    ...(line.coverage && {
      shadows: line.coverage.map((hidden) => ({
        azimuthFromRad: hidden.az0,
        azimuthToRad: hidden.az1,
        rangeFromM: hidden.r0,
        rangeToM: hidden.r1,
        elevationBelowRad: hidden.el_below,
      })),
    }),
  };
}

/** A box is stated by its sides; its height follows from how thinly its clutter is spread. */
function boxOf(line: SensorLine, [x0, x1, y0, y1]: NonNullable<SensorLine["box"]>): NonNullable<TrackerSensor["boxEnuM"]> {
  const area = (x1 - x0) * (y1 - y0);
  const heightM = line.clutter_density_xyz ? (line.clutter_per_scan ?? 0) / (line.clutter_density_xyz * area) : 500;
  return { min: [x0, y0, -50], max: [x1, y1, heightM + 50] };
}

/** Looks in order of delivery. Throws {@link CommandError} as {@link readScenario} does. */
export async function* readLooks(dir: string, { sensors, features }: Scenario): AsyncGenerator<TrackerLook> {
  const known = new Set(sensors.map(({ id }) => id));
  let head: DetectionLine | undefined;
  let detections: TrackerDetection[] = [];
  for await (const entry of streamLines(join(dir, "detections.jsonl.gz"))) {
    const line = toLine(entry, known);
    if (line.kind === "scan") {
      if (head) yield lookOf(head, detections);
      head = line;
      detections = [];
    } else detections.push(toDetection(line, features));
  }
  if (head) yield lookOf(head, detections);
}

function toLine(entry: Entry, sensors: ReadonlySet<string>): DetectionLine {
  const { kind, sensor } = entry.value;
  const numbers = kind === "scan" ? ["t", "received"] : KINDS.get(String(kind));
  if (!numbers)
    throw badData(entry.where, `kind must be one of scan, ${[...KINDS.keys()].join(", ")}, got ${JSON.stringify(kind)}`);
  needNumbers(entry, numbers);
  if (!sensors.has(String(sensor))) throw badData(entry.where, `meta.json names no sensor ${JSON.stringify(sensor)}`);
  return entry.value as DetectionLine;
}

const lookOf = (head: DetectionLine, detections: readonly TrackerDetection[]): TrackerLook => ({
  sensor: head.sensor,
  measuredMs: head.t * 1000,
  receivedMs: head.received * 1000,
  detections,
});

function toDetection(line: DetectionLine, features: FeatureModel | undefined): TrackerDetection {
  switch (line.kind) {
    case "polar3d":
      return {
        measurement: {
          kind: "polar",
          rangeM: line.r,
          rangeSigmaM: line.sr,
          azimuthRad: line.az,
          azimuthSigmaRad: line.saz,
          elevationRad: line.el,
          elevationSigmaRad: line.sel,
          ...(line.rr !== undefined && { rangeRateMps: line.rr, rangeRateSigmaMps: line.srr ?? 1 }),
        },
        ...(features && line.rcs !== undefined && line.md !== undefined && featureLikelihoods(features, line.rcs, line.md)),
      };
    case "bearing":
      return { measurement: { kind: "bearing", azimuthRad: line.az, azimuthSigmaRad: line.saz } };
    default:
      return {
        measurement: {
          kind: "position",
          posEnuM: [line.x, line.y, line.z],
          horizontalSigmaM: Math.max(line.sx, line.sy),
          ...(line.sx !== line.sy && { ellipse: ellipseOf(line.sx, line.sy) }),
          verticalSigmaM: line.sz,
        },
        ...(line.rid !== undefined && { claim: `${CLAIM_PREFIX}${line.rid}` }),
        ...(line.tx !== undefined && line.stamp !== undefined && { origin: `${line.tx}/${line.rid}/${line.stamp}` }),
      };
  }
}

/** Errors along east and along north, independent of each other. */
const ellipseOf = (eastM: number, northM: number): ErrorEllipse => ({
  semiMajorM: Math.max(eastM, northM),
  semiMinorM: Math.min(eastM, northM),
  bearingRad: eastM > northM ? Math.PI / 2 : 0,
});

/** The bench's word for a class. */
export const CLASS_WORD: Readonly<Record<TrackerClass, string>> = {
  multirotor: "drone",
  fixedWing: "drone",
  bird: "bird",
  mannedAircraft: "aircraft",
  balloon: "balloon",
  other: "clutter",
};
