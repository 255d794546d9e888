const CELL = 64;
const COLUMNS = 12;
const ROWS = 6;
const MIDDLE = CELL / 2;
const FRAME = 25;
const INK = "rgb(255 0 0)";
const FILL = "rgb(0 255 0)";

type Draw = (pen: CanvasRenderingContext2D) => void;

/**
 * All symbols of tracks on one canvas: certainty (firm, coasting, possible) × class × affiliation, in the order that `instances.ts`
 * counts cells in. Red holds the lines, green the ground within the frame. The frame says the affiliation (four lobes unknown, square
 * neutral, circle friend, diamond suspect), its line the certainty (solid, dashed, dotted), the sign inside the class.
 */
export function drawAtlas(canvas: HTMLCanvasElement): HTMLCanvasElement {
  canvas.width = CELL * COLUMNS;
  canvas.height = CELL * ROWS;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser has no 2-D canvas");
  pen.fillStyle = "#000";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.globalCompositeOperation = "lighter";
  pen.lineCap = "round";
  pen.lineJoin = "round";
  let cell = 0;
  for (const dash of DASHES)
    for (const sign of SIGNS)
      for (const frame of FRAMES) {
        pen.save();
        pen.translate((cell % COLUMNS) * CELL, Math.floor(cell / COLUMNS) * CELL);
        drawSymbol(pen, frame, dash.length > 0 && dash[0] === 1 ? question : sign, dash);
        pen.restore();
        cell++;
      }
  return canvas;
}

function drawSymbol(pen: CanvasRenderingContext2D, frame: Draw, sign: Draw, dash: readonly number[]): void {
  pen.fillStyle = FILL;
  pen.strokeStyle = INK;
  pen.lineWidth = 5;
  pen.beginPath();
  frame(pen);
  pen.fill();
  pen.setLineDash([...dash]);
  pen.stroke();
  pen.setLineDash([]);
  pen.fillStyle = INK;
  pen.lineWidth = 5;
  pen.beginPath();
  sign(pen);
}

const DASHES: readonly (readonly number[])[] = [[], [11, 9], [1, 9]];

const lobes: Draw = (pen) => {
  const [reach, radius] = [12, 14.5];
  for (let quarter = 0; quarter < 4; quarter++) {
    const turn = (quarter * Math.PI) / 2 - Math.PI / 2;
    const half = Math.PI * 0.68;
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
