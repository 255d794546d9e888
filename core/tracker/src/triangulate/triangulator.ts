import { type Rejections, usable } from "../intake.ts";
import {
  CLASS_NAMES,
  type TrackEnd,
  type TrackerClass,
  type TrackerLook,
  type TrackerRejection,
  type TrackerSensor,
  type TrackState,
} from "../types.ts";
import { biasCovariance, type Candidate, crossingOf, fitOf, type Heard, moveOn, type Ray, takeRay } from "./candidate.ts";

/** Plain data: what a snapshot holds. */
export type TriangulatorState = {
  waiting: WaitingBearings[];
  recent: Ray[];
  candidates: Candidate[];
  /** Per finder: how many it hears in a look, of what is not known, in the mean. */
  crowd: Map<string, number>;
  next: number;
  ended: TrackEnd[];
};
type WaitingBearings = { sensor: string; atMs: number; rays: Ray[] };

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
const WAITING_KEPT = 64;
const RECENT_KEPT = 64;
const CANDIDATES_KEPT = 128;
const GATE_SIGMAS = 3;
/** A look at something that sends hears it so often; who sends may pause. */
const HEARD = 0.5;
/** Bearings of nothing in particular, per radian and look: walls, and everything else that sends. */
const STRAY_PER_RAD = 0.5;
/** Odds of a thousand to one; below those of one to twenty it is dropped. What was heard long ago counts less, by so much a look. */
const PLACED_LLR = 6.9;
const GONE_LLR = -3;
const KEPT_A_LOOK = 0.95;
/** Two finders alone place something only while they hear no more than one, in the mean of so many looks. */
const ALONE = 1.2;
const CROWD_LOOKS = 10;
const HITS = 4;
const FORGET_MS = 10_000;
/** A pilot stands still: what does not move is placed only when its finders say that an aircraft sends. */
const MOVES_MPS = 4;
const MOVES_SIGMAS = 1.5;
/** A candidate that is this near to another, in sigmas, is the same. */
const SAME = 3;
const UNSTATED_RANGE_M = 10_000;

export const newTriangulatorState = (): TriangulatorState => ({
  waiting: [],
  recent: [],
  candidates: [],
  crowd: new Map(),
  next: 1,
  ended: [],
});

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
        rangeMaxM: pose.fieldOfView?.rangeMaxM ?? UNSTATED_RANGE_M,
        isSound: propagation === "sound",
        isAircraft: emitter === "aircraft",
        ...(object !== undefined && { object }),
      },
    ];
  });
  if (rays.length === 0 && !state.candidates.some(({ heard }) => heard.has(look.sensor))) return;
  const after = state.waiting.findLastIndex(({ atMs }) => atMs <= look.measuredMs);
  state.waiting.splice(after + 1, 0, { sensor: look.sensor, atMs: look.measuredMs, rays });
  state.waiting.splice(0, Math.max(0, state.waiting.length - WAITING_KEPT));
}

/** Does the ray point at a place that is known already? */
function isTowards(ray: Ray, { eastM, northM, sigmaM }: Placed): boolean {
  const [e, n] = [eastM - ray.eastM, northM - ray.northM];
  const rangeM = Math.sqrt(e * e + n * n);
  const turn = ray.azimuthRad - Math.atan2(e, n);
  const offRad = Math.abs(turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)));
  return offRad <= GATE_SIGMAS * (ray.sigmaRad + sigmaM / Math.max(1, rangeM));
}

