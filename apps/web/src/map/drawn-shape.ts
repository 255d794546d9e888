import { distanceM } from "@picket/geo";
import type { Position as ZonePosition, ZoneShape } from "@picket/model";
import type { Geometry, Position } from "geojson";
import { shapeGeometry } from "./zone-features.ts";

export type ShapeKind = ZoneShape["kind"];
const DECIMALS = 1e7;
const MIN_RADIUS_M = 1;

/** What was drawn, as a zone's footprint; undefined while it encloses nothing. Holes of a polygon that was there before are kept. */
export function shapeFromDrawing(
  kind: ShapeKind,
  geometry: Geometry,
  halfWidthM: number,
  before?: ZoneShape,
): ZoneShape | undefined {
  switch (kind) {
    case "polygon": {
      const ring = geometry.type === "Polygon" ? geometry.coordinates[0] : undefined;
      if (!ring || ring.length < 4) return undefined;
      return { kind, rings: [ring.map(zonePosition), ...(before?.kind === "polygon" ? before.rings.slice(1) : [])] };
    }
    case "circle": {
      const ring = geometry.type === "Polygon" ? geometry.coordinates[0] : undefined;
      return ring && circleThrough(ring);
    }
    case "corridor":
      if (geometry.type !== "LineString" || geometry.coordinates.length < 2) return undefined;
      return { kind, line: geometry.coordinates.map(zonePosition), halfWidthM };
    default:
      return kind satisfies never;
  }
}

/** A footprint as something that can be drawn on, its coordinates rounded to a centimetre. */
export function drawingFromShape(shape: ZoneShape): Geometry {
  const geometry = shapeGeometry(shape);
  if (geometry.type === "LineString") return { type: "LineString", coordinates: geometry.coordinates.map(rounded) };
  return { type: "Polygon", coordinates: geometry.coordinates.slice(0, 1).map((ring) => ring.map(rounded)) };
}

/** The circle that a ring of points stands for: middle of its extent, mean distance to its points. */
function circleThrough(ring: readonly Position[]): ZoneShape | undefined {
  const lons = ring.map(([lon = 0]) => lon);
  const lats = ring.map(([, lat = 0]) => lat);
  const centre = { latDeg: (Math.min(...lats) + Math.max(...lats)) / 2, lonDeg: (Math.min(...lons) + Math.max(...lons)) / 2 };
  const away = ring.map(([lonDeg = 0, latDeg = 0]) => distanceM(centre, { latDeg, lonDeg }));
  const radiusM = Math.round(away.reduce((sum, one) => sum + one, 0) / Math.max(1, away.length));
  return radiusM >= MIN_RADIUS_M ? { kind: "circle", centre, radiusM } : undefined;
}

const rounded = (point: Position): Position => point.slice(0, 2).map((value) => Math.round(value * DECIMALS) / DECIMALS);
const zonePosition = ([lon = 0, lat = 0]: Position): ZonePosition => [lon, lat];
