import { type Rejections, reject, usable } from "../looks/intake.ts";
import type { TrackerLook, TrackerRejection, TrackerSensor } from "../types.ts";
import { NO_BIAS, type SensorBias } from "./bias.ts";
import { newEvidence } from "./evidence.ts";
import { isAsEstimated, isInView, isWithin, NEAR_M } from "./expected-plot.ts";
import { noteFound, noteMissed } from "./lost.ts";
import { addPair, offsetOf, type Plot, type Sight, sightOf } from "./pair.ts";
import { addFix, type Fix, type ReferencePath, type ReferenceState, stateAt } from "./reference-path.ts";
import {
  acceptEstimate,
  biasOf,
  isOfPose,
  isToAccept,
  newRegistration,
  type Registration,
  reconsider,
  residualOf,
  type SensorRegistration,
  toldOf,
} from "./registration.ts";

/** How a claim stands that a position was broadcast under. */
export type ClaimVerdict = "genuine" | "unconfirmed" | "contradicted";

/** Plain data: what a snapshot holds. */
export type RegistrarState = {
  paths: Map<string, ReferencePath & { genuineMs?: number }>;
  waiting: WaitingLook[];
  sensors: Map<string, SensorRegistration>;
  consideredMs?: number;
};
type WaitingLook = Pick<TrackerLook, "sensor" | "measuredMs" | "sector"> & { plots: Plot[] };

/** Learns each sensor's bias from objects that truly say where they are. */
export type Registrar = {
  /** Takes a look as the sensor gave it, less what a tracker would refuse. `verdictOf` says how a claim stands. */
  hear(look: TrackerLook, verdictOf: (claim: string) => ClaimVerdict | undefined): void;
  /** Works out what has become known by `nowMs`. */
  advance(nowMs: number): void;
  /** What the sensor's looks are to be corrected by. */
  bias(sensor: string): SensorBias;
  /** One standard deviation of what is left of its bias then. */
  residual(sensor: string): SensorBias;
  /** A person has accepted a step; false when there is no such sensor, no step, or nobody was heard lately that tells of it. */
  accept(sensor: string, nowMs: number): boolean;
  /** Adds or removes sensors; one that was moved or turned begins anew. */
  sensors(sensors: readonly TrackerSensor[]): void;
  registrations(): readonly Registration[];
  /** What could not be used since the last call, and references of which nothing could be worked out. */
  takeRejections(): readonly TrackerRejection[];
  state(): RegistrarState;
};

/** Plots wait until every position around their time has been heard. */
const WAIT_MS = 4000;
const WAITING_KEPT = 256;
const PLOTS_KEPT = 64;
const PATHS_KEPT = 64;
const PATH_FORGET_MS = 60_000;
/** What was genuine lately is still a reference while nothing contradicts it: a sensor that turns makes every claim look unconfirmed. */
const GENUINE_MS = 60_000;
/**
 * After so many looks without a plot where the estimate has one, what the reference said before is forgotten and its plot is searched for to
 * both sides: the sensor may have turned. While the sensor is lost, it is searched for all around.
 */
const TURNED_AFTER = 5;
const SEARCH_RAD = 0.26;
/** Slower than this a drone hovers, as far as a radar is concerned. */
const HOVERS_MPS = 1;
const CONSIDER_MS = 1000;

export const newRegistrarState = (): RegistrarState => ({ paths: new Map(), waiting: [], sensors: new Map() });

