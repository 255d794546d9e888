import type { AssessedTrack, TrackId } from "@picket/model";
import { FloatRows } from "./float-rows.ts";
import { type Anchor, stretch } from "./mercator.ts";
import type { Color, Palette } from "./palette.ts";

/** The half axes that hold 95 % of a two-dimensional normal distribution, in standard deviations: √χ²₂(0.95). */
export const SIGMAS_OF_95 = 2.4477;

/** Buffers of one picture, in metres of the map from an anchor. Rows of each kind are described beside its writer. */
export type Instances = Readonly<{
  icons: FloatRows;
  rings: FloatRows;
  segments: FloatRows;
  ellipses: FloatRows;
  triangles: FloatRows;
}>;

export const createInstances = (): Instances => ({
  icons: new FloatRows(12, 256),
  rings: new FloatRows(9, 64),
  segments: new FloatRows(11, 1024),
  ellipses: new FloatRows(11, 256),
  triangles: new FloatRows(6, 256),
});

/** What decides how tracks are drawn, apart from the tracks. */
export type Emphasis = Readonly<{
  anchor: Anchor;
  palette: Palette;
  nowMs: number;
  /** Of the map, at the zoom that runs: what would be too small to see is not written. */
  metresPerPx: number;
  selected: TrackId | undefined;
  /** Tracks of alerts that nobody has acknowledged: their halo flashes. */
  unacknowledged: ReadonlySet<TrackId>;
}>;

/** x, y, radius px, width px, gaps, rgba: gaps cut the ring into that many arcs; a width below zero flashes. */
export function ring(
  out: Instances,
  x: number,
  y: number,
  radiusPx: number,
  widthPx: number,
  gaps: number,
  color: Color,
  alpha: number,
): void {
  const { rings } = out;
  const at = rings.next();
  rings.data.set([x, y, radiusPx, widthPx, gaps], at);
  setColor(rings.data, at + 5, color, alpha);
}

/** x0, y0, x1, y1, width px, dash px (0 for none), rgb, alpha at the first end, alpha at the last. */
export function segment(
  out: Instances,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  widthPx: number,
  dashPx: number,
  color: Color,
  alpha0: number,
  alpha1: number,
): void {
  const { segments } = out;
  const at = segments.next();
  const data = segments.data;
  data[at] = x0;
  data[at + 1] = y0;
  data[at + 2] = x1;
  data[at + 3] = y1;
  data[at + 4] = widthPx;
  data[at + 5] = dashPx;
  data[at + 6] = color[0];
  data[at + 7] = color[1];
  data[at + 8] = color[2];
  data[at + 9] = alpha0;
  data[at + 10] = alpha1;
}

/** x, y, major axis x and y, minor axis x and y, dashed (1 or 0), rgba: the outline that holds 95 %. */
export function ellipse(
  out: Instances,
  latDeg: number,
  x: number,
  y: number,
  shape: AssessedTrack["ellipse"],
  color: Color,
  alpha: number,
  dashed: number,
): void {
  const { ellipses } = out;
  const at = ellipses.next();
  const data = ellipses.data;
  const scale = SIGMAS_OF_95 * stretch(latDeg);
  const turn = (shape.orientationDeg * Math.PI) / 180;
  const [sine, cosine] = [Math.sin(turn), Math.cos(turn)];
  data[at] = x;
  data[at + 1] = y;
  data[at + 2] = shape.semiMajorM * scale * sine;
  data[at + 3] = -shape.semiMajorM * scale * cosine;
  data[at + 4] = shape.semiMinorM * scale * cosine;
  data[at + 5] = shape.semiMinorM * scale * sine;
  data[at + 6] = dashed;
  setColor(data, at + 7, color, alpha);
}

function setColor(data: Float32Array, at: number, color: Color, alpha: number): void {
  data[at] = color[0];
  data[at + 1] = color[1];
  data[at + 2] = color[2];
  data[at + 3] = alpha;
}

export function setColors(data: Float32Array, at: number, ink: Color, inkAlpha: number, fill: Color, fillAlpha: number): void {
  setColor(data, at, ink, inkAlpha);
  setColor(data, at + 4, fill, fillAlpha);
}
