import { type Association, createAssociation } from "./associate.ts";
import { type Blends, createBlends } from "./blends.ts";
import { LEARNED, type SensorModel, sensorModel } from "./clutter.ts";
import { type Company, createCompany } from "./company.ts";
import type { Crowding } from "./crowding.ts";
import { createDetections, type Detections } from "./detections.ts";
import { createEdges, type Edges } from "./edges.ts";
import { createHatched, type Hatched } from "./hatch.ts";
import { copyNewborns, createNewborns, type Newborns, reserveNewbornSensors } from "./newborns.ts";
import type { Move } from "./predict.ts";
import type { TrackerSettings } from "./settings.ts";
import { copyStore, createTrackStore, reserveSensors, type TrackStore } from "./store.ts";
import type { EnuM, TrackEnd, TrackerLook, TrackerSensor } from "./types.ts";

/** How often, and where and when last, looks took a track that lived by a claim alone. */
export type Distrust = Readonly<{ count: number; atMs: number; eastM: number; northM: number }>;

/** Everything that a look changes. What is not in here does not outlive a look, or is the same for every look. */
export type TrackerState = {
  timeMs: number;
  tracks: TrackStore;
  newborns: Newborns;
  /** So many tracks have begun. */
  begun: number;
  /** What each sensor slot has taught: see {@link LEARNED}. */
  learned: Float64Array[];
  /** Origins already used, with the time they were measured at. */
  origins: Map<string, number>;
  /** By claim, for as long as it is remembered. */
  distrust: Map<string, Distrust>;
  /** By sensor, where there is anything to tell. */
  crowding: Map<string, Crowding>;
  /** Ends of tracks that somebody has been told of, not older than the late window. */
  ends: readonly TrackEnd[];
};

/** A look at its place among those taken: so many detections came before its own in looks of this sensor with the same time. */
export type PlacedLook = TrackerLook & Readonly<{ detectionsBefore: number }>;

/** A sensor's place in every column that is kept per sensor; a slot is never given to another sensor. */
export type SensorSlots = { slotOf: Map<string, number>; models: SensorModel[] };

/**
 * Serial numbers given out, by what began the track: a look taken again gives the same track the same number. And those whose end was
 * told, with the state's time then: they are never told again.
 */
export type Serials = {
  next: number;
  given: Map<string, Readonly<{ serial: number; atMs: number }>>;
  over: Map<number, number>;
};

/** What a step works with. Arrays grow and stay; nothing in them means anything between looks. */
export type Workspace = {
  /** By its seconds: see `moveFor`. */
  moves: Map<number, Move>;
  hatched: Hatched;
  detections: Detections;
  /** See {@link PreparedLook}; and per detection, 1 where a track goes on with it. */
  clutter: Float64Array;
  newcomers: Float64Array;
  taken: Uint8Array;
  edges: Edges;
  association: Association;
  /** Per track and motion: probability that the look detects it; per track: that it is missed though it may be there. */
  detectionProbability: Float64Array;
  missProbability: Float64Array;
  keep: Uint8Array;
  /** Per track: 1 where the look concerns it, for it may be seen or a detection may be its. */
  isNear: Uint8Array;
  /** Per track: probability that a look which has more than places gave it what places it. */
  placed: Float64Array;
  /** Per track: 1 where it may lie in an area that something is reported from. */
  isInArea: Uint8Array;
  /** Per track: probability that it shares a plot that another track took. */
  shared: Float64Array;
  /** Per track: the track that took the plot which it most probably shares. */
  sharer: Int32Array;
  /** Per track: how such a plot measures the track, six rows. */
  sharedRows: Float64Array;
  blends: Blends;
  company: Company;
};

export type Context = { settings: TrackerSettings; slots: SensorSlots; serials: Serials; work: Workspace };

export const createState = (): TrackerState => ({
  timeMs: Number.NaN,
  tracks: createTrackStore(),
  newborns: createNewborns(),
  begun: 0,
  learned: [],
  origins: new Map(),
  distrust: new Map(),
  crowding: new Map(),
  ends: [],
});

export const createWorkspace = (): Workspace => ({
  moves: new Map(),
  hatched: createHatched(),
  detections: createDetections(),
  clutter: new Float64Array(0),
  newcomers: new Float64Array(0),
  taken: new Uint8Array(0),
  edges: createEdges(),
  association: createAssociation(),
  detectionProbability: new Float64Array(0),
  missProbability: new Float64Array(0),
  keep: new Uint8Array(0),
  isNear: new Uint8Array(0),
  placed: new Float64Array(0),
  isInArea: new Uint8Array(0),
  shared: new Float64Array(0),
  sharer: new Int32Array(0),
  sharedRows: new Float64Array(0),
  blends: createBlends(),
  company: createCompany(),
});

/** Makes room for a look's detections. */
export function reserveLook(work: Workspace, detections: number): void {
  if (work.clutter.length >= detections) return;
  work.clutter = new Float64Array(2 * detections);
  work.newcomers = new Float64Array(2 * detections);
  work.taken = new Uint8Array(2 * detections);
}

/** Gives every sensor a slot and its model; sensors that are gone keep theirs, so that their tracks stay explained. */
export function setSensors(slots: SensorSlots, state: TrackerState, sensors: readonly TrackerSensor[]): void {
  for (const sensor of sensors) {
    const slot = slots.slotOf.get(sensor.id) ?? slots.models.length;
    slots.slotOf.set(sensor.id, slot);
    slots.models[slot] = sensorModel(sensor);
  }
  fitState(state, slots);
}

/** Where a sensor stands. One that was never known is asked for by nobody: intake leaves it out. */
export const placeOf =
  ({ slotOf, models }: SensorSlots) =>
  (id: string): EnuM =>
    models[slotOf.get(id) ?? 0].sensor.posEnuM;

/** Gives a state columns for every slot there is. */
export function fitState(state: TrackerState, slots: SensorSlots): void {
  while (state.learned.length < slots.models.length) state.learned.push(new Float64Array(LEARNED));
  reserveSensors(state.tracks, Math.max(1, slots.models.length));
  reserveNewbornSensors(state.newborns, state.tracks.sensorSlots);
}

/** A copy that shares nothing that is ever written. */
export function cloneState(state: TrackerState): TrackerState {
  const copy = createState();
  copyState(copy, state);
  return copy;
}

/** Makes `state` be what `from` was. */
export function copyState(state: TrackerState, from: TrackerState): void {
  state.timeMs = from.timeMs;
  copyStore(state.tracks, from.tracks);
  copyNewborns(state.newborns, from.newborns);
  state.begun = from.begun;
  state.learned.length = from.learned.length;
  for (let slot = 0; slot < from.learned.length; slot++) {
    state.learned[slot] ??= new Float64Array(LEARNED);
    state.learned[slot].set(from.learned[slot]);
  }
  copyMap(state.origins, from.origins);
  copyMap(state.distrust, from.distrust);
  copyMap(state.crowding, from.crowding);
  state.ends = from.ends;
}

function copyMap<K, V>(map: Map<K, V>, from: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of from) map.set(key, value);
}
