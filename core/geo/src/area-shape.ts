import { ecefFromGeodetic } from "./ecef.ts";
import { type EcefM, type GeoPoint, isGeoPoint } from "./wgs84.ts";

/**
 * An area on the ellipsoid, in true metres. Edges between vertices are geodesics, whatever their length; it may lie across the
 * antimeridian or around a pole.
 *
 * - `circle`: all within `radiusM` along the ellipsoid.
 * - `polygon`: rings without a repeated last vertex need none; a point is inside when an odd number of rings surround it, so that the
 *   first ring is the outline and others are holes, in any winding.
 * - `corridor`: all within `halfWidthM` of the line, with round ends; 0 makes it the line itself.
 */
export type AreaShape =
  | Readonly<{ kind: "circle"; centre: GeoPoint; radiusM: number }>
  | Readonly<{ kind: "polygon"; rings: readonly (readonly GeoPoint[])[] }>
  | Readonly<{ kind: "corridor"; line: readonly GeoPoint[]; halfWidthM: number }>;

/**
 * Why a shape is refused: a coordinate off the globe or not finite, a ring of fewer than three or a line of fewer than two different
 * points, a radius or width out of range, more than {@link MAX_VERTICES} vertices, or a shape that reaches beyond 60° of arc from its
 * own middle, where inside and outside cannot be told apart safely.
 */
export type AreaProblem = Readonly<{
  code: "bad-point" | "too-few-points" | "bad-size" | "too-many-points" | "too-large";
  detail: string;
}>;

export const MAX_RADIUS_M = 5_000_000;
export const MAX_HALF_WIDTH_M = 100_000;
export const MAX_VERTICES = 200_000;

/** The lines that make a shape's skeleton: a polygon's rings, closed by their first point, or the corridor's one line, without repeated points. */
export function skeleton(shape: Exclude<AreaShape, { kind: "circle" }>): GeoPoint[][] {
  if (shape.kind === "corridor") return [withoutRepeats(shape.line)];
  return shape.rings.map((ring) => {
    const first = ring[0];
    return withoutRepeats(first ? [...ring, first] : ring);
  });
}

/** What is wrong with the numbers of a shape, or `undefined`; only `createArea` can find that it is too large. */
export function shapeProblem(shape: AreaShape): AreaProblem | undefined {
  if (shape.kind === "circle") {
    return pointProblem([shape.centre]) ?? sizeProblem("radius", shape.radiusM, MAX_RADIUS_M);
  }
  const lines = shape.kind === "polygon" ? shape.rings : [shape.line];
  const vertices = lines.reduce((sum, line) => sum + line.length, 0);
  if (vertices > MAX_VERTICES) return { code: "too-many-points", detail: `at most ${MAX_VERTICES} vertices, got ${vertices}` };
  for (const line of lines) {
    const problem = pointProblem(line);
    if (problem) return problem;
  }
  // A ring of three different points is four with the closing one.
  const least = shape.kind === "polygon" ? 4 : 2;
  if (lines.length === 0 || skeleton(shape).some((line) => line.length < least)) {
    return {
      code: "too-few-points",
      detail: `a ${shape.kind} needs ${shape.kind === "polygon" ? 3 : 2} different points in each line`,
    };
  }
  return shape.kind === "corridor" ? sizeProblem("half width", shape.halfWidthM, MAX_HALF_WIDTH_M) : undefined;
}

function pointProblem(points: readonly GeoPoint[]): AreaProblem | undefined {
  const bad = points.find((point) => !isGeoPoint(point));
  return bad && { code: "bad-point", detail: `latitude ±90° and longitude ±180°, got ${bad.latDeg}, ${bad.lonDeg}` };
}

function sizeProblem(what: string, valueM: number, maxM: number): AreaProblem | undefined {
  if (valueM >= 0 && valueM <= maxM) return undefined;
  return { code: "bad-size", detail: `${what} must be 0 to ${maxM} m, got ${valueM}` };
}

/** Drops points within a millimetre of the one before, also where two longitudes name one place: at ±180° and at the poles. */
function withoutRepeats(points: readonly GeoPoint[]): GeoPoint[] {
  let before: EcefM | undefined;
  return points.filter(({ latDeg, lonDeg }) => {
    const here = ecefFromGeodetic({ latDeg, lonDeg, altHaeM: 0 });
    const isRepeat = before && Math.hypot(here[0] - before[0], here[1] - before[1], here[2] - before[2]) < 0.001;
    if (!isRepeat) before = here;
    return !isRepeat;
  });
}
