import type { Speech } from "../speech/speech.ts";
import { declutter, type LabelWish } from "./declutter.ts";
import { graticuleFor } from "./graticule.ts";
import { type Color, cssColor, type Palette } from "./palette.ts";
import { boundsOf, projectorOf, type View } from "./view.ts";

/** A sign the overlay draws itself: a few dozen things that stand still, unlike tracks. */
export type MarkKind = "person" | "personInDanger" | "sensor" | "sensorLost" | "landmark";
/** A point on the ground with an optional mark and a label of one or two lines. */
export type Label = Readonly<{
  key: string;
  latDeg: number;
  lonDeg: number;
  lines: readonly string[];
  color: Color;
  /** Of the words, where it is not that of the mark. */
  textColor?: Color;
  priority: number;
  mark?: MarkKind;
  /** Pixels from the point to the label. */
  away: number;
  size?: number;
  strong?: boolean;
  isVital?: boolean;
  spaced?: boolean;
}>;

const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const LINE_PX = 14;
const MAX_LABELS = 80;
/** Between a symbol and its label. */
const SYMBOL_GAP_PX = 6;
const SMALLEST_SYMBOL_PX = 3;

/** A label whose point is on the screen or near it. */
export type SeenLabel = Readonly<{ label: Label; x: number; y: number }>;

export function labelsInView(view: View, labels: readonly Label[]): readonly SeenLabel[] {
  const project = projectorOf(view);
  return labels.flatMap((label) => {
    const { x, y } = project(label.latDeg, label.lonDeg);
    const inView = x > -40 && y > -40 && x < view.widthPx + 40 && y < view.heightPx + 40;
    return inView ? [{ label, x, y }] : [];
  });
}

/** Draws the marks of what stands on the ground, below every track, or those of people, whom no track may hide. */
export function drawMarks(
  pen: CanvasRenderingContext2D,
  seen: readonly SeenLabel[],
  layer: "ground" | "people",
  palette: Palette,
): void {
  for (const { label, x, y } of seen) {
    const isPerson = label.mark === "person" || label.mark === "personInDanger";
    if (label.mark && isPerson === (layer === "people")) drawMark(pen, label.mark, x, y, label.color, palette);
  }
}

/** Writes the labels that fit. */
export function drawLabels(pen: CanvasRenderingContext2D, view: View, seen: readonly SeenLabel[], palette: Palette): void {
  const byKey = new Map(seen.map((one) => [one.label.key, one]));
  const wishes = seen.map(({ label, x, y }) => wishFor(pen, label, x, y));
  const reserved = seen.flatMap(({ label, x, y }) => {
    const halfPx = symbolHalfPx(label);
    return halfPx === undefined ? [] : [{ x, y, halfPx }];
  });
  for (const { key, left, top } of declutter(wishes, view.widthPx, view.heightPx, MAX_LABELS, reserved)) {
    const label = byKey.get(key)?.label;
    if (label) drawLabel(pen, label, left, top, palette);
  }
}

/** Half the room that the symbol at a label's point takes; undefined for an area's or a town's name, which has no symbol. */
export const symbolHalfPx = ({ mark, away }: Pick<Label, "mark" | "away">): number | undefined =>
  mark || away > SYMBOL_GAP_PX ? Math.max(SMALLEST_SYMBOL_PX, away - SYMBOL_GAP_PX) : undefined;

const fontOf = (label: Label) => `${label.strong ? 600 : 400} ${label.size ?? 12}px ${FONT}`;

function wishFor(pen: CanvasRenderingContext2D, label: Label, x: number, y: number): LabelWish {
  pen.font = fontOf(label);
  pen.letterSpacing = label.spaced ? "2px" : "0px";
  const width = Math.max(...label.lines.map((line) => pen.measureText(line).width)) + 4;
  return {
    key: label.key,
    x,
    y,
    width,
    height: label.lines.length * LINE_PX + 2,
    away: label.away,
    priority: label.priority,
    isVital: label.isVital ?? false,
  };
}

