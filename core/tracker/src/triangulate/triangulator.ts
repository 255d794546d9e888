import { type Rejections, usable } from "../looks/intake.ts";
import type { TrackEnd, TrackerLook, TrackerRejection, TrackerSensor, TrackState } from "../types.ts";
import { biasCovariance, type Candidate, crossingOf, fitOf, isSame, moveOn, type Ray, takeRay } from "./candidate.ts";
import { HITS, hitsOf, isAircraft, newestMs, trackOf } from "./candidate-track.ts";
import { goOnAs, hearLone, tellLone } from "./heard-alone.ts";
import { endInto } from "./hypothesis.ts";
import { betweenRad, joinRays } from "./one-look.ts";
import {
  endTold,
  FORGET_MS,
  GATE_SIGMAS,
  GONE_LLR,
  HEARD,
  heardBy,
  KEPT_A_LOOK,
  newTriangulatorState,
  PLACED_LLR,
  STRAY_PER_RAD,
  type TriangulatorState,
  type WaitingBearings,
} from "./triangulator-state.ts";

/** What is known of already: where it is now and how widely. */
export type Placed = Readonly<{ eastM: number; northM: number; sigmaM: number }>;

/** Finds where something sends that only direction finders hear. */
export type Triangulator = {
  /** Takes the bearings of a look, less what a tracker would refuse; one of a controller on the ground places no aircraft. */
  hear(look: TrackerLook): void;
  /** What only finders hear, as tracks at `nowMs`. Bearings to `known` places are theirs, and place nothing. */
  advance(nowMs: number, known: readonly Placed[]): readonly TrackState[];
  /** Tracks that ended since the last call. */
  takeEnded(): readonly TrackEnd[];
  /** What could not be used since the last call. */
  takeRejections(): readonly TrackerRejection[];
  sensors(sensors: readonly TrackerSensor[]): void;
  state(): TriangulatorState;
};

/** Bearings wait until those of their time from other finders have come. */
const WAIT_MS = 2000;
/** Rays this far apart in time may still cross. */
const APART_MS = 2500;
/** Looks of a finder are more than 100 ms apart, so that fewer than twenty of each wait; beyond this the oldest are lost. */
const WAITING_KEPT = 512;
const RECENT_KEPT = 64;
const CANDIDATES_KEPT = 128;
/**
 * Two finders alone place something only while they hear no more than one, in the mean of so many looks that heard any: two senders that are
 * each heard every other time are 1.33.
 */
const ALONE = 1.1;
const CROWD_LOOKS = 30;
/** Bearings of one finder that are no further apart in time are one look, however many messages tell of them. */
const ONE_LOOK_MS = 100;
const UNSTATED_RANGE_M = 10_000;

export function createTriangulator(initial: readonly TrackerSensor[], state = newTriangulatorState()): Triangulator {
  let poses = new Map(initial.map((sensor) => [sensor.id, sensor]));
  const rejections: Rejections = new Map();
  return {
    hear(look) {
      const pose = poses.get(look.sensor);
      const taken = pose && usable(look, rejections);
      if (taken) keepBearings(state, taken, pose);
    },
    advance(nowMs, known) {
      const fresh = state.waiting.findIndex(({ atMs }) => atMs > nowMs - WAIT_MS);
      for (const bearings of state.waiting.splice(0, fresh < 0 ? state.waiting.length : fresh)) {
        const open = bearings.rays.filter((ray) => !known.some((place) => isTowards(ray, place)));
        takeBearings(state, bearings, open);
      }
      return tell(state, poses, nowMs);
    },
    takeEnded: () => state.ended.splice(0),
    takeRejections() {
      const taken = [...rejections.values()];
      rejections.clear();
      return taken;
    },
    sensors(next) {
      poses = new Map(next.map((sensor) => [sensor.id, sensor]));
    },
    state: () => state,
  };
}

