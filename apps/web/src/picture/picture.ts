import type {
  Alert,
  AlertId,
  AssessedTrack,
  EndedTrack,
  FeedHealth,
  LiveDelta,
  LiveMessage,
  LiveSnapshot,
  OutletHealth,
  PersonId,
  PersonState,
  Playback,
  Reality,
  RecordHealth,
  SensorId,
  SensorState,
  Trace,
  TrackId,
  Warning,
  WarningId,
  Zone,
} from "@picket/model";
import { isNotable } from "./track-kind.ts";
import { extendTrails, type Trail } from "./trail.ts";

/** All that the page knows, made of nothing but the messages of one socket. Views read it; nothing else writes it. */
export type Picture = Readonly<{
  nowMs: number;
  serial: number;
  playback: Playback;
  reality: Reality;
  site: LiveSnapshot["site"];
  zones: readonly Zone[];
  tracks: ReadonlyMap<TrackId, AssessedTrack>;
  trails: ReadonlyMap<TrackId, Trail>;
  /** Confirmed tracks that ended within the last minute, newest last: shown as "last seen here", never as live. */
  ended: readonly LastSeen[];
  traces: readonly Trace[];
  alerts: ReadonlyMap<AlertId, Alert>;
  warnings: ReadonlyMap<WarningId, Warning>;
  sensors: ReadonlyMap<SensorId, SensorState>;
  persons: ReadonlyMap<PersonId, PersonState>;
  feeds: readonly FeedHealth[];
  /** Shares and deliveries. */
  outlets: readonly OutletHealth[];
  record: RecordHealth;
}>;

/** How a track was last seen before it ended. */
export type LastSeen = Readonly<{ track: AssessedTrack; end: EndedTrack }>;

const KEEP_ENDED_MS = 60_000;
const KEEP_CLOSED_WARNINGS_MS = 30 * 60_000;
const MAX_ENDED = 200;

/** The picture after one more message. Undefined until the first snapshot: a delta without one means nothing. */
export function nextPicture(picture: Picture | undefined, message: LiveMessage): Picture | undefined {
  switch (message.type) {
    case "snapshot":
      return fromSnapshot(picture, message);
    case "delta":
      return picture && withDelta(picture, message);
    case "heartbeat":
      return picture && { ...picture, nowMs: Math.max(picture.nowMs, message.nowMs) };
    default:
      return message satisfies never;
  }
}

/** The site without anything that moves or looks: what stands while another time's picture is awaited. */
export const emptied = (picture: Picture): Picture => ({
  ...picture,
  site: { ...picture.site, sensors: [] },
  tracks: new Map(),
  trails: new Map(),
  ended: [],
  traces: [],
  alerts: new Map(),
  warnings: new Map(),
  sensors: new Map(),
  persons: new Map(),
});

/** A snapshot replaces everything but the trails of tracks that are still there. */
function fromSnapshot(before: Picture | undefined, message: LiveSnapshot): Picture {
  const tracks = byId(message.tracks);
  return {
    nowMs: message.nowMs,
    serial: message.serial,
    playback: message.playback,
    reality: message.reality,
    site: message.site,
    zones: message.zones,
    tracks,
    trails: extendTrails(before?.trails ?? new Map(), tracks, message.nowMs),
    ended: [],
    traces: message.traces,
    alerts: byId(message.alerts),
    warnings: byId(message.warnings),
    sensors: byId(message.sensors),
    persons: byId(message.persons),
    feeds: message.feeds,
    outlets: message.outlets ?? [],
    record: message.record,
  };
}

function withDelta(picture: Picture, delta: LiveDelta): Picture {
  const tracks = changed(
    picture.tracks,
    delta.tracks,
    delta.ended.map(({ id }) => id),
  );
  return {
    nowMs: delta.nowMs,
    serial: delta.serial,
    playback: delta.playback ?? picture.playback,
    reality: picture.reality,
    site: picture.site,
    zones: delta.zones ?? picture.zones,
    tracks,
    trails: extendTrails(picture.trails, tracks, delta.nowMs),
    ended: lastSeen(picture, delta),
    traces: delta.traces ?? picture.traces,
    alerts: changed(picture.alerts, delta.alerts, delta.alertsGone),
    warnings: withoutOld(changed(picture.warnings, delta.warnings, []), delta.nowMs),
    sensors: delta.sensors ? byId(delta.sensors) : picture.sensors,
    persons: delta.persons ? byId(delta.persons) : picture.persons,
    feeds: delta.feeds ?? picture.feeds,
    outlets: delta.outlets ?? picture.outlets,
    record: delta.record ?? picture.record,
  };
}

const byId = <T extends Readonly<{ id: string }>>(items: readonly T[]): ReadonlyMap<T["id"], T> =>
  new Map(items.map((item) => [item.id, item]));

/** The map itself when nothing changed, so that views can compare by identity. */
function changed<T extends Readonly<{ id: string }>>(
  before: ReadonlyMap<T["id"], T>,
  put: readonly T[],
  gone: readonly T["id"][],
): ReadonlyMap<T["id"], T> {
  if (put.length === 0 && gone.length === 0) return before;
  const after = new Map(before);
  for (const item of put) after.set(item.id, item);
  for (const id of gone) after.delete(id);
  return after;
}

function lastSeen(picture: Picture, delta: LiveDelta): readonly LastSeen[] {
  const added = delta.ended.flatMap((end) => {
    const track = picture.tracks.get(end.id);
    return track && isNotable(track) && end.reason !== "merged" ? [{ track, end }] : [];
  });
  const kept = picture.ended.filter(({ end }) => delta.nowMs - end.endMs < KEEP_ENDED_MS);
  if (added.length === 0 && kept.length === picture.ended.length) return picture.ended;
  return [...kept, ...added].slice(-MAX_ENDED);
}

/** An all-clear stays on the roll call for half an hour. */
function withoutOld(warnings: ReadonlyMap<WarningId, Warning>, nowMs: number): ReadonlyMap<WarningId, Warning> {
  const old = [...warnings.values()].filter(
    ({ closedMs }) => closedMs !== undefined && nowMs - closedMs > KEEP_CLOSED_WARNINGS_MS,
  );
  return old.length === 0
    ? warnings
    : changed(
        warnings,
        [],
        old.map(({ id }) => id),
      );
}
