import type { Feature, FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";

/** A place name of the base map, written by the overlay (the style draws no text, so it needs no glyphs from anywhere). */
export type PlaceName = Readonly<{ name: string; id?: string; lonDeg: number; latDeg: number; zoom: number; size: number }>;
/** `world.json` of the bundled base map. */
export type World = Readonly<{
  land: MultiPolygon;
  coast: MultiLineString;
  borders: MultiLineString;
  states: MultiLineString;
  names: readonly PlaceName[];
}>;
/** One file of `cells/`. */
export type DetailCell = Readonly<{
  land: readonly Position[][][];
  coast: readonly Position[][];
  borders: readonly Position[][];
  states: readonly Position[][];
  counties: readonly Position[][];
}>;

/** The coarse world as features of the `world` source. */
export const worldFeatures = (world: World): FeatureCollection => ({
  type: "FeatureCollection",
  features: [
    tagged("land", world.land),
    tagged("coast", world.coast),
    tagged("borders", world.borders),
    tagged("states", world.states),
  ],
});

/** Loaded cells as features of the `detail` source. */
export const detailFeatures = (cells: readonly DetailCell[]): FeatureCollection => ({
  type: "FeatureCollection",
  features: cells.flatMap((cell) => [
    tagged("land", { type: "MultiPolygon", coordinates: [...cell.land] }),
    tagged("coast", { type: "MultiLineString", coordinates: [...cell.coast] }),
    tagged("borders", { type: "MultiLineString", coordinates: [...cell.borders] }),
    tagged("states", { type: "MultiLineString", coordinates: [...cell.states] }),
    tagged("counties", { type: "MultiLineString", coordinates: [...cell.counties] }),
  ]),
});

const tagged = (name: string, geometry: Polygon | MultiPolygon | LineString | MultiLineString): Feature => ({
  type: "Feature",
  properties: { kind: name },
  geometry,
});
