import { usable } from "../looks/intake.ts";
import { distance, measureDistance } from "../measure/distance.ts";
import type { TrackEnd, TrackerLook, TrackerSensor, TrackState } from "../types.ts";
import { endInto } from "./hypothesis.ts";
import { FORGET_MS, HITS, newestMs, tell } from "./placed.ts";
import {
  crossingsOf,
  type Distance,
  type Fit,
  fitOf,
  isSame,
  type MultilateratorState,
  moveOn,
  type Placement,
  takeDistance,
  type WaitingDistances,
} from "./placement.ts";

/** What is known of already: where it is now, how it flies, and its covariance, as a track has them. */
type Known = Pick<TrackState, "posEnuM" | "velEnuMps" | "covariance">;

/** Finds where something is that only ranges, or differences of ranges, tell of. */
export type Multilaterator = {
  /** Takes the ranges and range differences of a look; those of a controller on the ground place no aircraft. */
  hear(look: TrackerLook): void;
  /** What only they tell of, as tracks at `nowMs`. Distances of what is `known` are its own, and place nothing. */
  advance(nowMs: number, known: readonly Known[]): readonly TrackState[];
  /** Tracks that ended since the last call. */
  takeEnded(): readonly TrackEnd[];
  sensors(sensors: readonly TrackerSensor[]): void;
  state(): MultilateratorState;
};

/** Distances wait until those of their time from other sensors have come. */
const WAIT_MS = 2000;
/** Distances this far apart in time may still cross. */
const APART_MS = 1500;
const WAITING_KEPT = 128;
const RECENT_KEPT = 64;
const PLACEMENTS_KEPT = 128;
/** Of a look that measures more at once the least distances are taken, and of a link that does nothing begins: nobody could tell them apart. */
const DISTANCES_A_LOOK = 32;
const BEGUN_A_LINK = 4;
const GATE_SIGMAS = 3;
/** A look at something that is there measures it so often. */
const HEARD = 0.5;
/** Distances of nothing in particular, walls and all, in a look of one link. */
const STRAYS_PER_LOOK = 1;
/** Below odds of one to twenty a placement is dropped. What was heard long ago counts less, by so much a look. */
const GONE_LLR = -3;
const KEPT_A_LOOK = 0.95;
/** How many a link measures is the mean of so many looks that measured any. */
const CROWD_LOOKS = 10;
const UNSTATED_REACH_M = 10_000;

export const newMultilateratorState = (): MultilateratorState => ({
  waiting: [],
  recent: [],
  placements: [],
  crowd: new Map(),
  sigmaM: new Map(),
  next: 1,
  ended: [],
});

export function createMultilaterator(initial: readonly TrackerSensor[], state = newMultilateratorState()): Multilaterator {
  let poses = new Map(initial.map((sensor) => [sensor.id, sensor]));
  return {
    hear(heard) {
      // What is refused is counted by the tracker, which hears the same.
      const look = usable(heard, new Map());
      if (look) keepDistances(state, look, poses);
    },
    advance(nowMs, known) {
      const fresh = state.waiting.findIndex(({ atMs }) => atMs > nowMs - WAIT_MS);
      for (const waited of state.waiting.splice(0, fresh < 0 ? state.waiting.length : fresh))
        takeLook(
          state,
          waited,
          known.map((one) => takenBack(one, (nowMs - waited.atMs) / 1000)),
        );
      return tell(state, poses, nowMs);
    },
    takeEnded: () => state.ended.splice(0),
    sensors(next) {
      poses = new Map(next.map((sensor) => [sensor.id, sensor]));
    },
    state: () => state,
  };
}

function keepDistances(state: MultilateratorState, look: TrackerLook, poses: ReadonlyMap<string, TrackerSensor>): void {
  const pose = poses.get(look.sensor);
  if (!pose) return;
  const distances = look.detections
    .flatMap((detection) => toDistance(look, pose, detection, poses) ?? [])
    .sort((a, b) => a.valueM - b.valueM || (a.link < b.link ? -1 : 1))
    .slice(0, DISTANCES_A_LOOK);
  const isAwaited = state.placements.some(({ heard }) => [...heard.values()].some(({ sensor }) => sensor === look.sensor));
  if (distances.length === 0 && !isAwaited) return;
  const after = state.waiting.findLastIndex(({ atMs }) => atMs <= look.measuredMs);
  state.waiting.splice(after + 1, 0, { sensor: look.sensor, atMs: look.measuredMs, distances });
  state.waiting.splice(0, Math.max(0, state.waiting.length - WAITING_KEPT));
}

