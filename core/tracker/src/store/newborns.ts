import { LAYOUT, type TrackStore } from "./store.ts";
import { addTo, type Columns, copyTable, createTable, dropEndedOf, type Table, widen } from "./table.ts";

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
/** `chanceMs` is, per sensor, the time of the newest look that counted as a chance. */
type NewbornColumn = keyof typeof NEWBORN_LAYOUT | "chanceMs";
export const NEWBORN_COLUMNS: Columns<NewbornColumn> = {
  names: [...(Object.keys(NEWBORN_LAYOUT) as (keyof typeof NEWBORN_LAYOUT)[]), "chanceMs"],
  width: (name, sensorSlots) => (name === "chanceMs" ? sensorSlots : NEWBORN_LAYOUT[name]),
};

/**
 * Tracks that are one detection so far and too improbable to tell of. What will be known of their motion follows from that detection, so that it
 * is worked out only for a look that has something to say to it: most are false alarms, and gone after two looks.
 */
export type Newborns = Table<NewbornColumn>;

export const createNewborns = (capacity = 64, sensorSlots = 1): Newborns => createTable(NEWBORN_COLUMNS, capacity, sensorSlots);

/** Adds one and answers its index. */
export const addNewborn = (newborns: Newborns): number => addTo(newborns, NEWBORN_COLUMNS);

/** Ends one; it is taken out by {@link dropEndedNewborns}. */
export function endNewborn(newborns: Newborns, k: number): void {
  newborns.existence[k] = 0;
  newborns.ended++;
}

/** Takes out those that have ended; the others keep their order, that of birth. */
export function dropEndedNewborns(newborns: Newborns): void {
  if (newborns.ended > 0) dropEndedOf(newborns, NEWBORN_COLUMNS);
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
export const reserveNewbornSensors = (newborns: Newborns, slots: number): void => widen(newborns, NEWBORN_COLUMNS, slots);

/** Makes `newborns` hold what `from` holds. */
export const copyNewborns = (newborns: Newborns, from: Newborns): void => copyTable(newborns, NEWBORN_COLUMNS, from);

/** Newborns that the look has made rows of: the first row, and whose each is. */
export type Hatched = { from: number; count: number; newborn: Int32Array };
export const createHatched = (): Hatched => ({ from: 0, count: 0, newborn: new Int32Array(64) });
