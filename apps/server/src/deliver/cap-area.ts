import type { CapArea, CapPoint } from "@picket/cap";
import { bearingRad, destination, distanceM } from "@picket/geo";
import type { Place, Position, Zone } from "@picket/model";
import { ringsByDepth } from "../share/zone-rings.ts";

/** A polygon of more points than receivers draw is told by the rectangle around it. */
const MOST_POINTS = 500;
/** Of a long corridor only the stretches near the object are told. */
const MOST_STRETCHES = 50;
/** Around a place that is known well, still this much. */
const LEAST_RADIUS_M = 100;
const QUARTER_TURN = Math.PI / 2;

const area = (areaDesc: string, shapes: Partial<Pick<CapArea, "polygons" | "circles">>): CapArea => ({
  areaDesc,
  polygons: [],
  circles: [],
  geocodes: [],
  ...shapes,
});

/** Says in one language what an area is of a zone, where it is not the zone alone. */
export type SayArea = (word: "wholeOf" | "rectangleOf" | "partOf", params: Readonly<{ zone: string }>) => string;

/**
 * A zone's footprint, never less than it. A corridor is its stretches as rectangles, with a circle at each bend; of a long one those
 * nearest to `near`. No polygon of CAP's has a hole: what a ring surrounds is told with it, and the description says so.
 *
 * @source CAP 1.2, 3.2.4: a polygon is one closed ring, and the area is the union of all that are there.
 */
export function zoneArea({ name, shape }: Zone, near: Place, say: SayArea): CapArea {
  switch (shape.kind) {
    case "circle":
      return area(name, { circles: [{ centre: shape.centre, radiusKm: shape.radiusM / 1000 }] });
    case "polygon":
      return polygonArea(name, shape.rings, say);
    case "corridor":
      return corridorArea(name, shape.line.map(toPoint), shape.halfWidthM, near, say);
    default:
      return shape satisfies never;
  }
}

function polygonArea(name: string, rings: readonly (readonly Position[])[], say: SayArea): CapArea {
  const all = ringsByDepth(rings);
  const outer = all.filter(({ depth }) => depth === 0);
  const isRectangle = outer.some(({ ring }) => ring.length > MOST_POINTS);
  const word = isRectangle ? "rectangleOf" : all.length > outer.length ? "wholeOf" : undefined;
  const polygons = outer.map(({ ring }) => ringOf(ring));
  return area(word ? say(word, { zone: name }) : name, { polygons });
}

/** Where something is or was, and how far it may be off. */
export const placeArea = (areaDesc: string, { latDeg, lonDeg }: Place, radiusM: number): CapArea =>
  area(areaDesc, { circles: [{ centre: { latDeg, lonDeg }, radiusKm: Math.max(LEAST_RADIUS_M, radiusM) / 1000 }] });

const toPoint = ([lonDeg, latDeg]: Position): CapPoint => ({ latDeg, lonDeg });

/** A ring, closed. */
function ringOf(ring: readonly Position[]): readonly CapPoint[] {
  const points = ring.map(toPoint);
  const [first, last] = [points[0], points.at(-1)];
  if (points.length > MOST_POINTS) return rectangleAround(points);
  const isClosed = first?.latDeg === last?.latDeg && first?.lonDeg === last?.lonDeg;
  return isClosed || !first ? points : [...points, first];
}

function rectangleAround(points: readonly CapPoint[]): readonly CapPoint[] {
  let [south, north, west, east] = [90, -90, 180, -180];
  for (const { latDeg, lonDeg } of points) {
    [south, north] = [Math.min(south, latDeg), Math.max(north, latDeg)];
    [west, east] = [Math.min(west, lonDeg), Math.max(east, lonDeg)];
  }
  const corner = (latDeg: number, lonDeg: number): CapPoint => ({ latDeg, lonDeg });
  return [corner(south, west), corner(south, east), corner(north, east), corner(north, west), corner(south, west)];
}

type Stretch = Readonly<{ from: CapPoint; to: CapPoint }>;

function corridorArea(name: string, line: readonly CapPoint[], halfWidthM: number, near: Place, say: SayArea): CapArea {
  const all = line.slice(1).map((to, i): Stretch => ({ from: line[i] as CapPoint, to }));
  const awayM = ({ from, to }: Stretch) => Math.min(distanceM(near, from), distanceM(near, to));
  const told = all.length <= MOST_STRETCHES ? all : all.toSorted((a, b) => awayM(a) - awayM(b)).slice(0, MOST_STRETCHES);
  const bends = new Set(told.flatMap(({ from, to }) => [from, to]));
  return area(told.length < all.length ? say("partOf", { zone: name }) : name, {
    polygons: told.filter(({ from, to }) => distanceM(from, to) > 1).map((stretch) => rectangleOf(stretch, halfWidthM)),
    circles: [...bends].map((centre) => ({ centre, radiusKm: halfWidthM / 1000 })),
  });
}

function rectangleOf({ from, to }: Stretch, halfWidthM: number): readonly CapPoint[] {
  const along = bearingRad(from, to);
  const beside = (point: CapPoint, side: 1 | -1) => destination(point, along + side * QUARTER_TURN, halfWidthM);
  const first = beside(from, 1);
  return [first, beside(to, 1), beside(to, -1), beside(from, -1), first];
}
