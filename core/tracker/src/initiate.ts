import { NOTHING_SAID } from "./claim-offset.ts";
import { beliefIn, isHearsayOf } from "./claims.ts";
import { countFalseAlarm } from "./clutter.ts";
import type { Company } from "./company.ts";
import { type Detections, givesPlace, POINT, POLAR_2D } from "./detections.ts";
import { layExtent } from "./extent.ts";
import type { PreparedLook } from "./gate.ts";
import { createRows, observeInto } from "./observe.ts";
import type { TrackerSettings } from "./settings.ts";
import type { Context, TrackerState } from "./state.ts";
import { addRow, CLASSES, CONTRIBUTION, COV, DIM, MODES, nameObject } from "./store.ts";
import { fit, ROW, updateRow } from "./update-row.ts";

/** Height above the sensor, and its standard deviation, of what no sensor has measured the height of. */
const PRIOR_HEIGHT_M = 100;
const PRIOR_HEIGHT_SIGMA_M = 150;

/** A newcomer that is one of those that fly together with more than this probability begins with their speed. */
const IN_COMPANY = 0.25;
/** Motions in which it does: cruise, both turns and climb. */
const KEEPS_COMPANY = [true, true, true, false, true, false];

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const rows = createRows();

/**
 * Begins a track at every detection that gives a place and that no track takes: its existence is the share of new targets in what may have caused it,
 * r = (1 - p_explained)·birth / (birth + clutter). What is too improbable to follow counts as a false alarm at once.
 *
 * @source Williams (2015), eq. 26 (new Bernoulli components); Reuter et al. (2014) for birth at measurements.
 */
export function initiate({ work, settings }: Context, state: TrackerState, prepared: PreparedLook, learned: Float64Array): void {
  const { detections: d } = prepared;
  const { taken } = work;
  taken.fill(0, 0, d.count);
  for (let e = 0; e < work.edges.count; e++) if (work.edges.chosen[e] === 1) taken[work.edges.detection[e]] = 1;
  for (let j = 0; j < d.count; j++) {
    if (taken[j] === 1) continue;
    const unexplained = 1 - work.association.explained[j];
    const ratio = prepared.newcomers[j] * birthFeatureRatio(d, j);
    const { claim } = d.source[j];
    // Two messages are wanted before a claim is believed as far as it goes.
    const existence =
      unexplained *
      (claim === undefined ? ratio / (1 + ratio) : beliefIn(state, claim, d.posM.subarray(3 * j, 3 * j + 2), settings) / 2);
    if (givesPlace(d.shape[j]) && existence > settings.endBelow) begin(state, prepared, j, existence, work.company);
    else countFalseAlarm(prepared.model, learned, placeOf(d, j), unexplained);
  }
}

/** Likelihood of the features under a new target of any class, evenly, against that under clutter. */
function birthFeatureRatio(d: Detections, j: number): number {
  if (d.hasFeatures[j] === 0) return 1;
  let sum = 0;
  for (let k = 0; k < CLASSES; k++) sum += Math.exp(d.classLog[j * CLASSES + k] - d.clutterLog[j]);
  return Math.min(Math.max(sum / CLASSES, 0.05), 20);
}

function begin(
  state: TrackerState,
  { detections: d, look, slot, newcomers, clutter, settings }: PreparedLook,
  j: number,
  existence: number,
  company: Company,
): void {
  const { tracks } = state;
  const row = addRow(tracks);
  tracks.ordinal[row] = ++state.begun;
  const isInCompany = company.density[j] > IN_COMPANY * newcomers[j] * clutter[j];
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    layPrior(d, j, settings, m);
    if (isInCompany && KEEPS_COMPANY[m]) joinCompany(company, j, settings);
    tracks.weight[i] = settings.birthMotion[m] * Math.exp(applySpeed(d, j));
    addTimeError(d.timeVarianceS2);
    for (let k = 0; k < DIM; k++) tracks.mean[i * DIM + k] = x[k];
    for (let k = 0; k < COV; k++) tracks.cov[i * COV + k] = cov[k];
  }
  let total = 0;
  for (let m = 0; m < MODES; m++) total += tracks.weight[row * MODES + m];
  for (let m = 0; m < MODES; m++) tracks.weight[row * MODES + m] = total > 0 ? tracks.weight[row * MODES + m] / total : 1 / MODES;
  layExtent(tracks, row);
  const place = placeOf(d, j);
  tracks.existence[row] = existence;
  tracks.proven[row] = existence;
  tracks.heightKnown[row] = d.shape[j] === POINT && d.axisCount[j] === 3 ? 1 : 0;
  tracks.firstMs[row] = look.measuredMs;
  tracks.measuredMs[row] = look.measuredMs;
  tracks.birthSensor[row] = slot;
  tracks.birthDetection[row] = look.detectionsBefore + j;
  tracks.birthRange[row] = place.rangeM;
  tracks.birthAzimuth[row] = place.azimuthRad;
  tracks.birthElevation[row] = place.elevationRad;
  tracks.birthRangeRate[row] = place.rangeRateMps;
  tracks.inCompany[row] = isInCompany ? 1 : 0;
  tracks.hits[row] = 1;
  tracks.proofs[row] = isHearsayOf(d, j) ? 0 : 1;
  tracks.described[row] = d.hasFeatures[j];
  const at = (row * tracks.sensorSlots + slot) * CONTRIBUTION;
  tracks.contribution[at] = look.measuredMs;
  tracks.contribution[at + 1] = 1;
  tracks.contribution[at + 2] = look.measuredMs;
  if (d.hasFeatures[j] === 1) for (let k = 0; k < CLASSES; k++) tracks.classLog[row * CLASSES + k] = d.classLog[j * CLASSES + k];
  const { claim, object } = d.source[j];
  nameObject(tracks, row, slot, object);
  if (claim !== undefined)
    tracks.claims[row] = [{ claim, hits: 1, weight: 1, against: 0, lastMs: look.measuredMs, apart: NOTHING_SAID }];
}

