import { addTo, type Columns, compactTexts, copyTable, createTable, dropEndedOf, type Table, widen } from "./table.ts";

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

/** Where a sender said last to be, and when; `upM` is of no height where `hasUp` is false. */
type Heard = Readonly<{ eastM: number; northM: number; upM: number; hasUp: boolean; atMs: number }>;

/**
 * How far from a track's latest plots the sender that it bears said to be, on average: east, north, ahead of the track as it flew, and up; how much that
 * average weighs, on the ground and up; and the mean variance of what it was compared with along an axis, and up.
 */
export type Apart = Readonly<{
  eastM: number;
  northM: number;
  aheadM: number;
  upM: number;
  weight: number;
  upWeight: number;
  varianceM2: number;
  upVarianceM2: number;
  heard: Heard | null;
}>;

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

export type TrackStore = Table<ColumnName | "contribution"> & {
  claims: (readonly ClaimEvidence[])[];
  objects: (readonly ObjectName[])[];
};

const NO_OBJECTS: readonly ObjectName[] = [];
const NO_CLAIMS: readonly ClaimEvidence[] = [];
/** The columns of numbers: those of {@link LAYOUT}, and what is kept per sensor. */
export const TRACK_COLUMNS: Columns<ColumnName | "contribution"> = {
  names: [...(Object.keys(LAYOUT) as ColumnName[]), "contribution"],
  width: (name, sensorSlots) => (name === "contribution" ? sensorSlots * CONTRIBUTION : LAYOUT[name]),
};

export const createTrackStore = (capacity = 64, sensorSlots = 1): TrackStore => ({
  ...createTable(TRACK_COLUMNS, capacity, sensorSlots),
  claims: [],
  objects: [],
});

/** Adds a row and answers its index. */
export function addRow(store: TrackStore): number {
  const row = addTo(store, TRACK_COLUMNS);
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
  dropEndedOf(store, TRACK_COLUMNS);
  for (const texts of [store.claims, store.objects]) compactTexts(texts, store.count);
}

/** Makes room for more sensors; contributions stay with their slots. */
export const reserveSensors = (store: TrackStore, slots: number): void => widen(store, TRACK_COLUMNS, slots);

/** Makes `store` hold what `from` holds. */
export function copyStore(store: TrackStore, from: TrackStore): void {
  copyTable(store, TRACK_COLUMNS, from);
  copyTexts(store.claims, from.claims, from.count);
  copyTexts(store.objects, from.objects, from.count);
}

function copyTexts<T>(column: T[], from: readonly T[], count: number): void {
  for (let row = 0; row < count; row++) column[row] = from[row];
  column.length = count;
}
