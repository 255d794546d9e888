import { destination } from "@picket/geo";
import type { Place, Sensor, SensorId, SensorState, Zone, ZoneShape } from "@picket/model";
import type { Feature, FeatureCollection, LineString, Polygon, Position } from "geojson";
import { stretch } from "./mercator.ts";
import { isWatching } from "./watching.ts";

const ARC_STEP_DEG = 4;
const FULL_TURN_DEG = 360;

/**
 * What the site itself brings to the map: what each sensor can see at best, terrain not considered (a sector without bounds is a
 * circle; a sensor that covers nothing has none), and the zones: areas as polygons, corridors as lines with a width in stretched metres.
 */
export const siteFeatures = (
  zones: readonly Zone[],
  sensors: readonly Sensor[],
  states: ReadonlyMap<SensorId, SensorState>,
): FeatureCollection => ({
  type: "FeatureCollection",
  features: [
    ...sensors
      .filter((sensor) => sensor.covers !== false && sensor.kind !== "people")
      .map((sensor): Feature => {
        const kind = isWatching(states.get(sensor.id)) ? "watched" : "notWatched";
        return { type: "Feature", properties: { kind }, geometry: { type: "Polygon", coordinates: [sectorRing(sensor)] } };
      }),
    ...zones.map(
      ({ shape }): Feature => ({
        type: "Feature",
        properties:
          shape.kind === "corridor"
            ? { kind: "corridor", widthM: 2 * shape.halfWidthM * stretch(shape.line[0]?.[1] ?? 0) }
            : { kind: "area" },
        geometry: shapeGeometry(shape),
      }),
    ),
  ],
});

/** Some point inside or on the zone where its name can stand: of a corridor, which may be long, the one nearest to the site. */
export function labelPlace(shape: ZoneShape, site: Place): Position {
  if (shape.kind === "circle") return [shape.centre.lonDeg, shape.centre.latDeg];
  if (shape.kind === "corridor") return nearestOnLine(shape.line, site);
  const ring = shape.rings[0] ?? [];
  const top = ring.reduce((best, point) => (point[1] > best[1] ? point : best), ring[0] ?? [0, 0]);
  return top;
}

/** The point of a line nearest to a place, on a plane: good enough for a name. */
function nearestOnLine(line: readonly Position[], { latDeg, lonDeg }: Place): Position {
  const east = Math.cos((latDeg * Math.PI) / 180);
  let nearest: Position = line[0] ?? [lonDeg, latDeg];
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [toLon = 0, toLat = 0]] of line.entries()) {
    const [fromLon = 0, fromLat = 0] = line[Math.max(0, index - 1)] ?? [];
    const [alongX, alongY] = [(toLon - fromLon) * east, toLat - fromLat];
    const dot = (lonDeg - fromLon) * east * alongX + (latDeg - fromLat) * alongY;
    const share = Math.min(1, Math.max(0, dot / Math.max(1e-12, alongX * alongX + alongY * alongY)));
    const point: Position = [fromLon + share * (toLon - fromLon), fromLat + share * (toLat - fromLat)];
    const away = Math.hypot(((point[0] ?? 0) - lonDeg) * east, (point[1] ?? 0) - latDeg);
    if (away < least) [nearest, least] = [point, away];
  }
  return nearest;
}

/** A footprint's outline; of a corridor its middle line. */
export function shapeGeometry(shape: ZoneShape): Polygon | LineString {
  switch (shape.kind) {
    case "polygon":
      return { type: "Polygon", coordinates: shape.rings };
    case "circle":
      return { type: "Polygon", coordinates: [arc(shape.centre.latDeg, shape.centre.lonDeg, shape.radiusM, 0, FULL_TURN_DEG)] };
    case "corridor":
      return { type: "LineString", coordinates: shape.line };
    default:
      return shape satisfies never;
  }
}

function sectorRing(sensor: Sensor): Position[] {
  const { latDeg, lonDeg, rangeMaxM, azimuthFromDeg: from, azimuthToDeg: to } = sensor;
  if (from === undefined || to === undefined) return arc(latDeg, lonDeg, rangeMaxM, 0, FULL_TURN_DEG);
  const width = (((to - from) % FULL_TURN_DEG) + FULL_TURN_DEG) % FULL_TURN_DEG || FULL_TURN_DEG;
  if (width === FULL_TURN_DEG) return arc(latDeg, lonDeg, rangeMaxM, 0, FULL_TURN_DEG);
  const centre: Position = [lonDeg, latDeg];
  return [centre, ...arc(latDeg, lonDeg, rangeMaxM, from, from + width), centre];
}

/** Points at one distance, clockwise from one azimuth to another, along geodesics. A full turn is closed. */
function arc(latDeg: number, lonDeg: number, radiusM: number, fromDeg: number, toDeg: number): Position[] {
  const steps = Math.max(2, Math.ceil((toDeg - fromDeg) / ARC_STEP_DEG));
  const points = Array.from({ length: steps + 1 }, (_, step): Position => {
    const azimuthRad = ((fromDeg + ((toDeg - fromDeg) * step) / steps) * Math.PI) / 180;
    const at = destination({ latDeg, lonDeg }, azimuthRad, radiusM);
    return [at.lonDeg, at.latDeg];
  });
  const [first] = points;
  if (first && toDeg - fromDeg >= FULL_TURN_DEG) points[points.length - 1] = first;
  return points;
}