function keepBearings(state: TriangulatorState, look: TrackerLook, pose: TrackerSensor): void {
  const [r0, r1, , r3, r4] = pose.toSite ?? [1, 0, 0, 0, 1];
  const rays = look.detections.flatMap(({ measurement: m, emitter, propagation, object }): Ray[] => {
    if (m.kind !== "bearing" || emitter === "controller") return [];
    const [x, y] = [Math.sin(m.azimuthRad), Math.cos(m.azimuthRad)];
    return [
      {
        sensor: look.sensor,
        atMs: look.measuredMs,
        eastM: pose.posEnuM[0],
        northM: pose.posEnuM[1],
        azimuthRad: Math.atan2(r0 * x + r1 * y, r3 * x + r4 * y),
        sigmaRad: m.azimuthSigmaRad,
        ...(m.elevationRad !== undefined && { elevationRad: m.elevationRad }),
        ...(m.elevationSigmaRad !== undefined && { elevationSigmaRad: m.elevationSigmaRad }),
        rangeMaxM: pose.fieldOfView?.rangeMaxM ?? UNSTATED_RANGE_M,
        isSound: propagation === "sound",
        isAircraft: emitter === "aircraft",
        ...(object !== undefined && { object }),
      },
    ];
  });
  if (
    rays.length === 0 &&
    ![...state.candidates, ...state.lone.map(({ whole }) => whole)].some(({ heard }) => heard.has(look.sensor))
  )
    return;
  const joined = state.waiting.find(
    ({ sensor, atMs }) => sensor === look.sensor && Math.abs(look.measuredMs - atMs) <= ONE_LOOK_MS,
  );
  if (joined) {
    joinRays(joined.rays, rays);
    return;
  }
  const after = state.waiting.findLastIndex(({ atMs }) => atMs <= look.measuredMs);
  state.waiting.splice(after + 1, 0, { sensor: look.sensor, atMs: look.measuredMs, rays });
  state.waiting.splice(0, Math.max(0, state.waiting.length - WAITING_KEPT));
}

/** Does the ray point at a place that is known already? */
function isTowards(ray: Ray, { eastM, northM, sigmaM }: Placed): boolean {
  const [e, n] = [eastM - ray.eastM, northM - ray.northM];
  const rangeM = Math.sqrt(e * e + n * n);
  return betweenRad(ray.azimuthRad, Math.atan2(e, n)) <= GATE_SIGMAS * (ray.sigmaRad + sigmaM / Math.max(1, rangeM));
}

/** One look of one finder: every candidate is heard again or not, and every bearing crosses those of other finders. */
function takeBearings(state: TriangulatorState, { sensor, atMs }: WaitingBearings, rays: readonly Ray[]): void {
  const left = new Set(rays);
  for (const candidate of state.candidates) {
    moveOn(candidate, atMs);
    hearAgain(candidate, sensor, rays, left);
  }
  hearLone(state, { sensor, atMs }, rays, left);
  if (rays.length > 0) {
    const before = state.crowd.get(sensor) ?? rays.length;
    state.crowd.set(sensor, before + (rays.length - before) / CROWD_LOOKS);
  }
  state.recent = state.recent.filter((ray) => atMs - ray.atMs <= APART_MS);
  for (const ray of rays)
    for (const other of state.recent) {
      if (other.sensor === sensor) continue;
      const candidate = crossingOf(ray, other, state.next);
      if (!candidate || state.candidates.some((known) => isSame(known, candidate))) continue;
      state.next++;
      for (const one of [ray, other]) candidate.heard.set(one.sensor, heardBy(one, { hits: 0, aircraft: 0 }));
      state.candidates.push(candidate);
    }
  state.recent.push(...rays);
  state.recent.splice(0, Math.max(0, state.recent.length - RECENT_KEPT));
  prune(state, atMs);
}

/**
 * Takes the nearest bearing: its log-likelihood ratio is ln((1 - pD) + pD·N(innovation) / strays), that of none ln(1 - pD). How well all
 * nearest bearings fit ranks the candidates; but evidence is a bearing only that no better ranked one has taken, so that a ghost, whose
 * bearings are two others', starves.
 *
 * @source Bar-Shalom, Blackman & Fitzgerald (2007), "Dimensionless score function for multiple hypothesis tracking".
 */
