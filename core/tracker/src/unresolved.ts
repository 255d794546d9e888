import { type Detections, POINT } from "./detections.ts";
import type { PreparedLook } from "./gate.ts";
import { normalCdf } from "./normal.ts";
import { addSpread } from "./predict.ts";
import type { Workspace } from "./state.ts";
import { COV, DIM, MODES, type TrackStore } from "./store.ts";
import type { TrackerSensor } from "./types.ts";

/** Mean and covariance of the two tracks that are compared. */
const one = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
const other = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
const difference = new Float64Array(DIM);
let taker = new Int32Array(64);

/**
 * Two targets in one resolution cell give one plot. Writes for every track that took no plot how probably it shares one with the track
 * that took it: a plot that it might have given too. What counts as a miss is then no miss. 0 where the sensor states no resolution.
 *
 * @source Koch & van Keuk (1997), "Multiple hypothesis track maintenance with possibly unresolved measurements", eq. 7 to 11; the cell
 * is taken as a box instead of their Gaussian.
 */
export function findSharedPlots(work: Workspace, tracks: TrackStore, prepared: PreparedLook, chosen: Int32Array): void {
  const { edges, shared } = work;
  const { detections: d } = prepared;
  shared.fill(0, 0, tracks.count);
  const cell = prepared.model.sensor.resolution;
  if (cell === undefined) return;
  if (taker.length < d.count) taker = new Int32Array(2 * d.count);
  taker.fill(-1, 0, d.count);
  for (let row = 0; row < tracks.count; row++) if (chosen[row] >= 0) taker[edges.detection[chosen[row]]] = row;
  for (let e = 0; e < edges.count; e++) {
    const row = edges.track[e];
    const j = edges.detection[e];
    if (chosen[row] >= 0 || taker[j] < 0 || d.shape[j] !== POINT) continue;
    matchMoments(one, tracks, row);
    matchMoments(other, tracks, taker[j]);
    shared[row] = Math.max(shared[row], inOneCell(d, j, cell));
  }
}

/** Probability that the two tracks lie within one cell of each other along and across the line of sight to detection `j`. */
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
    probability *= normalCdf((width - apart) / sigma) - normalCdf((-width - apart) / sigma);
  }
  return probability;
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
