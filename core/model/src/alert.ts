import Type from "typebox";
import { alertId, incidentId, personId, sensorId, sightingId, trackId, zoneId } from "./id.ts";
import { Phrase } from "./phrase.ts";
import { Place } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";
import { Level } from "./zone.ts";

/** ISA-18.2 / IEC 62682 alarm states. */
export const AlertState = oneOf(
  "activeUnacknowledged",
  "activeAcknowledged",
  "returnedUnacknowledged",
  "cleared",
  "shelved",
  "suppressedByDesign",
  "outOfService",
);
export type AlertState = Type.Static<typeof AlertState>;

export const AlertKind = oneOf(
  "zoneEntry",
  "zoneApproach",
  "personThreatened",
  "possibleDrone",
  "sighting",
  "remoteIdContradicted",
  "sensorSilent",
  "sensorTurned",
  "clockBad",
  "recordingStopped",
  "recordDamaged",
  "stateLost",
  "personNeedsHelp",
);
export type AlertKind = Type.Static<typeof AlertKind>;

/** Who took it, when, and at which revision of the alert: what was on the screen. */
export const Acknowledgement = closed({
  by: text("Who", 64),
  atMs: instantMs("When"),
  revision: Type.Integer({ minimum: 0 }),
});

/** One row of the alert list: one condition at one place, however many tracks feed it. */
export const Alert = closed(
  {
    id: alertId.schema,
    incident: incidentId.schema,
    kind: AlertKind,
    level: Level,
    state: AlertState,
    reality: Reality,
    revision: Type.Integer({ minimum: 0, description: "Rises with every change an operator must see" }),
    annunciation: Type.Integer({ minimum: 0, description: "Rises when it must sound (again)" }),
    raisedMs: instantMs("First raised"),
    againMs: Type.Optional(instantMs("Came true anew, while nobody had acknowledged that it ended")),
    changedMs: instantMs("Newest change"),
    title: Phrase,
    reasons: Type.Array(Phrase, { maxItems: 16 }),
    refutedBy: Type.Array(Phrase, { maxItems: 16 }),
    tracks: Type.Array(trackId.schema, { maxItems: 1000 }),
    count: Type.Optional(closed({ about: number("Objects", 0), atLeast: number("Objects", 0) })),
    zone: Type.Optional(zoneId.schema),
    person: Type.Optional(personId.schema),
    sensor: Type.Optional(sensorId.schema),
    sighting: Type.Optional(sightingId.schema),
    place: Type.Optional(Place),
    arrivalMs: Type.Optional(instantMs("Predicted entry or closest approach")),
    acknowledgement: Type.Optional(Acknowledgement),
    shelf: Type.Optional(closed({ by: text("Who", 64), reason: text("Why", 200), untilMs: instantMs("Until when") })),
    lostContactMs: Type.Optional(instantMs("When the last of its tracks ended unseen")),
  },
  "One row of the alert list",
);
export type Alert = Type.Static<typeof Alert>;
