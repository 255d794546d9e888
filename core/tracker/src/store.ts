import type { Apart } from "./claim-offset.ts";
import { compactColumn, compactTexts, copyColumn, createColumns, findRuns, resized, resizedPerSensor } from "./columns.ts";

/** Motions of a track's mixture: cruise, turn right, turn left, hover, climb, violent manoeuvre. */
export const MODES = 6;
/** State [e, n, u, ve, vn, vu] in the site's frame, metres and metres per second. */
export const DIM = 6;
/**
 * A covariance as 21 values: position block [xx, xy, xz, yy, yz, zz], then position (row) against velocity (column) 3×3 row-major,
 * then the velocity block like the first.
 */
export const COV = 21;
export const CLASSES = 6;

/** Every column's values per row: what a track is, in struct of arrays. `perSensor` columns have that many values for each sensor. */
export const LAYOUT = {
  mean: MODES * DIM,
  cov: MODES * COV,
  weight: MODES,
  /** Where it may be: see `layExtent`. */
  extent: 4,
  /** 0 once the track has ended: see {@link endRow}. */
  existence: 1,
  /** Existence as it was when something that proves it was last taken: the most that a bearing or a presence may bring it back to. */
  proven: 1,
  /** 1 once existence has passed the confirmation threshold. */
  confirmed: 1,
  /** 1 once a sensor has measured its height. */
  heightKnown: 1,
  /** Serial number, or 0 while nobody has been told of the track. */
  serial: 1,
  /** Counts up from 1 as tracks begin, told or not: rows lie in this order. */
  ordinal: 1,
  /** Ordinal of the track with which it last shared a plot, and until when that makes the two a group. */
  partner: 1,
  sharesUntilMs: 1,
  /** So many plots were its alone since it was confirmed: see {@link isSomebody}. */
  alone: 1,
  /** Probability that what it shares plots with stays unresolved for as long as the two are near enough. */
  lasting: 1,
  /** How probably it shared the last plot that it probably shared. */
  together: 1,
  firstMs: 1,
  measuredMs: 1,
  /** Who began the track: sensor slot, place of the detection among those of that time, and where in that sensor's polar coordinates. */
  birthSensor: 1,
  birthDetection: 1,
  birthRange: 1,
  birthAzimuth: 1,
  birthElevation: 1,
  birthRangeRate: 1,
  /** 1 for a track that began among others that fly together. */
  inCompany: 1,
  /** 1 while others fly as it does. */
  inSwarm: 1,
  hits: 1,
  /** How many of them prove it: see `isHearsay`. */
  proofs: 1,
  /** How many detections with features are thought to be its: the sum of their probabilities. */
  described: 1,
  /** So many of its detections are counted as false alarms so far. */
  doubted: 1,
  classLog: CLASSES,
} as const;

/** Per track and sensor: time of the newest detection, number of them, time of the newest look that counted as a chance. */
export const CONTRIBUTION = 3;

export type ColumnName = keyof typeof LAYOUT;

/** What is known of one claimed identity on one track; replaced, never written. */
export type ClaimEvidence = Readonly<{
  claim: string;
  hits: number;
  weight: number;
  against: number;
  lastMs: number;
  apart: Apart;
}>;

/** What a sensor itself calls a track's object; replaced, never written. */
type ObjectName = Readonly<{ slot: number; object: string }>;

export type TrackStore = Record<ColumnName, Float64Array> & {
  count: number;
  /** So many of the rows have ended. */
  ended: number;
  capacity: number;
  /** Sensor slots that `contribution` has room for. */
  sensorSlots: number;
  contribution: Float64Array;
  claims: (readonly ClaimEvidence[])[];
  objects: (readonly ObjectName[])[];
};

const NO_OBJECTS: readonly ObjectName[] = [];
const NO_CLAIMS: readonly ClaimEvidence[] = [];
const COLUMNS = Object.keys(LAYOUT) as ColumnName[];

