import type { ZoneShape } from "@picket/model";
import type { MapLibreMap } from "maplibre-gl";
import { TerraDraw, TerraDrawCircleMode, TerraDrawLineStringMode, TerraDrawPolygonMode, TerraDrawSelectMode } from "terra-draw";
import { DrawingAdapter } from "./drawing-adapter.ts";
import { drawingFromShape, type ShapeKind, shapeFromDrawing } from "./drawn-shape.ts";
import type { Color } from "./palette.ts";

/** What is drawn on the chart, from empty or from a footprint that is there. */
export type ZoneEditor = Readonly<{
  shape(halfWidthM: number): ZoneShape | undefined;
  /** Puts a footprint in the place of what was drawn: for who has no mouse. */
  place(shape: ZoneShape): void;
  unmount(): void;
}>;

const MODES: Readonly<Record<ShapeKind, string>> = { polygon: "polygon", circle: "circle", corridor: "linestring" };
const CORNERS = { draggable: true, coordinates: { draggable: true, midpoints: true, deletable: true } };

/** Begins drawing on `map`. Once drawn, corners can be dragged; `changed` is told whether there is a shape. */
export function mountZoneEditor(
  map: MapLibreMap,
  kind: ShapeKind,
  before: ZoneShape | undefined,
  colors: Readonly<{ ink: Color; ground: Color }>,
  changed: (hasShape: boolean) => void,
): ZoneEditor {
  const adapter = new DrawingAdapter(map, colors.ink, colors.ground);
  const draw = new TerraDraw({
    adapter,
    modes: [
      new TerraDrawPolygonMode(),
      new TerraDrawCircleMode(),
      new TerraDrawLineStringMode(),
      new TerraDrawSelectMode({
        flags: {
          polygon: { feature: CORNERS },
          linestring: { feature: CORNERS },
          circle: { feature: { draggable: true, coordinates: { resizable: "center" } } },
        },
      }),
    ],
  });
  draw.start();
  const drawn = () => draw.getSnapshot().find(({ properties }) => properties["mode"] === MODES[kind]);
  const editable = () => {
    const id = drawn()?.id;
    draw.setMode("select");
    if (id !== undefined) draw.selectFeature(id);
    changed(id !== undefined);
  };
  draw.on("finish", (_, { action }) => {
    if (action === "draw") editable();
  });
  const place = (shape: ZoneShape) => {
    draw.clear();
    draw.addFeatures([{ type: "Feature", properties: { mode: MODES[kind] }, geometry: drawingFromShape(shape) as never }]);
    editable();
  };
  if (before) place(before);
  else draw.setMode(MODES[kind]);
  return {
    place,
    shape(halfWidthM) {
      const feature = drawn();
      return feature && shapeFromDrawing(kind, feature.geometry, halfWidthM, before);
    },
    unmount() {
      draw.stop();
      adapter.remove();
    },
  };
}
