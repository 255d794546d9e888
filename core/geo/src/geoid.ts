import { GEOID_ROWS, GEOID_SIGMA_ROWS } from "./geoid-table.ts";

/** Height of mean sea level above the WGS-84 ellipsoid, metres, and how far the true one may be off, one sigma. */
export type GeoidHeight = Readonly<{ undulationM: number; sigmaM: number }>;

/** EGM96's own error: the upper end of the ±0.5 to ±1.0 m that its makers state. @source NIMA TR8350.2 3rd ed. (2000), ch. 6. */
const MODEL_SIGMA_M = 1;

const STEP_DEG = 1;
const COLUMNS = 360 / STEP_DEG;
const LAST_ROW = 180 / STEP_DEG;
const SIGMA_STEP_DEG = 10;

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT_OF_CODE = new Uint8Array(128);
for (let digit = 0; digit < DIGITS.length; digit++) DIGIT_OF_CODE[DIGITS.charCodeAt(digit)] = digit;

/**
 * EGM96 geoid height by bicubic interpolation of the bundled 1° grid.
 *
 * Against the full 15′ grid (1,038,240 nodes) the error is 0.40 m rms by area, 1.6 m at the 99th percentile and 11.0 m at worst, over
 * the steepest trenches and ranges; `sigmaM` holds the rms of the 10° block the point lies in and the model's own error.
 *
 * @source NGA EGM96 15′ geoid height file WW15MGH (public domain); Keys, "Cubic convolution interpolation for digital image
 * processing", IEEE Trans. ASSP 29 (1981), with a = −1/2.
 */
export function geoidHeight(latDeg: number, lonDeg: number): GeoidHeight {
  const southing = (90 - latDeg) / STEP_DEG;
  const easting = (lonDeg < 0 ? lonDeg + 360 : lonDeg) / STEP_DEG;
  const row = Math.min(LAST_ROW - 1, Math.floor(southing));
  const column = Math.floor(easting);
  const across = cubicWeights(easting - column);
  const undulationM = cubicWeights(southing - row).reduce(
    (sum, down, i) => sum + down * across.reduce((rowSum, weight, j) => rowSum + weight * nodeM(row - 1 + i, column - 1 + j), 0),
    0,
  );
  const gridSigmaM = blockSigmaM(latDeg, lonDeg);
  return { undulationM, sigmaM: Math.sqrt(gridSigmaM * gridSigmaM + MODEL_SIGMA_M * MODEL_SIGMA_M) };
}

/** Geoid height at a node, metres; rows past a pole go on along the opposite meridian. */
function nodeM(row: number, column: number): number {
  if (row < 0) return nodeM(-row, column + COLUMNS / 2);
  if (row > LAST_ROW) return nodeM(2 * LAST_ROW - row, column + COLUMNS / 2);
  const text = GEOID_ROWS[row] as string;
  const at = 2 * ((column + COLUMNS) % COLUMNS);
  return (64 * digitAt(text, at) + digitAt(text, at + 1)) / 10 - 120;
}

function blockSigmaM(latDeg: number, lonDeg: number): number {
  const row = Math.min(180 / SIGMA_STEP_DEG - 1, Math.floor((90 - latDeg) / SIGMA_STEP_DEG));
  const column = Math.min(360 / SIGMA_STEP_DEG - 1, Math.floor((lonDeg < 0 ? lonDeg + 360 : lonDeg) / SIGMA_STEP_DEG));
  return digitAt(GEOID_SIGMA_ROWS[row] as string, column) / 20;
}

const digitAt = (text: string, at: number): number => DIGIT_OF_CODE[text.charCodeAt(at)] as number;

const cubicWeights = (t: number): readonly [number, number, number, number] => [
  t * (-0.5 + t * (1 - 0.5 * t)),
  1 + t * t * (-2.5 + 1.5 * t),
  t * (0.5 + t * (2 - 1.5 * t)),
  t * t * (-0.5 + 0.5 * t),
];
