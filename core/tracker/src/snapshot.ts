import type { Rejections } from "./looks/intake.ts";
import type { Distrust, PlacedLook, SensorSlots, Serials, TrackerState } from "./state.ts";
import { createNewborns, NEWBORN_COLUMNS } from "./store/newborns.ts";
import { type ClaimEvidence, createTrackStore, TRACK_COLUMNS, type TrackStore } from "./store/store.ts";
import { valuesOf } from "./store/table.ts";
import type { Crowding, TrackEnd } from "./types.ts";

export const SNAPSHOT_VERSION = 21;

/** All that a tracker is: the oldest state that a late look may go back to, the looks since, and what it has told. */
export type Saved = Readonly<{
  state: TrackerState;
  looks: readonly PlacedLook[];
  sensorIds: readonly string[];
  serials: Serials;
  told: readonly number[];
  /** The time that tracks were last told for; NaN before the first. */
  askedMs: number;
  rejections: Rejections;
}>;

type Header = Readonly<{
  version: number;
  timeMs: number | null;
  count: number;
  newborns: number;
  begun: number;
  sensorSlots: number;
  learned: readonly number[];
  claims: readonly (readonly ClaimEvidence[])[];
  objects: TrackStore["objects"];
  origins: readonly (readonly [string, number])[];
  distrust: readonly (readonly [string, Distrust])[];
  crowding: readonly (readonly [string, Crowding])[];
  ends: readonly TrackEnd[];
  looks: readonly PlacedLook[];
  sensorIds: readonly string[];
  nextSerial: number;
  given: readonly (readonly [string, Readonly<{ serial: number; atMs: number }>])[];
  over: readonly (readonly [number, number])[];
  told: readonly number[];
  askedMs: number | null;
  rejections: readonly (readonly [string, Rejections extends Map<string, infer V> ? V : never])[];
}>;

/** As bytes: length of the JSON header (u32, little-endian), the header, then every column's numbers as f64, little-endian. */
export function encodeSnapshot({ state, looks, sensorIds, serials, told, askedMs, rejections }: Saved): Uint8Array {
  const { tracks, newborns } = state;
  const header: Header = {
    version: SNAPSHOT_VERSION,
    timeMs: Number.isNaN(state.timeMs) ? null : state.timeMs,
    count: tracks.count,
    newborns: newborns.count,
    begun: state.begun,
    sensorSlots: tracks.sensorSlots,
    learned: state.learned.map((values) => values.length),
    claims: tracks.claims,
    objects: tracks.objects,
    origins: [...state.origins],
    distrust: [...state.distrust],
    crowding: [...state.crowding],
    ends: state.ends,
    looks,
    sensorIds,
    nextSerial: serials.next,
    given: [...serials.given],
    over: [...serials.over],
    told,
    askedMs: Number.isNaN(askedMs) ? null : askedMs,
    rejections: [...rejections],
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const columns = [...valuesOf(tracks, TRACK_COLUMNS), ...valuesOf(newborns, NEWBORN_COLUMNS), ...state.learned];
  const numbers = columns.reduce((sum, column) => sum + column.length, 0);
  const bytes = new Uint8Array(4 + text.length + 8 * numbers);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, text.length, true);
  bytes.set(text, 4);
  let at = 4 + text.length;
  for (const column of columns)
    for (const value of column) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  return bytes;
}

/** Throws a RangeError for bytes that this version did not write: a snapshot comes from our own journal, which is checked before. */
export function decodeSnapshot(bytes: Uint8Array): Saved {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Header;
  if (header.version !== SNAPSHOT_VERSION)
    throw new RangeError(`Tracker snapshot must have version ${SNAPSHOT_VERSION}, got ${header.version}`);
  let at = 4 + length;
  const read = (into: Float64Array): void => {
    for (let k = 0; k < into.length; k++, at += 8) into[k] = view.getFloat64(at, true);
  };
  const tracks = createTrackStore(Math.max(64, header.count), header.sensorSlots);
  tracks.count = header.count;
  for (const values of valuesOf(tracks, TRACK_COLUMNS)) read(values);
  tracks.claims = [...header.claims];
  tracks.objects = [...header.objects];
  const newborns = createNewborns(Math.max(64, header.newborns), header.sensorSlots);
  newborns.count = header.newborns;
  for (const values of valuesOf(newborns, NEWBORN_COLUMNS)) read(values);
  const learned = header.learned.map((size) => {
    const values = new Float64Array(size);
    read(values);
    return values;
  });
  const timeMs = header.timeMs ?? Number.NaN;
  return {
    state: {
      timeMs,
      tracks,
      newborns,
      begun: header.begun,
      learned,
      origins: new Map(header.origins),
      distrust: new Map(header.distrust),
      crowding: new Map(header.crowding),
      ends: header.ends,
    },
    looks: header.looks,
    sensorIds: header.sensorIds,
    serials: { next: header.nextSerial, given: new Map(header.given), over: new Map(header.over) },
    told: header.told,
    askedMs: header.askedMs ?? Number.NaN,
    rejections: new Map(header.rejections),
  };
}

/** Ids of all slots in order. */
export const slotIds = (slots: SensorSlots): readonly string[] => slots.models.map((model) => model.sensor.id);
