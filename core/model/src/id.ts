import Type from "typebox";

declare const brand: unique symbol;
/** A string that only its own parser may make: two kinds of id can never be swapped by mistake. */
export type Id<Kind extends string> = string & { readonly [brand]: Kind };

export type SiteId = Id<"site">;
export type FeedId = Id<"feed">;
export type SensorId = Id<"sensor">;
export type TrackId = Id<"track">;
export type ZoneId = Id<"zone">;
export type PersonId = Id<"person">;
export type AlertId = Id<"alert">;
export type IncidentId = Id<"incident">;
export type WarningId = Id<"warning">;
export type SightingId = Id<"sighting">;
export type AuthorisationId = Id<"authorisation">;
export type CommandId = Id<"command">;
export type OutletId = Id<"outlet">;

const PATTERN = "^[a-z0-9][a-z0-9-]{0,63}$";
const ID = new RegExp(PATTERN);
const RULE = 'must be 1 to 64 of a-z, 0-9 or "-", starting with a letter or digit';

/** What every kind of id offers: a strict parser for our own text, a lenient one for text from outside, and its schema. */
export type IdKind<Kind extends string> = Readonly<{
  /** Throws TypeError unless the text is 1 to 64 of `a-z 0-9 -`, the form used in configuration, URLs and recordings. */
  parse(text: string): Id<Kind>;
  /** As `parse`, but answers undefined. */
  as(text: string): Id<Kind> | undefined;
  schema: Type.TUnsafe<Id<Kind>>;
}>;

const idKind = <const Kind extends string>(kind: Kind): IdKind<Kind> => ({
  parse(text) {
    if (!ID.test(text)) throw new TypeError(`${kind} id ${RULE}, got ${JSON.stringify(text)}`);
    return text as Id<Kind>;
  },
  as: (text) => (ID.test(text) ? (text as Id<Kind>) : undefined),
  schema: Type.Unsafe<Id<Kind>>({ type: "string", pattern: PATTERN, "x-rule": RULE, description: `The id of a ${kind}` }),
});

export const siteId: IdKind<"site"> = idKind("site");
export const feedId: IdKind<"feed"> = idKind("feed");
export const sensorId: IdKind<"sensor"> = idKind("sensor");
export const trackId: IdKind<"track"> = idKind("track");
export const zoneId: IdKind<"zone"> = idKind("zone");
export const personId: IdKind<"person"> = idKind("person");
export const alertId: IdKind<"alert"> = idKind("alert");
export const incidentId: IdKind<"incident"> = idKind("incident");
export const warningId: IdKind<"warning"> = idKind("warning");
export const sightingId: IdKind<"sighting"> = idKind("sighting");
export const authorisationId: IdKind<"authorisation"> = idKind("authorisation");
export const commandId: IdKind<"command"> = idKind("command");
export const outletId: IdKind<"outlet"> = idKind("outlet");
