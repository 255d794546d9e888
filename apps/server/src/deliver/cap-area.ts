import type { CapArea, CapPoint } from "@picket/cap";
import { bearingRad, destination, distanceM } from "@picket/geo";
import type { Place, Position, Zone } from "@picket/model";

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

/** A zone's footprint. A corridor is its stretches as rectangles, with a circle at each bend; of a long one those nearest to `near`. */
export function zoneArea({ name, shape }: Zone, near: Place): CapArea {
  switch (shape.kind) {
    case "circle":
      return area(name, { circles: [{ centre: shape.centre, radiusKm: shape.radiusM / 1000 }] });
    case "polygon":
      return area(name, { polygons: [ringOf(shape.rings[0] ?? [])] });
    case "corridor":
      return corridorArea(name, shape.line.map(toPoint), shape.halfWidthM, near);
    default:
      return shape satisfies never;
  }
}

/** Where something is or was, and how far it may be off. */
export const placeArea = (areaDesc: string, { latDeg, lonDeg }: Place, radiusM: number): CapArea =>
  area(areaDesc, { circles: [{ centre: { latDeg, lonDeg }, radiusKm: Math.max(LEAST_RADIUS_M, radiusM) / 1000 }] });

const toPoint = ([lonDeg, latDeg]: Position): CapPoint => ({ latDeg, lonDeg });

/** The outer ring, closed. A hole is left out: who stands in it is warned too. */
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

function corridorArea(name: string, line: readonly CapPoint[], halfWidthM: number, near: Place): CapArea {
  const all = line.slice(1).map((to, i): Stretch => ({ from: line[i] as CapPoint, to }));
  const awayM = ({ from, to }: Stretch) => Math.min(distanceM(near, from), distanceM(near, to));
  const told = all.length <= MOST_STRETCHES ? all : all.toSorted((a, b) => awayM(a) - awayM(b)).slice(0, MOST_STRETCHES);
  const bends = new Set(told.flatMap(({ from, to }) => [from, to]));
  return area(name, {
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
