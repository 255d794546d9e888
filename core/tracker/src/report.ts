import { addManner, type Flying } from "./classes/manner.ts";
import { addSpread } from "./motion/mix-motions.ts";
import { type Move, moveFor } from "./motion/motion-step.ts";
import { moveState } from "./motion/move-state.ts";
import type { TrackerSettings } from "./settings.ts";
import type { SensorSlots, TrackerState } from "./state.ts";
import { CLASSES, CONTRIBUTION, COV, DIM, MODES, type TrackStore } from "./store/store.ts";
import { type Told, withGroups } from "./swarm/groups.ts";
import type { TrackerClass, TrackState } from "./types.ts";
import type { Context } from "./workspace.ts";

const states = new Float64Array(MODES * DIM);
const covs = new Float64Array(MODES * COV);
const mean = new Float64Array(DIM);
const cov = new Float64Array(COV);
const difference = new Float64Array(DIM);
const logs = new Float64Array(CLASSES);
const flying: Flying = { speedMps: 0, speedVariance: 0, heightM: undefined };
const weights = new Float64Array(CLASSES);

/** Where each of the 36 values of a row-major 6×6 covariance lies among our 21. */
const PLACE = [
  0, 1, 2, 6, 7, 8, 1, 3, 4, 9, 10, 11, 2, 4, 5, 12, 13, 14, 6, 9, 12, 15, 16, 17, 7, 10, 13, 16, 18, 19, 8, 11, 14, 17, 19, 20,
] as const;

/** Every numbered track, predicted to `nowMs` and ordered by serial; what no sensor has detected for too long is left out. */
export function report(state: TrackerState, { slots, settings, work: { moves } }: Context, nowMs: number): readonly TrackState[] {
  const { tracks } = state;
  const dtS = Number.isNaN(state.timeMs) ? 0 : Math.max(0, (nowMs - state.timeMs) / 1000);
  const move = moveFor(moves, settings, dtS);
  const survival = Math.exp(-dtS / settings.meanLifeS);
  const survivalInSwarm = Math.exp(-dtS / settings.meanLifeInSwarmS);
  const told: Told[] = [];
  for (let row = 0; row < tracks.count; row++) {
    if (tracks.serial[row] === 0 || nowMs - tracks.measuredMs[row] > settings.staleMs) continue;
    if (tracks.existence[row] < settings.tellAbove && tracks.confirmed[row] === 0) continue;
    matchMoments(tracks, row, move);
    const own: TrackState = {
      serial: tracks.serial[row],
      posEnuM: [mean[0], mean[1], mean[2]],
      velEnuMps: [mean[3], mean[4], mean[5]],
      covariance: fullCovariance(),
      existence: tracks.existence[row] * (tracks.inSwarm[row] === 1 ? survivalInSwarm : survival),
      confirmed: tracks.confirmed[row] === 1,
      firstMs: tracks.firstMs[row],
      measuredMs: tracks.measuredMs[row],
      heightKnown: tracks.heightKnown[row] === 1,
      classProbabilities: classProbabilities(tracks, row, settings),
      contributions: contributions(tracks, row, slots),
      claims: tracks.claims[row],
    };
    told.push({ row, state: own });
  }
  return withGroups(tracks, state.timeMs, told, settings.companionRate).sort((a, b) => a.serial - b.serial);
}

/**
 * Mean and covariance of a track's mixture of motions, each moved on: x = sum_m w_m x_m, P = sum_m w_m (P_m + d_m d_mᵀ), d_m = x_m - x.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 1.4.16 (moments of a Gaussian mixture).
 */
function matchMoments(tracks: TrackStore, row: number, move: Move): void {
  const isMoved = move.dtS > 0;
  if (isMoved) moveOn(tracks, row, move);
  const from = isMoved ? 0 : row * MODES;
  const means = isMoved ? states : tracks.mean;
  const spreads = isMoved ? covs : tracks.cov;
  mean.fill(0);
  cov.fill(0);
  for (let m = 0; m < MODES; m++)
    for (let k = 0; k < DIM; k++) mean[k] += tracks.weight[row * MODES + m] * means[(from + m) * DIM + k];
  for (let m = 0; m < MODES; m++) {
    const weight = tracks.weight[row * MODES + m];
    for (let k = 0; k < COV; k++) cov[k] += weight * spreads[(from + m) * COV + k];
    for (let k = 0; k < DIM; k++) difference[k] = means[(from + m) * DIM + k] - mean[k];
    addSpread(cov, 0, weight, difference, 0);
  }
}

/** Leaves a track's motions, each moved on, in `states` and `covs`. */
function moveOn(tracks: TrackStore, row: number, { steps }: Move): void {
  for (let k = 0; k < MODES * DIM; k++) states[k] = tracks.mean[row * MODES * DIM + k];
  for (let k = 0; k < MODES * COV; k++) covs[k] = tracks.cov[row * MODES * COV + k];
  for (let m = 0; m < MODES; m++) moveState(states, m * DIM, covs, m * COV, steps[m]);
}

/** Classes by their features and, where these say anything, by the manner of flight in `mean` and `cov`; in the order of `CLASS_NAMES`. */
function classProbabilities(
  { classLog, weight, heightKnown }: TrackStore,
  row: number,
  { groundUpM }: TrackerSettings,
): Readonly<Record<TrackerClass, number>> {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < CLASSES; k++) logs[k] = classLog[row * CLASSES + k];
  flying.speedMps = Math.sqrt(mean[3] * mean[3] + mean[4] * mean[4]);
  flying.speedVariance = (cov[15] + cov[18]) / 2;
  flying.heightM = heightKnown[row] === 1 ? mean[2] - groundUpM : undefined;
  addManner(logs, flying, weight, row * MODES);
  for (let k = 0; k < CLASSES; k++) most = Math.max(most, logs[k]);
  let total = 0;
  for (let k = 0; k < CLASSES; k++) {
    weights[k] = Math.exp(logs[k] - most);
    total += weights[k];
  }
  return {
    multirotor: weights[0] / total,
    fixedWing: weights[1] / total,
    bird: weights[2] / total,
    mannedAircraft: weights[3] / total,
    balloon: weights[4] / total,
    other: weights[5] / total,
  };
}

function fullCovariance(): Float64Array {
  const full = new Float64Array(PLACE.length);
  for (let k = 0; k < full.length; k++) full[k] = cov[PLACE[k]];
  return full;
}

function contributions(tracks: TrackStore, row: number, { models }: SensorSlots): TrackState["contributions"] {
  const out: TrackState["contributions"][number][] = [];
  for (let slot = 0; slot < models.length; slot++) {
    const at = (row * tracks.sensorSlots + slot) * CONTRIBUTION;
    const hits = tracks.contribution[at + 1];
    if (hits === 0) continue;
    const object = tracks.objects[row].find((one) => one.slot === slot)?.object;
    const { id: sensor } = models[slot].sensor;
    out.push({ sensor, lastMs: tracks.contribution[at], hits, ...(object !== undefined && { object }) });
  }
  return out;
}
