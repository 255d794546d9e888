import { assignInto } from "./assign.ts";
import type { Edges } from "./edges.ts";

/** The problem: edges worth taking, row by row, and which edge each is. */
let start = new Int32Array(65);
let entry = new Int32Array(64);
let column = new Int32Array(64);
let gain = new Float64Array(64);
let chosen = new Int32Array(64);

/**
 * The edge that each track takes in the best joint assignment, or -1; marks the edges. What is answered is written over by the next look,
 * and means nothing beyond the last track.
 */
export function chooseEdges(edges: Edges, tracks: number, detections: number): Int32Array {
  reserve(tracks, edges.count);
  let n = 0;
  for (let row = 0, e = 0; row < tracks; row++) {
    for (; e < edges.count && edges.track[e] === row; e++) {
      if (!(edges.odds[e] > 1)) continue;
      entry[n] = e;
      column[n] = edges.detection[e];
      gain[n] = Math.log(edges.odds[e]);
      n++;
    }
    start[row + 1] = n;
  }
  assignInto(chosen, { rows: tracks, columns: detections, start, column, gain });
  for (let row = 0; row < tracks; row++) {
    if (chosen[row] < 0) continue;
    chosen[row] = entry[chosen[row]];
    edges.chosen[chosen[row]] = 1;
  }
  return chosen;
}

function reserve(tracks: number, edges: number): void {
  if (chosen.length < tracks) {
    chosen = new Int32Array(2 * tracks);
    start = new Int32Array(2 * tracks + 1);
  }
  if (entry.length >= edges) return;
  entry = new Int32Array(2 * edges);
  column = new Int32Array(2 * edges);
  gain = new Float64Array(2 * edges);
}