function hearAgain(candidate: Candidate, sensor: string, rays: readonly Ray[], left: Set<Ray>): void {
  let best: { ray: Ray; fit: ReturnType<typeof fitOf>; density: number } | undefined;
  for (const ray of rays) {
    const fit = fitOf(candidate, ray);
    const squared = (fit.innovationRad * fit.innovationRad) / fit.variance;
    if (squared > GATE_SIGMAS * GATE_SIGMAS) continue;
    const density = Math.exp(-squared / 2) / Math.sqrt(2 * Math.PI * fit.variance);
    if (!best || density > best.density) best = { ray, fit, density };
  }
  candidate.llr *= KEPT_A_LOOK;
  candidate.rank *= KEPT_A_LOOK;
  if (!best && !candidate.heard.has(sensor)) return;
  const missed = Math.log(1 - HEARD);
  const gained = best ? Math.log(1 - HEARD + (HEARD * best.density) / STRAY_PER_RAD) : missed;
  candidate.rank += gained;
  candidate.llr += best && left.delete(best.ray) ? gained : missed;
  if (!best) return;
  takeRay(candidate, best.fit);
  const heard = candidate.heard.get(sensor) ?? { hits: 0, aircraft: 0 };
  candidate.heard.set(sensor, heardBy(best.ray, heard));
}

/**
 * Orders candidates, the best fitting first; drops what is improbable, what has not been heard, what another has become the same as, and the
 * least of too many.
 */
function prune(state: TriangulatorState, atMs: number): void {
  const strongest = state.candidates.toSorted((a, b) => b.rank - a.rank || a.id - b.id);
  const kept: Candidate[] = [];
  for (const candidate of strongest) {
    const isFaint = atMs - candidate.firstMs > FORGET_MS && hitsOf(candidate) < HITS;
    const isUnheard = atMs - newestMs(candidate) > FORGET_MS;
    const isDropped = kept.length >= CANDIDATES_KEPT || candidate.rank < GONE_LLR || isFaint || isUnheard;
    const twin = isDropped ? undefined : kept.find((other) => isSame(other, candidate));
    if (!isDropped && !twin) kept.push(candidate);
    else endInto(state.ended, candidate, twin, atMs);
  }
  state.candidates = kept;
}

/**
 * Every candidate that is probable, an aircraft, and heard by three finders, or by two that hear nothing else: of n senders two finders see
 * n² crossings, and nothing tells them apart. What was told once is told while it is likelier than not.
 */
function tell(state: TriangulatorState, poses: ReadonlyMap<string, TrackerSensor>, nowMs: number): TrackState[] {
  const told: TrackState[] = [];
  for (const candidate of state.candidates) {
    const hearing = [...candidate.heard].filter(([, { hits }]) => hits >= HITS).map(([sensor]) => sensor);
    const isAlone = hearing.every((sensor) => (state.crowd.get(sensor) ?? 0) <= ALONE);
    const isProbable = candidate.llr >= PLACED_LLR && hitsOf(candidate) >= 2 * HITS;
    if (isProbable && hearing.length >= (isAlone ? 2 : 3) && isAircraft(candidate) && !candidate.isTold) {
      candidate.isTold = true;
      goOnAs(state, candidate);
    }
    if (candidate.isTold && (candidate.llr < 0 || nowMs - newestMs(candidate) > FORGET_MS)) endTold(state, candidate, nowMs);
    if (!candidate.isTold) continue;
    const stands = hearing.flatMap((sensor) => {
      const pose = poses.get(sensor);
      return pose ? [{ eastM: pose.posEnuM[0], northM: pose.posEnuM[1], sigmaRad: 0 }] : [];
    });
    if (stands.length >= 2) told.push(trackOf(candidate, biasCovariance(candidate.mean, stands), hearing.length >= 3, nowMs));
  }
  return [...told, ...tellLone(state, poses, nowMs)].sort((a, b) => a.serial - b.serial);
}
