import "maplibre-gl/dist/maplibre-gl.css";
import type { TrackId } from "@picket/model";
import { type GeoJSONSource, Map as MapLibreMap, setWorkerCount, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { Picture } from "../picture/picture.ts";
import type { Speech } from "../speech/speech.ts";
import {
  baseLayers,
  DETAIL_ZOOM,
  type DetailCell,
  detailFeatures,
  emptyStyle,
  type PlaceName,
  type World,
  worldFeatures,
} from "./base-style.ts";
import { type CellIndex, cellsIn, createCellStore } from "./detail-cells.ts";
import {
  createInstances,
  type Emphasis,
  ellipse,
  type Instances,
  SIGMAS_OF_95,
  writeLastSeen,
  writeTracks,
} from "./instances.ts";
import { labelsFor } from "./labels.ts";
import { type Anchor, anchorAt, eastOf, southOf } from "./mercator.ts";
import { drawOverlay, type View } from "./overlay.ts";
import type { Palette } from "./palette.ts";
import { nearestTrack } from "./pick.ts";
import { writeTraces } from "./traces.ts";
import { createTrackLayer } from "./track-layer.ts";
import { coverageFeatures, zoneFeatures } from "./zone-features.ts";

// Without this the map stays silently empty: a bundle cannot find the worker by itself.
setWorkerUrl(new URL(workerUrl, location.href).href);
setWorkerCount(1);

/** Where one looks: what the URL shares. */
export type ChartView = Readonly<{ latDeg: number; lonDeg: number; zoom: number }>;
/** What the chart shows. */
export type Scene = Readonly<{
  picture: Picture;
  selected: TrackId | undefined;
  unacknowledged: ReadonlySet<TrackId>;
  speech: Speech;
}>;
export type ChartEvents = Readonly<{
  pick(track: TrackId | undefined): void;
  moved(view: ChartView): void;
  pointed(latDeg: number, lonDeg: number): void;
  drawn(icons: number): void;
}>;
/** A mounted chart. `map` is for tools that draw on it, such as the zone editor. */
export type Chart = Readonly<{
  map: MapLibreMap;
  show(scene: Scene): void;
  goTo(latDeg: number, lonDeg: number): void;
  paint(palette: Palette): void;
  unmount(): void;
}>;

const FLASH_HALF_MS = 500;
const GO_TO_ZOOM = 13.5;
const BASEMAP = "/basemap";

/** Mounts the map into `host`: base map, zones and coverage by MapLibre, all that moves by one layer, all text by one canvas. */
export function mountChart(host: HTMLElement, start: ChartView, startPalette: Palette, events: ChartEvents): Chart {
  const map = new MapLibreMap({
    container: host,
    style: emptyStyle(startPalette),
    center: [start.lonDeg, start.latDeg],
    zoom: start.zoom,
    maxZoom: 18,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    renderWorldCopies: false,
    localIdeographFontFamily: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  const overlay = document.createElement("canvas");
  overlay.className = "chart-overlay";
  host.append(overlay);
  const painter = createPainter(start, startPalette, events.drawn);
  map.on("load", () => {
    map.addLayer(painter.layer);
    painter.sourcesReady(map);
    void loadBasemap(map, painter.named);
  });
  map.on("render", () => painter.overlay(overlay, viewOf(map)));
  map.on("moveend", () => events.moved(chartView(map)));
  map.on("mousemove", ({ lngLat }) => events.pointed(lngLat.lat, lngLat.lng));
  map.on("click", ({ point }) => events.pick(painter.at(point.x, point.y, viewOf(map))));
  const flashing = setInterval(() => painter.flash(), FLASH_HALF_MS);
  return {
    map,
    show: (scene) => painter.show(map, scene),
    goTo: (latDeg, lonDeg) =>
      map.easeTo({ center: [lonDeg, latDeg], zoom: Math.max(map.getZoom(), GO_TO_ZOOM), duration: isStill() ? 0 : 400 }),
    paint(palette) {
      painter.paint(palette);
      for (const layer of baseLayers(palette))
        for (const [name, value] of Object.entries(layer.paint ?? {}))
          if (map.getLayer(layer.id)) map.setPaintProperty(layer.id, name as never, value as never);
      map.triggerRepaint();
    },
    unmount() {
      clearInterval(flashing);
      map.remove();
      overlay.remove();
    },
  };
}

/** Keeps the newest scene and draws it when the map asks. */
function createPainter(start: ChartView, startPalette: Palette, drawn: (icons: number) => void) {
  const instances = createInstances();
  let palette = startPalette;
  let anchor: Anchor = anchorAt(start.latDeg, start.lonDeg);
  let scene: Scene | undefined;
  let names: readonly PlaceName[] = [];
  let dirty = false;
  let lit = 1;
  const tracks = createTrackLayer(
    () => anchor,
    () => {
      if (!dirty || !scene) return undefined;
      dirty = false;
      anchor = anchorAt(scene.picture.site.latDeg, scene.picture.site.lonDeg);
      pack(instances, scene, {
        anchor,
        palette,
        nowMs: scene.picture.nowMs,
        selected: scene.selected,
        unacknowledged: scene.unacknowledged,
      });
      return instances;
    },
    () => drawn(scene?.picture.tracks.size === undefined ? 0 : instances.icons.count - scene.picture.ended.length),
  );
  return {
    layer: tracks.layer,
    show(map: MapLibreMap, next: Scene) {
      const before = scene;
      scene = next;
      dirty = true;
      if (map.getSource("zones")) setSources(map, next.picture, before?.picture);
      tracks.refresh();
    },
    sourcesReady(map: MapLibreMap) {
      if (scene) setSources(map, scene.picture, undefined);
    },
    named(list: readonly PlaceName[]) {
      names = list;
      tracks.refresh();
    },
    paint(next: Palette) {
      palette = next;
      dirty = true;
    },
    flash() {
      lit = isStill() ? 1 : 1 - lit;
      if (scene && scene.unacknowledged.size > 0) tracks.flash(lit);
    },
    overlay(canvas: HTMLCanvasElement, view: View & Readonly<{ zoom: number }>) {
      if (!scene) return;
      const { picture, speech, selected, unacknowledged } = scene;
      const labels = labelsFor(picture, names, { palette, speech, selected, unacknowledged, zoom: view.zoom });
      drawOverlay(canvas, view, labels, palette, speech);
    },
    at: (x: number, y: number, view: View) =>
      scene ? nearestTrack(scene.picture.tracks.values(), x, y, view.project) : undefined,
  };
}

function pack(out: Instances, { picture }: Scene, emphasis: Emphasis): void {
  for (const rows of Object.values(out)) rows.clear();
  writeTraces(out, picture.traces, picture.site.sensors, emphasis);
  for (const { position } of picture.persons.values()) {
    if (!position || position.fixed) continue;
    const { latDeg, lonDeg, sigmaM } = position;
    const circle = { semiMajorM: sigmaM, semiMinorM: sigmaM, orientationDeg: 0 };
    const { anchor, palette } = emphasis;
    ellipse(
      out,
      latDeg,
      eastOf(anchor, lonDeg),
      southOf(anchor, latDeg),
      circle,
      palette.person,
      0.5,
      sigmaM * SIGMAS_OF_95 > 100 ? 1 : 0,
    );
  }
  writeLastSeen(out, picture.ended, emphasis);
  writeTracks(out, picture.tracks, picture.trails, emphasis);
}

function setSources(map: MapLibreMap, picture: Picture, before: Picture | undefined): void {
  if (picture.zones !== before?.zones) void source(map, "zones").setData(zoneFeatures(picture.zones));
  if (picture.sensors !== before?.sensors || picture.site !== before.site)
    void source(map, "coverage").setData(coverageFeatures(picture.site.sensors, picture.sensors));
}

const source = (map: MapLibreMap, id: string): GeoJSONSource => {
  const found = map.getSource<GeoJSONSource>(id);
  if (!found) throw new Error(`The map's style has no source ${id}`);
  return found;
};

/** Loads the cells of the view whenever it comes to rest near enough, and the coarse world beside them. */
async function loadBasemap(map: MapLibreMap, named: (names: readonly PlaceName[]) => void): Promise<void> {
  const cellsOf = createCellStore((name) => fetchJson<DetailCell>(`${BASEMAP}/cells/${name}.json`));
  const index = await fetchJson<CellIndex>(`${BASEMAP}/cells.json`);
  let shown = "";
  const refresh = async () => {
    const names = map.getZoom() < DETAIL_ZOOM ? [] : cellsIn(viewOf(map).bounds, index);
    if (names.join() === shown || names.length === 0) return;
    shown = names.join();
    void source(map, "detail").setData(detailFeatures(await cellsOf(names)));
  };
  map.on("moveend", () => void refresh());
  await refresh();
  const world = await fetchJson<World>(`${BASEMAP}/world.json`);
  void source(map, "world").setData(worldFeatures(world));
  named(world.names);
}

async function fetchJson<T>(path: string): Promise<T> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return (await answer.json()) as T;
}

const chartView = (map: MapLibreMap): ChartView => {
  const { lat, lng } = map.getCenter();
  return { latDeg: lat, lonDeg: lng, zoom: map.getZoom() };
};

function viewOf(map: MapLibreMap): View & Readonly<{ zoom: number }> {
  const canvas = map.getCanvas();
  const bounds = map.getBounds();
  return {
    widthPx: canvas.clientWidth,
    heightPx: canvas.clientHeight,
    pixelRatio: map.getPixelRatio(),
    zoom: map.getZoom(),
    bounds: { westDeg: bounds.getWest(), southDeg: bounds.getSouth(), eastDeg: bounds.getEast(), northDeg: bounds.getNorth() },
    project: (latDeg, lonDeg) => map.project([lonDeg, latDeg]),
  };
}

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
