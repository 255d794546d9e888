import "maplibre-gl/dist/maplibre-gl.css";
import type { TrackId } from "@picket/model";
import { Map as MapLibreMap, setWorkerCount, setWorkerUrl } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { Picture } from "../picture/picture.ts";
import type { Speech } from "../speech/speech.ts";
import { loadBaseMap, paintBaseMap, showSite } from "./base-map.ts";
import type { PlaceName } from "./base-sources.ts";
import { DRAWING, emptyStyle } from "./base-style.ts";
import { createInstances } from "./instances.ts";
import { labelsFor } from "./labels.ts";
import { anchorAt } from "./mercator.ts";
import { drawGraticule, drawLabels, drawMarks, labelsInView } from "./overlay.ts";
import type { Palette } from "./palette.ts";
import { nearestTrack } from "./pick.ts";
import { createRowPainter } from "./row-painter.ts";
import { writeScene } from "./scene-rows.ts";
import { metresPerPxAt, pixelTransformOf, type View } from "./view.ts";

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
  /** A frame was drawn with so many icons of live tracks. */
  drawn(icons: number, isNewPicture: boolean): void;
  /** The ground below the tracks is missing or incomplete. */
  groundFailed(why: string): void;
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
/** After a picture the page leaves this many times as long for everything else as drawing it took: a key is heard in a swarm too. */
const REST_SHARE = 2;
const GO_TO_ZOOM = 13.5;
/** Resolution of the ground where software draws it, so that a hand on the map sees it follow. What lies over it stays sharp. */
const COARSE = 0.5;

/**
 * Mounts the map into `host`: the ground, zones and coverage by MapLibre, redrawn when one looks elsewhere; over it a canvas with all
 * that moves and all text. Throws when this browser draws no tracks.
 */
export function mountChart(host: HTMLElement, start: ChartView, startPalette: Palette, events: ChartEvents): Chart {
  const ground = document.createElement("div");
  ground.className = "chart-ground";
  const canvas = document.createElement("canvas");
  canvas.className = "chart-tracks";
  host.append(ground, canvas);
  const map = mountGround(ground, start, startPalette);
  const painter = createPainter(canvas, () => viewOf(map), startPalette, events);
  map.on("style.load", () => painter.groundReady(map));
  map.once("load", () => void loadBaseMap(map, () => viewOf(map)).then(painter.named, said(events.groundFailed)));
  map.on("error", ({ error }) => events.groundFailed(error.message));
  // In the very task that drew the ground, so that ground, tracks and text never part while one drags.
  map.on("render", painter.drawNow);
  map.on("moveend", () => events.moved(chartView(map)));
  map.on("mousemove", ({ lngLat }) => events.pointed(lngLat.lat, lngLat.lng));
  map.on("click", ({ point }) => {
    // While a zone is being drawn a click is a corner and no choice of a track.
    if (!map.getSource(DRAWING)) events.pick(painter.at(point.x, point.y));
  });
  return {
    map,
    show: (scene) => painter.show(map, scene),
    goTo: (latDeg, lonDeg) =>
      map.easeTo({ center: [lonDeg, latDeg], zoom: Math.max(map.getZoom(), GO_TO_ZOOM), duration: isStill() ? 0 : 400 }),
    paint(palette) {
      painter.paint(palette);
      paintBaseMap(map, palette);
    },
    unmount() {
      painter.stop();
      map.remove();
      host.replaceChildren();
    },
  };
}

function mountGround(container: HTMLElement, start: ChartView, palette: Palette): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: emptyStyle(palette),
    center: [start.lonDeg, start.latDeg],
    zoom: start.zoom,
    maxZoom: 18,
    maxPitch: 0,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    pixelRatio: devicePixelRatio * (isDrawnBySoftware() ? COARSE : 1),
    renderWorldCopies: false,
    localIdeographFontFamily: false,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}

