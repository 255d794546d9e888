import { apartOf, chanceOff, NOT_OFF, notePlot, type Off, offVariance, withMessage } from "./claims/claim-offset.ts";
import { hearsayCeiling, isHearsay, isHearsayOf, noteClaim } from "./claims/claims.ts";
import { shareOut } from "./claims/share-out.ts";
import { weighFeatures } from "./classes/features.ts";
import { AREA, givesPlace, POINT, sustainsOnly } from "./looks/detections.ts";
import { intersect } from "./measure/covariance-intersection.ts";
import { createRows } from "./measure/observe.ts";
import { placesTrack } from "./measure/placing.ts";
import { isSimple, takePoint } from "./measure/take-point.ts";
import { measureInto } from "./measure/time-error.ts";
import { ROW, updateRow } from "./measure/update-row.ts";
import { layExtent } from "./motion/extent.ts";
import { chooseEdges } from "./pairs/choose.ts";
import type { PreparedLook } from "./prepared-look.ts";
import { countChance, detectionProbability } from "./sight/clutter.ts";
import { hideInNotch } from "./sight/notch.ts";
import type { TrackerState } from "./state.ts";
import { normalise } from "./store/normalise.ts";
import { CONTRIBUTION, COV, DIM, MODES, nameObject, type TrackStore } from "./store/store.ts";
import { applyBlends, blend, isContested } from "./swarm/blend.ts";
import { findSharedPlots, takeShared } from "./swarm/unresolved.ts";
import type { Context, Workspace } from "./workspace.ts";

/** Existence never becomes so sure that evidence could not undo it. */
const MOST_EXISTENCE = 1 - 1e-9;
/** Nor is it nothing at all, which says that a track has ended. */
const LEAST_EXISTENCE = 1e-300;
/** A plot that others more surely could not have given is a track's alone. */
const UNSHARED = 0.1;
/** A track that a look sees this much less probably than what lies in plain view, for it is of another sector, had no real chance. */
const REAL_CHANCE = 1 / 3;
/** And one that it sees hardly less probably is in plain view. */
const PLAIN_VIEW = 2 / 3;

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const rows = createRows();

/**
 * Updates every track that the look concerns in place: existence by the marginals of all associations,
 * r' = 1 - p0·(1 - r·miss / (1 - r + r·miss)). Which track goes on with which detection is said by the best joint
 * assignment; its state by all tracks that may have given that detection, see {@link blend}. A track that may share a plot which another took was not surely missed.
 *
 * @source Williams (2015), "Marginal multi-Bernoulli filters", eq. 27 and 28 (existence).
 */
export function update({ work, settings }: Context, state: TrackerState, prepared: PreparedLook, learned: Float64Array): void {
  const { tracks } = state;
  const { detections: d } = prepared;
  const hearsay = isHearsay(d);
  const isDoubtful = weighPlaces(work, tracks, prepared);
  const chosen = chooseEdges(work.edges, tracks.count, d.count);
  findSharedPlots(work, tracks, prepared, chosen);
  shareOut(work, tracks, d, chosen);
  weighFeatures(work, tracks, d);
  for (let row = 0; row < tracks.count; row++) {
    if (work.isNear[row] === 0) continue;
    learnChance(work, tracks, row, prepared);
    const r = tracks.existence[row];
    const miss = work.isInArea[row] === 1 ? 1 : work.missProbability[row];
    const claim = chosen[row] < 0 ? undefined : d.source[work.edges.detection[chosen[row]]].claim;
    const isTaken = chosen[row] >= 0;
    const isMeasured = isTaken && d.shape[work.edges.detection[chosen[row]]] !== AREA;
    const isPlaced = isTaken && placesTrack(tracks, row, prepared, work.edges.detection[chosen[row]]);
    const missed = work.association.missed[row];
    let after = existenceAfter(r, missed, miss, work.shared[row]) + work.gained[row];
    if (isDoubtful) {
      const most = hearsayCeiling(state, row, { claim, isTaken, isMeasured, atMs: prepared.look.measuredMs }, settings);
      const byPlaces = hearsay ? 0 : existenceAfter(r, missed / (missed + work.placed[row]), miss, work.shared[row]);
      after = Math.max(byPlaces, Math.min(most, after));
    }
    tracks.existence[row] = Math.max(LEAST_EXISTENCE, Math.min(MOST_EXISTENCE, after));
    if (isTaken || (miss < 1 && 1 - miss >= REAL_CHANCE * prepared.pD)) countLook(tracks, row, prepared);
    if (isTaken) {
      const isProof = isPlaced && !isHearsayOf(d, work.edges.detection[chosen[row]]);
      if (isProof) {
        tracks.proven[row] = tracks.existence[row];
        tracks.proofs[row]++;
      }
      if (isPlaced) tracks.measuredMs[row] = prepared.look.measuredMs;
      take(work, tracks, row, prepared, chosen[row]);
      if (isProof && work.shared[row] < UNSHARED && tracks.confirmed[row] === 1) tracks.alone[row]++;
    } else if (work.isInArea[row] === 0) {
      weighMiss(work, tracks, row, prepared);
      if (miss < 1) hideInNotch(tracks, row, prepared, detectionProbability(prepared.model, learned));
      if (work.shared[row] > 0) takeShared(work, tracks, row, prepared);
    }
  }
  applyBlends(work.blends, tracks);
  for (let row = 0; row < tracks.count; row++) if (work.isNear[row] === 1) layExtent(tracks, row);
}

