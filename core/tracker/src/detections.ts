import { CLASSES } from "./store.ts";
import type { TrackerDetection, TrackerMeasurement, TrackerSensor } from "./types.ts";
import { CLASS_NAMES } from "./types.ts";
import { ROW } from "./update-row.ts";

/** A measurement's shape: `point` is linear in position, the others are linearised at each track. */
export const POINT = 0;
export const POLAR_2D = 1;
export const BEARING = 2;

const PARALLEL = [1, 0, 0, 0, 1, 0, 0, 0, 1] as const;
const SPEED_OF_SOUND_MPS = 343;
/** Errors of a broadcast position or of another tracker's output live about so long: they are used at their spectral density. */
const CORRELATION_S = 8;

/** The detections of one look in struct of arrays, ready to be compared with tracks; what lies beyond `count` means nothing. */
export type Detections = {
  count: number;
  /** Of the look's time, s². */
  timeVarianceS2: number;
  sensorPosM: readonly number[];
  /** From the sensor's frame to the site's. */
  rotation: readonly number[];
  shape: Uint8Array;
  /** Site position, for gating and birth; without elevation it lies at the sensor's height. */
  posM: Float64Array;
  /** Of a point: up to three orthogonal directions (3×3 row-major), the value along each and its variance. */
  axisCount: Uint8Array;
  axes: Float64Array;
  value: Float64Array;
  variance: Float64Array;
  /** Sensor's polar coordinates; for a position they are worked out, for a missing elevation 0. */
  rangeM: Float64Array;
  azimuthRad: Float64Array;
  elevationRad: Float64Array;
  azimuthVariance: Float64Array;
  elevationVariance: Float64Array;
  hasElevation: Uint8Array;
  /** Range rate and its variance; variance 0 means that there is none. */
  rangeRateMps: Float64Array;
  rangeRateVariance: Float64Array;
  /** Velocity and its variance likewise. */
  velMps: Float64Array;
  velVariance: Float64Array;
  /** Greatest variance of position, m². */
  spreadM2: Float64Array;
  /** Correlation time of its errors; 0 is white. */
  correlationS: Float64Array;
  isSound: Uint8Array;
  /** 1 for a point with three axes and neither range rate, velocity nor sound's delay: it has a kernel of its own. */
  isPlainPoint: Uint8Array;
  /** Log-likelihood of its features under each class and under clutter, when it has any. */
  classLog: Float64Array;
  clutterLog: Float64Array;
  source: readonly TrackerDetection[];
};

/** Room for the detections of a look, kept from look to look. */
export const createDetections = (capacity = 64): Detections => ({
  count: 0,
  timeVarianceS2: 0,
  sensorPosM: [0, 0, 0],
  rotation: PARALLEL,
  shape: new Uint8Array(capacity),
  posM: new Float64Array(3 * capacity),
  axisCount: new Uint8Array(capacity),
  axes: new Float64Array(9 * capacity),
  value: new Float64Array(3 * capacity),
  variance: new Float64Array(3 * capacity),
  rangeM: new Float64Array(capacity),
  azimuthRad: new Float64Array(capacity),
  elevationRad: new Float64Array(capacity),
  azimuthVariance: new Float64Array(capacity),
  elevationVariance: new Float64Array(capacity),
  hasElevation: new Uint8Array(capacity),
  rangeRateMps: new Float64Array(capacity),
  rangeRateVariance: new Float64Array(capacity),
  velMps: new Float64Array(3 * capacity),
  velVariance: new Float64Array(capacity),
  spreadM2: new Float64Array(capacity),
  correlationS: new Float64Array(capacity),
  isSound: new Uint8Array(capacity),
  isPlainPoint: new Uint8Array(capacity),
  classLog: new Float64Array(CLASSES * capacity),
  clutterLog: new Float64Array(capacity),
  source: [],
});

/** Columns that a detection writes only as far as it measures them. */
const PARTLY_WRITTEN = [
  ...(["axisCount", "axes", "posM", "value", "variance", "spreadM2", "rangeM", "azimuthRad", "azimuthVariance"] as const),
  ...(["hasElevation", "elevationRad", "elevationVariance", "velMps", "velVariance", "classLog", "clutterLog"] as const),
  ...(["rangeRateMps", "rangeRateVariance"] as const),
];

