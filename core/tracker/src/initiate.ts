import { NOTHING_SAID } from "./claims/claim-offset.ts";
import { beliefIn, isHearsayOf } from "./claims/claims.ts";
import { seesPlainly } from "./hatch.ts";
import { type Detections, givesPlace, POINT, POLAR_2D } from "./looks/detections.ts";
import { createRows, observeInto } from "./measure/observe.ts";
import { fit, ROW, updateRow } from "./measure/update-row.ts";
import { layExtent, NEGLIGIBLE } from "./motion/extent.ts";
import type { PreparedLook } from "./prepared-look.ts";
import type { TrackerSettings } from "./settings.ts";
import { countFalseAlarms, createPlace } from "./sight/clutter.ts";
import type { TrackerState } from "./state.ts";
import { addNewborn, type BornColumn, type Newborns } from "./store/newborns.ts";
import { normalise } from "./store/normalise.ts";
import { addRow, CLASSES, CONTRIBUTION, COV, DIM, MODES, nameObject } from "./store/store.ts";
import type { Company } from "./swarm/company.ts";
import type { EnuM } from "./types.ts";
import type { Context } from "./workspace.ts";

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
/** The existence of what is being born, and where it was detected. */
const birth = { existence: 0.5 };
const place = createPlace();

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
    birth.existence =
      unexplained *
      (claim === undefined ? ratio / (1 + ratio) : beliefIn(state, claim, d.posM.subarray(3 * j, 3 * j + 2), settings) / 2);
    layPlace(d, j);
    if (givesPlace(d.shape[j]) && birth.existence > settings.endBelow) begin(state, prepared, j, work.company);
    else {
      place.count = unexplained;
      countFalseAlarms(prepared.model, learned, place);
    }
  }
}

/** Likelihood of the features under a new target of any class, evenly, against that under clutter. */
function birthFeatureRatio(d: Detections, j: number): number {
  if (d.hasFeatures[j] === 0) return 1;
  let sum = 0;
  for (let k = 0; k < CLASSES; k++) sum += Math.exp(d.classLog[j * CLASSES + k] - d.clutterLog[j]);
  return Math.min(Math.max(sum / CLASSES, 0.05), 20);
}

/**
 * Begins a track at detection `j`: as a newborn while it is too improbable to tell of and its motion follows from a place and a range rate alone;
 * as a row where more is known of it.
 */
function begin(state: TrackerState, prepared: PreparedLook, j: number, company: Company): void {
  const { detections: d, newcomers, clutter, settings } = prepared;
  const isInCompany = company.density[j] > IN_COMPANY * newcomers[j] * clutter[j];
  if (birth.existence < settings.tellAbove && !isInCompany && seesPlainly(prepared) && isBare(d, j))
    bear(state.newborns, prepared, j);
  else beginRow(state, prepared, j, isInCompany ? company : undefined);
}

/** True for a detection that says no more than where something is, what it looks like and how fast it goes away, and when. */
function isBare({ velVariance, timeVarianceS2, isFiltered, source }: Detections, j: number): boolean {
  const { claim, object } = source[j];
  return velVariance[j] === 0 && timeVarianceS2 === 0 && isFiltered[j] === 0 && claim === undefined && object === undefined;
}

function bear(newborns: Newborns, prepared: PreparedLook, j: number): void {
  const { detections: d, look, slot, settings } = prepared;
  const k = addNewborn(newborns);
  noteBirth(newborns, k, prepared, j);
  newborns.chanceMs[k * newborns.sensorSlots + slot] = look.measuredMs;
  newborns.agedMs[k] = look.measuredMs;
  newborns.rateVariance[k] = d.rangeRateVariance[j];
  const { posEnuM } = prepared.model.sensor;
  const rangeM = Math.max(1, distanceOf(d, j, posEnuM));
  for (let a = 0; a < 3; a++) newborns.sight[3 * k + a] = (d.posM[3 * j + a] - posEnuM[a]) / rangeM;
  newborns.gateSquared[k] = settings.gateSquared;
  for (let m = 0; m < MODES; m++) {
    layPrior(d, j, settings, m);
    newborns.weight[k * MODES + m] = settings.birthMotion[m] * Math.exp(applySpeed(d, j));
  }
  normalise(newborns.weight, k * MODES);
  layPrior(d, j, settings, 0);
  for (let a = 0; a < 3; a++) newborns.posM[3 * k + a] = x[a];
  for (let a = 0; a < 6; a++) newborns.posCov[6 * k + a] = cov[a];
  if (d.rangeRateVariance[j] > 0) newborns.gateSquared[k] += farthestRate(newborns, k, d, j, settings);
}

