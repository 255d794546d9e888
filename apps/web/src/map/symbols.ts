import { type Color, cssColor } from "./palette.ts";

const CELL = 64;
const MIDDLE = CELL / 2;
const FRAME = 25;

type Draw = (pen: CanvasRenderingContext2D) => void;
/** A symbol ready to be put on the map: drawn once in its size and colours, then kept. */
export type Symbols = (cell: number, sizePx: number, ink: Color, fill: Color, fillAlpha: number) => HTMLCanvasElement;

/** A symbol of every size and colour that has been asked for; a few hundred at most, since both are few. */
export function createSymbols(): Symbols {
  const kept = new Map<number, Map<number, HTMLCanvasElement>>();
  return (cell, sizePx, ink, fill, fillAlpha) => {
    const colors = bits(ink) * 2 ** 24 + bits(fill);
    const shape = (cell * 512 + Math.round(sizePx)) * 16 + Math.round(fillAlpha * 15);
    const ofColors = kept.get(colors) ?? new Map<number, HTMLCanvasElement>();
    kept.set(colors, ofColors);
    const found = ofColors.get(shape) ?? drawn(cell, Math.round(sizePx), cssColor(ink), cssColor(fill, fillAlpha));
    ofColors.set(shape, found);
    return found;
  };
}

const bits = ([red, green, blue]: Color) =>
  Math.round(red * 255) * 65_536 + Math.round(green * 255) * 256 + Math.round(blue * 255);

/**
 * Cells count reality × certainty (firm, coasting, possible) × class × affiliation, as `track-rows.ts` does. The frame says the affiliation
 * (four lobes unknown, square neutral, circle friend, diamond suspect), its line the certainty (solid, dashed, dotted), the sign inside
 * the class, a letter above it that it is not real.
 *
 * @source MIL-STD-2525D, amplifiers of context: X exercise, S simulation, at the upper right of the frame
 */
function drawn(cell: number, sizePx: number, ink: string, fill: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = sizePx;
  canvas.height = sizePx;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("This browser has no 2-D canvas");
  pen.scale(sizePx / CELL, sizePx / CELL);
  pen.lineCap = "round";
  pen.lineJoin = "round";
  const ofCertainty = SIGNS.length * FRAMES.length;
  const dash = DASHES[Math.floor(cell / ofCertainty) % DASHES.length] ?? [];
  const letter = LETTERS[Math.floor(cell / (ofCertainty * DASHES.length))];
  const sign = SIGNS[Math.floor(cell / FRAMES.length) % SIGNS.length] ?? dot;
  const frame = FRAMES[cell % FRAMES.length] ?? circle;
  pen.fillStyle = fill;
  pen.strokeStyle = ink;
  pen.lineWidth = 5;
  pen.beginPath();
  frame(pen);
  pen.fill();
  pen.setLineDash([...dash]);
  pen.stroke();
  pen.setLineDash([]);
  pen.fillStyle = ink;
  pen.beginPath();
  (dash[0] === 1 ? question : sign)(pen);
  if (letter) mark(pen, letter, ink, fill);
  return canvas;
}

/** Live, exercise, simulated, replay, test. */
const LETTERS = ["", "X", "S", "R", "T"] as const;

/** A letter in a box at the upper right corner, over the frame: no frame has anything to say there. */
function mark(pen: CanvasRenderingContext2D, letter: string, ink: string, fill: string): void {
  pen.fillStyle = fill;
  pen.fillRect(CELL - 28, 0, 28, 28);
  pen.fillStyle = ink;
  pen.font = "800 28px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(letter, CELL - 14, 16);
}

const DASHES: readonly (readonly number[])[] = [[], [11, 9], [1, 9]];

/** Four arcs that end where they meet, so that nothing but the sign stands inside. */
const lobes: Draw = (pen) => {
  const [reach, radius] = [12, 14.5];
  for (let quarter = 0; quarter < 4; quarter++) {
    const turn = (quarter * Math.PI) / 2 - Math.PI / 2;
    const half = Math.PI * 0.449;
    pen.arc(MIDDLE + reach * Math.cos(turn), MIDDLE + reach * Math.sin(turn), radius, turn - half, turn + half);
  }
  pen.closePath();
};
const square: Draw = (pen) => pen.roundRect(MIDDLE - 22, MIDDLE - 22, 44, 44, 2);
const circle: Draw = (pen) => pen.arc(MIDDLE, MIDDLE, FRAME, 0, 2 * Math.PI);
const diamond: Draw = (pen) => {
  pen.moveTo(MIDDLE, 3);
  pen.lineTo(CELL - 3, MIDDLE);
  pen.lineTo(MIDDLE, CELL - 3);
  pen.lineTo(3, MIDDLE);
  pen.closePath();
};
const FRAMES: readonly Draw[] = [lobes, square, circle, diamond];

const multirotor: Draw = (pen) => {
  for (const [dx, dy] of [
    [1, 1],
    [1, -1],
    [-1, 1],
    [-1, -1],
  ] as const) {
    pen.moveTo(MIDDLE, MIDDLE);
    pen.lineTo(MIDDLE + 8 * dx, MIDDLE + 8 * dy);
    pen.moveTo(MIDDLE + 14.5 * dx, MIDDLE + 9.5 * dy);
    pen.arc(MIDDLE + 9.5 * dx, MIDDLE + 9.5 * dy, 4.5, 0, 2 * Math.PI);
  }
  pen.lineWidth = 4;
  pen.stroke();
};
const fixedWing: Draw = (pen) => {
  pen.moveTo(MIDDLE, 16);
  pen.lineTo(MIDDLE, 47);
  pen.moveTo(15, 34);
  pen.lineTo(MIDDLE, 27);
  pen.lineTo(49, 34);
  pen.moveTo(25, 46);
  pen.lineTo(39, 46);
  pen.stroke();
};
const bird: Draw = (pen) => {
  pen.moveTo(15, 28);
  pen.quadraticCurveTo(25, 23, MIDDLE, 38);
  pen.quadraticCurveTo(39, 23, 49, 28);
  pen.stroke();
};
const mannedAircraft: Draw = (pen) => {
  pen.moveTo(MIDDLE, 12);
  pen.lineTo(35, 25);
  pen.lineTo(51, 36);
  pen.lineTo(51, 40);
  pen.lineTo(35, 35);
  pen.lineTo(35, 45);
  pen.lineTo(40, 50);
  pen.lineTo(24, 50);
  pen.lineTo(29, 45);
  pen.lineTo(29, 35);
  pen.lineTo(13, 40);
  pen.lineTo(13, 36);
  pen.lineTo(29, 25);
  pen.closePath();
  pen.fill();
};
const balloon: Draw = (pen) => {
  pen.arc(MIDDLE, 27, 10, 0, 2 * Math.PI);
  pen.moveTo(MIDDLE, 37);
  pen.quadraticCurveTo(28, 43, MIDDLE, 50);
  pen.stroke();
};
const dot: Draw = (pen) => {
  pen.arc(MIDDLE, MIDDLE, 6, 0, 2 * Math.PI);
  pen.fill();
};
const question: Draw = (pen) => {
  pen.font = "700 32px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText("?", MIDDLE, MIDDLE + 2);
};
/** In the order of CLASS_ORDER. */
const SIGNS: readonly Draw[] = [multirotor, fixedWing, bird, mannedAircraft, balloon, dot];