/** One look of one finder: every candidate is heard again or not, and every bearing crosses those of other finders. */
function takeBearings(state: TriangulatorState, { sensor, atMs }: WaitingBearings, rays: readonly Ray[]): void {
  const left = new Set(rays);
  for (const candidate of state.candidates) {
    moveOn(candidate, atMs);
    hearAgain(candidate, sensor, rays, left);
  }
  const before = state.crowd.get(sensor) ?? rays.length;
  state.crowd.set(sensor, before + (rays.length - before) / CROWD_LOOKS);
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

const heardBy = ({ isAircraft, atMs, object }: Ray, { hits, aircraft }: Pick<Heard, "hits" | "aircraft">): Heard => ({
  hits: hits + 1,
  aircraft: aircraft + (isAircraft ? 1 : 0),
  lastMs: atMs,
  ...(object !== undefined && { object }),
});

function isSame(a: Candidate, b: Candidate): boolean {
  const [de, dn] = [a.mean[0] - b.mean[0], a.mean[1] - b.mean[1]];
  const [ee, en, nn] = [a.cov[0] + b.cov[0], a.cov[1] + b.cov[1], a.cov[2] + b.cov[2]];
  const determinant = ee * nn - en * en;
  return (nn * de * de - 2 * en * de * dn + ee * dn * dn) / determinant < SAME * SAME;
}

/** Orders candidates, the best fitting first; drops what is improbable, what has not been heard, what another has become the same as, and the least of too many. */
function prune(state: TriangulatorState, atMs: number): void {
  const strongest = state.candidates.toSorted((a, b) => b.rank - a.rank || a.id - b.id);
  const kept: Candidate[] = [];
  for (const candidate of strongest) {
    const isFaint = atMs - candidate.firstMs > FORGET_MS && hitsOf(candidate) < HITS;
    const isUnheard = atMs - newestMs(candidate) > FORGET_MS;
    const isDropped = kept.length >= CANDIDATES_KEPT || candidate.rank < GONE_LLR || isFaint || isUnheard;
    const isTwin = !isDropped && kept.some((other) => isSame(other, candidate));
    if (!isDropped && !isTwin) kept.push(candidate);
    else if (candidate.isTold) state.ended.push({ serial: candidate.id, endMs: atMs, reason: isTwin ? "merged" : "existence" });
  }
  state.candidates = kept;
}

const newestMs = ({ heard }: Candidate): number => Math.max(...[...heard.values()].map(({ lastMs }) => lastMs));

/** Heard again it is another track: no number is given twice. */
function endTold(state: TriangulatorState, candidate: Candidate, endMs: number): void {
  state.ended.push({ serial: candidate.id, endMs, reason: "existence" });
  candidate.id = state.next++;
  candidate.isTold = false;
}

const hitsOf = ({ heard }: Candidate): number => [...heard.values()].reduce((sum, { hits }) => sum + hits, 0);

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
    if (isProbable && hearing.length >= (isAlone ? 2 : 3) && isAircraft(candidate)) candidate.isTold = true;
    if (candidate.isTold && (candidate.llr < 0 || nowMs - newestMs(candidate) > FORGET_MS)) endTold(state, candidate, nowMs);
    if (!candidate.isTold) continue;
    const stands = hearing.flatMap((sensor) => {
      const pose = poses.get(sensor);
      return pose ? [{ eastM: pose.posEnuM[0], northM: pose.posEnuM[1], sigmaRad: 0 }] : [];
    });
    if (stands.length >= 2) told.push(trackOf(candidate, biasCovariance(candidate.mean, stands), hearing.length >= 3, nowMs));
  }
  return told.sort((a, b) => a.serial - b.serial);
}

/** A bearing says nothing of height: this is where small drones fly, and how widely. */
const PRIOR_HEIGHT_M = 100;
const PRIOR_HEIGHT_SIGMA_M = 150;
const PRIOR_CLIMB_SIGMA_MPS = 3;
/** However often it is heard, a bearing may be of something else. */
const MOST_EXISTENCE = 0.99;
const EVEN_CLASSES = Object.fromEntries(CLASS_NAMES.map((name) => [name, 1 / CLASS_NAMES.length])) as Record<
  TrackerClass,
  number
>;

function trackOf(candidate: Candidate, bias: readonly number[], confirmed: boolean, nowMs: number): TrackState {
  const ahead = { ...candidate };
  moveOn(ahead, nowMs);
  const [ee, en, nn, eve, evn, nve, nvn, vee, ven, vnn] = ahead.cov;
  const [h, c] = [PRIOR_HEIGHT_SIGMA_M * PRIOR_HEIGHT_SIGMA_M, PRIOR_CLIMB_SIGMA_MPS * PRIOR_CLIMB_SIGMA_MPS];
  return {
    serial: candidate.id,
    posEnuM: [ahead.mean[0], ahead.mean[1], PRIOR_HEIGHT_M],
    velEnuMps: [ahead.mean[2], ahead.mean[3], 0],
    covariance: Float64Array.from([
      ...[ee + bias[0], en + bias[1], 0, eve, evn, 0],
      ...[en + bias[1], nn + bias[2], 0, nve, nvn, 0],
      ...[0, 0, h, 0, 0, 0],
      ...[eve, nve, 0, vee, ven, 0],
      ...[evn, nvn, 0, ven, vnn, 0],
      ...[0, 0, 0, 0, 0, c],
    ]),
    existence: Math.min(MOST_EXISTENCE, 1 / (1 + Math.exp(-candidate.llr))),
    confirmed,
    firstMs: candidate.firstMs,
    measuredMs: newestMs(candidate),
    heightKnown: false,
    classProbabilities: EVEN_CLASSES,
    contributions: [...candidate.heard].map(([sensor, { aircraft: _, ...heard }]) => ({ sensor, ...heard })),
    claims: [],
  };
}

function isAircraft({ mean, cov, heard }: Candidate): boolean {
  const said = [...heard.values()].reduce((sum, { aircraft }) => sum + aircraft, 0);
  if (said >= HITS) return true;
  const speedMps = Math.sqrt(mean[2] * mean[2] + mean[3] * mean[3]);
  return speedMps > MOVES_MPS && speedMps > MOVES_SIGMAS * largestSigma(cov[7], cov[8], cov[9]);
}

/** The longer half axis of a covariance's ellipse. */
function largestSigma(ee: number, en: number, nn: number): number {
  const half = (ee - nn) / 2;
  return Math.sqrt((ee + nn) / 2 + Math.sqrt(half * half + en * en));
}