/**
 * Sums for each track the probability that the look gave it what places it and is not hearsay, and marks those that lie where something was heard: one
 * report from an area is of all that is in it, so that a look which gives no places missed none of them. False for a look of such places alone.
 */
function weighPlaces({ edges, placed, isInArea }: Workspace, tracks: TrackStore, prepared: PreparedLook): boolean {
  const { detections: d } = prepared;
  isInArea.fill(0, 0, tracks.count);
  let givesNone = true;
  let isAnyHearsay = false;
  for (let j = 0; j < d.count; j++) {
    givesNone &&= !givesPlace(d.shape[j]);
    isAnyHearsay ||= isHearsayOf(d, j);
  }
  if (!d.hasUnplaced && !isAnyHearsay) return false;
  placed.fill(0, 0, tracks.count);
  for (let e = 0; e < edges.count; e++) {
    const row = edges.track[e];
    const j = edges.detection[e];
    if (!isHearsayOf(d, j) && placesTrack(tracks, row, prepared, j)) placed[row] += edges.marginal[e];
    if (givesNone && d.shape[j] === AREA) isInArea[row] = 1;
  }
  return true;
}

/**
 * Existence after a look which gives the track none of its detections with probability `missed`, and misses it with probability `miss`
 * if it is there: r' = 1 - missed·(1 - r) / (1 - r + r·miss). A track that shares another's plot with probability `shared` is left
 * without one more often: miss' = 1 - (1 - miss)(1 - shared); the odds of a plot of its own were against miss and shrink accordingly.
 */
function existenceAfter(r: number, missed: number, miss: number, shared: number): number {
  const gone = 1 - r;
  const without = gone + r * (1 - (1 - miss) * (1 - shared));
  return 1 - (missed * gone) / (missed * without + (1 - missed) * (gone + r * miss));
}

/** A sure track in plain view teaches how often the sensor really detects, however seldom that is. */
function learnChance(work: Workspace, tracks: TrackStore, row: number, { learned, pD }: PreparedLook): void {
  if (tracks.confirmed[row] === 0 || work.missProbability[row] === 1) return;
  const p = 1 - work.missProbability[row];
  if (p < PLAIN_VIEW * pD) return;
  const hit = 1 - work.association.missed[row];
  const r = tracks.existence[row];
  countChance(learned, hit + (1 - hit) * ((r * (1 - p)) / (1 - r * p)), hit);
}

/** Marks this look as the one that gave the sensor its chance. */
function countLook(tracks: TrackStore, row: number, { slot, look }: PreparedLook): void {
  tracks.contribution[(row * tracks.sensorSlots + slot) * CONTRIBUTION + 2] = look.measuredMs;
}

