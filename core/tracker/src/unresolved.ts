import { type Detections, POINT } from "./detections.ts";
import type { PreparedLook } from "./gate.ts";
import { normalCdf } from "./normal.ts";
import { addSpread } from "./predict.ts";
import type { Workspace } from "./state.ts";
import { COV, DIM, MODES, type TrackStore } from "./store.ts";
import type { TrackerSensor } from "./types.ts";
import { ROW, updateRow } from "./update-row.ts";

/** A plot less probably shared than this tells the other track nothing. */
const LEAST_SHARE = 0.1;

/** Mean and covariance of the two tracks that are compared. */
const one = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
const other = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
const difference = new Float64Array(DIM);
let taker = new Int32Array(64);
let likeliest = new Float64Array(64);
const x = new Float64Array(DIM);
const cov = new Float64Array(COV);

/**
 * Two targets in one resolution cell give one plot. Writes for every track that took no plot how probably it shares one with the track
 * that took it: a plot that it might have given too, and how that plot measures it then, being the middle of both. What counts as a
 * miss is then no miss. 0 where the sensor states no resolution.
 *
 * @source Koch & van Keuk (1997), "Multiple hypothesis track maintenance with possibly unresolved measurements", eq. 7 to 11; the cell
 * is a box of a sensor's grid instead of their Gaussian.
 */
export function findSharedPlots(work: Workspace, tracks: TrackStore, prepared: PreparedLook, chosen: Int32Array): void {
  const { edges, shared } = work;
  const { detections: d } = prepared;
  shared.fill(0, 0, tracks.count);
  if (likeliest.length < tracks.count) likeliest = new Float64Array(2 * tracks.count);
  likeliest.fill(0, 0, tracks.count);
  const cell = prepared.model.sensor.resolution;
  if (cell === undefined) return;
  if (taker.length < d.count) taker = new Int32Array(2 * d.count);
  taker.fill(-1, 0, d.count);
  for (let row = 0; row < tracks.count; row++) if (chosen[row] >= 0) taker[edges.detection[chosen[row]]] = row;
  for (let e = 0; e < edges.count; e++) {
    const row = edges.track[e];
    const j = edges.detection[e];
    if (chosen[row] >= 0 || taker[j] < 0 || d.shape[j] !== POINT || d.axisCount[j] < 3) continue;
    matchMoments(one, tracks, row);
    matchMoments(other, tracks, taker[j]);
    const p = inOneCell(d, j, cell);
    shared[row] = 1 - (1 - shared[row]) * (1 - p);
    shared[taker[j]] = 1 - (1 - shared[taker[j]]) * (1 - p);
    if (p <= likeliest[row]) continue;
    likeliest[row] = p;
    layMiddleRows(work.sharedRows, row * 3 * ROW, d, j);
  }
}

/**
 * Probability that the two tracks lie in one cell of a grid along and across the line of sight to detection `j`. Where its lines run is not
 * known: two points d apart share a cell of width w with probability max(0, 1 - |d| / w), here in the mean over d.
 */
function inOneCell(d: Detections, j: number, cell: NonNullable<TrackerSensor["resolution"]>): number {
  const r = d.rangeM[j];
  let probability = 1;
  for (let axis = 0; axis < 3; axis++) {
    const acrossRad = axis === 1 ? cell.azimuthRad * Math.cos(d.elevationRad[j]) : cell.elevationRad;
    const width = axis === 0 ? cell.rangeM : r * acrossRad;
    const a = 9 * j + 3 * axis;
    const apart =
      d.axes[a] * (one.mean[0] - other.mean[0]) +
      d.axes[a + 1] * (one.mean[1] - other.mean[1]) +
      d.axes[a + 2] * (one.mean[2] - other.mean[2]);
    const sigma = Math.sqrt(varianceAlong(one.cov, d.axes, a) + varianceAlong(other.cov, d.axes, a));
    const overlap = meanAboveZero(apart + width, sigma) - 2 * meanAboveZero(apart, sigma) + meanAboveZero(apart - width, sigma);
    probability *= Math.max(0, overlap / width);
  }
  return probability;
}

/** Mean of max(0, y) for y normal. */
const meanAboveZero = (mean: number, sigma: number): number =>
  mean * normalCdf(mean / sigma) + (sigma * Math.exp((-0.5 * mean * mean) / (sigma * sigma))) / Math.sqrt(2 * Math.PI);

/**
 * Rows by which plot `j`, being the middle of `one` and `other`, measures `one`: 2 z - x_other with variance 4 R + P_other, along each of the
 * plot's axes.
 */
function layMiddleRows(rows: Float64Array, from: number, d: Detections, j: number): void {
  for (let axis = 0; axis < 3; axis++) {
    const a = 9 * j + 3 * axis;
    const r = from + axis * ROW;
    let middle = 0;
    for (let k = 0; k < 3; k++) {
      rows[r + k] = d.axes[a + k];
      middle += d.axes[a + k] * other.mean[k];
    }
    rows[r + 6] = 2 * d.value[3 * j + axis] - middle;
    rows[r + 7] = 4 * d.variance[3 * j + axis] + varianceAlong(other.cov, d.axes, a);
  }
}

/**
 * Gives a track that took no plot what it may have had of the one that it shares: its state is the mixture of having been missed and of
 * having been half of that plot, matched in mean and covariance per motion.
 */
export function takeShared({ shared, sharedRows, missProbability }: Workspace, tracks: TrackStore, row: number): void {
  const miss = missProbability[row];
  const half = (1 - miss) * shared[row];
  const share = half / (half + miss);
  if (!(share > LEAST_SHARE)) return;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    for (let axis = 0; axis < 3; axis++) updateRow(x, cov, sharedRows, (3 * row + axis) * ROW);
    for (let k = 0; k < DIM; k++) difference[k] = x[k] - tracks.mean[i * DIM + k];
    for (let k = 0; k < DIM; k++) tracks.mean[i * DIM + k] += share * difference[k];
    for (let k = 0; k < COV; k++) tracks.cov[i * COV + k] += share * (cov[k] - tracks.cov[i * COV + k]);
    addSpread(tracks.cov, i * COV, share * (1 - share), difference, 0);
  }
}

/** Variance of position in the direction at `a`. */
function varianceAlong(p: Float64Array, axes: Float64Array, a: number): number {
  const x = axes[a];
  const y = axes[a + 1];
  const z = axes[a + 2];
  return x * x * p[0] + y * y * p[3] + z * z * p[5] + 2 * (x * y * p[1] + x * z * p[2] + y * z * p[4]);
}

/** Mean and covariance of a track's mixture of motions. */
function matchMoments({ mean, cov }: typeof one, tracks: TrackStore, row: number): void {
  mean.fill(0);
  cov.fill(0);
  for (let m = 0; m < MODES; m++)
    for (let k = 0; k < DIM; k++) mean[k] += tracks.weight[row * MODES + m] * tracks.mean[(row * MODES + m) * DIM + k];
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    for (let k = 0; k < COV; k++) cov[k] += tracks.weight[i] * tracks.cov[i * COV + k];
    for (let k = 0; k < DIM; k++) difference[k] = tracks.mean[i * DIM + k] - mean[k];
    addSpread(cov, 0, tracks.weight[i], difference, 0);
  }
}
