import Type from "typebox";
import { zoneId } from "./id.ts";
import { Height, LatDeg, LonDeg, Place } from "./place.ts";
import { closed, number, oneOf, text } from "./shape.ts";

/** [longitude, latitude] in degrees: GeoJSON's order. */
export const Position = Type.Tuple([LonDeg, LatDeg]);
export type Position = Type.Static<typeof Position>;

/** A volume's footprint. Polygon: outer ring, then holes, each closed. Corridor: all within `halfWidthM` of the line. */
export const ZoneShape = Type.Union([
  closed({
    kind: Type.Literal("polygon"),
    rings: Type.Array(
      Type.Array(Position, { minItems: 4, maxItems: 20_000, description: "a ring, whose last point is its first" }),
      { minItems: 1, maxItems: 64 },
    ),
  }),
  closed({ kind: Type.Literal("circle"), centre: Place, radiusM: number("Metres", 1, 500_000) }),
  closed({
    kind: Type.Literal("corridor"),
    line: Type.Array(Position, { minItems: 2, maxItems: 50_000 }),
    halfWidthM: number("Metres", 1, 100_000),
  }),
]);
export type ZoneShape = Type.Static<typeof ZoneShape>;

/** Alert levels in rising order. */
export const Level = oneOf("watch", "caution", "warning", "critical");
export type Level = Type.Static<typeof Level>;
export const LEVELS: readonly Level[] = ["watch", "caution", "warning", "critical"];

/** When a zone is on: minutes after local midnight; `toMinute` below `fromMinute` runs over midnight. */
export const Schedule = closed({
  days: Type.Array(oneOf("mon", "tue", "wed", "thu", "fri", "sat", "sun"), { minItems: 1, maxItems: 7 }),
  fromMinute: Type.Integer({ minimum: 0, maximum: 1440 }),
  toMinute: Type.Integer({ minimum: 0, maximum: 1440 }),
  utcOffsetMinutes: Type.Integer({ minimum: -840, maximum: 840 }),
});
export type Schedule = Type.Static<typeof Schedule>;

/** A protected or watched volume. Without floor or ceiling it has none; an undecidable one counts as inside, and says so. */
export const Zone = closed(
  {
    id: zoneId.schema,
    name: text("As people call it", 64),
    purpose: oneOf("protected", "watched"),
    shape: ZoneShape,
    floor: Type.Optional(Height),
    ceiling: Type.Optional(Height),
    schedule: Type.Optional(Schedule),
    entryLevel: Level,
    approachLevel: Type.Optional(Level),
    approachS: Type.Optional(number("Predicted entry within this time raises the approach level, seconds", 1, 600)),
    accuracyM: Type.Optional(number("How well the boundary itself is known, metres", 0)),
    source: Type.Optional(text("Where the boundary comes from", 200)),
  },
  "A protected or watched volume",
);
export type Zone = Type.Static<typeof Zone>;
