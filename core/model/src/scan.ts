import Type from "typebox";
import { Detection, IdentityClaim, Signal } from "./detection.ts";
import { feedId, sensorId } from "./id.ts";
import { Height, Place } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";

/** Where in the journal the raw bytes lie. */
export const RawReference = closed({
  feed: feedId.schema,
  sequence: Type.Integer({ minimum: 0, description: "Journal sequence of the bytes" }),
});
export type RawReference = Type.Static<typeof RawReference>;

const times = {
  measuredMs: instantMs("When the sensor saw it"),
  measuredSigmaMs: number("One standard deviation of measuredMs, milliseconds", 0),
  receivedMs: instantMs("When this site heard of it"),
};

/** One look of one sensor at a region, even when it saw nothing. */
export const Scan = closed(
  {
    kind: Type.Literal("scan"),
    sensor: sensorId.schema,
    ...times,
    reality: Reality,
    sector: Type.Optional(
      closed({ azimuthFromRad: number("Clockwise from true north"), azimuthToRad: number("Clockwise from true north") }),
    ),
    detections: Type.Array(Detection, { maxItems: 10_000 }),
    /** By its own word, where that is not the place it is configured for. */
    sensorPlace: Type.Optional(Place),
    clockOffsetMs: Type.Optional(number("Sensor's clock less ours, when it states its time; bounded from above only")),
    raw: Type.Optional(RawReference),
  },
  "One look of one sensor",
);
export type Scan = Type.Static<typeof Scan>;

/**
 * What a public broadcast says about its sender, apart from where the aircraft is. Personal fields (operator) are released by policy only.
 * @source ASTM F3411-22a: Basic ID, Self-ID, System and Operator ID messages.
 */
export const BroadcastClaim = closed(
  {
    kind: Type.Literal("claim"),
    sensor: sensorId.schema,
    ...times,
    reality: Reality,
    origin: text("Names the transmitter, such as `remote-id:<address>`", 128),
    identities: Type.Array(IdentityClaim, { maxItems: 8 }),
    uaType: Type.Optional(text("Kind of aircraft as broadcast, in words", 32)),
    status: Type.Optional(oneOf("ground", "airborne", "emergency", "remoteIdFailure")),
    description: Type.Optional(text("Self-ID as broadcast: the purpose of the flight", 23)),
    operatorId: Type.Optional(text("Operator registration as broadcast", 20)),
    operator: Type.Optional(closed({ place: Place, height: Type.Optional(Height), source: oneOf("takeoff", "live", "fixed") })),
    signal: Type.Optional(Signal),
    clockOffsetMs: Type.Optional(number("Sender's clock less ours, when it states absolute time; bounded from above only")),
    raw: Type.Optional(RawReference),
  },
  "What a public broadcast says about its sender",
);
export type BroadcastClaim = Type.Static<typeof BroadcastClaim>;

/** A sensor's own word on how it is. A sensor that says nothing for `silentAfterMs` is silent whatever it said before. */
export const SensorReport = closed(
  {
    kind: Type.Literal("sensorReport"),
    sensor: sensorId.schema,
    receivedMs: instantMs("When this site heard of it"),
    reality: Reality,
    state: oneOf("working", "degraded", "failed"),
    detail: Type.Optional(text("In the sensor's own words", 200)),
    silentAfterMs: Type.Optional(number("Longer silence than this it rules out itself, milliseconds", 100, 86_400_000)),
  },
  "A sensor's own word on how it is",
);
export type SensorReport = Type.Static<typeof SensorReport>;