function drawLabel(pen: CanvasRenderingContext2D, label: Label, left: number, top: number, palette: Palette): void {
  pen.font = fontOf(label);
  pen.letterSpacing = label.spaced ? "2px" : "0px";
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  pen.lineJoin = "round";
  pen.lineWidth = 3;
  pen.strokeStyle = cssColor(palette.labelHalo, 0.85);
  for (const [index, line] of label.lines.entries()) {
    const y = top + 1 + LINE_PX * (index + 0.5);
    pen.strokeText(line, left + 2, y);
    pen.fillStyle = cssColor(label.textColor ?? label.color, index === 0 ? 1 : 0.85);
    pen.fillText(line, left + 2, y);
  }
}

function drawMark(pen: CanvasRenderingContext2D, mark: MarkKind, x: number, y: number, color: Color, palette: Palette): void {
  pen.strokeStyle = cssColor(color);
  pen.fillStyle = cssColor(palette.labelHalo);
  pen.lineWidth = 1.6;
  pen.beginPath();
  if (mark === "landmark") {
    pen.arc(x, y, 2.5, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    return;
  }
  if (mark === "sensor" || mark === "sensorLost") return drawSensor(pen, x, y, mark === "sensorLost");
  drawPerson(pen, x, y, color, palette, mark === "personInDanger");
}

/** A head and shoulders on a filled tile, apart from every aircraft symbol; in danger the tile itself is filled. */
function drawPerson(pen: CanvasRenderingContext2D, x: number, y: number, color: Color, palette: Palette, danger: boolean): void {
  pen.roundRect(x - 10, y - 10, 20, 20, 5);
  pen.fillStyle = cssColor(danger ? color : palette.labelHalo);
  pen.fill();
  pen.stroke();
  pen.fillStyle = cssColor(danger ? palette.onCritical : color);
  pen.beginPath();
  pen.arc(x, y - 3.2, 3.2, 0, 2 * Math.PI);
  pen.fill();
  pen.beginPath();
  pen.arc(x, y + 7, 6, Math.PI, 0);
  pen.fill();
}

/** A mast; struck through when nobody hears it. */
function drawSensor(pen: CanvasRenderingContext2D, x: number, y: number, lost: boolean): void {
  pen.moveTo(x - 6, y + 7);
  pen.lineTo(x, y - 6);
  pen.lineTo(x + 6, y + 7);
  pen.closePath();
  pen.fill();
  pen.stroke();
  if (!lost) return;
  pen.beginPath();
  pen.moveTo(x - 8, y - 8);
  pen.lineTo(x + 8, y + 8);
  pen.moveTo(x + 8, y - 8);
  pen.lineTo(x - 8, y + 8);
  pen.lineWidth = 2;
  pen.stroke();
}

/** Lines of latitude and longitude with their degrees. */
export function drawGraticule(pen: CanvasRenderingContext2D, view: View, palette: Palette, speech: Speech): void {
  const bounds = boundsOf(view);
  const { lonsDeg, latsDeg, decimals } = graticuleFor(bounds);
  const project = projectorOf(view);
  pen.strokeStyle = cssColor(palette.graticule, 0.9);
  pen.lineWidth = 1;
  pen.font = `10.5px ${FONT}`;
  pen.letterSpacing = "0px";
  pen.textBaseline = "alphabetic";
  pen.textAlign = "left";
  pen.fillStyle = cssColor(palette.placeName, 0.8);
  pen.beginPath();
  for (const lonDeg of lonsDeg) {
    const x = Math.round(project(bounds.southDeg, lonDeg).x) + 0.5;
    pen.moveTo(x, 0);
    pen.lineTo(x, view.heightPx);
    pen.fillText(speech.meridian(lonDeg, decimals), x + 3, view.heightPx - 5);
  }
  for (const latDeg of latsDeg) {
    const y = Math.round(project(latDeg, bounds.westDeg).y) + 0.5;
    pen.moveTo(0, y);
    pen.lineTo(view.widthPx, y);
    pen.fillText(speech.parallel(latDeg, decimals), 4, y - 3);
  }
  pen.stroke();
}
