import Type from "typebox";
import { IdentityClaim, ObjectClass } from "./detection.ts";
import { authorisationId, sensorId, trackId, zoneId } from "./id.ts";
import { Phrase } from "./phrase.ts";
import { Ellipse, Height, LatDeg, LonDeg, Place } from "./place.ts";
import { Reality } from "./reality.ts";
import { closed, instantMs, number, oneOf, text } from "./shape.ts";
import { Level } from "./zone.ts";

const probability = number("Probability", 0, 1);
export const ClassProbabilities = closed({
  multirotor: probability,
  fixedWing: probability,
  bird: probability,
  mannedAircraft: probability,
  balloon: probability,
  other: probability,
});
export type ClassProbabilities = Type.Static<typeof ClassProbabilities>;

/** Does what was broadcast stand up? `contradicted` needs positive evidence against it, never mere absence. */
export const TruthTest = closed({
  verdict: oneOf("genuine", "unconfirmed", "contradicted"),
  reasons: Type.Array(Phrase, { maxItems: 16 }),
});
export type TruthTest = Type.Static<typeof TruthTest>;

/**
 * What an imported table of declarations of compliance says of a serial number. It looks up what a drone says of itself, so it proves
 * nothing and moves no trust: decisions never hold it, and whoever shows them adds it.
 */
const DeclaredModels = closed({
  importedMs: instantMs("When the table was imported"),
  models: Type.Array(
    closed({
      make: text("As declared", 64),
      model: text("As declared", 64),
      declaration: Type.Optional(text("Tracking number of the declaration", 64)),
      status: Type.Optional(text("Of the declaration, such as accepted", 64)),
    }),
    { minItems: 1, maxItems: 3, description: "More than one where declarations differ" },
  ),
});

/** An identity with the evidence for and against it. */
export const Identity = closed({
  claim: IdentityClaim,
  probability,
  lastMs: instantMs("Newest evidence"),
  truth: TruthTest,
  uaType: Type.Optional(text("As broadcast", 32)),
  description: Type.Optional(text("Self-ID as broadcast", 23)),
  operatorId: Type.Optional(text("As broadcast", 20)),
  operator: Type.Optional(
    closed({ place: Place, source: oneOf("takeoff", "live", "fixed"), measuredMs: instantMs("When it was broadcast") }),
  ),
  declared: Type.Optional(DeclaredModels),
});
export type Identity = Type.Static<typeof Identity>;

/** Friend needs an authorisation and an identity bound to it; nothing but a named person's word goes above unknown to suspect. */
export const Affiliation = oneOf("unknown", "neutral", "friend", "suspect");
export type Affiliation = Type.Static<typeof Affiliation>;

/** A person's word on a track, with name and expiry. */
export const Declaration = closed({
  by: text("Who said so", 64),
  atMs: instantMs("When"),
  expiresMs: instantMs("Until when it holds"),
  confidence: probability,
  objectClass: Type.Optional(ObjectClass),
  affiliation: Type.Optional(Affiliation),
  reason: Type.Optional(text("Why", 200)),
});
export type Declaration = Type.Static<typeof Declaration>;

/** Why a level was given, traceable: the sentence, and what would refute it. */
export const Assessment = closed({
  level: Type.Optional(Level),
  reasons: Type.Array(Phrase, { maxItems: 16 }),
  refutedBy: Type.Array(Phrase, { maxItems: 16 }),
  zones: Type.Array(
    closed({
      zone: zoneId.schema,
      relation: oneOf("inside", "approaching", "outside"),
      distanceM: number("Along the ground to the boundary, 0 inside", 0),
      distanceExact: Type.Boolean({ description: "False when it is a lower bound" }),
      entryS: Type.Optional(number("Predicted seconds to entry", 0)),
      entryProbability: Type.Optional(probability),
      heightUndecided: Type.Optional(Type.Boolean({ description: "Floor or ceiling could not be decided: counts as inside" })),
    }),
    { maxItems: 64 },
  ),
  behaviours: Type.Array(oneOf("approach", "loiter", "orbit", "dive", "hover", "reconnaissance", "swarm"), { maxItems: 8 }),
});
export type Assessment = Type.Static<typeof Assessment>;

