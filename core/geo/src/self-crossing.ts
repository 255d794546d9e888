import Flatbush from "flatbush";
import { radFromDeg } from "./angle.ts";
import { type AreaShape, skeleton } from "./area-shape.ts";
import { chartFromNormal, createChart, cross, dot, normalAt, pointFromNormal, type UnitVector } from "./chart.ts";
import type { GeoPoint } from "./wgs84.ts";

/** Edges cross when each has ends on both sides of the other by more than this much arc, about a metre: what only touches does not. */
const CLEAR_RAD = 1.6e-7;
const MAX_EXTENT_RAD = radFromDeg(60);

/** An edge between two vertices of one ring: its ends, and the great circle's normal, of unit length. */
type Edge = Readonly<{ ring: number; place: number; from: UnitVector; to: UnitVector; pole: UnitVector }>;

/**
 * Where the outline of a polygon crosses itself, or one of its rings another, or `undefined`: of a shape that has, nobody can say what
 * was meant to be inside. Edges count as great circles between their ends, which is where geodesics run to within metres.
 */
export function selfCrossing(shape: Extract<AreaShape, { kind: "polygon" }>): GeoPoint | undefined {
  const rings = skeleton(shape).map((ring) => ring.map(normalAt));
  const chart = createChart(rings.flat(), MAX_EXTENT_RAD);
  if (!chart) return undefined;
  const edges = rings.flatMap((ring, index) =>
    ring.slice(1).map((to, place): Edge => {
      const from = ring[place] as UnitVector;
      return { ring: index, place, from, to, pole: unit(cross(from, to)) };
    }),
  );
  const boxes = edges.map(({ from, to }) => {
    const [x0, y0] = chartFromNormal(chart, from);
    const [x1, y1] = chartFromNormal(chart, to);
    // On a stereographic chart a great circle is a straight line or a circle of radius 2 or more: its bow is at most this high.
    const bow = 2 - Math.sqrt(4 - ((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)) / 4);
    return [Math.min(x0, x1) - bow, Math.min(y0, y1) - bow, Math.max(x0, x1) + bow, Math.max(y0, y1) + bow] as const;
  });
  const index = new Flatbush(edges.length);
  for (const box of boxes) index.add(...box);
  index.finish();
  for (const [at, box] of boxes.entries()) {
    const edge = edges[at] as Edge;
    for (const other of index.search(...box, (found) => found > at)) {
      const crossed = edges[other] as Edge;
      if (!areNeighbours(edge, crossed, (rings[edge.ring]?.length ?? 0) - 1) && doCross(edge, crossed)) {
        const meeting = unit(cross(edge.pole, crossed.pole));
        return pointFromNormal(dot(meeting, edge.from) > 0 ? meeting : [-meeting[0], -meeting[1], -meeting[2]]);
      }
    }
  }
  return undefined;
}

/** Edges of one ring that share a vertex cannot cross. */
const areNeighbours = (a: Edge, b: Edge, count: number): boolean =>
  a.ring === b.ring && (b.place - a.place === 1 || b.place - a.place === count - 1);

const doCross = (a: Edge, b: Edge): boolean => isParted(a.pole, b) && isParted(b.pole, a);

/** Are the ends of an edge clearly on both sides of a great circle? */
function isParted(pole: UnitVector, { from, to }: Edge): boolean {
  const [one, other] = [dot(pole, from), dot(pole, to)];
  return Math.min(one, other) < -CLEAR_RAD && Math.max(one, other) > CLEAR_RAD;
}

function unit([x, y, z]: UnitVector): UnitVector {
  const length = Math.sqrt(x * x + y * y + z * z);
  return [x / length, y / length, z / length];
}