function distanceOf({ posM }: Detections, j: number, from: EnuM): number {
  const e = posM[3 * j] - from[0];
  const n = posM[3 * j + 1] - from[1];
  const u = posM[3 * j + 2] - from[2];
  return Math.sqrt(e * e + n * n + u * u);
}

/** Greatest squared distance of the range rate from that of no motion, over the motions that count: rate² / S. */
function farthestRate(
  { weight }: Newborns,
  k: number,
  d: Detections,
  j: number,
  { birthSpeedSigmaMps }: TrackerSettings,
): number {
  let least = Number.POSITIVE_INFINITY;
  for (let m = 0; m < MODES; m++)
    if (weight[k * MODES + m] > NEGLIGIBLE) least = Math.min(least, birthSpeedSigmaMps[m] * birthSpeedSigmaMps[m]);
  return (d.rangeRateMps[j] * d.rangeRateMps[j]) / (least + d.rangeRateVariance[j]);
}

function beginRow(state: TrackerState, prepared: PreparedLook, j: number, company: Company | undefined): void {
  const { detections: d, look, slot, settings } = prepared;
  const { tracks } = state;
  const row = addRow(tracks);
  noteBirth(tracks, row, prepared, j);
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    layPrior(d, j, settings, m);
    if (company !== undefined && KEEPS_COMPANY[m]) joinCompany(company, j, settings);
    tracks.weight[i] = settings.birthMotion[m] * Math.exp(applySpeed(d, j));
    addTimeError(d.timeVarianceS2);
    for (let k = 0; k < DIM; k++) tracks.mean[i * DIM + k] = x[k];
    for (let k = 0; k < COV; k++) tracks.cov[i * COV + k] = cov[k];
  }
  normalise(tracks.weight, row * MODES);
  layExtent(tracks, row);
  tracks.ordinal[row] = ++state.begun;
  tracks.measuredMs[row] = look.measuredMs;
  tracks.inCompany[row] = company === undefined ? 0 : 1;
  tracks.hits[row] = 1;
  tracks.proofs[row] = isHearsayOf(d, j) ? 0 : 1;
  const at = (row * tracks.sensorSlots + slot) * CONTRIBUTION;
  tracks.contribution[at] = look.measuredMs;
  tracks.contribution[at + 1] = 1;
  tracks.contribution[at + 2] = look.measuredMs;
  const { claim, object } = d.source[j];
  nameObject(tracks, row, slot, object);
  if (claim !== undefined)
    tracks.claims[row] = [{ claim, hits: 1, weight: 1, against: 0, lastMs: look.measuredMs, apart: NOTHING_SAID }];
}

/** Notes who began a track, where, and what the detection says of it besides. */
function noteBirth(
  born: Record<BornColumn, Float64Array>,
  at: number,
  { detections: d, look, slot }: PreparedLook,
  j: number,
): void {
  born.existence[at] = birth.existence;
  born.proven[at] = birth.existence;
  born.heightKnown[at] = d.shape[j] === POINT && d.axisCount[j] === 3 ? 1 : 0;
  born.firstMs[at] = look.measuredMs;
  born.birthSensor[at] = slot;
  born.birthDetection[at] = look.detectionsBefore + j;
  born.birthRange[at] = place.rangeM;
  born.birthAzimuth[at] = place.azimuthRad;
  born.birthElevation[at] = place.elevationRad;
  born.birthRangeRate[at] = place.rangeRateMps;
  born.described[at] = d.hasFeatures[j];
  if (d.hasFeatures[j] === 1) for (let k = 0; k < CLASSES; k++) born.classLog[at * CLASSES + k] = d.classLog[j * CLASSES + k];
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

function layPlace(d: Detections, j: number): void {
  place.rangeM = d.rangeM[j];
  place.azimuthRad = d.azimuthRad[j];
  place.elevationRad = d.elevationRad[j];
  place.rangeRateMps = d.rangeRateVariance[j] > 0 ? d.rangeRateMps[j] : Number.NaN;
}
