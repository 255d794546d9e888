import type { Detections } from "../looks/detections.ts";
import { CLASSES, type TrackStore } from "../store/store.ts";
import type { Workspace } from "../workspace.ts";

/** Correlation of one object's features from look to look: no bird is quite the mean bird. */
const ALIKENESS = 0.2;

const weight = new Float64Array(CLASSES);
const likelihood = new Float64Array(CLASSES);

/**
 * Weighs each track's classes by the features of all detections that may be its, as probably as they are: a class is as likely as what it
 * makes of the whole look, L_k = p_missed + sum_j p_j f_k(j) / f(j), f being the features' likelihood under the track's classes as they
 * were. Were only the detection weighed that the track goes on with, a bird in a flock once taken for a drone would stay one: it would
 * be given the flock's most drone-like plot each time. Looks at one object are alike: n of them count as n / (1 + (n - 1) rho),
 * n being the sum of their probabilities: a stray plot that is hardly its is hardly a look at it.
 *
 * @source Bar-Shalom, Kirubarajan & Gokberk (2005), "Tracking with classification-aided multiframe data association", section III, here
 * with the marginals of all associations; Kish (1965), Survey Sampling, section 5.4 (design effect).
 */
export function weighFeatures({ edges, association }: Workspace, tracks: TrackStore, d: Detections): void {
  if (!hasAnyFeatures(d)) return;
  for (let from = 0, to = 0; from < edges.count; from = to) {
    const row = edges.track[from];
    while (to < edges.count && edges.track[to] === row) to++;
    likelihood.fill(association.missed[row]);
    loadWeights(tracks, row);
    let more = 0;
    for (let e = from; e < to; e++) more += addFeatures(d, edges.detection[e], edges.marginal[e]);
    if (more === 0) continue;
    const before = designEffect(tracks.described[row]);
    tracks.described[row] += more;
    const after = designEffect(tracks.described[row]);
    for (let k = row * CLASSES; k < (row + 1) * CLASSES; k++)
      tracks.classLog[k] = (tracks.classLog[k] * before + Math.log(Math.max(likelihood[k % CLASSES], Number.MIN_VALUE))) / after;
  }
}

/** So much less than by their number looks at one object count. */
const designEffect = (described: number): number => 1 + Math.max(0, described - 1) * ALIKENESS;

function hasAnyFeatures({ hasFeatures, count }: Detections): boolean {
  for (let j = 0; j < count; j++) if (hasFeatures[j] === 1) return true;
  return false;
}

function loadWeights({ classLog }: TrackStore, row: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < CLASSES; k++) most = Math.max(most, classLog[row * CLASSES + k]);
  let total = 0;
  for (let k = 0; k < CLASSES; k++) {
    weight[k] = Math.exp(classLog[row * CLASSES + k] - most);
    total += weight[k];
  }
  for (let k = 0; k < CLASSES; k++) weight[k] /= total;
}

/** Adds what detection `j` says for each class, if it is the track's with probability `share`; answers how much of a description that is. */
function addFeatures(d: Detections, j: number, share: number): number {
  const says = d.hasFeatures[j] === 1;
  let mixed = 0;
  for (let k = 0; k < CLASSES; k++) mixed += weight[k] * Math.exp(d.classLog[CLASSES * j + k]);
  for (let k = 0; k < CLASSES; k++) likelihood[k] += says ? (share * Math.exp(d.classLog[CLASSES * j + k])) / mixed : share;
  return says ? share : 0;
}
