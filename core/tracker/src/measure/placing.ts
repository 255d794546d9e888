import { type Detections, givesPlace, sustainsOnly } from "../looks/detections.ts";
import type { PreparedLook } from "../prepared-look.ts";
import { CONTRIBUTION, COV, DIM, MODES, type TrackStore } from "../store/store.ts";
import { createRows } from "./observe.ts";
import { measureInto } from "./time-error.ts";
import { ROW } from "./update-row.ts";

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const rows = createRows();

/**
 * Does detection `j` place a track, or does it tell only that the track is there? A plot does and a bearing does not. A distance does as far as it
 * tells something that is not known yet: it gives the share g = h P hᵀ / (h P hᵀ + R) of what is then known along it, and when it comes every
 * T seconds what is known comes on average from T / g seconds ago. A place of before `staleMs` is none.
 *
 * @source Mean age of a first-order recursion with gain g: 1 / g steps; share of the innovation's variance: Bar-Shalom, Li & Kirubarajan
 * (2001), eq. 5.2.3-9.
 */
export function placesTrack(
  tracks: TrackStore,
  row: number,
  { detections: d, look, slot, settings }: PreparedLook,
  j: number,
): boolean {
  if (givesPlace(d.shape[j])) return true;
  if (sustainsOnly(d.shape[j])) return false;
  const at = (row * tracks.sensorSlots + slot) * CONTRIBUTION;
  const beforeMs = tracks.contribution[at + 1] > 0 ? tracks.contribution[at] : tracks.measuredMs[row];
  const sinceMs = look.measuredMs - beforeMs;
  return sinceMs > 0 && sinceMs <= settings.staleMs * shareOf(tracks, row, d, j);
}

/** Of what is known of a track along a distance once it is measured, the distance's share: the mean over the track's motions. */
function shareOf(tracks: TrackStore, row: number, d: Detections, j: number): number {
  let share = 0;
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    measureInto(rows, d, j, x, cov);
    const known = spreadAlong(rows, cov);
    share += (tracks.weight[i] * known) / (known + rows[ROW - 1]);
  }
  return share;
}

/** Variance of a place along the row's direction, h P hᵀ. */
const spreadAlong = (h: Float64Array, p: Float64Array): number =>
  h[0] * (h[0] * p[0] + 2 * (h[1] * p[1] + h[2] * p[2])) + h[1] * (h[1] * p[3] + 2 * h[2] * p[4]) + h[2] * h[2] * p[5];