/** Sensors that were set up otherwise when the state was written begin anew. */
export function createRegistrar(initial: readonly TrackerSensor[], state: RegistrarState = newRegistrarState()): Registrar {
  let poses = new Map(initial.map((sensor) => [sensor.id, sensor]));
  forgetMoved(state, poses);
  const rejections: Rejections = new Map();
  return {
    hear(heard, verdictOf) {
      const look = usable(heard, rejections);
      if (!look) return;
      hearFixes(state, look, verdictOf);
      const pose = poses.get(look.sensor);
      if (pose) keepPlots(state, look, pose);
    },
    advance(nowMs) {
      const ripe = state.waiting.findIndex(({ measuredMs }) => measuredMs > nowMs - WAIT_MS);
      for (const look of state.waiting.splice(0, ripe < 0 ? state.waiting.length : ripe)) {
        const pose = poses.get(look.sensor);
        if (pose) takeLook(state, look, pose);
      }
      if (nowMs - (state.consideredMs ?? Number.NEGATIVE_INFINITY) < CONSIDER_MS) return;
      state.consideredMs = nowMs;
      for (const [sensor, registration] of state.sensors)
        for (let left = reconsider(registration, nowMs); left > 0; left--) reject(rejections, "unusable-reference", sensor);
      for (const [claim, { fixes }] of state.paths)
        if (nowMs - (fixes.at(-1)?.atMs ?? 0) > PATH_FORGET_MS) state.paths.delete(claim);
    },
    bias(sensor) {
      const registration = state.sensors.get(sensor);
      return registration?.applied.some((value) => value !== 0) ? biasOf(registration.applied) : NO_BIAS;
    },
    residual(sensor) {
      const registration = state.sensors.get(sensor);
      const units = registration ? residualOf(registration) : [];
      return units.length > 0 ? biasOf(units) : NO_BIAS;
    },
    accept(sensor, nowMs) {
      const registration = state.sensors.get(sensor);
      if (!registration || !isToAccept(registration, nowMs)) return false;
      acceptEstimate(registration);
      return true;
    },
    sensors(next) {
      poses = new Map(next.map((sensor) => [sensor.id, sensor]));
      forgetMoved(state, poses);
    },
    registrations: () =>
      [...state.sensors].map(([sensor, registration]) => toldOf(sensor, registration, state.consideredMs ?? Number.NaN)),
    takeRejections() {
      const taken = [...rejections.values()];
      rejections.clear();
      return taken;
    },
    state: () => state,
  };
}

/** What is known of a sensor that is gone, or set up otherwise now, and the looks it gave before. */
function forgetMoved(state: RegistrarState, poses: ReadonlyMap<string, TrackerSensor>): void {
  for (const [id, registration] of state.sensors) {
    if (isOfPose(registration, poses.get(id))) continue;
    state.sensors.delete(id);
    state.waiting = state.waiting.filter(({ sensor }) => sensor !== id);
  }
}

function hearFixes({ paths }: RegistrarState, look: TrackerLook, verdictOf: (claim: string) => ClaimVerdict | undefined): void {
  for (const { measurement, claim } of look.detections) {
    if (measurement.kind !== "position" || claim === undefined) continue;
    const verdict = verdictOf(claim);
    if (verdict === "contradicted") {
      paths.delete(claim);
      continue;
    }
    const path = paths.get(claim) ?? { fixes: [] };
    paths.delete(claim);
    paths.set(claim, path);
    if (verdict === "genuine") path.genuineMs = look.measuredMs;
    addFix(path, look.measuredMs, measurement);
    for (const oldest of paths.keys()) {
      if (paths.size <= PATHS_KEPT) break;
      paths.delete(oldest);
    }
  }
}

/** Keeps the plots that may be of a reference, in order of time. The oldest look that waits gives way when too many do. */
function keepPlots({ paths, waiting, sensors }: RegistrarState, look: TrackerLook, pose: TrackerSensor): void {
  const rangesM: number[] = [];
  for (const { genuineMs, fixes } of paths.values()) {
    const sight = genuineMs !== undefined && fixes.length > 0 && sightOf(pose, (fixes.at(-1) as Fix).posEnuM);
    if (sight) rangesM.push(sight.rangeM);
  }
  if (rangesM.length === 0) return;
  const plots = look.detections.flatMap(({ measurement, emitter, propagation }): Plot[] => {
    if (measurement.kind === "polar")
      return rangesM.some((rangeM) => Math.abs(rangeM - measurement.rangeM) < NEAR_M) ? [measurement] : [];
    return measurement.kind === "bearing" && emitter === "aircraft" && propagation !== "sound" ? [measurement] : [];
  });
  if (plots.length === 0 && !sensors.has(look.sensor)) return;
  const { sensor, measuredMs, sector } = look;
  const after = waiting.findLastIndex((other) => other.measuredMs <= measuredMs);
  waiting.splice(after + 1, 0, { sensor, measuredMs, ...(sector && { sector }), plots: plots.slice(0, PLOTS_KEPT) });
  waiting.splice(0, Math.max(0, waiting.length - WAITING_KEPT));
}

