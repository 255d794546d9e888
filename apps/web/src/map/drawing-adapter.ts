import type { Feature } from "geojson";
import type { GeoJSONSource, MapLibreMap } from "maplibre-gl";
import { TerraDrawExtend } from "terra-draw";
import { DRAWING, EMPTY } from "./base-style.ts";
import { type Color, cssColor } from "./palette.ts";

const DECIMALS = 7;

/** What terra-draw changed since it last asked for a rendering. */
type DrawingChanges = Readonly<{
  created: readonly Feature[];
  updated: readonly Feature[];
  deletedIds: readonly (string | number)[];
}>;

/** Lets terra-draw draw on the chart: it turns what is drawn into one GeoJSON source with a fill, a line and a point layer. */
export class DrawingAdapter extends TerraDrawExtend.TerraDrawBaseAdapter {
  readonly #map: MapLibreMap;
  readonly #features = new Map<string | number, Feature>();

  constructor(map: MapLibreMap, color: Color, ground: Color) {
    super({ coordinatePrecision: DECIMALS });
    this.#map = map;
    map.addSource(DRAWING, { type: "geojson", data: EMPTY });
    const ink = cssColor(color);
    map.addLayer({
      id: "drawing-fill",
      type: "fill",
      source: DRAWING,
      filter: shape("Polygon"),
      paint: { "fill-color": ink, "fill-opacity": 0.15 },
    });
    map.addLayer({
      id: "drawing-line",
      type: "line",
      source: DRAWING,
      filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": ink, "line-width": 2.5 },
    });
    map.addLayer({
      id: "drawing-point",
      type: "circle",
      source: DRAWING,
      filter: shape("Point"),
      paint: {
        "circle-color": cssColor(ground),
        "circle-radius": ["case", ["has", "midPoint"], 4, 6],
        "circle-stroke-color": ink,
        "circle-stroke-width": 2,
      },
    });
  }

  remove(): void {
    for (const id of ["drawing-point", "drawing-line", "drawing-fill"]) this.#map.removeLayer(id);
    this.#map.removeSource(DRAWING);
  }

  getMapEventElement(): HTMLElement {
    return this.#map.getCanvas();
  }

  clear(): void {
    this.#features.clear();
    this.#show();
  }

  project(lng: number, lat: number): Readonly<{ x: number; y: number }> {
    return this.#map.project([lng, lat]);
  }

  unproject(x: number, y: number): Readonly<{ lng: number; lat: number }> {
    return this.#map.unproject([x, y]);
  }

  setCursor(cursor: string): void {
    this.#map.getCanvas().style.cursor = cursor === "unset" ? "" : cursor;
  }

  getLngLatFromEvent(event: PointerEvent | MouseEvent): Readonly<{ lng: number; lat: number }> {
    const { left, top } = this.#map.getCanvas().getBoundingClientRect();
    return this.unproject(event.clientX - left, event.clientY - top);
  }

  setDraggability(isEnabled: boolean): void {
    if (isEnabled) this.#map.dragPan.enable();
    else this.#map.dragPan.disable();
  }

  setDoubleClickToZoom(isEnabled: boolean): void {
    if (isEnabled) this.#map.doubleClickZoom.enable();
    else this.#map.doubleClickZoom.disable();
  }

  render({ created, updated, deletedIds }: DrawingChanges): void {
    for (const feature of [...created, ...updated]) if (feature.id !== undefined) this.#features.set(feature.id, feature);
    for (const id of deletedIds) this.#features.delete(id);
    this.#show();
  }

  #show(): void {
    void this.#map
      .getSource<GeoJSONSource>(DRAWING)
      ?.setData({ type: "FeatureCollection", features: [...this.#features.values()] });
  }
}

const shape = (name: string) => ["==", ["geometry-type"], name] as ["==", ["geometry-type"], string];
