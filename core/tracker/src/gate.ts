import { claimFactor } from "./claims/claims.ts";
import { AREA, type Detections, sustainsOnly } from "./looks/detections.ts";
import { detectionsIn, isInRegion, region } from "./looks/look-region.ts";
import { createRows } from "./measure/observe.ts";
import { comparePoint, pointFit, timeSpreadM2 } from "./measure/point-fit.ts";
import { measureInto } from "./measure/time-error.ts";
import { fit, ROW, updateRow } from "./measure/update-row.ts";
import { NEGLIGIBLE } from "./motion/extent.ts";
import { type Edges, indexByDetection, keepLikeliest, reserveEdge } from "./pairs/edges.ts";
import type { PreparedLook } from "./prepared-look.ts";
import { wholeLookMs } from "./sight/clutter.ts";
import { chanceWithin, view, visibility } from "./sight/visibility.ts";
import { CLASSES, CONTRIBUTION, COV, DIM, MODES, type TrackStore } from "./store/store.ts";
import { SHARED_ROWS } from "./swarm/unresolved.ts";
import type { Workspace } from "./workspace.ts";

/** Probability of hearing a broadcast or an emission at a given time when its sender is there. */
const BROADCAST_PROBABILITY = 0.3;

const state = new Float64Array(DIM);
const cov = new Float64Array(COV);
const rows = createRows();
/** A track that may have given more plots than this is as well off with the likeliest; all of them would cost their square. */
const MOST_PAIRS = 64;

const likelihood = new Float64Array(MODES);
const box = { x0: 0, x1: 0, y0: 0, y1: 0 };
const area = { reachM: 0.5, azimuthFromRad: 0.5, azimuthToRad: 0.5 };
let found = new Int32Array(64);

/**
 * Finds for every track how probable it is that the look, which {@link layRegion} has laid out, sees it, and which detections may be its:
 * nearer than the gate for some motion. The odds of a pair are f·r·sum_m w_m pD_m l_m / ((1 - r·(1 - miss)) lambda), lambda being the density of
 * detections that no track explains, and f the ratio of the features' likelihoods and what the track is known of the detection's claim.
 *
 * @source Williams (2015), "Marginal multi-Bernoulli filters", eq. 21 to 25 (hypothesis weights), of which this is the ratio to a missed track and a
 * detection that nobody gave; gate: Bar-Shalom, Li & Kirubarajan (2001), section 5.7.
 */
export function gate(work: Workspace, tracks: TrackStore, prepared: PreparedLook): void {
  const { detections: d, settings } = prepared;
  reserve(work, tracks.count + d.count, d.count);
  work.edges.count = 0;
  for (let row = 0; row < tracks.count; row++) {
    work.isNear[row] = isInRegion(tracks.extent, 4 * row) ? 1 : 0;
    if (work.isNear[row] === 0) continue;
    const isInField = seeTrack(work, tracks, row, prepared);
    // A sheet may understate the range: plots beyond it go on with their track instead of each beginning another. What has no range may not.
    const from = work.edges.count;
    const n = candidates(tracks, row, d, settings.gateSquared);
    for (let k = 0; k < n; k++) {
      const mayBe = mayFit(d, found[k]) && (isInField || !sustainsOnly(d.shape[found[k]]));
      if (mayBe) weighPair(work, tracks, row, prepared, found[k]);
    }
    keepLikeliest(work.edges, from, MOST_PAIRS);
  }
  indexByDetection(work.edges, d.count);
}

/** Detection and miss probability of one track, per motion. Answers false when it surely lies outside the sensor's field. */
function seeTrack(work: Workspace, tracks: TrackStore, row: number, prepared: PreparedLook): boolean {
  const { pD } = prepared;
  const { sensor } = prepared.model;
  const isBroadcast = sensor.revisitMs === undefined;
  const isRepeat = !isBroadcast && isSeenAlready(tracks, row, prepared);
  let miss = 0;
  let isInField = isBroadcast;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    const weight = tracks.weight[i];
    let p = 0;
    if (isBroadcast) p = BROADCAST_PROBABILITY;
    else if (weight > NEGLIGIBLE && m > 0 && sensor.notch === undefined && isAtSamePlace(tracks, row * MODES, i))
      p = work.detectionProbability[row * MODES];
    else if (weight > NEGLIGIBLE) {
      load(tracks, i);
      visibility(sensor, prepared.look.sector, state, cov);
      isInField ||= view.inField > 0;
      p = view.inView * (view.inNotch * (sensor.notch?.pD ?? 0) + (1 - view.inNotch) * pD);
    }
    work.detectionProbability[i] = p;
    miss += weight * (1 - p);
  }
  // Not a sum of weights, which may come out a little less than 1.
  work.missProbability[row] = isBroadcast || isRepeat ? 1 : miss;
  return isInField;
}

