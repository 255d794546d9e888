import { CLASS_NAMES, type TrackerClass, type TrackerSensor, type TrackState } from "../types.ts";
import { constantErrors, type MultilateratorState, moveOn, type Placement } from "./placement.ts";

/** Odds of a thousand to one. */
const PLACED_LLR = 6.9;
/** So many distances make a link one that hears a placement; after so long without any it is forgotten. */
export const HITS = 4;
export const FORGET_MS = 10_000;
/** Two equations for two unknowns place something only while each link hears no more than one. */
const ALONE = 1.2;
const LEAST_SENSORS = 3;
const REDUNDANT = 3;
/** A pilot stands still: what does not move is told only when its sensors say that an aircraft sends. */
const MOVES_MPS = 4;
const MOVES_SIGMAS = 1.5;
/** However often it is heard, a distance may be of something else. */
const MOST_EXISTENCE = 0.99;
const PRIOR_CLIMB_SIGMA_MPS = 3;

export const newestMs = ({ heard }: Placement): number => Math.max(...[...heard.values()].map(({ lastMs }) => lastMs));

/**
 * Every placement that is probable, an aircraft, seen by three sensors, and told apart from every other that the same distances would fit: by
 * more equations than unknowns, or while nothing else is heard. What was told once is told while it is likelier than not.
 */
export function tell(state: MultilateratorState, poses: ReadonlyMap<string, TrackerSensor>, nowMs: number): TrackState[] {
  const told: TrackState[] = [];
  for (const placement of state.placements) {
    const links = [...placement.heard].filter(([, { hits }]) => hits >= HITS);
    const equations = equationsOf(links.map(([, heard]) => heard));
    const isAlone = links.every(([link]) => (state.crowd.get(link) ?? 0) <= ALONE);
    const isDecided = equations >= REDUNDANT || (equations === 2 && isAlone);
    const isProbable = placement.llr >= PLACED_LLR && isDecided && isAircraft(placement);
    if (isProbable && !state.placements.some((other) => isRival(other, placement))) placement.isTold = true;
    if (placement.isTold && (placement.llr < 0 || nowMs - newestMs(placement) > FORGET_MS)) endTold(state, placement, nowMs);
    if (!placement.isTold) continue;
    const distances = links.flatMap(([link, { sensor, other }]) => {
      const [own, far] = [poses.get(sensor), other === undefined ? undefined : poses.get(other)];
      const isKnown = own && (other === undefined || far);
      if (!isKnown) return [];
      return [{ fromM: own.posEnuM, ...(far && { otherM: far.posEnuM }), sigmaM: state.sigmaM.get(link) ?? 0, atMs: nowMs }];
    });
    if (distances.length >= 2)
      told.push(trackOf(placement, constantErrors(placement.mean, distances), equations >= REDUNDANT, nowMs));
  }
  return told.sort((a, b) => a.serial - b.serial);
}

/** Independent equations that three sensors or more give, 0 of fewer: n sensors have n - 1 differences that do not follow from others. */
function equationsOf(links: readonly Readonly<{ sensor: string; other?: string }>[]): number {
  const sensors = new Set(links.flatMap(({ sensor, other }) => (other === undefined ? [sensor] : [sensor, other])));
  if (sensors.size < LEAST_SENSORS) return 0;
  const hasRange = links.some(({ other }) => other === undefined);
  return Math.min(links.length, hasRange ? sensors.size : sensors.size - 1);
}

/** Does another placement fit all of the newest distances that this one does, about as well? Then nobody knows which of them is there. */
const isRival = (other: Placement, placement: Placement): boolean =>
  other !== placement &&
  other.rank > placement.rank - PLACED_LLR &&
  [...placement.heard].every(([link, { lastMs, lastM }]) => {
    const heard = other.heard.get(link);
    return heard?.lastMs === lastMs && heard.lastM === lastM;
  });

/** Heard again it is another track: no number is given twice. */
function endTold(state: MultilateratorState, placement: Placement, endMs: number): void {
  state.ended.push({ serial: placement.id, endMs, reason: "existence" });
  placement.id = state.next++;
  placement.isTold = false;
}

function isAircraft({ mean, cov, heard }: Placement): boolean {
  const said = [...heard.values()].reduce((sum, { aircraft }) => sum + aircraft, 0);
  if (said >= HITS) return true;
  const speedMps = Math.sqrt(mean[3] * mean[3] + mean[4] * mean[4]);
  return speedMps > MOVES_MPS && speedMps > MOVES_SIGMAS * Math.sqrt(Math.max(cov[18], cov[24]));
}

const EVEN_CLASSES = Object.fromEntries(CLASS_NAMES.map((name) => [name, 1 / CLASS_NAMES.length])) as Record<
  TrackerClass,
  number
>;

function trackOf(placement: Placement, [be, ben, bn]: readonly number[], confirmed: boolean, nowMs: number): TrackState {
  const ahead = { ...placement };
  moveOn(ahead, nowMs);
  const p = ahead.cov;
  const climb = PRIOR_CLIMB_SIGMA_MPS * PRIOR_CLIMB_SIGMA_MPS;
  const row = (k: number, e = 0, n = 0): number[] => [p[k] + e, p[k + 1] + n, p[k + 2], p[k + 3], p[k + 4], 0];
  return {
    serial: placement.id,
    posEnuM: [ahead.mean[0], ahead.mean[1], ahead.mean[2]],
    velEnuMps: [ahead.mean[3], ahead.mean[4], 0],
    covariance: Float64Array.from([
      ...row(0, be, ben),
      ...row(5, ben, bn),
      ...row(10),
      ...row(15),
      ...row(20),
      0,
      0,
      0,
      0,
      0,
      climb,
    ]),
    existence: Math.min(MOST_EXISTENCE, 1 / (1 + Math.exp(-placement.llr))),
    confirmed,
    firstMs: placement.firstMs,
    measuredMs: newestMs(placement),
    heightKnown: false,
    classProbabilities: EVEN_CLASSES,
    contributions: contributionsOf(placement),
    claims: [],
  };
}

/** By the sensor that measured: one may have several links. */
function contributionsOf({ heard }: Placement): TrackState["contributions"] {
  const bySensor = new Map<string, TrackState["contributions"][number]>();
  for (const { sensor, lastMs, hits, object } of heard.values()) {
    const before = bySensor.get(sensor);
    const named = object ?? before?.object;
    bySensor.set(sensor, {
      sensor,
      lastMs: Math.max(lastMs, before?.lastMs ?? lastMs),
      hits: hits + (before?.hits ?? 0),
      ...(named !== undefined && { object: named }),
    });
  }
  return [...bySensor.values()];
}
