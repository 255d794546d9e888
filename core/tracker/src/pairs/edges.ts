import { MODES } from "../store/store.ts";

/** Pairs of track and detection that passed the gate, in order of track; arrays grow and are kept from look to look. */
export type Edges = {
  count: number;
  track: Int32Array;
  detection: Int32Array;
  /** Odds of the pair against "track missed, detection unexplained". */
  odds: Float64Array;
  /** Per motion, its share of the pair's likelihood: the motion's probability after the update. */
  motion: Float64Array;
  /** Marginal probability that the detection came from the track. */
  marginal: Float64Array;
  /** 1 where the best joint assignment uses the pair. */
  chosen: Uint8Array;
  cluster: Int32Array;
  /** Edges of detection j, in order of track, are `byDetection[start[j]]` to `byDetection[start[j + 1] - 1]`. */
  byDetection: Int32Array;
  start: Int32Array;
};

export const createEdges = (capacity = 256): Edges => ({
  count: 0,
  track: new Int32Array(capacity),
  detection: new Int32Array(capacity),
  odds: new Float64Array(capacity),
  motion: new Float64Array(capacity * MODES),
  marginal: new Float64Array(capacity),
  chosen: new Uint8Array(capacity),
  cluster: new Int32Array(capacity),
  byDetection: new Int32Array(capacity),
  start: new Int32Array(64),
});

/** Makes room for one more edge. */
export function reserveEdge(edges: Edges): void {
  if (edges.count < edges.track.length) return;
  const larger = createEdges(edges.track.length * 2);
  for (const name of ["track", "detection", "odds", "motion", "marginal", "chosen", "cluster", "byDetection"] as const) {
    larger[name].set(edges[name]);
    Object.assign(edges, { [name]: larger[name] });
  }
}

/** Odds of one track's edges, to find the likeliest. */
let ranked = new Float64Array(256);

/** Keeps of the edges from `from` on, all of one track, the `most` of greatest odds, in order; of equal ones the first. */
export function keepLikeliest(edges: Edges, from: number, most: number): void {
  const n = edges.count - from;
  if (n <= most) return;
  if (ranked.length < n) ranked = new Float64Array(2 * n);
  const all = ranked.subarray(0, n);
  all.set(edges.odds.subarray(from, edges.count));
  all.sort();
  const least = all[n - most];
  let equal = most;
  for (let k = n - most; k < n; k++) if (all[k] > least) equal--;
  let to = from;
  for (let e = from; e < edges.count; e++) {
    if (!(edges.odds[e] >= least) || (edges.odds[e] === least && equal-- <= 0)) continue;
    edges.detection[to] = edges.detection[e];
    edges.odds[to] = edges.odds[e];
    edges.motion.copyWithin(to * MODES, e * MODES, (e + 1) * MODES);
    to++;
  }
  edges.count = to;
}

/** Finds every detection's edges. */
export function indexByDetection(edges: Edges, detections: number): void {
  if (edges.start.length < detections + 1) edges.start = new Int32Array(2 * detections + 1);
  const { start, byDetection, detection, count } = edges;
  start.fill(0, 0, detections + 1);
  for (let e = 0; e < count; e++) start[detection[e]]++;
  for (let j = 0, total = 0; j <= detections; j++) {
    total += j < detections ? start[j] : 0;
    start[j] = total;
  }
  // Filling backwards leaves each detection's edges in order and its start where it belongs.
  for (let e = count - 1; e >= 0; e--) byDetection[--start[detection[e]]] = e;
}
