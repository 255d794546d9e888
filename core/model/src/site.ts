import Type from "typebox";
import { Authorisation } from "./command.ts";
import { siteId } from "./id.ts";
import { ProtectedPerson } from "./person.ts";
import { LatDeg, LonDeg } from "./place.ts";
import { Sensor } from "./sensor.ts";
import { closed, number, text } from "./shape.ts";
import { Zone } from "./zone.ts";

/** A named place, so that a warning can say "near the water tower". */
export const Landmark = closed({ name: text("As people call it", 64), latDeg: LatDeg, lonDeg: LonDeg });
export type Landmark = Type.Static<typeof Landmark>;

/** Thresholds an administrator may move, each with the reason for its default in the pipeline's README. */
export const Policy = closed({
  personWarningRadiusM: Type.Optional(number("Predicted to pass this near warns a person, metres", 10, 5000)),
  personWarningS: Type.Optional(number("Look-ahead, seconds", 5, 600)),
  possibleDroneProbability: Type.Optional(
    number("P(exists) × P(may harm) × P(reaches a person or zone) that warns before confirmation", 0.01, 1),
  ),
  allClearWatchS: Type.Optional(number("The volume must have been watched this long, seconds", 30, 3600)),
  allClearDetection: Type.Optional(number("Cumulative detection probability the watch must reach", 0.5, 0.9999)),
});
export type Policy = Type.Static<typeof Policy>;

/** What a pressure altitude is turned by where no report of the day comes in. Without it such heights stay unknown. */
export const UsualPressure = closed(
  {
    pressureHpa: number("At sea level, hPa", 940, 1060),
    sigmaHpa: number("How far it strays from that, one standard deviation, hPa", 0.5, 30),
  },
  "Pressure at sea level as it usually is here",
);
export type UsualPressure = Type.Static<typeof UsualPressure>;

/** All that decides what the pipeline makes of its inputs. */
export const Site = closed(
  {
    id: siteId.schema,
    name: text("As people call it", 64),
    latDeg: LatDeg,
    lonDeg: LonDeg,
    groundHaeM: Type.Optional(number("Height of the site's ground above the ellipsoid, metres", -500, 9000)),
    qnh: Type.Optional(UsualPressure),
    sensors: Type.Array(Sensor, { maxItems: 1000 }),
    zones: Type.Array(Zone, { maxItems: 1000 }),
    persons: Type.Array(ProtectedPerson, { maxItems: 10_000 }),
    authorisations: Type.Array(Authorisation, { maxItems: 10_000 }),
    landmarks: Type.Array(Landmark, { maxItems: 10_000 }),
    policy: Policy,
  },
  "One installation: its sensors, zones and people",
);
export type Site = Type.Static<typeof Site>;
