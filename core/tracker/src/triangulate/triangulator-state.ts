import type { TrackEnd } from "../types.ts";
import type { Candidate, Heard, Ray } from "./candidate.ts";
import type { Lone } from "./lone.ts";

/** Plain data: what a snapshot holds. */
export type TriangulatorState = {
  waiting: WaitingBearings[];
  recent: Ray[];
  candidates: Candidate[];
  /** What one finder alone hears. */
  lone: Lone[];
  /** Per finder: how many it hears in a look that hears any, of what is not known, in the mean. */
  crowd: Map<string, number>;
  next: number;
  ended: TrackEnd[];
};
export type WaitingBearings = { sensor: string; atMs: number; rays: Ray[] };

/** A look at something that sends hears it so often; who sends may pause. */
export const HEARD = 0.5;
/** Bearings of nothing in particular, per radian and look: walls, and everything else that sends. */
export const STRAY_PER_RAD = 0.5;
/** Odds of a thousand to one; below those of one to twenty it is dropped. What was heard long ago counts less, by so much a look. */
export const PLACED_LLR = 6.9;
export const GONE_LLR = -3;
export const KEPT_A_LOOK = 0.95;
/** So long after it was last heard it is forgotten. */
export const FORGET_MS = 10_000;
/** A bearing this far from where one is expected is of something else. */
export const GATE_SIGMAS = 3;

export const newTriangulatorState = (): TriangulatorState => ({
  waiting: [],
  recent: [],
  candidates: [],
  lone: [],
  crowd: new Map(),
  next: 1,
  ended: [],
});

/** What was heard of it with one more bearing. */
export const heardBy = ({ isAircraft, atMs, object }: Ray, { hits, aircraft }: Pick<Heard, "hits" | "aircraft">): Heard => ({
  hits: hits + 1,
  aircraft: aircraft + (isAircraft ? 1 : 0),
  lastMs: atMs,
  ...(object !== undefined && { object }),
});

/** Heard again it is another track: no number is given twice. */
export function endTold(state: TriangulatorState, candidate: Candidate, endMs: number): void {
  state.ended.push({ serial: candidate.id, endMs, reason: "existence" });
  candidate.id = state.next++;
  candidate.isTold = false;
}
