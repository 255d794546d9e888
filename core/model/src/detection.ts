import Type from "typebox";
import { Ellipse, Height, LatDeg, LonDeg } from "./place.ts";
import { closed, number, oneOf, text } from "./shape.ts";

const azimuthRad = number("Radians clockwise from true north, in the sensor's own frame");
const elevationRad = number("Radians above the horizontal of the sensor", -1.5708, 1.5708);
const sigmaRad = number("One standard deviation, radians", 0);
const sigmaM = number("One standard deviation, metres", 0);

/** What one detection measured. Unknown parts are absent. */
export const Measurement = Type.Union([
  closed({
    kind: Type.Literal("position"),
    latDeg: LatDeg,
    lonDeg: LonDeg,
    horizontalSigmaM: number("One standard deviation, metres; where it is not the same in every direction, the greatest", 0),
    ellipse: Type.Optional(Ellipse),
    height: Type.Optional(Height),
    velocity: Type.Optional(
      closed({
        eastMps: number("Metres per second towards east"),
        northMps: number("Metres per second towards north"),
        upMps: Type.Optional(number("Metres per second upwards")),
        sigmaMps: number("One standard deviation per axis, m/s", 0),
      }),
    ),
  }),
  closed({
    kind: Type.Literal("polar"),
    rangeM: number("Slant range, metres", 0),
    rangeSigmaM: sigmaM,
    azimuthRad,
    azimuthSigmaRad: sigmaRad,
    elevationRad: Type.Optional(elevationRad),
    elevationSigmaRad: Type.Optional(sigmaRad),
    rangeRateMps: Type.Optional(number("Radial speed, m/s, receding positive")),
    rangeRateSigmaMps: Type.Optional(number("One standard deviation, m/s", 0)),
  }),
  closed({
    kind: Type.Literal("bearing"),
    azimuthRad,
    azimuthSigmaRad: sigmaRad,
    elevationRad: Type.Optional(elevationRad),
    elevationSigmaRad: Type.Optional(sigmaRad),
  }),
  closed({ kind: Type.Literal("range"), rangeM: number("Slant range, metres", 0), rangeSigmaM: sigmaM }),
  closed({
    kind: Type.Literal("rangeDifference"),
    otherSensor: Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,63}$" }),
    differenceM: number("Range to this sensor less range to the other, metres"),
    sigmaM,
  }),
  closed({
    kind: Type.Literal("sector"),
    azimuthFromRad: azimuthRad,
    azimuthToRad: azimuthRad,
    rangeMaxM: Type.Optional(number("Farthest, metres", 0)),
  }),
  closed({ kind: Type.Literal("presence"), radiusM: Type.Optional(number("Heard within this range, metres", 0)) }),
]);
export type Measurement = Type.Static<typeof Measurement>;

/** What kind of flying thing it is. */
export const ObjectClass = oneOf("multirotor", "fixedWing", "bird", "mannedAircraft", "balloon", "other");
export type ObjectClass = Type.Static<typeof ObjectClass>;
export const OBJECT_CLASSES: readonly ObjectClass[] = ["multirotor", "fixedWing", "bird", "mannedAircraft", "balloon", "other"];

const likelihood = Type.Optional(number("Likelihood of the sensor's evidence given this class, up to a common factor", 0));
export const ClassLikelihoods = closed({
  multirotor: likelihood,
  fixedWing: likelihood,
  bird: likelihood,
  mannedAircraft: likelihood,
  balloon: likelihood,
  other: likelihood,
});
export type ClassLikelihoods = Type.Static<typeof ClassLikelihoods>;

/** Who something says it is. `value` is as broadcast; whether it is believed is the track's matter. */
export const IdentityClaim = closed({
  /** `transmitter` is the radio address of a sender that has not said yet who it is. */
  kind: oneOf("serial", "registration", "session", "utm", "icao", "callsign", "transmitter"),
  value: text("As broadcast, without padding", 64),
});
export type IdentityClaim = Type.Static<typeof IdentityClaim>;

/** Metadata of a signal. There is no field for what the signal carried, and there will be none. */
export const Signal = closed({
  rssiDbm: Type.Optional(number("Received power, dBm", -200, 100)),
  frequencyMhz: Type.Optional(number("Centre frequency, MHz", 0)),
  bandwidthMhz: Type.Optional(number("Occupied bandwidth, MHz", 0)),
  snrDb: Type.Optional(number("Signal to noise ratio, dB")),
});
export type Signal = Type.Static<typeof Signal>;

/** One sensor's claim that something was there. */
export const Detection = closed(
  {
    measurement: Measurement,
    emitter: Type.Optional(oneOf("aircraft", "controller", "unknown")),
    propagation: Type.Optional(oneOf("light", "sound")),
    signal: Type.Optional(Signal),
    rcsDbsm: Type.Optional(number("Radar cross section, dB relative to 1 m²")),
    microDoppler: Type.Optional(number("Score of rotor modulation, 0 to 1", 0, 1)),
    classLikelihoods: Type.Optional(ClassLikelihoods),
    claims: Type.Optional(Type.Array(IdentityClaim, { maxItems: 8 })),
    origin: Type.Optional(text("Names the event behind it: detections with the same origin are one piece of evidence", 128)),
    object: Type.Optional(text("What the sensor itself calls the object, such as a SAPIENT object id", 64)),
    filtered: Type.Optional(Type.Boolean({ description: "Made by another tracker: never fused as white noise" })),
  },
  "One sensor's claim that something was there",
);
export type Detection = Type.Static<typeof Detection>;
