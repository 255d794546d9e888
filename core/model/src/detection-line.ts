import Type from "typebox";
import { ClassLikelihoods, IdentityClaim, Signal } from "./detection.ts";
import { sensorId } from "./id.ts";
import { Ellipse, Height, LatDeg, LonDeg } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";

const azimuthDeg = number("Degrees clockwise from the sensor's north reference", -360, 360);
const elevationDeg = Type.Optional(number("Degrees above the horizontal", -90, 90));
const sigmaDeg = Type.Optional(number("One standard deviation, degrees; the sensor's configured one when absent", 0, 180));
const sigmaM = Type.Optional(number("One standard deviation, metres; the sensor's configured one when absent", 0, 100_000));

const features = {
  emitter: Type.Optional(oneOf("aircraft", "controller", "unknown")),
  propagation: Type.Optional(oneOf("light", "sound")),
  signal: Type.Optional(Signal),
  rcsDbsm: Type.Optional(number("Radar cross section, dB relative to 1 m²")),
  microDoppler: Type.Optional(number("Score of rotor modulation", 0, 1)),
  classLikelihoods: Type.Optional(ClassLikelihoods),
  claims: Type.Optional(Type.Array(IdentityClaim, { maxItems: 8 })),
  origin: Type.Optional(text("Same origin: one piece of evidence", 128)),
  filtered: Type.Optional(Type.Boolean({ description: "True for the output of another tracker" })),
};

/** One detection as a sensor writes it: degrees and metres, unknown left out. */
export const LineDetection = Type.Union([
  closed({
    kind: Type.Literal("position"),
    latDeg: LatDeg,
    lonDeg: LonDeg,
    horizontalSigmaM: sigmaM,
    ellipse: Type.Optional(Ellipse),
    height: Type.Optional(Height),
    eastMps: Type.Optional(number("m/s")),
    northMps: Type.Optional(number("m/s")),
    upMps: Type.Optional(number("m/s")),
    velocitySigmaMps: Type.Optional(number("m/s", 0)),
    ...features,
  }),
  closed({
    kind: Type.Literal("polar"),
    rangeM: number("Slant range, metres", 0, 1_000_000),
    rangeSigmaM: sigmaM,
    azimuthDeg,
    azimuthSigmaDeg: sigmaDeg,
    elevationDeg,
    elevationSigmaDeg: sigmaDeg,
    rangeRateMps: Type.Optional(number("Receding positive, m/s")),
    rangeRateSigmaMps: Type.Optional(number("m/s", 0)),
    ...features,
  }),
  closed({
    kind: Type.Literal("bearing"),
    azimuthDeg,
    azimuthSigmaDeg: sigmaDeg,
    elevationDeg,
    elevationSigmaDeg: sigmaDeg,
    ...features,
  }),
  closed({ kind: Type.Literal("range"), rangeM: number("Slant range, metres", 0, 1_000_000), rangeSigmaM: sigmaM, ...features }),
  closed({
    kind: Type.Literal("rangeDifference"),
    otherSensor: sensorId.schema,
    differenceM: number("Range to this sensor less range to the other, metres", -1_000_000, 1_000_000),
    sigmaM,
    ...features,
  }),
  closed({
    kind: Type.Literal("sector"),
    azimuthFromDeg: azimuthDeg,
    azimuthToDeg: azimuthDeg,
    rangeMaxM: Type.Optional(number("Metres", 0)),
    ...features,
  }),
  closed({ kind: Type.Literal("presence"), radiusM: Type.Optional(number("Heard within this range, metres", 0)), ...features }),
]);
export type LineDetection = Type.Static<typeof LineDetection>;

/**
 * One line of Picket's JSON Lines detection format: one look of one sensor, with all it saw, perhaps nothing.
 * A sensor that cannot tell its looks apart sends one line per detection. `state` reports how the sensor is.
 */
export const DetectionLine = closed(
  {
    sensor: sensorId.schema,
    measuredMs: Type.Optional(instantMs("When the sensor saw it; the time of arrival when absent")),
    measuredSigmaMs: Type.Optional(number("One standard deviation, milliseconds", 0, 600_000)),
    reality: Type.Optional(Reality),
    sector: Type.Optional(closed({ azimuthFromDeg: azimuthDeg, azimuthToDeg: azimuthDeg })),
    detections: Type.Optional(Type.Array(LineDetection, { maxItems: 5000 })),
    state: Type.Optional(oneOf("working", "degraded", "failed")),
    detail: Type.Optional(text("How the sensor is, in its own words", 200)),
  },
  "One line of the JSON Lines detection format",
);
export type DetectionLine = Type.Static<typeof DetectionLine>;