/** Lays a look's detections out in arrays, which only grow. */
export function layOutInto(
  d: Detections,
  detections: readonly TrackerDetection[],
  sensor: TrackerSensor,
  timeSigmaMs: number | undefined,
): void {
  const n = detections.length;
  if (d.shape.length < n) Object.assign(d, createDetections(2 * n));
  d.count = n;
  d.timeVarianceS2 = square((timeSigmaMs ?? 0) / 1000);
  d.sensorPosM = sensor.posEnuM;
  d.rotation = sensor.toSite ?? PARALLEL;
  d.source = detections;
  for (const name of PARTLY_WRITTEN) d[name].fill(0);
  for (let j = 0; j < n; j++) {
    const detection = detections[j];
    layMeasurement(d, j, detection.measurement);
    layFeatures(d, j, detection);
    d.isSound[j] = detection.propagation === "sound" ? 1 : 0;
    const isBare = d.rangeRateVariance[j] === 0 && d.velVariance[j] === 0 && d.isSound[j] === 0;
    d.isPlainPoint[j] = d.shape[j] === POINT && d.axisCount[j] === 3 && isBare ? 1 : 0;
    d.correlationS[j] = detection.filtered || detection.claim !== undefined ? CORRELATION_S : 0;
  }
}

function layMeasurement(d: Detections, j: number, m: TrackerMeasurement): void {
  switch (m.kind) {
    case "polar":
      if (m.elevationRad === undefined) layPolar2d(d, j, m);
      else layPolar3d(d, j, m, m.elevationRad);
      d.rangeRateMps[j] = m.rangeRateMps ?? 0;
      d.rangeRateVariance[j] = m.rangeRateMps === undefined ? 0 : square(m.rangeRateSigmaMps ?? 1);
      return;
    case "bearing":
      d.shape[j] = BEARING;
      layAngles(d, j, m);
      return;
    case "position":
      layPosition(d, j, m);
      return;
    default:
      m satisfies never;
  }
}

/**
 * A polar plot as three orthogonal measurements along and across the measured line of sight. Along it the true position lies, in the
 * mean, r·(σaz² + σel²)/2 short of the measured point, with variance r²·(σaz⁴ + σel⁴)/2 more.
 *
 * @source Lerro & Bar-Shalom (1993), "Tracking with debiased consistent converted measurements", eq. 10 to 14, here to second order in the
 * line-of-sight frame.
 */
function layPolar3d(d: Detections, j: number, m: Extract<TrackerMeasurement, { kind: "polar" }>, elevationRad: number): void {
  layAngles(d, j, m);
  d.shape[j] = POINT;
  d.axisCount[j] = 3;
  const r = m.rangeM;
  const va = d.azimuthVariance[j];
  const ve = d.elevationVariance[j];
  const sinAz = Math.sin(m.azimuthRad);
  const cosAz = Math.cos(m.azimuthRad);
  const sinEl = Math.sin(elevationRad);
  const cosEl = Math.cos(elevationRad);
  const va2 = va * cosEl * cosEl;
  turn(d, 9 * j, sinAz * cosEl, cosAz * cosEl, sinEl);
  turn(d, 9 * j + 3, cosAz, -sinAz, 0);
  turn(d, 9 * j + 6, -sinAz * sinEl, -cosAz * sinEl, cosEl);
  const along = r * (1 - (va2 + ve) / 2);
  for (let k = 0; k < 3; k++) d.posM[3 * j + k] = d.sensorPosM[k] + along * d.axes[9 * j + k];
  d.variance[3 * j] = square(m.rangeSigmaM) + (r * r * (va2 * va2 + ve * ve)) / 2;
  d.variance[3 * j + 1] = r * r * va2;
  d.variance[3 * j + 2] = r * r * ve;
  layValues(d, j);
  d.rangeM[j] = r;
}

function layPolar2d(d: Detections, j: number, m: Extract<TrackerMeasurement, { kind: "polar" }>): void {
  layAngles(d, j, m);
  d.shape[j] = POLAR_2D;
  turn(d, 9 * j, Math.sin(m.azimuthRad), Math.cos(m.azimuthRad), 0);
  for (let k = 0; k < 3; k++) d.posM[3 * j + k] = d.sensorPosM[k] + m.rangeM * d.axes[9 * j + k];
  d.variance[3 * j] = square(m.rangeSigmaM);
  d.rangeM[j] = m.rangeM;
  d.spreadM2[j] = Math.max(d.variance[3 * j], m.rangeM * m.rangeM * d.azimuthVariance[j]);
}

type Angles = Readonly<{ azimuthRad: number; azimuthSigmaRad: number; elevationRad?: number; elevationSigmaRad?: number }>;

function layAngles(d: Detections, j: number, m: Angles): void {
  d.azimuthRad[j] = m.azimuthRad;
  d.azimuthVariance[j] = square(m.azimuthSigmaRad);
  if (m.elevationRad === undefined) return;
  d.hasElevation[j] = 1;
  d.elevationRad[j] = m.elevationRad;
  d.elevationVariance[j] = square(m.elevationSigmaRad ?? m.azimuthSigmaRad);
}

