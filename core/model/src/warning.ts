import Type from "typebox";
import { personId, trackId, warningId } from "./id.ts";
import { Phrase } from "./phrase.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";
import { Level } from "./zone.ts";

/** `lostContact` is never an all-clear; `allClear` only by the rules (observed leaving, or the volume watched long enough). */
export const WarningState = oneOf("active", "lostContact", "allClear");
export type WarningState = Type.Static<typeof WarningState>;

/** What one person is told in one episode. A re-entry opens a new episode. */
export const Warning = closed(
  {
    id: warningId.schema,
    person: personId.schema,
    episode: Type.Integer({ minimum: 1 }),
    state: WarningState,
    level: Level,
    reality: Reality,
    possible: Type.Boolean({ description: "True before the track is confirmed: a possible drone" }),
    byOwnWord: Type.Optional(Type.Boolean({ description: "True while nothing but their own broadcasts tells of them" })),
    revision: Type.Integer({ minimum: 0, description: "Rises with every message the person must see" }),
    raisedMs: instantMs("First warned"),
    changedMs: instantMs("Newest message"),
    closedMs: Type.Optional(instantMs("When the all-clear was given")),
    tracks: Type.Array(trackId.schema, { maxItems: 200 }),
    count: closed({ about: number("Objects", 0), atLeast: number("Objects", 0) }),
    bearingDeg: number("From the person to the nearest, degrees clockwise from true north", 0, 360),
    distanceM: number("Along the ground to the nearest, metres", 0),
    closestM: number("Predicted closest approach along the ground, metres", 0),
    arrivalMs: Type.Optional(instantMs("Predicted closest approach")),
    heightAglM: Type.Optional(number("Above the ground, metres")),
    movingDeg: Type.Optional(number("Course over ground, degrees", 0, 360)),
    speedMps: number("Over ground, m/s", 0),
    landmark: Type.Optional(text("The named place nearest to it", 64)),
    advice: Phrase,
    basis: Type.Optional(oneOf("seenLeaving", "saidToLeave", "volumeWatched", "namedPerson")),
    closedBy: Type.Optional(text("Who gave the all-clear at critical", 64)),
    deliveredMs: Type.Optional(instantMs("First receipt from the phone")),
    seenMs: Type.Optional(instantMs("First opened by the person")),
    escalatedMs: Type.Optional(instantMs("When it was handed on for want of a receipt")),
  },
  "What one person is told in one episode",
);
export type Warning = Type.Static<typeof Warning>;
