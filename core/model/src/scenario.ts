import Type from "typebox";
import { ObjectClass } from "./detection.ts";
import { feedId } from "./id.ts";
import { LatDeg, LonDeg, Place } from "./place.ts";
import { Sensor } from "./sensor.ts";
import { closed, number, oneOf, text } from "./shape.ts";
import { Position } from "./zone.ts";

const second = number("Seconds after the scenario's start", 0, 86_400);
const heightM = number("Metres above the scenario's ground", -100, 20_000);
const speedMps = number("Metres per second", 0.1, 400);
const accelMps2 = number("How hard it can pull, m/s²", 0.1, 100);

/** A place to fly to. `speedMps` holds on the way there; at the place it waits `holdS`. */
export const Waypoint = closed({
  latDeg: LatDeg,
  lonDeg: LonDeg,
  heightM,
  speedMps: Type.Optional(speedMps),
  holdS: Type.Optional(number("Seconds to wait there", 0, 86_400)),
});
export type Waypoint = Type.Static<typeof Waypoint>;

const route = {
  points: Type.Array(Waypoint, { minItems: 1, maxItems: 1000 }),
  cruiseMps: speedMps,
  accelMps2: Type.Optional(accelMps2),
  startsMoving: Type.Optional(Type.Boolean({ description: "True when it comes from outside at cruise speed" })),
};

/** How a simulated object moves. */
export const SimulatedMotion = Type.Union([
  closed({ kind: Type.Literal("route"), ...route }),
  closed({
    kind: Type.Literal("swarm"),
    ...route,
    count: Type.Integer({ minimum: 2, maximum: 1000 }),
    spacingM: number("Between neighbours, metres", 1, 1000),
  }),
  closed({
    kind: Type.Literal("wander"),
    from: Waypoint,
    headingDeg: number("Clockwise from true north", 0, 360),
    cruiseMps: speedMps,
  }),
  closed({
    kind: Type.Literal("popUp"),
    from: Waypoint,
    at: Place,
    cruiseMps: speedMps,
    accelMps2,
    topM: number("Height it rises to before it comes down, metres above ground", 5, 500),
  }),
  closed({
    kind: Type.Literal("soar"),
    from: Waypoint,
    cruiseMps: speedMps,
    radiusM: number("Of its circles, metres", 5, 2000),
    driftEastMps: number("m/s", -50, 50),
    driftNorthMps: number("m/s", -50, 50),
  }),
  closed({
    kind: Type.Literal("drift"),
    from: Waypoint,
    windEastMps: number("m/s", -50, 50),
    windNorthMps: number("m/s", -50, 50),
    climbMps: number("m/s", -10, 10),
  }),
]);
export type SimulatedMotion = Type.Static<typeof SimulatedMotion>;

/** What an object broadcasts. `offset` is how far the broadcast place lies from the true one. */
export const SimulatedRemoteId = closed({
  carrier: oneOf("wifi-beacon", "wifi-nan", "ble-legacy", "ble-extended"),
  address: Type.String({ pattern: "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$" }),
  serial: Type.Optional(text("CTA-2063-A serial number", 20)),
  registration: Type.Optional(text("Registration", 20)),
  description: Type.Optional(text("Self-ID", 23)),
  operatorId: Type.Optional(text("Operator registration", 20)),
  operator: Type.Optional(Place),
  offset: Type.Optional(closed({ eastM: number("Metres", -100_000, 100_000), northM: number("Metres", -100_000, 100_000) })),
});
export type SimulatedRemoteId = Type.Static<typeof SimulatedRemoteId>;

/** What an aircraft's transponder tells beside its place. */
const SimulatedTransponder = closed({
  icao: Type.String({ pattern: "^[0-9a-f]{6}$", description: "ICAO 24-bit address" }),
  callsign: text("Flight or registration", 8),
  category: Type.String({ pattern: "^[A-D][0-7]$", description: "ADS-B emitter category" }),
});

/** One thing in the air, or, as a `phantom`, one that only broadcasts that it is. */
export const SimulatedObject = closed({
  id: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,47}$" }),
  class: ObjectClass,
  fromS: second,
  toS: second,
  motion: SimulatedMotion,
  remoteId: Type.Optional(SimulatedRemoteId),
  transponder: Type.Optional(SimulatedTransponder),
  radio: Type.Optional(
    closed(
      { frequencyMhz: number("Of its control link", 1, 100_000), controller: Type.Optional(Place) },
      "What direction finders hear",
    ),
  ),
  phantom: Type.Optional(Type.Boolean({ description: "True for a broadcast with no aircraft behind it, sent from `sender`" })),
  sender: Type.Optional(Place),
});
export type SimulatedObject = Type.Static<typeof SimulatedObject>;

/** Where false detections come from: evenly from all over the field of view, or from around a line on the ground. */
export const SimulatedClutter = closed({
  perLook: number("Mean false detections in one look", 0, 10_000),
  line: Type.Optional(Type.Array(Position, { minItems: 1, maxItems: 1000 })),
  spreadM: Type.Optional(number("One standard deviation around the line, metres", 0, 10_000)),
  heightM: Type.Optional(heightM),
  rcsDbsm: number("Mean radar cross section, dB relative to 1 m²", -60, 60),
  radialMps: number("One standard deviation of radial speed, m/s", 0, 100),
});
export type SimulatedClutter = Type.Static<typeof SimulatedClutter>;

/** A sensor with what its sheet does not say. */
export const SimulatedSensor = closed({
  sensor: Sensor,
  feed: feedId.schema,
  /** What its bytes are, where its kind alone does not tell: JSON Lines, or captures of a Remote ID receiver, unless told. */
  speaks: Type.Optional(oneOf("dragonsync", "asterix", "sapient")),
  /** Where a sensor that is quiet by nature says that it works. */
  statusFeed: Type.Optional(feedId.schema),
  detectionProbability: Type.Optional(number("As it really is, where the sheet says otherwise", 0, 1)),
  azimuthBiasDeg: Type.Optional(number("Added to every azimuth, degrees", -180, 180)),
  multipath: Type.Optional(number("Share of bearings that come by way of a wall", 0, 1)),
  clutter: Type.Optional(Type.Array(SimulatedClutter, { maxItems: 100 })),
});
export type SimulatedSensor = Type.Static<typeof SimulatedSensor>;

/** A person who walks or drives about with a phone. */
export const SimulatedWalk = closed({
  person: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" }),
  line: Type.Array(Position, { minItems: 2, maxItems: 1000 }),
  speedMps,
});
export type SimulatedWalk = Type.Static<typeof SimulatedWalk>;

/** All that happens in a simulation, from its start to its end; it begins again from the start when it loops. */
export const Scenario = closed(
  {
    name: text("As people call it", 64),
    latDeg: LatDeg,
    lonDeg: LonDeg,
    groundHaeM: number("Height of the ground above the ellipsoid, metres", -500, 9000),
    durationS: number("Seconds", 1, 86_400),
    loops: Type.Boolean(),
    sensors: Type.Array(SimulatedSensor, { maxItems: 1000 }),
    objects: Type.Array(SimulatedObject, { maxItems: 10_000 }),
    walks: Type.Array(SimulatedWalk, { maxItems: 1000 }),
  },
  "All that happens in a simulation",
);
export type Scenario = Type.Static<typeof Scenario>;
