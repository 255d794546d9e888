import { LEARNED, type SensorModel, sensorModel } from "./sight/clutter.ts";
import { copyNewborns, createNewborns, type Newborns, reserveNewbornSensors } from "./store/newborns.ts";
import { copyStore, createTrackStore, reserveSensors, type TrackStore } from "./store/store.ts";
import type { Crowding, EnuM, TrackEnd, TrackerLook, TrackerSensor } from "./types.ts";

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
