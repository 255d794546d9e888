import { assign } from "../pairs/assign.ts";
import { createGrid, fillGrid, nearInto } from "../pairs/grid.ts";
import type { Points } from "./lines.ts";

/** A truth (i) and a track (j) that belong together, and how far they are apart. */
export type Pair = Readonly<{ i: number; j: number; distanceM: number }>;

/**
 * The exact assignment of tracks to truths nearer than `cutoffM` that minimises the sum of d² - c² - bonus. `bonus` favours a pair by its
 * indices, in m².
 *
 * @source Rahmathullah, García-Fernández & Svensson (2017), "Generalized optimal sub-pattern assignment metric", proposition 1 (alpha 2).
 */
export function pairUp(truth: Points, tracks: Points, cutoffM: number, bonus?: (i: number, j: number) => number): Pair[] {
  const near = nearPairs(truth, tracks, cutoffM);
  const start = new Int32Array(truth.ids.length + 1);
  for (const { i } of near) start[i + 1] = (start[i + 1] ?? 0) + 1;
  for (let i = 0; i < truth.ids.length; i++) start[i + 1] += start[i];
  const taken = assign({
    rows: truth.ids.length,
    columns: tracks.ids.length,
    start,
    column: Int32Array.from(near, ({ j }) => j),
    gain: Float64Array.from(near, ({ i, j, distanceM: d }) => cutoffM * cutoffM - d * d + (bonus?.(i, j) ?? 0)),
  });
  return Array.from(taken, (entry) => near[entry]).filter((pair) => pair !== undefined);
}

/** Every truth and track nearer than `withinM`, in order of truth, then track. */
export function nearPairs(truth: Points, tracks: Points, withinM: number): Pair[] {
  const out: Pair[] = [];
  const grid = createGrid();
  fillGrid(grid, tracks.posM, tracks.ids.length, withinM);
  const found = new Int32Array(tracks.ids.length);
  for (let i = 0; i < truth.ids.length; i++) {
    const x = truth.posM[3 * i];
    const y = truth.posM[3 * i + 1];
    const n = nearInto(found, grid, { x0: x - withinM, x1: x + withinM, y0: y - withinM, y1: y + withinM });
    for (const j of found.subarray(0, n).toSorted()) {
      const distanceM = distance(truth.posM, i, tracks.posM, j);
      if (distanceM < withinM) out.push({ i, j, distanceM });
    }
  }
  return out;
}

export function distance(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const dx = a[3 * i] - b[3 * j];
  const dy = a[3 * i + 1] - b[3 * j + 1];
  const dz = a[3 * i + 2] - b[3 * j + 2];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
