import { compactColumn, copyColumn, createColumns, findRuns, resized, resizedPerSensor } from "./columns.ts";
import { LAYOUT, type TrackStore } from "./store.ts";

/** What is known of a track from its first detection on, and goes with it from one store to the other. */
const BORN = [
  ...(["existence", "proven", "weight", "heightKnown", "firstMs", "birthSensor", "birthDetection", "birthRange"] as const),
  ...(["birthAzimuth", "birthElevation", "birthRangeRate", "described", "doubted", "classLog"] as const),
];
export type BornColumn = (typeof BORN)[number];
/** What looks that gave it nothing change of it. */
const JUDGED: readonly BornColumn[] = ["existence", "weight", "described", "doubted", "classLog"];

const NEWBORN_LAYOUT = {
  ...(Object.fromEntries(BORN.map((name) => [name, LAYOUT[name]])) as Record<BornColumn, number>),
  posM: 3,
  /** Of the detection's error, in the order of a state's covariance. */
  posCov: 6,
  /** Direction in which its sensor saw it. */
  sight: 3,
  /** Of the range rate that came with it, 0 when none did. */
  rateVariance: 1,
  /** Squared distance, by its widest motion, beyond which a detection passes the gate of none of its motions. */
  gateSquared: 1,
  /** Until when existence and weights have been moved on. */
  agedMs: 1,
} as const;
type NewbornColumn = keyof typeof NEWBORN_LAYOUT;
export const NEWBORN_COLUMNS = Object.keys(NEWBORN_LAYOUT) as NewbornColumn[];

/**
 * Tracks that are one detection so far and too improbable to tell of. What will be known of their motion follows from that detection, so that it
 * is worked out only for a look that has something to say to it: most are false alarms, and gone after two looks.
 */
export type Newborns = Record<NewbornColumn, Float64Array> & {
  count: number;
  ended: number;
  capacity: number;
  sensorSlots: number;
  /** Per sensor: time of the newest look that counted as a chance. */
  chanceMs: Float64Array;
};

export const newbornWidth = (name: NewbornColumn): number => NEWBORN_LAYOUT[name];

export const createNewborns = (capacity = 64, sensorSlots = 1): Newborns => ({
  ...createColumns(NEWBORN_LAYOUT, capacity),
  count: 0,
  ended: 0,
  capacity,
  sensorSlots,
  chanceMs: new Float64Array(capacity * sensorSlots),
});

/** Adds one and answers its index. */
export function addNewborn(newborns: Newborns): number {
  if (newborns.count === newborns.capacity) resize(newborns, 2 * newborns.capacity, newborns.sensorSlots);
  return newborns.count++;
}

/** Ends one; it is taken out by {@link dropEndedNewborns}. */
export function endNewborn(newborns: Newborns, k: number): void {
  newborns.existence[k] = 0;
  newborns.ended++;
}

/** Takes out those that have ended; the others keep their order, that of birth. */
export function dropEndedNewborns(newborns: Newborns): void {
  if (newborns.ended === 0) return;
  const { count } = newborns;
  const pairs = findRuns(newborns.existence, count);
  for (const name of NEWBORN_COLUMNS) compactColumn(newborns[name], NEWBORN_LAYOUT[name], count, pairs);
  compactColumn(newborns.chanceMs, newborns.sensorSlots, count, pairs);
  newborns.count -= newborns.ended;
  newborns.ended = 0;
}

/** Gives a track's row what its newborn has learned. */
export function copyBorn(tracks: TrackStore, row: number, newborns: Newborns, k: number): void {
  for (const name of BORN) copyValues(tracks[name], row, newborns[name], k, LAYOUT[name]);
}

/** Gives a newborn back what a look that gave it no detection has changed. */
export function copyJudged(newborns: Newborns, k: number, tracks: TrackStore, row: number): void {
  for (const name of JUDGED) copyValues(newborns[name], k, tracks[name], row, LAYOUT[name]);
}

function copyValues(to: Float64Array, at: number, from: Float64Array, k: number, width: number): void {
  for (let v = 0; v < width; v++) to[at * width + v] = from[k * width + v];
}

/** Makes room for more sensors; chances stay with their slots. */
export function reserveNewbornSensors(newborns: Newborns, slots: number): void {
  if (slots > newborns.sensorSlots) resize(newborns, newborns.capacity, slots);
}

/** Makes `newborns` hold what `from` holds. */
export function copyNewborns(newborns: Newborns, from: Newborns): void {
  if (newborns.capacity < from.count || newborns.sensorSlots !== from.sensorSlots)
    Object.assign(newborns, createNewborns(Math.max(newborns.capacity, from.capacity), from.sensorSlots));
  const before = newborns.count;
  for (const name of NEWBORN_COLUMNS) copyColumn(newborns[name], from[name], NEWBORN_LAYOUT[name], from.count, before);
  copyColumn(newborns.chanceMs, from.chanceMs, from.sensorSlots, from.count, before);
  newborns.count = from.count;
  newborns.ended = from.ended;
}

function resize(newborns: Newborns, capacity: number, sensorSlots: number): void {
  for (const name of NEWBORN_COLUMNS) newborns[name] = resized(newborns[name], NEWBORN_LAYOUT[name], newborns.count, capacity);
  const slots = { from: newborns.sensorSlots, to: sensorSlots, capacity };
  newborns.chanceMs = resizedPerSensor(newborns.chanceMs, 1, newborns.count, slots);
  newborns.capacity = capacity;
  newborns.sensorSlots = sensorSlots;
}
