import { numberAgain } from "./delete.ts";
import { cloneState, copyState, createState, fitState, type PlacedLook, type TrackerState } from "./state.ts";
import { step } from "./step.ts";
import { dropEndedNewborns } from "./store/newborns.ts";
import { dropEnded } from "./store/store.ts";
import type { TrackerLook } from "./types.ts";
import type { Context } from "./workspace.ts";

/**
 * A state is kept before the first look of every such part of time: taking a few looks again is cheaper than keeping every state. Which are kept
 * follows from the looks that are still known: who goes on from a snapshot keeps the same.
 */
const CHECKPOINT_MS = 200;

/** A state as it was before look `before` of the history. */
type Checkpoint = { before: number; state: TrackerState };

/**
 * The looks of the late window, in order of measurement, with states to go back to. The present state is always what the oldest
 * checkpoint and the looks since give: that is what makes a late look, a snapshot and a changed sensor exact.
 */
export type History = {
  looks: PlacedLook[];
  checkpoints: Checkpoint[];
  /** The first look that the present state does not hold yet; as many as there are looks when it holds them all. */
  settled: number;
  /** States of checkpoints that are gone, to be written over by the next. */
  spare: TrackerState[];
};

const MOST_SPARE = 2;

/** So many looks may wait for somebody to ask. */
const MOST_WAITING = 512;

export const createHistory = (state: TrackerState, looks: readonly PlacedLook[] = []): History => ({
  looks: [...looks],
  checkpoints: [{ before: 0, state: cloneState(state) }],
  settled: 0,
  spare: [],
});

/**
 * Takes a look at its place in time. One that comes in order is run at once; a late one, and what comes after it, waits until the tracks
 * are asked for: then later looks are taken again once for all that came late.
 */
export function takeLook(history: History, state: TrackerState, look: TrackerLook, context: Context): void {
  const { looks } = history;
  let at = looks.length;
  while (at > 0 && isBefore(look, looks[at - 1])) at--;
  looks.splice(at, 0, { ...look, detectionsBefore: detectionsBefore(look, looks[at - 1]) });
  if (at === looks.length - 1 && history.settled === at) {
    run(history, state, at, context);
    history.settled = looks.length;
    trim(history, looks[at].measuredMs - context.settings.lateMs);
  } else {
    history.settled = Math.min(history.settled, at);
    if (looks.length - history.settled > MOST_WAITING) settle(history, state, context);
  }
}

/** What stands before a look in those of its sensor at the same time: radars send plot by plot, receivers stamp broadcasts coarsely. */
const detectionsBefore = (look: TrackerLook, last: PlacedLook | undefined): number =>
  last?.sensor === look.sensor && last.measuredMs === look.measuredMs ? last.detectionsBefore + last.detections.length : 0;

/** Makes the present state hold every look, and nothing that has ended. */
export function settle(history: History, state: TrackerState, context: Context): void {
  const { looks, settled } = history;
  if (settled < looks.length) {
    replay(history, state, settled, context);
    trim(history, looks[looks.length - 1].measuredMs - context.settings.lateMs);
  }
  dropEnded(state.tracks);
  dropEndedNewborns(state.newborns);
}

/** Time of the newest look there is, NaN before the first. */
export const newestMs = ({ looks }: History, state: TrackerState): number => looks.at(-1)?.measuredMs ?? state.timeMs;

/** Goes back to the last state before look `at` and takes every look from there. */
export function replay(history: History, state: TrackerState, at: number, context: Context): void {
  const { checkpoints, looks } = history;
  while (checkpoints.length > 1 && checkpoints[checkpoints.length - 1].before >= at) forget(history, checkpoints.length - 1, 1);
  const from = checkpoints[checkpoints.length - 1];
  copyState(state, from.state);
  fitState(state, context.slots);
  numberAgain(state, context);
  for (let k = from.before; k < looks.length; k++) {
    run(history, state, k, context);
    numberAgain(state, context);
  }
  history.settled = looks.length;
}

function run({ looks, checkpoints, spare }: History, state: TrackerState, at: number, context: Context): void {
  const last = checkpoints[checkpoints.length - 1];
  if (at > last.before && partOf(looks[at]) !== partOf(looks[at - 1])) {
    const kept = spare.pop() ?? createState();
    dropEnded(state.tracks);
    dropEndedNewborns(state.newborns);
    copyState(kept, state);
    checkpoints.push({ before: at, state: kept });
  }
  step(state, looks[at], context);
}

const partOf = ({ measuredMs }: PlacedLook): number => Math.floor(measuredMs / CHECKPOINT_MS);

/** Forgets looks that no late look can come before, as far as a checkpoint allows. */
function trim(history: History, horizonMs: number): void {
  const { looks, checkpoints } = history;
  let drop = 0;
  while (drop + 1 < checkpoints.length && looks[checkpoints[drop + 1].before - 1].measuredMs < horizonMs) drop++;
  if (drop === 0) return;
  const gone = checkpoints[drop].before;
  forget(history, 0, drop);
  looks.splice(0, gone);
  history.settled -= gone;
  for (const checkpoint of checkpoints) checkpoint.before -= gone;
}

/** Drops checkpoints; a few of their states are kept to be written over. */
function forget({ checkpoints, spare }: History, from: number, count: number): void {
  for (const { state } of checkpoints.splice(from, count)) if (spare.length < MOST_SPARE) spare.push(state);
}

/** Order of looks: by time of measurement, then sensor; of one sensor at one time, as they came. */
const isBefore = (a: TrackerLook, b: TrackerLook): boolean =>
  a.measuredMs < b.measuredMs || (a.measuredMs === b.measuredMs && a.sensor < b.sensor);