type Sighted = Readonly<{ claim: string; reference: ReferenceState; sight: Sight; near: readonly Plot[] }>;

/** Puts each reference that the look could see to the plot that alone can be of it. */
function takeLook(
  { paths, sensors }: RegistrarState,
  { sensor, measuredMs, sector, plots }: WaitingLook,
  pose: TrackerSensor,
): void {
  const registration = sensors.get(sensor) ?? newRegistration(pose);
  const bias = biasOf(registration.applied);
  const estimate = biasOf(registration.estimate);
  const atMs = measuredMs - 1000 * bias.clockS;
  const sighted: Sighted[] = [];
  for (const [claim, path] of paths) {
    if (path.genuineMs === undefined || Math.abs(measuredMs - path.genuineMs) > GENUINE_MS) continue;
    const reference = stateAt(path, atMs);
    const sight = reference && sightOf(pose, reference.posEnuM);
    if (!reference || !sight || !isInView(pose, sector, sight)) continue;
    const searchedRad = searchOf(registration, claim);
    const near = plots.filter((plot) => isWithin(plot, sight, reference, estimate, searchedRad));
    noteSight(registration, { claim, reference, sight, near }, measuredMs, pose);
    sighted.push({ claim, reference, sight, near });
  }
  if (sighted.length === 0) return;
  sensors.set(sensor, registration);
  for (const { claim, reference, sight, near } of sighted) {
    const [plot, ...others] = near;
    let evidence = registration.evidence.get(claim);
    if (plot && others.length === 0 && sighted.every((one) => one.claim === claim || !one.near.includes(plot))) {
      if (!evidence || evidence.misses === TURNED_AFTER) evidence = { ...newEvidence(measuredMs), misses: evidence?.misses ?? 0 };
      registration.evidence.set(claim, evidence);
      const offset = offsetOf(plot, sight);
      addPair(evidence, plot, offset, sight, reference, bias.clockS);
      evidence.heardMs = measuredMs;
      if (isAsEstimated(plot, offset, sight, reference, registration)) evidence.misses = 0;
      else evidence.misses++;
    } else if (!plot && evidence && evidence.misses < TURNED_AFTER) evidence.misses++;
  }
}

/** How far to either side a reference's plot is looked for beyond where it may be. */
function searchOf({ finding, evidence }: SensorRegistration, claim: string): number {
  if (finding.isLost) return Math.PI;
  return (evidence.get(claim)?.misses ?? 0) >= TURNED_AFTER ? SEARCH_RAD : 0;
}

/**
 * Notes whether a registered sensor sees a reference where it should, as long as its references do not agree on a step. What crosses a radar's
 * notch is not missed, and what hovers may stand in one that no sheet tells of.
 */
function noteSight(
  registration: SensorRegistration,
  { claim, reference, sight, near }: Sighted,
  atMs: number,
  { notch, detectionProbability }: TrackerSensor,
): void {
  if (registration.steppedMs !== undefined) return;
  const isSeen = near.some((plot) => isAsEstimated(plot, offsetOf(plot, sight), sight, reference, registration));
  if (isSeen) return noteFound(registration.finding, claim, sight.rangeM, atMs);
  if (!registration.accepted || sight.rangeM > registration.finding.reachM) return;
  const estimate = biasOf(registration.estimate);
  if (near.some((plot) => isWithin(plot, sight, reference, estimate, 0))) return;
  const [[ge, gn, gu]] = sight.gradients;
  const [ve, vn, vu] = reference.velEnuMps;
  const radialMps = Math.abs(ge * ve + gn * vn + gu * vu);
  if (ve * ve + vn * vn < HOVERS_MPS * HOVERS_MPS || (notch && radialMps < notch.belowMps + HOVERS_MPS)) return;
  noteMissed(registration.finding, claim, atMs, detectionProbability);
}