function toDistance(
  { sensor, measuredMs }: TrackerLook,
  pose: TrackerSensor,
  detection: TrackerLook["detections"][number],
  poses: ReadonlyMap<string, TrackerSensor>,
): Distance | undefined {
  const { measurement: m, emitter, propagation, object } = detection;
  if ((m.kind !== "range" && m.kind !== "rangeDifference") || emitter === "controller") return undefined;
  const otherM = m.kind === "range" ? undefined : poses.get(m.otherSensor)?.posEnuM;
  if (m.kind === "rangeDifference" && !otherM) return undefined;
  const both = m.kind === "range" ? undefined : m.otherSensor;
  return {
    link: both === undefined ? sensor : `${sensor} ${both}`,
    sensor,
    ...(both !== undefined && otherM && { other: both, otherM }),
    atMs: measuredMs,
    fromM: pose.posEnuM,
    valueM: m.kind === "range" ? m.rangeM : m.differenceM,
    sigmaM: m.kind === "range" ? m.rangeSigmaM : m.sigmaM,
    reachM: pose.fieldOfView?.rangeMaxM ?? UNSTATED_REACH_M,
    isSound: propagation === "sound",
    isAircraft: emitter === "aircraft",
    ...(object !== undefined && { object }),
  };
}

/** Where it was so long ago. */
const takenBack = ({ posEnuM: [e, n, u], velEnuMps: [ve, vn, vu], ...known }: Known, agoS: number): Known => ({
  ...known,
  posEnuM: [e - agoS * ve, n - agoS * vn, u - agoS * vu],
  velEnuMps: [ve, vn, vu],
});

/** Is the distance that of what is known already? */
function isOf(one: Distance, { posEnuM, covariance: p }: Known): boolean {
  measureDistance(posEnuM, [p[0], p[1], p[2], p[7], p[8], p[14]], one.fromM, one.otherM);
  const [e, n, u] = distance.gradient;
  const spread = e * e * p[0] + n * n * p[7] + u * u * p[14] + 2 * (e * n * p[1] + e * u * p[2] + n * u * p[8]);
  const offM = one.valueM - distance.valueM;
  return offM * offM <= GATE_SIGMAS * GATE_SIGMAS * (spread + distance.varianceM2 + one.sigmaM * one.sigmaM);
}

/** One look of one sensor, link by link: every placement is heard again or not, and what no told one explains crosses what others heard. */
function takeLook(state: MultilateratorState, { sensor, atMs, distances }: WaitingDistances, known: readonly Known[]): void {
  const open = distances.filter((one) => !known.some((place) => isOf(one, place)));
  const links = new Set(distances.map(({ link }) => link));
  for (const placement of state.placements) {
    moveOn(placement, atMs);
    for (const [link, heard] of placement.heard) if (heard.sensor === sensor) links.add(link);
  }
  for (const link of [...links].sort())
    takeLink(
      state,
      link,
      open.filter((one) => one.link === link),
    );
  state.recent = state.recent.filter((one) => atMs - one.atMs <= APART_MS);
  state.recent.push(...open);
  state.recent.splice(0, Math.max(0, state.recent.length - RECENT_KEPT));
  prune(state, atMs);
}

function takeLink(state: MultilateratorState, link: string, distances: readonly Distance[]): void {
  const left = new Set(distances);
  const explained = new Set<Distance>();
  for (const placement of state.placements) {
    const taken = hearAgain(placement, link, distances, left);
    if (taken && placement.isTold) explained.add(taken);
  }
  if (distances.length > 0) {
    const before = state.crowd.get(link) ?? distances.length;
    state.crowd.set(link, before + (distances.length - before) / CROWD_LOOKS);
  }
  for (const one of distances) {
    state.sigmaM.set(link, one.sigmaM);
    if (!explained.has(one) && distances.length <= BEGUN_A_LINK) beginAt(state, one);
  }
}