/** True when two motions put the track at places that no edge of a field of view will tell apart. */
function isAtSamePlace({ mean, cov, weight }: TrackStore, a: number, b: number): boolean {
  if (weight[a] <= NEGLIGIBLE) return false;
  const x = mean[a * DIM] - mean[b * DIM];
  const y = mean[a * DIM + 1] - mean[b * DIM + 1];
  const z = mean[a * DIM + 2] - mean[b * DIM + 2];
  return 25 * (x * x + y * y + z * z) < cov[a * COV] + cov[a * COV + 3] + cov[a * COV + 5];
}

/**
 * Has this sensor had its chance to see the track in this revisit? A look at all of the field misses nothing that a part of it has shown
 * since the last such look.
 */
function isSeenAlready(tracks: TrackStore, row: number, { slot, look, model, learned }: PreparedLook): boolean {
  const at = (row * tracks.sensorSlots + slot) * CONTRIBUTION;
  const lastMs = tracks.contribution[at + 2];
  if (lastMs > 0 && look.measuredMs - lastMs < 0.75 * (model.sensor.revisitMs ?? 0)) return true;
  return look.sector === undefined && look.detections.length === 0 && tracks.contribution[at] > wholeLookMs(learned);
}

function weighPair(work: Workspace, tracks: TrackStore, row: number, prepared: PreparedLook, j: number): void {
  const { detections: d, clutter, newcomers, settings } = prepared;
  let total = 0;
  let nearest = Number.POSITIVE_INFINITY;
  const isPlain = d.isPlainPoint[j] === 1;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    likelihood[m] = 0;
    if (tracks.weight[i] <= NEGLIGIBLE) continue;
    if (isPlain) {
      if (!comparePoint(d, j, tracks, i, settings.gateSquared)) continue;
      compared.likelihood = pointFit.likelihood;
      compared.distanceSquared = pointFit.distanceSquared;
    } else if (d.shape[j] === AREA) compareArea(prepared, tracks, i, j);
    else compareRows(tracks, i, d, j);
    nearest = Math.min(nearest, compared.distanceSquared);
    likelihood[m] = tracks.weight[i] * Math.max(work.detectionProbability[i], settings.detectionFloor) * compared.likelihood;
    total += likelihood[m];
  }
  if (nearest > settings.gateSquared || total <= 0) return;
  const r = tracks.existence[row];
  const { claim } = d.source[j];
  const features = Math.exp(featureLogRatio(tracks, row, d, j)) * (claim === undefined ? 1 : claimFactor(tracks, row, claim));
  const odds = (r * total * features) / ((1 - r + r * work.missProbability[row]) * clutter[j] * (1 + newcomers[j]));
  addEdge(work.edges, row, j, odds, total);
}

/**
 * False for a point beyond the gate of every motion: the distance along one axis alone is no more than that along all,
 * (z - p)_e² / (P_ee + R_ee) <= d². Two of five points of the cells that a track reaches into end here.
 */
const mayFit = ({ posM, isPlainPoint }: Detections, j: number): boolean =>
  isPlainPoint[j] === 0 ||
  (posM[3 * j] >= box.x0 && posM[3 * j] <= box.x1 && posM[3 * j + 1] >= box.y0 && posM[3 * j + 1] <= box.y1);

const compared = { likelihood: 0.5, distanceSquared: 0.5 };

/** Compares any detection with one motion's state, row by row; a fourth row and more widen the gate by one each. */
function compareRows(tracks: TrackStore, i: number, d: Detections, j: number): void {
  load(tracks, i);
  const n = measureInto(rows, d, j, state, cov);
  let logLikelihood = 0;
  compared.distanceSquared = -Math.max(0, n - 3);
  for (let r = 0; r < n; r++) {
    updateRow(state, cov, rows, r * ROW);
    logLikelihood += fit.logLikelihood;
    compared.distanceSquared += fit.distanceSquared;
  }
  compared.likelihood = Math.exp(logLikelihood);
}

