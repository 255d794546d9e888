import Type from "typebox";
import { IdentityClaim, ObjectClass } from "./detection.ts";
import { alertId, authorisationId, commandId, feedId, personId, sensorId, sightingId, trackId, warningId, zoneId } from "./id.ts";
import { Height, LatDeg, LonDeg } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";
import { Affiliation } from "./track.ts";
import { Zone, ZoneShape } from "./zone.ts";

/** A person's structured report. A sighting alone never confirms a track and always raises a watch. */
export const Sighting = closed(
  {
    id: sightingId.schema,
    by: text("Who saw it", 64),
    person: Type.Optional(personId.schema),
    seenMs: instantMs("When it was seen"),
    seenSigmaMs: number("One standard deviation, milliseconds", 0, 3_600_000),
    latDeg: LatDeg,
    lonDeg: LonDeg,
    placeSigmaM: number("Of the observer's own place, metres", 0, 100_000),
    bearingDeg: Type.Optional(number("To the object, degrees clockwise from true north", 0, 360)),
    bearingSigmaDeg: Type.Optional(number("Degrees", 0, 180)),
    elevationDeg: Type.Optional(number("Degrees above the horizon", -90, 90)),
    count: Type.Integer({ minimum: 1, maximum: 1000 }),
    moving: oneOf("towardMe", "awayFromMe", "leftToRight", "rightToLeft", "hovering", "unknown"),
    looks: Type.Optional(oneOf("multirotor", "fixedWing", "helicopter", "unsure")),
    note: Type.Optional(text("In their own words", 280)),
    carried: Type.Optional(
      closed(
        { feed: feedId.schema, uid: text("What the other system calls it", 128) },
        "By which feed it came from another system; absent where somebody told this site",
      ),
    ),
  },
  "A person's structured report",
);
export type Sighting = Type.Static<typeof Sighting>;

/** A sighting as it is listed: one of a drill must not read as actual. */
export const SightingReport = closed({ ...Sighting.properties, reality: Reality }, "A sighting, and what stands behind it");
export type SightingReport = Type.Static<typeof SightingReport>;

/** A permission bounded in time, area and altitude. By itself it never turns an unidentified track friendly. */
export const Authorisation = closed({
  id: authorisationId.schema,
  holder: text("Who may fly", 64),
  identity: IdentityClaim,
  fromMs: instantMs("From"),
  toMs: instantMs("Until"),
  area: ZoneShape,
  ceiling: Type.Optional(Height),
});
export type Authorisation = Type.Static<typeof Authorisation>;

const envelope = {
  id: commandId.schema,
  by: text("Name of the person who did it", 64),
  atMs: instantMs("When this site received it"),
};
const command = <K extends string, P extends Type.TProperties>(kind: K, properties: P) =>
  closed({ kind: Type.Literal(kind), ...envelope, ...properties });

/** Everything a person may tell the pipeline. The same id twice is the same command once. */
export const Command = Type.Union([
  command("acknowledge", { alert: alertId.schema, revision: Type.Integer({ minimum: 0 }) }),
  command("shelve", { alert: alertId.schema, reason: text("Why", 200), untilMs: instantMs("Until when; at most 8 h ahead") }),
  command("unshelve", { alert: alertId.schema }),
  command("zonePut", { zone: Zone }),
  command("zoneRemove", { zone: zoneId.schema }),
  command("sighting", { sighting: Sighting, reality: Reality }),
  command("personPosition", {
    person: personId.schema,
    latDeg: LatDeg,
    lonDeg: LonDeg,
    sigmaM: number("One standard deviation, metres", 0, 100_000),
    measuredMs: instantMs("When the phone measured it"),
  }),
  command("personContact", { person: personId.schema, connected: Type.Boolean() }),
  command("personWellbeing", { person: personId.schema, state: oneOf("safe", "needHelp") }),
  command("warningReceipt", {
    warning: warningId.schema,
    revision: Type.Integer({ minimum: 0 }),
    receipt: oneOf("delivered", "seen"),
  }),
  command("declare", {
    track: trackId.schema,
    objectClass: Type.Optional(ObjectClass),
    affiliation: Type.Optional(Affiliation),
    confidence: number("Probability that it is so", 0, 1),
    expiresMs: instantMs("Until when it holds"),
    reason: Type.Optional(text("Why", 200)),
  }),
  command("authorisationPut", { authorisation: Authorisation }),
  command("authorisationRemove", { authorisation: authorisationId.schema }),
  command("confirmAllClear", { warning: warningId.schema }),
  command("acceptRegistration", { sensor: sensorId.schema }),
  command("recordingState", { state: oneOf("recording", "stopped") }),
  command("recordDamaged", { finding: text("What the check at the start found", 200) }),
  command("clockState", {
    state: oneOf("good", "bad"),
    aheadMs: number("This machine's wall clock less the steady clock, milliseconds"),
  }),
]);
export type Command = Type.Static<typeof Command>;
