import Type from "typebox";
import { sensorId } from "./id.ts";
import { Height, LatDeg, LonDeg } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, number, oneOf, text } from "./shape.ts";

const azimuthDeg = number("Degrees clockwise from true north", -360, 360);

export const SensorKind = oneOf("radar", "directionFinder", "acoustic", "camera", "remoteId", "adsb", "people", "other");
export type SensorKind = Type.Static<typeof SensorKind>;

/** A sensor as configured: where it stands, what it could see, and what its sheet claims. Degrees, because a person writes it. */
export const Sensor = closed(
  {
    id: sensorId.schema,
    name: text("As people call it", 64),
    kind: SensorKind,
    latDeg: LatDeg,
    lonDeg: LonDeg,
    height: Type.Optional(Height),
    northReference: Type.Optional(oneOf("true", "magnetic", "grid")),
    headingOffsetDeg: Type.Optional(number("Added to every azimuth it reports, degrees", -360, 360)),
    rangeMinM: Type.Optional(number("Nearest it sees, metres", 0)),
    rangeMaxM: number("Farthest it sees a small drone, metres", 1, 500_000),
    azimuthFromDeg: Type.Optional(azimuthDeg),
    azimuthToDeg: Type.Optional(azimuthDeg),
    elevationMinDeg: Type.Optional(number("Degrees", -90, 90)),
    elevationMaxDeg: Type.Optional(number("Degrees", -90, 90)),
    detectionProbability: Type.Optional(number("For a small drone in view", 0.01, 0.999)),
    clutterPerLook: Type.Optional(number("Mean false detections in one look", 0)),
    revisitMs: Type.Optional(number("From one look to the next, milliseconds", 10, 600_000)),
    resolution: Type.Optional(
      closed(
        {
          rangeM: number("Metres", 0.1),
          azimuthDeg: number("Degrees", 0.001, 360),
          elevationDeg: number("Degrees", 0.001, 180),
        },
        "Two objects nearer to each other than this in all three give one plot between them",
      ),
    ),
    notch: Type.Optional(
      closed({ belowMps: number("Radial speed, m/s", 0), detectionProbability: number("In the notch", 0.001, 0.999) }),
    ),
    shadows: Type.Optional(
      Type.Array(
        closed({
          azimuthFromDeg: azimuthDeg,
          azimuthToDeg: azimuthDeg,
          rangeFromM: number("Metres", 0),
          rangeToM: number("Metres", 0),
          elevationBelowDeg: number("Hidden below this elevation, degrees", -90, 90),
        }),
        { maxItems: 360 },
      ),
    ),
    rangeSigmaM: Type.Optional(number("Used where a detection states none, metres", 0)),
    azimuthSigmaDeg: Type.Optional(number("Used where a detection states none, degrees", 0, 180)),
    elevationSigmaDeg: Type.Optional(number("Used where a detection states none, degrees", 0, 90)),
    rangeRateSigmaMps: Type.Optional(number("Used where a detection states none, m/s", 0)),
    asterix: Type.Optional(
      closed({
        sac: Type.Integer({ minimum: 0, maximum: 255, description: "System area code in its ASTERIX records" }),
        sic: Type.Integer({ minimum: 0, maximum: 255, description: "System identification code in its ASTERIX records" }),
        dopplerPositive: Type.Optional(oneOf("receding", "approaching")),
      }),
    ),
    sapient: Type.Optional(
      closed({
        nodeId: Type.String({
          pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
          description: "The UUID that its node registers with",
        }),
      }),
    ),
    silentAfterMs: Type.Optional(number("Silence longer than this is an alarm, milliseconds", 100, 86_400_000)),
    reality: Type.Optional(Reality),
    moves: Type.Optional(
      Type.Boolean({ description: "True for a receiver in a vehicle: it stands where its own GNSS says, and that is no fault" }),
    ),
    covers: Type.Optional(
      Type.Boolean({ description: "False for a sensor that proves nothing by silence, such as a Remote ID receiver" }),
    ),
  },
  "A sensor as configured",
);
export type Sensor = Type.Static<typeof Sensor>;

/** Kinds whose silence about a place says that nothing small flies there. An emission that is not made is not heard. */
const SILENCE_PROVES: ReadonlySet<SensorKind> = new Set(["radar", "acoustic", "camera"]);

/** Does this sensor's seeing nothing say that nothing is there? */
export const isCovering = ({ covers, kind }: Pick<Sensor, "covers" | "kind">): boolean => covers ?? SILENCE_PROVES.has(kind);

const Bias = closed({
  rangeM: number("Metres too far"),
  azimuthDeg: number("Degrees too far clockwise"),
  elevationDeg: number("Degrees too high"),
  clockS: number("Seconds its clock is ahead of ours"),
});

/** How well a sensor's own errors are known from references that truly say where they are. */
const SensorRegistration = closed({
  state: oneOf("unknown", "learning", "registered", "turned", "lost"),
  applied: Bias,
  estimate: Bias,
  sigma: Bias,
  references: Type.Integer({ minimum: 0, description: "How many agree" }),
  missing: Type.Optional(
    Type.Integer({ minimum: 0, description: "Of a sensor that is lost: how many in its view it does not see" }),
  ),
  mayAccept: Type.Optional(
    Type.Boolean({
      description: "Of a sensor that has turned: references that were heard lately say so, and a person may accept it",
    }),
  ),
});

const spell = (description: string) =>
  Type.Optional(
    closed(
      { count: Type.Integer({ minimum: 1 }), sinceMs: Type.Number(), lastMs: Type.Number() },
      `${description}: how often, and from when to when; a pause of ten minutes begins anew`,
    ),
  );

/** What was left undone because there was too much of it: `pairedOnce` before `leftOut`, as work is shed, and what did not come to rest. */
const Shed = closed({
  pairedOnce: spell("Looks with so many pairs that whose plot is whose was not worked out again where a swarm has moved to"),
  leftOut: spell("Detections left out, far from all that is protected and from confirmed tracks"),
  unsettled: spell(
    "Looks in which whose plot is whose was still open after as many rounds as are allowed, and was taken as it was",
  ),
});

/** How a sensor fares now. `notWatched` is said in words on every map: silence never looks like an empty sky. */
export const SensorState = closed({
  id: sensorId.schema,
  state: oneOf("watching", "degraded", "silent", "neverHeard"),
  lastHeardMs: Type.Optional(Type.Number()),
  looks: Type.Integer({ minimum: 0 }),
  detections: Type.Integer({ minimum: 0 }),
  clockOffsetMs: Type.Optional(number("Newest estimate of the sensor's clock less ours", -1e15, 1e15)),
  clockBad: Type.Boolean(),
  detail: Type.Optional(text("In the sensor's own words", 200)),
  registration: Type.Optional(SensorRegistration),
  shed: Type.Optional(Shed),
});
export type SensorState = Type.Static<typeof SensorState>;
