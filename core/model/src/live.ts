import Type from "typebox";
import { Alert } from "./alert.ts";
import { FeedHealth, RecordHealth } from "./feed-health.ts";
import { alertId, trackId } from "./id.ts";
import { OutletHealth } from "./outlet-health.ts";
import { HeardNear, PersonState } from "./person.ts";
import { Reality } from "./reality.ts";
import { Sensor, SensorState } from "./sensor.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";
import { Landmark } from "./site.ts";
import { AssessedTrack, EndedTrack, Trace } from "./track.ts";
import { Warning } from "./warning.ts";
import { Zone } from "./zone.ts";

/** How the picture came to be: now, or a recording played again. */
export const Playback = closed({
  mode: oneOf("live", "replay"),
  fromMs: Type.Optional(Type.Number()),
  toMs: Type.Optional(Type.Number()),
  speed: Type.Optional(Type.Number()),
  paused: Type.Optional(Type.Boolean()),
  anew: Type.Optional(
    Type.Boolean({ description: "Another version recorded it: computed anew, it may differ from what was decided then" }),
  ),
});
export type Playback = Type.Static<typeof Playback>;

/** The whole picture: the first message on a live socket, and again after a client fell behind. */
export const LiveSnapshot = closed({
  type: Type.Literal("snapshot"),
  serial: Type.Integer({ minimum: 0 }),
  nowMs: instantMs("The clock mark of the picture"),
  playback: Playback,
  reality: Reality,
  site: closed({
    name: text("As people call it", 64),
    latDeg: Type.Number(),
    lonDeg: Type.Number(),
    sensors: Type.Array(Sensor),
    landmarks: Type.Array(Landmark),
  }),
  zones: Type.Array(Zone),
  tracks: Type.Array(AssessedTrack),
  traces: Type.Array(Trace),
  alerts: Type.Array(Alert),
  warnings: Type.Array(Warning),
  sensors: Type.Array(SensorState),
  persons: Type.Array(PersonState),
  feeds: Type.Array(FeedHealth),
  outlets: Type.Optional(Type.Array(OutletHealth)),
  record: RecordHealth,
});
export type LiveSnapshot = Type.Static<typeof LiveSnapshot>;

/** What changed since the last message to this client. Tracks, traces and states are newest-wins; alerts and warnings are never skipped. */
export const LiveDelta = closed({
  type: Type.Literal("delta"),
  serial: Type.Integer({ minimum: 0 }),
  nowMs: instantMs("The clock mark of the picture"),
  tracks: Type.Array(AssessedTrack),
  ended: Type.Array(EndedTrack),
  traces: Type.Optional(Type.Array(Trace)),
  alerts: Type.Array(Alert),
  alertsGone: Type.Array(alertId.schema),
  warnings: Type.Array(Warning),
  sensors: Type.Optional(Type.Array(SensorState)),
  persons: Type.Optional(Type.Array(PersonState)),
  zones: Type.Optional(Type.Array(Zone)),
  feeds: Type.Optional(Type.Array(FeedHealth)),
  outlets: Type.Optional(Type.Array(OutletHealth)),
  record: Type.Optional(RecordHealth),
  playback: Type.Optional(Playback),
});
export type LiveDelta = Type.Static<typeof LiveDelta>;

/** What an operator's live socket hears. A heartbeat comes at least every second. */
export const LiveMessage = Type.Union([
  LiveSnapshot,
  LiveDelta,
  closed({ type: Type.Literal("heartbeat"), nowMs: instantMs("The server's clock mark") }),
]);
export type LiveMessage = Type.Static<typeof LiveMessage>;

/** What a field phone hears: its own warnings and a coarse picture around itself, small enough for 64 kbit/s. */
export const FieldMessage = Type.Union([
  closed({
    type: Type.Literal("field"),
    nowMs: instantMs("The server's clock mark"),
    reality: Reality,
    person: PersonState,
    warnings: Type.Array(Warning),
    heard: Type.Array(HeardNear, { description: "What is heard around this person and nobody can place" }),
    nearby: Type.Array(
      closed({
        id: trackId.schema,
        latDeg: number("Degrees"),
        lonDeg: number("Degrees"),
        courseDeg: Type.Optional(number("Degrees")),
        speedMps: number("m/s"),
        measuredMs: Type.Number(),
        confirmed: Type.Boolean(),
      }),
      { maxItems: 20 },
    ),
    notWatched: Type.Boolean({ description: "True when no covering sensor watches the air over this person" }),
  }),
  closed({ type: Type.Literal("heartbeat"), nowMs: instantMs("The server's clock mark") }),
]);
export type FieldMessage = Type.Static<typeof FieldMessage>;