/** A report from an area is as likely as the part of the state that lies in it. */
function compareArea({ detections: d, model }: PreparedLook, tracks: TrackStore, i: number, j: number): void {
  load(tracks, i);
  area.reachM = d.reachM[j];
  area.azimuthFromRad = d.fromRad[j];
  area.azimuthToRad = d.toRad[j];
  const inside = chanceWithin(model.sensor, area, state, cov);
  compared.likelihood = inside;
  compared.distanceSquared = inside > NEGLIGIBLE ? 0 : Number.POSITIVE_INFINITY;
}

/** Log of the features' likelihood under the track's classes against that under clutter. */
function featureLogRatio(tracks: TrackStore, row: number, d: Detections, j: number): number {
  if (d.hasFeatures[j] === 0) return 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < CLASSES; k++) most = Math.max(most, tracks.classLog[row * CLASSES + k]);
  let weight = 0;
  let sum = 0;
  for (let k = 0; k < CLASSES; k++) {
    const w = Math.exp(tracks.classLog[row * CLASSES + k] - most);
    weight += w;
    sum += w * Math.exp(d.classLog[CLASSES * j + k] - d.clutterLog[j]);
  }
  return Math.log(Math.max(sum / weight, 1e-6));
}

function addEdge(edges: Edges, row: number, j: number, odds: number, total: number): void {
  reserveEdge(edges);
  const e = edges.count++;
  edges.track[e] = row;
  edges.detection[e] = j;
  edges.odds[e] = odds;
  edges.chosen[e] = 0;
  for (let m = 0; m < MODES; m++) edges.motion[e * MODES + m] = likelihood[m] / total;
}

/** Detections that may pass the gate of some motion; where one gives no place, all may. */
function candidates(tracks: TrackStore, row: number, d: Detections, gateSquared: number): number {
  box.x0 = Number.POSITIVE_INFINITY;
  box.x1 = Number.NEGATIVE_INFINITY;
  box.y0 = Number.POSITIVE_INFINITY;
  box.y1 = Number.NEGATIVE_INFINITY;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    if (tracks.weight[i] <= NEGLIGIBLE) continue;
    const lateM2 = d.timeVarianceS2 > 0 ? timeSpreadM2(d, tracks, i) : 0;
    const reach = Math.sqrt(gateSquared * (Math.max(tracks.cov[i * COV], tracks.cov[i * COV + 3]) + region.spreadM2 + lateM2));
    box.x0 = Math.min(box.x0, tracks.mean[i * DIM] - reach);
    box.x1 = Math.max(box.x1, tracks.mean[i * DIM] + reach);
    box.y0 = Math.min(box.y0, tracks.mean[i * DIM + 1] - reach);
    box.y1 = Math.max(box.y1, tracks.mean[i * DIM + 1] + reach);
  }
  if (!d.hasUnplaced) return detectionsIn(found, box);
  for (let j = 0; j < d.count; j++) found[j] = j;
  return d.count;
}

/** Copies one motion's state and covariance to where kernels work. */
function load(tracks: TrackStore, i: number): void {
  for (let k = 0; k < DIM; k++) state[k] = tracks.mean[i * DIM + k];
  for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
}

function reserve(work: Workspace, tracks: number, detections: number): void {
  if (found.length < detections) found = new Int32Array(2 * detections);
  if (work.missProbability.length >= tracks) return;
  work.missProbability = new Float64Array(2 * tracks);
  work.detectionProbability = new Float64Array(2 * tracks * MODES);
  work.keep = new Uint8Array(2 * tracks);
  work.isNear = new Uint8Array(2 * tracks);
  work.placed = new Float64Array(2 * tracks);
  work.gained = new Float64Array(2 * tracks);
  work.isInArea = new Uint8Array(2 * tracks);
  work.shared = new Float64Array(2 * tracks);
  work.sharer = new Int32Array(2 * tracks);
  work.sharedRows = new Float64Array(2 * tracks * SHARED_ROWS * ROW);
}