/** Lays out position as measured and velocity as nothing is known of it: P = sum_k var_k a_k a_kᵀ, and a speed prior. */
function layPrior(d: Detections, j: number, { birthSpeedSigmaMps, birthClimbSigmaMps }: TrackerSettings, m: number): void {
  x.fill(0);
  cov.fill(0);
  for (let k = 0; k < 3; k++) x[k] = d.posM[3 * j + k];
  if (d.shape[j] === POLAR_2D) {
    const cross = d.rangeM[j] * d.rangeM[j] * d.azimuthVariance[j];
    const e = d.axes[9 * j];
    const n = d.axes[9 * j + 1];
    addDirection(e, n, 0, d.variance[3 * j]);
    addDirection(n, -e, 0, cross);
  } else
    for (let k = 0; k < d.axisCount[j]; k++) {
      const a = 9 * j + 3 * k;
      addDirection(d.axes[a], d.axes[a + 1], d.axes[a + 2], d.variance[3 * j + k]);
    }
  if (d.shape[j] === POLAR_2D || d.axisCount[j] === 2) {
    x[2] = d.sensorPosM[2] + PRIOR_HEIGHT_M;
    cov[5] += PRIOR_HEIGHT_SIGMA_M * PRIOR_HEIGHT_SIGMA_M;
  }
  cov[15] = birthSpeedSigmaMps[m] * birthSpeedSigmaMps[m];
  cov[18] = cov[15];
  cov[20] = birthClimbSigmaMps[m] * birthClimbSigmaMps[m];
}

/** Gives the new state the speed of those it flies with. */
function joinCompany({ velMps, velVariance }: Company, j: number, { companionSpeedSigmaMps: unlike }: TrackerSettings): void {
  x[3] = velMps[2 * j];
  x[4] = velMps[2 * j + 1];
  cov[15] = velVariance[2 * j] + unlike * unlike;
  cov[18] = velVariance[2 * j + 1] + unlike * unlike;
}

function addDirection(e: number, n: number, u: number, variance: number): void {
  cov[0] += variance * e * e;
  cov[1] += variance * e * n;
  cov[2] += variance * e * u;
  cov[3] += variance * n * n;
  cov[4] += variance * n * u;
  cov[5] += variance * u * u;
}

/** Where it was is known no better than when: P += s²·(v·vᵀ + Pvv). */
function addTimeError(timeVarianceS2: number): void {
  if (timeVarianceS2 === 0) return;
  for (let k = 0; k < 6; k++) cov[k] += timeVarianceS2 * cov[15 + k];
  addDirection(x[3], x[4], x[5], timeVarianceS2);
}

/** Takes range rate or velocity, where measured, into a new state; answers its log-likelihood. */
function applySpeed(d: Detections, j: number): number {
  const n = observeInto(rows, d, j, x, cov);
  const positionRows = d.shape[j] === POLAR_2D ? 2 : d.axisCount[j];
  let logLikelihood = 0;
  for (let r = positionRows; r < n; r++) {
    updateRow(x, cov, rows, r * ROW);
    logLikelihood += fit.logLikelihood;
  }
  return logLikelihood;
}

const place = { rangeM: 0, azimuthRad: 0, elevationRad: 0, rangeRateMps: 0 };
function placeOf(d: Detections, j: number): typeof place {
  place.rangeM = d.rangeM[j];
  place.azimuthRad = d.azimuthRad[j];
  place.elevationRad = d.elevationRad[j];
  place.rangeRateMps = d.rangeRateVariance[j] > 0 ? d.rangeRateMps[j] : Number.NaN;
  return place;
}