/** Keeps the newest scene and draws it once a frame, however many messages came since the last. */
function createPainter(canvas: HTMLCanvasElement, view: () => View, startPalette: Palette, events: ChartEvents) {
  // Kept out of the graphics process: see createRowPainter.
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser has no 2-D canvas");
  const instances = createInstances();
  const drawRows = createRowPainter();
  let palette = startPalette;
  let scene: Scene | undefined;
  let names: readonly PlaceName[] = [];
  let isDirty = false;
  let packedZoom: number | undefined;
  let isLit = true;
  let frame: number | undefined;
  let restUntilMs = 0;
  const soon = () => {
    frame ??= requestAnimationFrame(drawNow);
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const again = () => {
    isDirty = true;
    resting ??= setTimeout(
      () => {
        resting = undefined;
        soon();
      },
      Math.max(0, restUntilMs - performance.now()),
    );
  };
  const drawNow = () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    if (!scene) return;
    const startMs = performance.now();
    const { picture, speech, selected, unacknowledged } = scene;
    const seen = view();
    const anchor = anchorAt(picture.site.latDeg, picture.site.lonDeg);
    const isNewPicture = isDirty;
    if (isDirty || seen.zoom !== packedZoom) {
      const metresPerPx = metresPerPxAt(seen.zoom);
      writeScene(instances, picture, { anchor, palette, nowMs: picture.nowMs, metresPerPx, selected, unacknowledged });
      isDirty = false;
      packedZoom = seen.zoom;
    }
    clear(canvas, pen, seen);
    drawGraticule(pen, seen, palette, speech);
    const labels = labelsInView(seen, labelsFor(picture, names, { ...scene, palette, zoom: seen.zoom }));
    drawMarks(pen, labels, "ground", palette);
    drawRows(pen, instances, pixelTransformOf(seen, anchor), seen.pixelRatio, isLit);
    drawMarks(pen, labels, "people", palette);
    drawLabels(pen, seen, labels, palette);
    events.drawn(instances.icons.count - picture.ended.length, isNewPicture);
    const endMs = performance.now();
    restUntilMs = endMs + REST_SHARE * (endMs - startMs);
  };
  const flashing = setInterval(() => {
    const next = isStill() || !isLit;
    if (next === isLit) return;
    isLit = next;
    if (scene && scene.unacknowledged.size > 0) soon();
  }, FLASH_HALF_MS);
  return {
    drawNow,
    show(map: MapLibreMap, next: Scene) {
      showSite(map, next.picture, scene?.picture);
      scene = next;
      again();
    },
    groundReady(map: MapLibreMap) {
      if (scene) showSite(map, scene.picture);
    },
    named(list: readonly PlaceName[]) {
      names = list;
      soon();
    },
    paint(next: Palette) {
      palette = next;
      again();
    },
    at: (x: number, y: number) => (scene ? nearestTrack(scene.picture.tracks.values(), x, y, view()) : undefined),
    stop() {
      clearInterval(flashing);
      clearTimeout(resting);
      if (frame !== undefined) cancelAnimationFrame(frame);
    },
  };
}

function clear(canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D, { widthPx, heightPx, pixelRatio }: View): void {
  const [width, height] = [Math.round(widthPx * pixelRatio), Math.round(heightPx * pixelRatio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  pen.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  pen.clearRect(0, 0, widthPx, heightPx);
}

const chartView = (map: MapLibreMap): ChartView => {
  const { lat, lng } = map.getCenter();
  return { latDeg: lat, lonDeg: lng, zoom: map.getZoom() };
};

function viewOf(map: MapLibreMap): View {
  const { clientWidth: widthPx, clientHeight: heightPx } = map.getContainer();
  return { ...chartView(map), widthPx, heightPx, pixelRatio: devicePixelRatio };
}

const said = (tell: (why: string) => void) => (error: unknown) => tell(error instanceof Error ? error.message : String(error));
/** A browser refuses a context "without a major performance caveat" where it would draw in software. */
function isDrawnBySoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: true });
  gl?.getExtension("WEBGL_lose_context")?.loseContext();
  return !gl;
}

const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
