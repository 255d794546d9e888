import type { FloatRows } from "./float-rows.ts";
import type { Instances } from "./instances.ts";
import { type Color, cssColor } from "./palette.ts";
import { createSymbols } from "./symbols.ts";
import type { PixelTransform } from "./view.ts";

const TURN = 2 * Math.PI;
/** Alphas of lines are rounded to this many steps, so that lines alike are drawn at one stroke. */
const ALPHA_STEPS = 10;

/** Draws rows of metres from an anchor onto a canvas whose units are pixels; `isLit` says whether flashing rings are. */
export type RowPainter = (
  pen: CanvasRenderingContext2D,
  rows: Instances,
  at: PixelTransform,
  pixelRatio: number,
  isLit: boolean,
) => void;

/**
 * Draws by the processor and not by WebGL: where software has to stand in for graphics, as on servers, virtual machines and remote
 * desktops, a thousand symbols take a tenth of the time, and where graphics are there it is fast enough. From the lowest to the top:
 * triangles, outlines, lines, rings, symbols.
 */
export function createRowPainter(): RowPainter {
  const symbols = createSymbols();
  const rings = createRings();
  return (pen, rows, at, pixelRatio, isLit) => {
    drawTriangles(pen, rows.triangles, at);
    drawEllipses(pen, rows.ellipses, at);
    drawSegments(pen, rows.segments, at);
    for (let row = 0, i = 0; row < rows.rings.count; row++, i += rows.rings.stride) {
      const { data } = rows.rings;
      const widthPx = value(data, i + 3);
      if (widthPx < 0 && !isLit) continue;
      const ring = { radiusPx: value(data, i + 2), widthPx: Math.abs(widthPx), gaps: value(data, i + 4) };
      const half = halfOf(ring);
      const drawn = rings(ring, cssColor(color(data, i + 5), value(data, i + 8)), pixelRatio);
      pen.drawImage(drawn, left(data, i, at) - half, top(data, i, at) - half, 2 * half, 2 * half);
    }
    const { data, stride, count } = rows.icons;
    for (let row = 0, i = 0; row < count; row++, i += stride) {
      const sizePx = value(data, i + 3);
      const symbol = symbols(
        value(data, i + 2),
        sizePx * pixelRatio,
        color(data, i + 4),
        color(data, i + 8),
        value(data, i + 11),
      );
      pen.globalAlpha = value(data, i + 7);
      pen.drawImage(symbol, left(data, i, at) - sizePx / 2, top(data, i, at) - sizePx / 2, sizePx, sizePx);
    }
    pen.globalAlpha = 1;
  };
}

/** Each triangle shaded from its first corner to the opposite side. */
function drawTriangles(pen: CanvasRenderingContext2D, { data, stride, count }: FloatRows, at: PixelTransform): void {
  for (let row = 0; row + 2 < count; row += 3) {
    const [a, b, c] = [row * stride, (row + 1) * stride, (row + 2) * stride];
    const shade = pen.createLinearGradient(
      left(data, a, at),
      top(data, a, at),
      (left(data, b, at) + left(data, c, at)) / 2,
      (top(data, b, at) + top(data, c, at)) / 2,
    );
    shade.addColorStop(0, cssColor(color(data, a + 2), value(data, a + 5)));
    shade.addColorStop(1, cssColor(color(data, b + 2), value(data, b + 5)));
    pen.fillStyle = shade;
    pen.beginPath();
    pen.moveTo(left(data, a, at), top(data, a, at));
    pen.lineTo(left(data, b, at), top(data, b, at));
    pen.lineTo(left(data, c, at), top(data, c, at));
    pen.fill();
  }
}

