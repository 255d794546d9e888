import type { Edges } from "./pairs/edges.ts";

const MAX_ROUNDS = 200;
/** Messages rest when none changes by more than this part of itself: of strong odds they end far below 1. */
const CONVERGED = 1e-4;

/** What association found besides the edges' marginals. */
export type Association = {
  /** Per track: probability that none of the look's detections came from it. */
  missed: Float64Array;
  /** Per detection: probability that it came from some track. */
  explained: Float64Array;
  /** Greatest number of rounds that a cluster took, and clusters that had not converged by then. */
  rounds: number;
  unconverged: number;
};

export const createAssociation = (): Association => ({
  missed: new Float64Array(64),
  explained: new Float64Array(64),
  rounds: 0,
  unconverged: 0,
});

let parent = new Int32Array(128);
let order = new Int32Array(64);
let sumTrack = new Float64Array(64);
let sumDetection = new Float64Array(64);
let message = new Float64Array(64);
let reply = new Float64Array(64);

/**
 * Marginal association probabilities by loopy belief propagation, cluster by cluster (tracks and detections linked by edges):
 * mu_ij = w_ij / (1 + sum_{j' != j} w_ij' nu_ij'), nu_ij = 1 / (1 + sum_{i' != i} mu_i'j), until nu rests.
 * Then p_ij = w_ij nu_ij / (1 + sum_j' w_ij' nu_ij'). Exact on trees; converges always,
 * where tracks and detections form loops to probabilities that are too sure (0.99 where two against two, of odds 1000 and 700, are 0.67).
 *
 * @source Williams & Lau (2014), "Approximate evaluation of marginal association probabilities with belief propagation", eq. 23 to 29.
 */
export function associate(out: Association, edges: Edges, tracks: number, detections: number): void {
  reserve(out, edges.count, tracks, detections);
  out.missed.fill(1, 0, tracks);
  out.explained.fill(0, 0, detections);
  out.rounds = 0;
  out.unconverged = 0;
  const clusters = labelClusters(edges, tracks, detections);
  sortByCluster(edges, clusters);
  for (let from = 0; from < edges.count; ) {
    const cluster = edges.cluster[order[from]];
    let to = from + 1;
    while (to < edges.count && edges.cluster[order[to]] === cluster) to++;
    propagate(out, edges, from, to);
    from = to;
  }
}

function propagate(out: Association, edges: Edges, from: number, to: number): void {
  const { track, detection, odds, marginal } = edges;
  for (let k = from; k < to; k++) reply[k] = 1;
  let round = 0;
  for (let change = 1; change > CONVERGED && round < MAX_ROUNDS; round++) {
    for (let k = from; k < to; k++) sumTrack[track[order[k]]] = 1;
    for (let k = from; k < to; k++) sumTrack[track[order[k]]] += odds[order[k]] * reply[k];
    for (let k = from; k < to; k++) sumDetection[detection[order[k]]] = 1;
    for (let k = from; k < to; k++) {
      const sent = odds[order[k]] * reply[k];
      // Beyond 2^53 the difference of the sums loses its 1: what is left of it must not be 0.
      message[k] = odds[order[k]] / Math.max(sumTrack[track[order[k]]] - sent, 1);
      sumDetection[detection[order[k]]] += message[k];
    }
    change = 0;
    for (let k = from; k < to; k++) {
      const next = 1 / Math.max(sumDetection[detection[order[k]]] - message[k], 1);
      change = Math.max(change, Math.abs(next - reply[k]) / reply[k]);
      reply[k] = next;
    }
  }
  out.rounds = Math.max(out.rounds, round);
  if (round === MAX_ROUNDS) out.unconverged++;
  for (let k = from; k < to; k++) sumTrack[track[order[k]]] = 1;
  for (let k = from; k < to; k++) sumTrack[track[order[k]]] += odds[order[k]] * reply[k];
  for (let k = from; k < to; k++) {
    const e = order[k];
    marginal[e] = (odds[e] * reply[k]) / sumTrack[track[e]];
    out.missed[track[e]] = 1 / sumTrack[track[e]];
    out.explained[detection[e]] = Math.min(1, out.explained[detection[e]] + marginal[e]);
  }
}

/** Numbers the connected parts of the graph of edges in order of first edge; answers how many. */
function labelClusters(edges: Edges, tracks: number, detections: number): number {
  for (let k = 0; k < tracks + detections; k++) parent[k] = k;
  for (let e = 0; e < edges.count; e++) {
    const a = root(edges.track[e]);
    const b = root(tracks + edges.detection[e]);
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  }
  let clusters = 0;
  for (let e = 0; e < edges.count; e++) {
    const top = root(edges.track[e]);
    edges.cluster[e] = top;
    clusters = Math.max(clusters, top + 1);
  }
  return clusters;
}

function root(k: number): number {
  let at = k;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

let tally = new Int32Array(64);

/** Counting sort of edges by cluster; edges of a cluster keep their order. */
function sortByCluster(edges: Edges, clusters: number): void {
  if (tally.length < clusters + 1) tally = new Int32Array(2 * clusters + 2);
  tally.fill(0, 0, clusters + 1);
  for (let e = 0; e < edges.count; e++) tally[edges.cluster[e] + 1]++;
  for (let c = 0; c < clusters; c++) tally[c + 1] += tally[c];
  for (let e = 0; e < edges.count; e++) order[tally[edges.cluster[e]]++] = e;
}

function reserve(out: Association, edges: number, tracks: number, detections: number): void {
  if (out.missed.length < tracks) out.missed = new Float64Array(2 * tracks);
  if (out.explained.length < detections) out.explained = new Float64Array(2 * detections);
  if (parent.length < tracks + detections) parent = new Int32Array(2 * (tracks + detections));
  if (sumTrack.length < tracks) sumTrack = new Float64Array(2 * tracks);
  if (sumDetection.length < detections) sumDetection = new Float64Array(2 * detections);
  if (order.length >= edges) return;
  order = new Int32Array(2 * edges);
  message = new Float64Array(2 * edges);
  reply = new Float64Array(2 * edges);
}
