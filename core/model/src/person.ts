import Type from "typebox";
import { personId, sensorId } from "./id.ts";
import { LatDeg, LonDeg } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";

export const Language = oneOf("en", "es");
export type Language = Type.Static<typeof Language>;

/** Somebody who must be warned. A post without a phone has a fixed place. */
export const ProtectedPerson = closed(
  {
    id: personId.schema,
    name: text("As the team calls them", 64),
    team: Type.Optional(text("Whose own positions are shared with", 64)),
    language: Language,
    fixed: Type.Optional(closed({ latDeg: LatDeg, lonDeg: LonDeg })),
  },
  "Somebody who must be warned",
);
export type ProtectedPerson = Type.Static<typeof ProtectedPerson>;

/** Where a person is, as far as known: a position ages, and its uncertainty grows with walking speed. */
export const PersonState = closed({
  id: personId.schema,
  name: text("As the team calls them", 64),
  language: Language,
  position: Type.Optional(
    closed({
      latDeg: LatDeg,
      lonDeg: LonDeg,
      sigmaM: number("One standard deviation now, grown with age, metres", 0),
      measuredMs: instantMs("When the phone measured it"),
      fixed: Type.Boolean(),
    }),
  ),
  reachable: oneOf("connected", "recently", "unknown"),
  lastContactMs: Type.Optional(Type.Number()),
  wellbeing: Type.Optional(closed({ state: oneOf("safe", "needHelp"), atMs: instantMs("When they said so") })),
});
export type PersonState = Type.Static<typeof PersonState>;

/** A person within a ring in which a sensor hears something that nobody can place. */
export const HeardNear = closed({
  person: personId.schema,
  sensor: sensorId.schema,
  name: text("The sensor's, as people call it", 64),
  radiusM: number("The ring around the sensor, metres", 0),
  reality: Reality,
});
export type HeardNear = Type.Static<typeof HeardNear>;
