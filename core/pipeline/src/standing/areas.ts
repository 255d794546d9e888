import { type Area, type AreaShape, areaProblem, createArea } from "@picket/geo";
import type { Position, Zone, ZoneShape } from "@picket/model";

/** Areas are made once per shape: shapes are immutable, and a restored snapshot brings new ones. */
const AREAS = new WeakMap<ZoneShape, Area | "refused">();

/** The shape made ready to be measured, or `undefined` when it cannot be. */
export function areaOf(shape: ZoneShape): Area | undefined {
  const made = AREAS.get(shape) ?? makeArea(shape);
  AREAS.set(shape, made);
  return made === "refused" ? undefined : made;
}

/** What is wrong with a zone's shape, or `undefined`. */
export const zoneProblem = (zone: Zone): string | undefined => areaProblem(toAreaShape(zone.shape))?.code;

function makeArea(shape: ZoneShape): Area | "refused" {
  const areaShape = toAreaShape(shape);
  return areaProblem(areaShape) ? "refused" : createArea(areaShape);
}

const toPoint = ([lonDeg, latDeg]: Position) => ({ latDeg, lonDeg });

export function toAreaShape(shape: ZoneShape): AreaShape {
  switch (shape.kind) {
    case "circle":
      return shape;
    case "corridor":
      return { kind: "corridor", line: shape.line.map(toPoint), halfWidthM: shape.halfWidthM };
    case "polygon":
      return { kind: "polygon", rings: shape.rings.map((ring) => ring.map(toPoint)) };
    default:
      return shape satisfies never;
  }
}