/** A miss speaks for the motions that would have been missed: a hover in a radar's notch. */
function weighMiss(work: Workspace, tracks: TrackStore, row: number, { model }: PreparedLook): void {
  if (model.sensor.revisitMs === undefined) return;
  const miss = work.missProbability[row];
  if (miss <= 0) return;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    tracks.weight[i] = (tracks.weight[i] * (1 - work.detectionProbability[i])) / miss;
  }
  normalise(tracks.weight, row * MODES);
}

function take(work: Workspace, tracks: TrackStore, row: number, prepared: PreparedLook, edge: number): void {
  const { detections: d, look, slot } = prepared;
  const j = work.edges.detection[edge];
  const at = (row * tracks.sensorSlots + slot) * CONTRIBUTION;
  const { claim, object } = d.source[j];
  const isSaid = claim !== undefined && isHearsayOf(d, j);
  if (!isSaid) notePlot(tracks, row, d, j, look.measuredMs);
  const apart = isSaid ? withMessage(apartOf(tracks, row, claim, d, j), d, j, look.measuredMs) : undefined;
  if (d.shape[j] === POINT && d.correlationS[j] === 0 && isContested(work.edges, edge)) blend(work, tracks, d, row, j);
  else if (!sustainsOnly(d.shape[j])) takeState(work, tracks, prepared, edge, apart ? chanceOff(apart, d, j) : NOT_OFF);
  if (d.shape[j] === POINT && d.axisCount[j] === 3) tracks.heightKnown[row] = 1;
  tracks.contribution[at] = look.measuredMs;
  tracks.contribution[at + 1]++;
  tracks.hits[row]++;
  nameObject(tracks, row, slot, object);
  if (claim !== undefined) noteClaim(tracks, row, claim, { atMs: look.measuredMs, weight: work.edges.marginal[edge], apart });
}

/** Updates every motion's state; what somebody says who is `off`, probably, is taken as that much vaguer, and tells nothing of how it moves. */
function takeState(work: Workspace, tracks: TrackStore, prepared: PreparedLook, edge: number, off: Off): void {
  const { detections: d, look, slot } = prepared;
  const row = work.edges.track[edge];
  const j = work.edges.detection[edge];
  const lastMs = tracks.contribution[(row * tracks.sensorSlots + slot) * CONTRIBUTION];
  const times = inflation(d.correlationS[j], look.measuredMs - lastMs);
  const isPoint = off === NOT_OFF && isSimple(d, j);
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    tracks.weight[i] = off.level * tracks.weight[i] + (1 - off.level) * work.edges.motion[edge * MODES + m];
    if (isPoint) {
      takePoint(tracks.mean, tracks.cov, i, d, j);
      continue;
    }
    for (let k = 0; k < DIM; k++) x[k] = tracks.mean[i * DIM + k];
    for (let k = 0; k < COV; k++) cov[k] = tracks.cov[i * COV + k];
    const n = measureInto(rows, d, j, x, cov);
    for (let r = 0; r < n * ROW; r += ROW) rows[r + 7] += offVariance(rows, r, off);
    if (d.isFiltered[j] === 1) intersect(x, cov, rows, n);
    for (let r = 0; r < n * ROW && d.isFiltered[j] === 0; r += ROW) {
      rows[r + 7] *= times;
      updateRow(x, cov, rows, r);
    }
    for (let k = 0; k < DIM; k++) tracks.mean[i * DIM + k] = x[k];
    for (let k = 0; k < COV; k++) tracks.cov[i * COV + k] = cov[k];
  }
  normalise(tracks.weight, row * MODES);
}

/**
 * How much more variance a measurement is given whose error lives for `correlationS`: exponentially correlated noise of variance s²
 * sampled every dt has the power, at low frequency, of white noise with variance s²·(1 + 2·tau/dt).
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 8.2 (autocorrelated noise); power spectral density of a Gauss-Markov process.
 */
function inflation(correlationS: number, sinceMs: number): number {
  if (correlationS === 0) return 1;
  return 1 + (2 * correlationS) / Math.max(sinceMs / 1000, 0.1);
}
