import { wrapTurnRad } from "./angle.ts";
import { type AreaProblem, type AreaShape, shapeProblem, skeleton } from "./area-shape.ts";
import { type Boundary, type BoundaryHit, createBoundary } from "./boundary.ts";
import { destination, distanceM, geodesicInverse } from "./geodesic.ts";
import { type GeoPoint, isGeoPoint } from "./wgs84.ts";

/**
 * How far the boundary is: negative inside. When `exact`, within 0.1 m of the geodesic distance, which holds within 5 km of the boundary;
 * else the boundary is at least `|distanceM|` away, and the sign still holds. A corridor's inside where stretches of its line
 * overlap is not exact either.
 */
export type AreaDistance = Readonly<{ distanceM: number; exact: boolean }>;

/**
 * The nearest point of the boundary, metres to it (never negative) and the bearing on leaving towards it, in [0, 2π).
 * When not `exact`, a boundary point whose distance is within a ten-thousandth of the least, or, inside a corridor whose line
 * comes back on itself, the edge of the nearest stretch.
 */
export type AreaNearest = Readonly<{ point: GeoPoint; distanceM: number; bearingRad: number; exact: boolean }>;

/** A shape made ready to be asked. Every question throws `RangeError` on a point off the globe. */
export type Area = Readonly<{
  shape: AreaShape;
  signedDistance(point: GeoPoint): AreaDistance;
  /** Inside or on the boundary. */
  contains(point: GeoPoint): boolean;
  nearest(point: GeoPoint): AreaNearest;
}>;

/** Within this distance of its boundary an area answers exactly. */
export const EXACT_WITHIN_M = 5000;
/** An inner point's way out is proven when the edge it leads to lies no nearer to any stretch than the half width, less this. */
const EDGE_TOLERANCE_M = 0.05;

/** What is wrong with a shape that came from outside, or `undefined` when `createArea` will take it. */
export function areaProblem(shape: AreaShape): AreaProblem | undefined {
  const problem = shapeProblem(shape);
  if (problem || shape.kind === "circle") return problem;
  return createBoundary(skeleton(shape)) ? undefined : TOO_LARGE;
}

/** Makes a shape ready. Throws `RangeError`, whose message begins with the {@link AreaProblem}'s code, when it is refused. */
export function createArea(shape: AreaShape): Area {
  const problem = shapeProblem(shape);
  if (problem) throw refused(problem);
  if (shape.kind === "circle") return circleArea(shape);
  const boundary = createBoundary(skeleton(shape));
  if (!boundary) throw refused(TOO_LARGE);
  return shape.kind === "polygon" ? polygonArea(shape, boundary) : corridorArea(shape, boundary);
}

const TOO_LARGE: AreaProblem = { code: "too-large", detail: "a shape must lie within 60° of arc of its own middle" };

const refused = ({ code, detail }: AreaProblem): RangeError => new RangeError(`${code}: ${detail}`);

function circleArea(shape: Extract<AreaShape, { kind: "circle" }>): Area {
  const { centre, radiusM } = shape;
  const fromEdgeM = (point: GeoPoint) => distanceM(onGlobe(point), centre) - radiusM;
  return {
    shape,
    signedDistance: (point) => ({ distanceM: fromEdgeM(point), exact: true }),
    contains: (point) => fromEdgeM(point) <= 0,
    nearest(point) {
      const inward = geodesicInverse(onGlobe(point), centre);
      const edgeM = inward.distanceM - radiusM;
      const bearingRad = edgeM >= 0 ? inward.bearingRad : wrapTurnRad(inward.bearingRad + Math.PI);
      return { point: destination(point, bearingRad, Math.abs(edgeM)), distanceM: Math.abs(edgeM), bearingRad, exact: true };
    },
  };
}

function polygonArea(shape: Extract<AreaShape, { kind: "polygon" }>, boundary: Boundary): Area {
  const contains = (point: GeoPoint) => boundary.surrounds(onGlobe(point));
  return {
    shape,
    signedDistance(point) {
      const sign = contains(point) ? -1 : 1;
      const found = boundary.search(point, EXACT_WITHIN_M);
      return found.kind === "hit"
        ? { distanceM: sign * found.hit.distanceM, exact: true }
        : { distanceM: sign * found.atLeastM, exact: false };
    },
    contains,
    nearest(point) {
      const found = boundary.search(onGlobe(point), EXACT_WITHIN_M);
      if (found.kind === "beyond") return { ...boundary.farNearest(point), exact: false };
      return arrive(point, bearingOf(found.hit.east, found.hit.north), found.hit.distanceM, true);
    },
  };
}

function corridorArea(shape: Extract<AreaShape, { kind: "corridor" }>, boundary: Boundary): Area {
  const { halfWidthM } = shape;
  const limitM = halfWidthM + EXACT_WITHIN_M;

  /** The way from a point inside straight away from the line to the edge, and whether no other stretch covers that edge. */
  function wayOut(point: GeoPoint, { distanceM: depthM, east, north, sideEast, sideNorth }: BoundaryHit): AreaNearest {
    const outM = halfWidthM - depthM;
    const side = bearingOf(sideEast, sideNorth);
    const bearings = depthM > EDGE_TOLERANCE_M ? [bearingOf(-east, -north)] : [side, wrapTurnRad(side + Math.PI)];
    const ways = bearings.map((bearingRad) => {
      const edge = destination(point, bearingRad, outM);
      const found = boundary.search(edge, limitM);
      const free = found.kind === "beyond" || found.hit.distanceM >= halfWidthM - EDGE_TOLERANCE_M;
      return { point: edge, distanceM: outM, bearingRad, exact: free };
    });
    return ways.find((way) => way.exact) ?? (ways[0] as AreaNearest);
  }

  return {
    shape,
    signedDistance(point) {
      const found = boundary.search(onGlobe(point), limitM);
      if (found.kind === "beyond") return { distanceM: found.atLeastM - halfWidthM, exact: false };
      const outsideM = found.hit.distanceM - halfWidthM;
      return { distanceM: outsideM, exact: outsideM >= 0 || wayOut(point, found.hit).exact };
    },
    contains(point) {
      const found = boundary.search(onGlobe(point), halfWidthM);
      return found.kind === "hit" && found.hit.distanceM <= halfWidthM;
    },
    nearest(point) {
      const found = boundary.search(onGlobe(point), limitM);
      if (found.kind === "beyond") {
        const far = boundary.farNearest(point);
        return arrive(point, far.bearingRad, far.distanceM - halfWidthM, false);
      }
      if (found.hit.distanceM < halfWidthM) return wayOut(point, found.hit);
      return arrive(point, bearingOf(found.hit.east, found.hit.north), found.hit.distanceM - halfWidthM, true);
    },
  };
}

const bearingOf = (east: number, north: number): number => wrapTurnRad(Math.atan2(east, north));

const arrive = (from: GeoPoint, bearingRad: number, metres: number, exact: boolean): AreaNearest => ({
  point: destination(from, bearingRad, metres),
  distanceM: metres,
  bearingRad,
  exact,
});

function onGlobe(point: GeoPoint): GeoPoint {
  if (!isGeoPoint(point))
    throw new RangeError(`Expected latitude ±90° and longitude ±180°, got ${point.latDeg}, ${point.lonDeg}`);
  return point;
}
