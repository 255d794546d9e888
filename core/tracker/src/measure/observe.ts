import { AREA, type Detections, POINT, POLAR_2D, RANGE, RANGE_DIFFERENCE } from "../looks/detections.ts";
import { distance, measureDistance } from "./distance.ts";
import { ROW } from "./update-row.ts";

const SPEED_OF_SOUND_MPS = 343;
const SOUND_STEPS = 3;

const relative = new Float64Array(3);
const other = new Float64Array(3);
/** The state with its place where the sound left it. */
const emitted = new Float64Array(6);

/**
 * Writes the rows (see {@link ROW}) by which detection `j` measures the state `x` with covariance `cov`, and answers how many there are.
 * Points are linear already; angles, ranges, range differences and range rate are linearised at the state:
 * az = atan2(e, n), el = atan2(u, rho), r = |d|, dr/dt = d·v/r. An area has none.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 10.3 (extended Kalman filter) for the slopes.
 */
export function observeInto(rows: Float64Array, d: Detections, j: number, x: Float64Array, cov: Float64Array): number {
  let n = d.isSound[j] === 1 ? soundRows(rows, d, j, x, cov) : positionRows(rows, d, j, x, cov);
  if (d.rangeRateVariance[j] > 0) n = rangeRateRow(rows, n, d, j, x);
  if (d.velVariance[j] > 0)
    for (let k = 0; k < 3; k++, n++) {
      rows.fill(0, n * ROW, n * ROW + 6);
      rows[n * ROW + 3 + k] = 1;
      rows[n * ROW + 6] = d.velMps[3 * j + k];
      rows[n * ROW + 7] = d.velVariance[j];
    }
  return n;
}

function positionRows(rows: Float64Array, d: Detections, j: number, x: Float64Array, cov: Float64Array): number {
  const shape = d.shape[j];
  if (shape === POINT) return pointRows(rows, d, j);
  if (shape === RANGE) return distanceRow(rows, d, j, x, cov, false);
  if (shape === RANGE_DIFFERENCE) return distanceRow(rows, d, j, x, cov, true);
  return shape === AREA ? 0 : angleRows(rows, d, j, x);
}

/** What is measured is the range, or the range less that to the other sensor; its curvature over the state's spread counts as noise. */
function distanceRow(
  rows: Float64Array,
  d: Detections,
  j: number,
  x: Float64Array,
  cov: Float64Array,
  isDifference: boolean,
): number {
  rows.fill(0, 0, 6);
  for (let k = 0; k < 3; k++) other[k] = d.otherPosM[3 * j + k];
  measureDistance(x, cov, d.sensorPosM, isDifference ? other : undefined);
  for (let k = 0; k < 3; k++) rows[k] = distance.gradient[k];
  closeRow(rows, 0, x, (isDifference ? d.differenceM[j] : d.rangeM[j]) - distance.valueM);
  rows[7] = d.variance[3 * j] + distance.varianceM2;
  return 1;
}

function pointRows(rows: Float64Array, d: Detections, j: number): number {
  const n = d.axisCount[j];
  for (let k = 0; k < n; k++) {
    const a = 9 * j + 3 * k;
    const r = k * ROW;
    rows[r] = d.axes[a];
    rows[r + 1] = d.axes[a + 1];
    rows[r + 2] = d.axes[a + 2];
    rows[r + 3] = 0;
    rows[r + 4] = 0;
    rows[r + 5] = 0;
    rows[r + 6] = d.value[3 * j + k];
    rows[r + 7] = d.variance[3 * j + k];
  }
  return n;
}