function beginAt(state: MultilateratorState, one: Distance): void {
  for (const other of state.recent) {
    if (other.link === one.link || state.placements.length >= 2 * PLACEMENTS_KEPT) continue;
    for (const crossing of crossingsOf(one, other)) {
      if (state.placements.some((known) => isSame(known, crossing))) continue;
      const placement: Placement = { ...crossing, id: state.next++, heard: new Map() };
      for (const heard of [one, other]) note(placement, heard);
      state.placements.push(placement);
    }
  }
}

/**
 * Takes the nearest distance: its log-likelihood ratio is ln((1 - pD) + pD·N(innovation) / strays), that of none ln(1 - pD). As with bearings,
 * a distance is evidence for the placement that fits best and for it alone. Answers the one that fits.
 *
 * @source Bar-Shalom, Blackman & Fitzgerald (2007), "Dimensionless score function for multiple hypothesis tracking".
 */
function hearAgain(
  placement: Placement,
  link: string,
  distances: readonly Distance[],
  left: Set<Distance>,
): Distance | undefined {
  let best: { one: Distance; fit: Fit; density: number } | undefined;
  for (const one of distances) {
    const fit = fitOf(placement, one);
    const squared = (fit.innovationM * fit.innovationM) / fit.variance;
    if (squared > GATE_SIGMAS * GATE_SIGMAS) continue;
    const density = Math.exp(-squared / 2) / Math.sqrt(2 * Math.PI * fit.variance);
    if (!best || density > best.density) best = { one, fit, density };
  }
  placement.llr *= KEPT_A_LOOK;
  placement.rank *= KEPT_A_LOOK;
  if (!best && !placement.heard.has(link)) return undefined;
  const missed = Math.log(1 - HEARD);
  const gained = best ? Math.log(1 - HEARD + (HEARD * best.density) / straysPerM(best.one)) : missed;
  placement.rank += gained;
  placement.llr += best && left.delete(best.one) ? gained : missed;
  if (!best) return undefined;
  takeDistance(placement, best.fit);
  note(placement, best.one);
  return best.one;
}

/** Strays are spread evenly over all that can be measured: ranges to the reach, differences between plus and minus the sensors' distance. */
function straysPerM({ fromM, otherM, reachM }: Distance): number {
  if (!otherM) return STRAYS_PER_LOOK / reachM;
  const [e, n, u] = [fromM[0] - otherM[0], fromM[1] - otherM[1], fromM[2] - otherM[2]];
  return STRAYS_PER_LOOK / (2 * Math.max(1, Math.sqrt(e * e + n * n + u * u)));
}

function note({ heard }: Placement, { link, sensor, other, isAircraft, atMs, valueM, object }: Distance): void {
  const { hits, aircraft } = heard.get(link) ?? { hits: 0, aircraft: 0 };
  heard.set(link, {
    sensor,
    ...(other !== undefined && { other }),
    hits: hits + 1,
    aircraft: aircraft + (isAircraft ? 1 : 0),
    lastMs: atMs,
    lastM: valueM,
    ...(object !== undefined && { object }),
  });
}

/** Orders placements, the best fitting first; drops what is improbable, not heard, the same as another, and the least of too many. */
function prune(state: MultilateratorState, atMs: number): void {
  const kept: Placement[] = [];
  for (const placement of state.placements.toSorted((a, b) => b.rank - a.rank || a.id - b.id)) {
    const isFaint = atMs - placement.firstMs > FORGET_MS && hitsOf(placement) < HITS;
    const isUnheard = atMs - newestMs(placement) > FORGET_MS;
    const isDropped = kept.length >= PLACEMENTS_KEPT || placement.rank < GONE_LLR || isFaint || isUnheard;
    const twin = isDropped ? undefined : kept.find((other) => isSame(other, placement));
    if (!isDropped && !twin) kept.push(placement);
    else endInto(state.ended, placement, twin, atMs);
  }
  state.placements = kept;
}

const hitsOf = ({ heard }: Placement): number => [...heard.values()].reduce((sum, { hits }) => sum + hits, 0);