function layPosition(d: Detections, j: number, m: Extract<TrackerMeasurement, { kind: "position" }>): void {
  d.shape[j] = POINT;
  d.axisCount[j] = m.verticalSigmaM === undefined ? 2 : 3;
  for (let k = 0; k < 3; k++) {
    d.axes[9 * j + 4 * k] = 1;
    d.posM[3 * j + k] = k < d.axisCount[j] ? m.posEnuM[k] : d.sensorPosM[2];
    d.variance[3 * j + k] = square(k < 2 ? m.horizontalSigmaM : (m.verticalSigmaM ?? 0));
    d.velMps[3 * j + k] = m.velEnuMps?.[k] ?? 0;
  }
  d.velVariance[j] = m.velEnuMps === undefined ? 0 : square(m.velocitySigmaMps ?? 3);
  layValues(d, j);
}

function layValues(d: Detections, j: number): void {
  for (let k = 0; k < 3; k++) {
    const a = 9 * j + 3 * k;
    d.value[3 * j + k] = d.axes[a] * d.posM[3 * j] + d.axes[a + 1] * d.posM[3 * j + 1] + d.axes[a + 2] * d.posM[3 * j + 2];
    d.spreadM2[j] = Math.max(d.spreadM2[j], d.variance[3 * j + k]);
  }
}

/** Writes a direction of the sensor's frame as one of the site's. */
function turn(d: Detections, at: number, x: number, y: number, z: number): void {
  const { rotation } = d;
  for (let k = 0; k < 3; k++) d.axes[at + k] = rotation[3 * k] * x + rotation[3 * k + 1] * y + rotation[3 * k + 2] * z;
}

function layFeatures(d: Detections, j: number, detection: TrackerDetection): void {
  const likelihoods = detection.classLikelihoods;
  if (likelihoods === undefined) return;
  for (let k = 0; k < CLASSES; k++) d.classLog[CLASSES * j + k] = Math.log(Math.max(likelihoods[CLASS_NAMES[k]] ?? 1e-6, 1e-6));
  d.clutterLog[j] = Math.log(Math.max(detection.clutterLikelihood ?? likelihoodOfClutter(d, j), 1e-6));
}

/** Where a sensor does not say how clutter looks: as often like a bird, weak and without a rotor, as like something of no other class. */
const likelihoodOfClutter = ({ classLog }: Detections, j: number): number =>
  (Math.exp(classLog[CLASSES * j + CLASS_NAMES.indexOf("bird")]) +
    Math.exp(classLog[CLASSES * j + CLASS_NAMES.indexOf("other")])) /
  2;

const relative = new Float64Array(3);

/**
 * Writes the rows (see {@link ROW}) by which detection `j` measures the state `x` and answers how many there are.
 * Points are linear already; angles, range without elevation and range rate are linearised at the state:
 * az = atan2(e, n), el = atan2(u, rho), r = |d|, dr/dt = d·v/r. Sound left the target r/343 s ago, at p - v·r/343.
 */
export function observeInto(rows: Float64Array, d: Detections, j: number, x: Float64Array): number {
  let n = d.shape[j] === POINT ? pointRows(rows, d, j) : angleRows(rows, d, j, x);
  if (d.isSound[j] === 1) delayRows(rows, n, d, x);
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
  const [e, n, u] = [relative[0], relative[1], relative[2]];
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

/** Rows of position at the time the sound left: h·(p - v·delay). */
function delayRows(rows: Float64Array, n: number, d: Detections, x: Float64Array): void {
  const e = x[0] - d.sensorPosM[0];
  const north = x[1] - d.sensorPosM[1];
  const u = x[2] - d.sensorPosM[2];
  const delayS = Math.sqrt(e * e + north * north + u * u) / SPEED_OF_SOUND_MPS;
  for (let row = 0; row < n * ROW; row += ROW) for (let k = 0; k < 3; k++) rows[row + 3 + k] = -delayS * rows[row + k];
}

function toSensorFrame(out: Float64Array, d: Detections, x: Float64Array): void {
  const e = x[0] - d.sensorPosM[0];
  const n = x[1] - d.sensorPosM[1];
  const u = x[2] - d.sensorPosM[2];
  for (let k = 0; k < 3; k++) out[k] = d.rotation[k] * e + d.rotation[3 + k] * n + d.rotation[6 + k] * u;
}

/** An angle within half a turn of zero. */
const wrap = (angleRad: number): number => angleRad - 2 * Math.PI * Math.round(angleRad / (2 * Math.PI));

const square = (value: number): number => value * value;

/** Rows that any detection can give, with room: three of position, one of range rate, three of velocity. */
const MAX_ROWS = 7;
export const createRows = (): Float64Array => new Float64Array(MAX_ROWS * ROW);