function angleRows(rows: Float64Array, d: Detections, j: number, x: Float64Array): number {
  toSensorFrame(relative, d, x);
  const e = relative[0];
  const n = relative[1];
  const u = relative[2];
  const rho2 = Math.max(e * e + n * n, 1);
  const rho = Math.sqrt(rho2);
  const r = Math.sqrt(rho2 + u * u);
  linearRow(rows, 0, d, [n / rho2, -e / rho2, 0]);
  closeRow(rows, 0, x, wrap(d.azimuthRad[j] - Math.atan2(e, n)));
  rows[7] = d.azimuthVariance[j];
  if (d.shape[j] === POLAR_2D) {
    linearRow(rows, 1, d, [e / r, n / r, u / r]);
    closeRow(rows, 1, x, d.rangeM[j] - r);
    rows[ROW + 7] = d.variance[3 * j];
    return 2;
  }
  if (d.hasElevation[j] === 0) return 1;
  linearRow(rows, 1, d, [(-e * u) / (r * r * rho), (-n * u) / (r * r * rho), rho / (r * r)]);
  closeRow(rows, 1, x, d.elevationRad[j] - Math.atan2(u, rho));
  rows[ROW + 7] = d.elevationVariance[j];
  return 2;
}

function rangeRateRow(rows: Float64Array, n: number, d: Detections, j: number, x: Float64Array): number {
  const e = x[0] - d.sensorPosM[0];
  const north = x[1] - d.sensorPosM[1];
  const u = x[2] - d.sensorPosM[2];
  const r = Math.max(Math.sqrt(e * e + north * north + u * u), 1);
  const rate = (e * x[3] + north * x[4] + u * x[5]) / r;
  const at = n * ROW;
  rows[at + 3] = e / r;
  rows[at + 4] = north / r;
  rows[at + 5] = u / r;
  for (let k = 0; k < 3; k++) rows[at + k] = (x[3 + k] - rows[at + 3 + k] * rate) / r;
  closeRow(rows, n, x, d.rangeRateMps[j] - rate);
  rows[n * ROW + 7] = d.rangeRateVariance[j];
  return n + 1;
}

function linearRow(rows: Float64Array, n: number, d: Detections, h: readonly [number, number, number]): void {
  for (let k = 0; k < 3; k++) {
    rows[n * ROW + k] = d.rotation[3 * k] * h[0] + d.rotation[3 * k + 1] * h[1] + d.rotation[3 * k + 2] * h[2];
    rows[n * ROW + 3 + k] = 0;
  }
}

/** Completes a row from its innovation at the state: value = innovation + h·x. */
function closeRow(rows: Float64Array, n: number, x: Float64Array, innovation: number): void {
  let predicted = 0;
  for (let k = 0; k < 6; k++) predicted += rows[n * ROW + k] * x[k];
  rows[n * ROW + 6] = innovation + predicted;
}

/**
 * Sound tells of the place that it left, q = p - v·t with t = |q|/343: its rows are those at q, h·q = h·p - t·h·v. The way is found in three
 * steps, each as much nearer as the target is slower than sound: at 60 m/s to a hundredth of a degree.
 */
function soundRows(rows: Float64Array, d: Detections, j: number, x: Float64Array, cov: Float64Array): number {
  emitted.set(x);
  let delayS = 0;
  for (let step = 0; step < SOUND_STEPS; step++) {
    const e = emitted[0] - d.sensorPosM[0];
    const n = emitted[1] - d.sensorPosM[1];
    const u = emitted[2] - d.sensorPosM[2];
    delayS = Math.sqrt(e * e + n * n + u * u) / SPEED_OF_SOUND_MPS;
    for (let k = 0; k < 3; k++) emitted[k] = x[k] - delayS * x[3 + k];
  }
  const count = positionRows(rows, d, j, emitted, cov);
  for (let row = 0; row < count * ROW; row += ROW) for (let k = 0; k < 3; k++) rows[row + 3 + k] = -delayS * rows[row + k];
  return count;
}

function toSensorFrame(out: Float64Array, d: Detections, x: Float64Array): void {
  const e = x[0] - d.sensorPosM[0];
  const n = x[1] - d.sensorPosM[1];
  const u = x[2] - d.sensorPosM[2];
  for (let k = 0; k < 3; k++) out[k] = d.rotation[k] * e + d.rotation[3 + k] * n + d.rotation[6 + k] * u;
}

/** An angle within half a turn of zero. */
const wrap = (angleRad: number): number => angleRad - 2 * Math.PI * Math.round(angleRad / (2 * Math.PI));

/** Rows that any detection can give, with room: three of position, one of range rate, three of velocity. */
const MAX_ROWS = 7;
export const createRows = (): Float64Array => new Float64Array(MAX_ROWS * ROW);
