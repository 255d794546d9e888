import type { FeatureCollection } from "geojson";
import type { LayerSpecification, StyleSpecification } from "maplibre-gl";
import { cssColor, type Palette } from "./palette.ts";

/** From this zoom on the ten-degree cells replace the coarse world. */
export const DETAIL_ZOOM = 4.5;
/** The source that is there while somebody draws a zone. */
export const DRAWING = "drawing";
export const EMPTY: FeatureCollection = { type: "FeatureCollection", features: [] };

/** The style of the empty map: sea, and sources that are filled when their files arrive. No sprite, no glyphs, no remote source. */
export const emptyStyle = (palette: Palette): StyleSpecification => ({
  version: 8,
  sources: Object.fromEntries(
    SOURCES.map((id) => [id, { type: "geojson" as const, data: EMPTY, tolerance: 0.3, attribution: "" }]),
  ),
  layers: baseLayers(palette),
});

/**
 * The coarse world, the cells near by, and what the site itself brings (coverage and zones). At any zoom but two are in use: each
 * source in use costs a pass over the whole screen to cut its tiles.
 */
const SOURCES = ["world", "detail", "site"] as const;
const METRES_PER_PIXEL_AT_ZOOM_0 = 40_075_016.685578488 / 512;
const kind = (name: string) => ["==", ["get", "kind"], name] as ["==", ["get", string], string];

/** A line width in metres on the ground, from the feature's own `widthM` (already stretched for its latitude). */
const groundWidth = (property: string) =>
  [
    "interpolate",
    ["exponential", 2],
    ["zoom"],
    0,
    ["/", ["get", property], METRES_PER_PIXEL_AT_ZOOM_0],
    24,
    ["*", ["get", property], 2 ** 24 / METRES_PER_PIXEL_AT_ZOOM_0],
  ] as unknown as number;

/** All layers below the tracks, in drawing order, in the colours of a theme. */
export function baseLayers(palette: Palette): LayerSpecification[] {
  const line = (
    id: string,
    source: string,
    name: string,
    color: string,
    width: number,
    more: object = {},
  ): LayerSpecification => ({
    id,
    type: "line",
    source,
    filter: kind(name),
    paint: { "line-color": color, "line-width": width },
    ...more,
  });
  const color = {
    coast: cssColor(palette.coast),
    border: cssColor(palette.border),
    minor: cssColor(palette.borderMinor),
  };
  return [
    { id: "sea", type: "background", paint: { "background-color": cssColor(palette.sea) } },
    { id: "land", type: "fill", source: "world", filter: kind("land"), maxzoom: DETAIL_ZOOM + 0.5, paint: fill(palette.land) },
    { id: "land-near", type: "fill", source: "detail", filter: kind("land"), minzoom: DETAIL_ZOOM, paint: fill(palette.land) },
    line("counties", "detail", "counties", color.minor, 0.8, { minzoom: 6 }),
    line("states", "world", "states", color.minor, 1.2, { minzoom: 3, maxzoom: DETAIL_ZOOM + 0.5 }),
    line("states-near", "detail", "states", color.minor, 1.2, { minzoom: DETAIL_ZOOM }),
    line("coast", "world", "coast", color.coast, 1, { maxzoom: DETAIL_ZOOM + 0.5 }),
    line("coast-near", "detail", "coast", color.coast, 1, { minzoom: DETAIL_ZOOM }),
    line("borders", "world", "borders", color.border, 1.2, { maxzoom: DETAIL_ZOOM + 0.5 }),
    line("borders-near", "detail", "borders", color.border, 1.6, { minzoom: DETAIL_ZOOM }),
    {
      id: "coverage",
      type: "fill",
      source: "site",
      filter: kind("watched"),
      paint: { "fill-color": cssColor(palette.sensor), "fill-opacity": 0.06 },
    },
    {
      id: "coverage-edge",
      type: "line",
      source: "site",
      filter: kind("watched"),
      paint: { "line-color": cssColor(palette.sensor), "line-width": 1.2, "line-opacity": 0.6 },
    },
    {
      id: "coverage-lost",
      type: "line",
      source: "site",
      filter: kind("notWatched"),
      paint: { "line-color": cssColor(palette.caution), "line-width": 1.5, "line-opacity": 0.8, "line-dasharray": [3, 3] },
    },
    {
      id: "zone-fill",
      type: "fill",
      source: "site",
      filter: kind("area"),
      paint: { "fill-color": cssColor(palette.zone), "fill-opacity": 0.09 },
    },
    {
      id: "zone-edge",
      type: "line",
      source: "site",
      filter: kind("area"),
      paint: { "line-color": cssColor(palette.zone), "line-width": 1.6, "line-opacity": 0.9 },
    },
    {
      id: "corridor-fill",
      type: "line",
      source: "site",
      filter: kind("corridor"),
      layout: { "line-join": "round", "line-cap": "round" },
      paint: { "line-color": cssColor(palette.zone), "line-width": groundWidth("widthM"), "line-opacity": 0.09 },
    },
    {
      id: "corridor-edge",
      type: "line",
      source: "site",
      filter: kind("corridor"),
      layout: { "line-join": "round", "line-cap": "round" },
      paint: {
        "line-color": cssColor(palette.zone),
        "line-gap-width": groundWidth("widthM"),
        "line-width": 1.4,
        "line-opacity": 0.8,
      },
    },
    {
      id: "corridor-line",
      type: "line",
      source: "site",
      filter: kind("corridor"),
      paint: { "line-color": cssColor(palette.zone), "line-width": 1, "line-opacity": 0.7, "line-dasharray": [6, 4] },
    },
  ];
}

const fill = (color: Palette["land"]) => ({ "fill-color": cssColor(color), "fill-antialias": false });
