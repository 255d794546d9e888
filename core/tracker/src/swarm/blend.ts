import type { Detections } from "../looks/detections.ts";
import { createRows } from "../measure/observe.ts";
import { isSimple, takePoint } from "../measure/take-point.ts";
import { measureInto } from "../measure/time-error.ts";
import { ROW, updateRow } from "../measure/update-row.ts";
import { addSpread } from "../motion/mix-motions.ts";
import type { Edges } from "../pairs/edges.ts";
import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";
import { type Blends, createBlends } from "./blends.ts";

/** Tracks that are less likely than this to have given a detection have no say in what it tells. */
const LEAST_SHARE = 0.1;

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const rows = createRows();
const origin = new Float64Array(DIM);
const difference = new Float64Array(DIM);

/** True when the edge's track and detection may each belong to another as well. */
export function isContested(edges: Edges, edge: number): boolean {
  if (edges.marginal[edge] < 1 - LEAST_SHARE) return true;
  const j = edges.detection[edge];
  for (let a = edges.start[j]; a < edges.start[j + 1]; a++)
    if (edges.byDetection[a] !== edge && edges.marginal[edges.byDetection[a]] >= LEAST_SHARE) return true;
  return false;
}

/**
 * The state of what gave detection `j`, whichever track it was: per motion the mixture of all tracks that may have given it, each updated
 * by it, with the marginals as weights, matched in mean and covariance. Every mixture holds one detection, so that two targets cannot
 * grow together as they do where one track mixes over its detections. Written aside for `row`, which takes the detection.
 *
 * @source Williams (2015), "Marginal multi-Bernoulli filters", section IV-C (measurement-oriented merging, MOMB/P).
 */
export function blend({ blends, edges }: Workspace, tracks: TrackStore, d: Detections, row: number, j: number): void {
  reserve(blends);
  const slot = blends.count++;
  blends.row[slot] = row;
  for (let m = 0; m < MODES; m++) {
    const at = slot * MODES + m;
    for (let k = 0; k < DIM; k++) origin[k] = tracks.mean[(row * MODES + m) * DIM + k];
    blends.mean.fill(0, at * DIM, (at + 1) * DIM);
    blends.cov.fill(0, at * COV, (at + 1) * COV);
    blends.weight[at] = 0;
    let total = 0;
    for (let a = edges.start[j]; a < edges.start[j + 1]; a++) {
      const e = edges.byDetection[a];
      const share = edges.marginal[e];
      if (share < LEAST_SHARE && edges.track[e] !== row) continue;
      updated(tracks, edges.track[e] * MODES + m, d, j);
      for (let k = 0; k < DIM; k++) difference[k] = x[k] - origin[k];
      for (let k = 0; k < DIM; k++) blends.mean[at * DIM + k] += share * difference[k];
      for (let k = 0; k < COV; k++) blends.cov[at * COV + k] += share * cov[k];
      addSpread(blends.cov, at * COV, share, difference, 0);
      blends.weight[at] += share * edges.motion[e * MODES + m];
      total += share;
    }
    for (let k = 0; k < DIM; k++) blends.mean[at * DIM + k] /= total;
    for (let k = 0; k < COV; k++) blends.cov[at * COV + k] /= total;
    addSpread(blends.cov, at * COV, -1, blends.mean, at * DIM);
    for (let k = 0; k < DIM; k++) blends.mean[at * DIM + k] += origin[k];
    blends.weight[at] /= total;
  }
}

/** Gives every row the state that was written aside for it. */
export function applyBlends(blends: Blends, tracks: TrackStore): void {
  for (let slot = 0; slot < blends.count; slot++) {
    const from = slot * MODES;
    const to = blends.row[slot] * MODES;
    for (let k = 0; k < MODES; k++) tracks.weight[to + k] = blends.weight[from + k];
    for (let k = 0; k < MODES * DIM; k++) tracks.mean[to * DIM + k] = blends.mean[from * DIM + k];
    for (let k = 0; k < MODES * COV; k++) tracks.cov[to * COV + k] = blends.cov[from * COV + k];
  }
  blends.count = 0;
}

/** Leaves one motion's state, updated by detection `j`, in `x` and `cov`. */
function updated(tracks: TrackStore, i: number, d: Detections, j: number): void {
  for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
  for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
  if (isSimple(d, j)) return takePoint(x, cov, 0, d, j);
  const n = measureInto(rows, d, j, x, cov);
  for (let r = 0; r < n; r++) updateRow(x, cov, rows, r * ROW);
}

function reserve(blends: Blends): void {
  if (blends.count < blends.row.length) return;
  const larger = createBlends(blends.row.length * 2);
  for (const name of ["row", "mean", "cov", "weight"] as const) {
    larger[name].set(blends[name]);
    Object.assign(blends, { [name]: larger[name] });
  }
}
