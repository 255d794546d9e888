import type { TrackerSensor, TrackState } from "../types.ts";
import { type Candidate, fitOf, isSame, type Ray } from "./candidate.ts";
import { HITS, hitsOf, isAircraft, newestMs, trackOf } from "./candidate-track.ts";
import { beginLone, densityOf, isRangeKnown, moveLone, takeLone } from "./lone.ts";
import {
  endTold,
  FORGET_MS,
  GATE_SIGMAS,
  GONE_LLR,
  HEARD,
  heardBy,
  KEPT_A_LOOK,
  PLACED_LLR,
  STRAY_PER_RAD,
  type TriangulatorState,
  type WaitingBearings,
} from "./triangulator-state.ts";

const LONE_KEPT = 32;

/**
 * What one finder hears goes on by itself, each bearing with the one it fits best: first those that nothing which is told has taken. What a told
 * candidate takes is no evidence for anything else.
 */
export function hearLone(
  state: TriangulatorState,
  { sensor, atMs }: Pick<WaitingBearings, "sensor" | "atMs">,
  rays: readonly Ray[],
  left: Set<Ray>,
): void {
  const taken = new Set(
    rays.filter((ray) => !left.has(ray) && state.candidates.some((one) => one.isTold && isTakenBy(one, ray))),
  );
  const open = new Set(rays.filter((ray) => !taken.has(ray)));
  for (const lone of state.lone) {
    if (lone.sensor !== sensor) continue;
    moveLone(lone, atMs);
    const [best] = [...open].map((ray) => ({ ray, density: densityOf(lone, ray) })).sort((a, b) => b.density - a.density);
    const { whole } = lone;
    const density = best?.density ?? 0;
    whole.llr = whole.llr * KEPT_A_LOOK + Math.log(1 - HEARD + (HEARD * density) / STRAY_PER_RAD);
    if (!best || density === 0) continue;
    open.delete(best.ray);
    takeLone(lone, best.ray);
    whole.heard.set(sensor, heardBy(best.ray, whole.heard.get(sensor) ?? { hits: 0, aircraft: 0 }));
  }
  for (const ray of open)
    if (state.lone.length < LONE_KEPT)
      state.lone.push(beginLone(ray, state.next++, new Map([[sensor, heardBy(ray, { hits: 0, aircraft: 0 })]])));
  state.lone = state.lone.filter(({ whole }) => {
    const isKept = whole.llr > GONE_LLR && atMs - newestMs(whole) <= FORGET_MS;
    if (!isKept && whole.isTold) state.ended.push({ serial: whole.id, endMs: atMs, reason: "existence" });
    return isKept;
  });
}

const isTakenBy = (candidate: Candidate, ray: Ray): boolean => {
  const { innovationRad, variance } = fitOf(candidate, ray);
  return innovationRad * innovationRad <= GATE_SIGMAS * GATE_SIGMAS * variance;
};

/** What was told by one finder alone, and is now crossed by another, goes on under its number. */
export function goOnAs(state: TriangulatorState, candidate: Candidate): void {
  const before = state.lone.find(({ whole, sensor }) => whole.isTold && candidate.heard.has(sensor) && isSame(whole, candidate));
  if (!before) return;
  candidate.id = before.whole.id;
  state.lone = state.lone.filter((one) => one !== before);
}

/** What one finder alone hears is told once its range is known; until then it is a direction. A microphone hears no pilot. */
export function tellLone(state: TriangulatorState, poses: ReadonlyMap<string, TrackerSensor>, nowMs: number): TrackState[] {
  const told: TrackState[] = [];
  for (const lone of state.lone) {
    const { whole } = lone;
    const pose = poses.get(lone.sensor);
    if (!pose) {
      if (whole.isTold) endTold(state, whole, nowMs);
      continue;
    }
    const from = { eastM: pose.posEnuM[0], northM: pose.posEnuM[1] };
    const isProbable = whole.llr >= PLACED_LLR && hitsOf(whole) >= 2 * HITS;
    if (isProbable && isRangeKnown(lone, from) && (lone.isSound || isAircraft(whole))) whole.isTold = true;
    const isOver = whole.llr < 0 || nowMs - newestMs(whole) > FORGET_MS || !isRangeKnown(lone, from);
    if (whole.isTold && isOver) endTold(state, whole, nowMs);
    if (whole.isTold) told.push(trackOf(whole, [0, 0, 0], false, nowMs));
  }
  return told;
}
