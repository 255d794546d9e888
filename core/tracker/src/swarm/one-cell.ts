import type { Detections } from "../looks/detections.ts";
import { normalCdf } from "../measure/normal.ts";
import { ROW } from "../measure/update-row.ts";
import { addSpread } from "../motion/mix-motions.ts";
import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import type { TrackerSensor } from "../types.ts";

export type Cell = NonNullable<TrackerSensor["resolution"]>;

/** Where a radar begins to part two hangs on how strong they are: by so much of the stated width. */
const WIDTH_SIGMA = 0.25;

/** Mean and covariance of the two tracks that are compared. */
const one = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
const other = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
const difference = new Float64Array(DIM);

/** Probability that two tracks share a plot if a grid parts them, and if nothing does that is nearer than a cell's width. */
export const compared = { byChance: 0, ifLasting: 0 };

/**
 * Compares two tracks along and across the line of sight to detection `j`. Two points d apart share a cell of width w of a grid whose lines
 * are not known with probability max(0, 1 - |d| / w), and are nearer than w or not: both in the mean over d.
 *
 * @source Koch & van Keuk (1997), "Multiple hypothesis track maintenance with possibly unresolved measurements" (probability of resolution);
 * Clark (1961), "The greatest of a finite set of random variables" (mean of max(0, y)).
 */
export function compare(tracks: TrackStore, a: number, b: number, d: Detections, j: number, cell: Cell): void {
  matchMoments(one, tracks, a);
  matchMoments(other, tracks, b);
  compared.byChance = 1;
  compared.ifLasting = 1;
  for (let axis = 0; axis < 3; axis++) {
    const width = widthAlong(axis, d, j, cell);
    const a = 9 * j + 3 * axis;
    const apart =
      d.axes[a] * (one.mean[0] - other.mean[0]) +
      d.axes[a + 1] * (one.mean[1] - other.mean[1]) +
      d.axes[a + 2] * (one.mean[2] - other.mean[2]);
    const sigma = Math.sqrt(varianceAlong(one.cov, d.axes, a) + varianceAlong(other.cov, d.axes, a));
    const overlap = meanAboveZero(apart + width, sigma) - 2 * meanAboveZero(apart, sigma) + meanAboveZero(apart - width, sigma);
    compared.byChance *= Math.max(0, overlap / width);
    const vague = Math.sqrt(sigma * sigma + WIDTH_SIGMA * WIDTH_SIGMA * width * width);
    compared.ifLasting *= Math.max(0, normalCdf((width - apart) / vague) - normalCdf((-width - apart) / vague));
  }
}

/** Mean of max(0, y) for y normal. */
const meanAboveZero = (mean: number, sigma: number): number =>
  mean * normalCdf(mean / sigma) + (sigma * Math.exp((-0.5 * mean * mean) / (sigma * sigma))) / Math.sqrt(2 * Math.PI);

/**
 * Rows by which plot `j`, being the middle of `one` and `other`, measures `one`: 2 z - x_other with variance 4 R + P_other, along each of the
 * plot's axes.
 */
export function layMiddleRows(rows: Float64Array, from: number, d: Detections, j: number): void {
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
 * Rows by which a plot that lasts unresolved measures `one`: it is within a cell's width of `other`, evenly spread, which has the variance
 * w²/3 along each axis. Without them a track that seldom takes the plot would drift off until it would surely have been parted.
 */
export function layNearRows(rows: Float64Array, from: number, d: Detections, j: number, cell: Cell): void {
  for (let axis = 0; axis < 3; axis++) {
    const a = 9 * j + 3 * axis;
    const r = from + axis * ROW;
    const width = widthAlong(axis, d, j, cell);
    let there = 0;
    for (let k = 0; k < 3; k++) {
      rows[r + k] = d.axes[a + k];
      there += d.axes[a + k] * other.mean[k];
    }
    rows[r + 6] = there;
    rows[r + 7] = (width * width) / 3 + varianceAlong(other.cov, d.axes, a);
  }
}

/** How wide a cell is at detection `j` along one of its axes. */
function widthAlong(axis: number, d: Detections, j: number, { rangeM, azimuthRad, elevationRad }: Cell): number {
  if (axis === 0) return rangeM;
  return d.rangeM[j] * (axis === 1 ? azimuthRad * Math.cos(d.elevationRad[j]) : elevationRad);
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