/** One object over time, as the operator sees it. */
export const AssessedTrack = closed(
  {
    id: trackId.schema,
    reality: Reality,
    nowMs: instantMs("The time the state is predicted to"),
    firstMs: instantMs("First detection"),
    measuredMs: instantMs("Newest detection"),
    confirmed: Type.Boolean(),
    existence: probability,
    latDeg: LatDeg,
    lonDeg: LonDeg,
    ellipse: Ellipse,
    height: Type.Optional(Height),
    heightAglM: Type.Optional(number("Above the ground below, metres, where terrain or take-off height is known")),
    eastMps: number("Metres per second towards east"),
    northMps: number("Metres per second towards north"),
    upMps: Type.Optional(number("Metres per second upwards, where height is measured")),
    speedSigmaMps: number("One standard deviation of ground speed, m/s", 0),
    classes: ClassProbabilities,
    identities: Type.Array(Identity, { maxItems: 8 }),
    affiliation: Affiliation,
    authorisation: Type.Optional(authorisationId.schema),
    declaration: Type.Optional(Declaration),
    contributions: Type.Array(
      closed({
        sensor: sensorId.schema,
        lastMs: Type.Number(),
        hits: Type.Integer({ minimum: 0 }),
        object: Type.Optional(text("What the sensor itself called it in its newest detection", 64)),
      }),
      { maxItems: 64 },
    ),
    group: Type.Optional(
      closed(
        {
          leader: trackId.schema,
          tracks: Type.Integer({ minimum: 1, description: "So many tracks are members, and all tell the same of the group" }),
          about: Type.Integer({ minimum: 1, description: "Expected number of objects" }),
          atLeast: Type.Integer({ minimum: 1, description: "Objects that are surely there" }),
          latDeg: LatDeg,
          lonDeg: LonDeg,
          radiusM: number("The circle that holds all members, metres", 0),
        },
        "Tracks that their sensors cannot tell apart; the leader stands for them where one label does",
      ),
    ),
    predictions: Type.Array(closed({ atMs: Type.Number(), latDeg: LatDeg, lonDeg: LonDeg, ellipse: Ellipse }), { maxItems: 8 }),
    assessment: Assessment,
  },
  "One object over time",
);
export type AssessedTrack = Type.Static<typeof AssessedTrack>;

/** A track that ended, and how it was last seen: it is never shown as live again. */
export const EndedTrack = closed({
  id: trackId.schema,
  endMs: Type.Number(),
  reason: oneOf("existence", "stale", "merged", "restart"),
  mergedInto: Type.Optional(trackId.schema),
});
export type EndedTrack = Type.Static<typeof EndedTrack>;

/**
 * What is heard and is no track, kept while it is fresh: a bearing wedge, a sector or a presence ring, which have no place of their own, and
 * a broadcast whose place sensors deny.
 */
export const Trace = closed({
  key: text("Stable while the same source goes on", 128),
  sensor: sensorId.schema,
  reality: Reality,
  measuredMs: Type.Number(),
  kind: oneOf("bearing", "sector", "presence", "broadcast"),
  place: Type.Optional(Place),
  azimuthDeg: Type.Optional(number("Degrees clockwise from true north", 0, 360)),
  azimuthSigmaDeg: Type.Optional(number("Degrees", 0, 180)),
  rangeMaxM: Type.Optional(number("Metres", 0)),
  emitter: Type.Optional(oneOf("aircraft", "controller", "unknown")),
  label: Type.Optional(text("Class or identity as reported", 64)),
});
export type Trace = Type.Static<typeof Trace>;