function drawEllipses(pen: CanvasRenderingContext2D, { data, stride, count }: FloatRows, at: PixelTransform): void {
  pen.lineWidth = 1.5;
  for (let row = 0, i = 0; row < count; row++, i += stride) {
    const [eastX, eastY] = [value(data, i + 2) * at.scale, value(data, i + 3) * at.scale];
    const [acrossX, acrossY] = [value(data, i + 4) * at.scale, value(data, i + 5) * at.scale];
    pen.strokeStyle = cssColor(color(data, i + 7), value(data, i + 10));
    pen.setLineDash(value(data, i + 6) > 0 ? [6, 5] : []);
    pen.beginPath();
    pen.ellipse(
      left(data, i, at),
      top(data, i, at),
      Math.hypot(eastX, eastY),
      Math.hypot(acrossX, acrossY),
      Math.atan2(eastY, eastX),
      0,
      TURN,
    );
    pen.stroke();
  }
  pen.setLineDash([]);
}

/** Lines alike in colour, width, dash and (nearly) alpha become one path each. */
function drawSegments(pen: CanvasRenderingContext2D, { data, stride, count }: FloatRows, at: PixelTransform): void {
  const paths = new Map<string, Path2D>();
  for (let row = 0, i = 0; row < count; row++, i += stride) {
    const alpha = Math.round(((value(data, i + 9) + value(data, i + 10)) / 2) * ALPHA_STEPS) / ALPHA_STEPS;
    if (alpha === 0) continue;
    const key = `${value(data, i + 4)} ${value(data, i + 5)} ${cssColor(color(data, i + 6), alpha)}`;
    const path = paths.get(key) ?? new Path2D();
    paths.set(key, path);
    path.moveTo(left(data, i, at), top(data, i, at));
    path.lineTo(left(data, i + 2, at), top(data, i + 2, at));
  }
  for (const [key, path] of paths) {
    const [widthPx = "1", dashPx = "0", ...ink] = key.split(" ");
    pen.lineWidth = Number(widthPx);
    pen.setLineDash(dashPx === "0" ? [] : [Number(dashPx), Number(dashPx)]);
    pen.strokeStyle = ink.join(" ");
    pen.stroke(path);
  }
  pen.setLineDash([]);
}

/** Rings alike are drawn once and then put down again and again: a few levels make all of a crowd's. */
function createRings(): (ring: Ring, ink: string, pixelRatio: number) => HTMLCanvasElement {
  const kept = new Map<string, HTMLCanvasElement>();
  return (ring, ink, pixelRatio) => {
    const key = `${ring.radiusPx} ${ring.widthPx} ${ring.gaps} ${ink} ${pixelRatio}`;
    const found = kept.get(key) ?? drawnRing(ring, ink, pixelRatio);
    kept.set(key, found);
    return found;
  };
}

type Ring = Readonly<{ radiusPx: number; widthPx: number; gaps: number }>;
const halfOf = ({ radiusPx, widthPx }: Ring): number => Math.ceil(radiusPx + widthPx / 2 + 1);

function drawnRing(ring: Ring, ink: string, pixelRatio: number): HTMLCanvasElement {
  const half = halfOf(ring);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(2 * half * pixelRatio);
  canvas.height = canvas.width;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser has no 2-D canvas");
  pen.scale(canvas.width / (2 * half), canvas.height / (2 * half));
  pen.lineWidth = ring.widthPx;
  pen.strokeStyle = ink;
  const arcPx = ring.gaps > 0 ? (TURN * ring.radiusPx) / ring.gaps : 0;
  if (ring.gaps > 0) pen.setLineDash([arcPx * 0.7, arcPx * 0.3]);
  pen.beginPath();
  pen.arc(half, half, ring.radiusPx, 0, TURN);
  pen.stroke();
  return canvas;
}

const value = (data: Float32Array, at: number): number => data[at] ?? 0;
const color = (data: Float32Array, at: number): Color => [value(data, at), value(data, at + 1), value(data, at + 2)];
const left = (data: Float32Array, i: number, at: PixelTransform): number => value(data, i) * at.scale + at.shiftX;
const top = (data: Float32Array, i: number, at: PixelTransform): number => value(data, i + 1) * at.scale + at.shiftY;