export function createTrackStore(capacity = 64, sensorSlots = 1): TrackStore {
  return {
    ...createColumns(LAYOUT, capacity),
    count: 0,
    ended: 0,
    capacity,
    sensorSlots,
    contribution: new Float64Array(capacity * sensorSlots * CONTRIBUTION),
    claims: [],
    objects: [],
  };
}

/** Adds a row and answers its index; columns double when they are full, and hold nothing beyond the last row. */
export function addRow(store: TrackStore): number {
  if (store.count === store.capacity) resize(store, store.capacity * 2, store.sensorSlots);
  const row = store.count++;
  store.claims[row] = NO_CLAIMS;
  store.objects[row] = NO_OBJECTS;
  return row;
}

/** Notes what a sensor called the object in its newest detection, or that it gave it no name. */
export function nameObject({ objects }: TrackStore, row: number, slot: number, object: string | undefined): void {
  const others = objects[row].length > 0 ? objects[row].filter((one) => one.slot !== slot) : NO_OBJECTS;
  objects[row] = object === undefined ? others : [...others, { slot, object }];
}

/**
 * Ends a row: no look concerns it any more (it is nowhere) and nobody is told of it. To take it out moves every row behind it, so that this
 * waits for {@link dropEnded}: many radars look in one moment.
 */
export function endRow(store: TrackStore, row: number): void {
  store.ended++;
  store.existence[row] = 0;
  store.confirmed[row] = 0;
  store.serial[row] = 0;
  store.sharesUntilMs[row] = Number.NEGATIVE_INFINITY;
  store.extent.fill(Number.NaN, 4 * row, 4 * row + 4);
  store.claims[row] = NO_CLAIMS;
  store.objects[row] = NO_OBJECTS;
}

/** Takes out the rows that have ended; the others keep their order. */
export function dropEnded(store: TrackStore): void {
  if (store.ended === 0) return;
  const { count } = store;
  const pairs = findRuns(store.existence, count);
  for (const name of COLUMNS) compactColumn(store[name], LAYOUT[name], count, pairs);
  compactColumn(store.contribution, store.sensorSlots * CONTRIBUTION, count, pairs);
  for (const texts of [store.claims, store.objects]) compactTexts(texts, pairs);
  store.count -= store.ended;
  store.ended = 0;
}

/** Makes room for more sensors; contributions stay with their slots. */
export function reserveSensors(store: TrackStore, slots: number): void {
  if (slots > store.sensorSlots) resize(store, store.capacity, slots);
}

/** Makes `store` hold what `from` holds. */
export function copyStore(store: TrackStore, from: TrackStore): void {
  if (store.capacity < from.count || store.sensorSlots !== from.sensorSlots)
    Object.assign(store, createTrackStore(Math.max(store.capacity, from.capacity), from.sensorSlots));
  const before = store.count;
  for (const name of COLUMNS) copyColumn(store[name], from[name], LAYOUT[name], from.count, before);
  copyColumn(store.contribution, from.contribution, from.sensorSlots * CONTRIBUTION, from.count, before);
  copyTexts(store.claims, from.claims, from.count);
  copyTexts(store.objects, from.objects, from.count);
  store.count = from.count;
  store.ended = from.ended;
}

function copyTexts<T>(column: T[], from: readonly T[], count: number): void {
  for (let row = 0; row < count; row++) column[row] = from[row];
  column.length = count;
}

function resize(store: TrackStore, capacity: number, sensorSlots: number): void {
  for (const name of COLUMNS) store[name] = resized(store[name], LAYOUT[name], store.count, capacity);
  const slots = { from: store.sensorSlots, to: sensorSlots, capacity };
  store.contribution = resizedPerSensor(store.contribution, CONTRIBUTION, store.count, slots);
  store.capacity = capacity;
  store.sensorSlots = sensorSlots;
}
