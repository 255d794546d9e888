import { type Detections, POINT, RANGE, RANGE_DIFFERENCE, sustainsOnly } from "./looks/detections.ts";
import { detectionsIn, region } from "./looks/look-region.ts";
import { comparePoint, pointFit, timeSpreadM2 } from "./measure/point-fit.ts";
import { ROW, updateRow } from "./measure/update-row.ts";
import { layExtent, SIGMAS } from "./motion/extent.ts";
import { type MotionStep, moveFor, stepsFor } from "./motion/motion-step.ts";
import { moveState } from "./motion/move-state.ts";
import { aging, fade } from "./predict.ts";
import type { PreparedLook } from "./prepared-look.ts";
import type { TrackerSettings } from "./settings.ts";
import { wholeLookMs } from "./sight/clutter.ts";
import { countNewbornDoubt, isNewbornVague } from "./sight/doubt.ts";
import { view, visibility } from "./sight/visibility.ts";
import type { TrackerState } from "./state.ts";
import { copyBorn, copyJudged, endNewborn, type Newborns } from "./store/newborns.ts";
import { addRow, CONTRIBUTION, COV, DIM, endRow, MODES } from "./store/store.ts";
import type { Context } from "./workspace.ts";

/** A look that sees what is in plain view this much more probably was a chance: see `update`. */
const REAL_CHANCE = 1 / 3;

/** Nothing at all would say that it has ended. */
const LEAST_EXISTENCE = 1e-300;

const x = new Float64Array(DIM);
const cov = new Float64Array(COV);
const rateRow = new Float64Array(ROW);
/** A newborn by the widest of its motions: wider than each of them in every direction. */
const wide = { mean: new Float64Array(DIM), cov: new Float64Array(COV) };
/**
 * What each motion has added since `sinceMs` to the variance of a place, level and up, and how probably a target has kept to it all the while; and
 * the greatest of these variances, and of speeds.
 */
const spread = {
  sinceMs: Number.NaN,
  levelM2: new Float64Array(MODES),
  upM2: new Float64Array(MODES),
  kept: new Float64Array(MODES),
};
const widest = { levelM2: 0, upM2: 0, speedM2: 0, climbM2: 0 };
const box = { x0: 0, x1: 0, y0: 0, y1: 0 };
let found = new Int32Array(64);

/**
 * Does a miss by this sensor tell no more than that a target is less probably there? A notch tells hovering from flying even by misses, and who
 * cannot part two targets may have seen both: what that makes of a track is known of rows alone.
 */
export const seesPlainly = ({ model: { sensor } }: PreparedLook): boolean =>
  sensor.notch === undefined && sensor.resolution === undefined;

/**
 * Makes a row of every newborn that a detection of the look may be of, its motions moved on from its detection in one step (they have not mixed
 * yet); takes existence from the others as far as the look would have seen them, r' = r·(1 - p) / (1 - r·p).
 */
export function hatch(context: Context, state: TrackerState, prepared: PreparedLook): void {
  const { newborns } = state;
  const { hatched } = context.work;
  const { detections: d, look, settings } = prepared;
  hatched.from = state.tracks.count;
  hatched.count = 0;
  if (found.length < d.count) found = new Int32Array(2 * d.count);
  if (hatched.newborn.length < newborns.count) hatched.newborn = new Int32Array(2 * newborns.count);
  const isAnyAnywhere = isAnywhere(d);
  spread.sinceMs = Number.NaN;
  for (let k = 0; k < newborns.count; k++) {
    if (newborns.existence[k] === 0) continue;
    const dtS = (look.measuredMs - newborns.firstMs[k]) / 1000;
    if (newborns.firstMs[k] !== spread.sinceMs)
      widen(newborns.firstMs[k], dtS, stepsFor(context.work.moves, settings, dtS), settings);
    if (!mayLieInRegion(newborns, k, dtS)) continue;
    layWide(newborns, k);
    if (!seesPlainly(prepared) || isAnyAnywhere || isAnyNear(newborns, k, d)) {
      hatched.newborn[hatched.count++] = k;
      layRow(context, state, k, look.measuredMs);
    } else miss(state, context, prepared, k);
  }
}

/**
 * Takes back the rows that got no detection and are still not worth telling of, once: motions that do not mix grow too sure of themselves. The
 * others are tracks from here on. After this a look leaves nothing hatched.
 */
export function foldBack(
  { work: { hatched }, settings }: Context,
  { tracks, newborns, timeMs }: TrackerState,
  prepared: PreparedLook,
): void {
  const isPlain = seesPlainly(prepared);
  for (let i = 0; i < hatched.count; i++) {
    const row = hatched.from + i;
    const k = hatched.newborn[i];
    const isUnseen = tracks.hits[row] === 1 && tracks.measuredMs[row] === tracks.firstMs[row];
    const isFirst = newborns.agedMs[k] === newborns.firstMs[k];
    if (tracks.existence[row] === 0 || !isPlain || !isUnseen || !isFirst || tracks.existence[row] >= settings.tellAbove) {
      endNewborn(newborns, k);
      continue;
    }
    copyJudged(newborns, k, tracks, row);
    newborns.agedMs[k] = timeMs;
    for (let slot = 0; slot < tracks.sensorSlots; slot++)
      newborns.chanceMs[k * newborns.sensorSlots + slot] =
        tracks.contribution[(row * tracks.sensorSlots + slot) * CONTRIBUTION + 2];
    endRow(tracks, row);
  }
  hatched.count = 0;
}

/** What has been seen once, and not again for so long, is forgotten: see `endStale`. */
export function endStaleNewborns({ newborns, timeMs }: TrackerState, { staleMs }: TrackerSettings): void {
  for (let k = 0; k < newborns.count && timeMs - newborns.firstMs[k] > staleMs; k++)
    if (newborns.existence[k] > 0) endNewborn(newborns, k);
}

/** Is one of the detections such that a newborn anywhere may have given it? What only sustains existence says nothing of a newborn. */
function isAnywhere({ shape, count, hasUnplaced }: Detections): boolean {
  if (hasUnplaced) for (let j = 0; j < count; j++) if (shape[j] === RANGE || shape[j] === RANGE_DIFFERENCE) return true;
  return false;
}

function widen(sinceMs: number, dtS: number, steps: readonly MotionStep[], settings: TrackerSettings): void {
  const { birthSpeedSigmaMps, birthClimbSigmaMps, motionRatesPerS } = settings;
  spread.sinceMs = sinceMs;
  widest.levelM2 = 0;
  widest.upM2 = 0;
  widest.speedM2 = 0;
  widest.climbM2 = 0;
  for (let m = 0; m < MODES; m++) {
    const { horizontal, vertical } = steps[m];
    const speedM2 = birthSpeedSigmaMps[m] * birthSpeedSigmaMps[m];
    const climbM2 = birthClimbSigmaMps[m] * birthClimbSigmaMps[m];
    let leaving = 0;
    for (let other = 0; other < MODES; other++) if (other !== m) leaving += motionRatesPerS[m * MODES + other];
    spread.kept[m] = Math.exp(-leaving * dtS);
    spread.levelM2[m] = horizontal.reach * horizontal.reach * speedM2 + horizontal.qpp;
    spread.upM2[m] = vertical.reach * vertical.reach * climbM2 + vertical.qpp;
    widest.levelM2 = Math.max(widest.levelM2, spread.levelM2[m]);
    widest.upM2 = Math.max(widest.upM2, spread.upM2[m]);
    widest.speedM2 = Math.max(widest.speedM2, speedM2 + horizontal.qvv);
    widest.climbM2 = Math.max(widest.climbM2, climbM2 + vertical.qvv);
  }
}

/** False for a newborn that lies farther outside of the look's region than five standard deviations, and what its range rate moves it. */
function mayLieInRegion({ posM, posCov, rateVariance, birthRangeRate }: Newborns, k: number, dtS: number): boolean {
  const x = posM[3 * k];
  const y = posM[3 * k + 1];
  const movedM = rateVariance[k] > 0 ? Math.abs(birthRangeRate[k] * dtS) : 0;
  const outX = Math.max(region.west - x, x - region.east) - movedM;
  const outY = Math.max(region.south - y, y - region.north) - movedM;
  return (
    (outX <= 0 || outX * outX <= SIGMAS * SIGMAS * (posCov[6 * k] + widest.levelM2)) &&
    (outY <= 0 || outY * outY <= SIGMAS * SIGMAS * (posCov[6 * k + 3] + widest.levelM2))
  );
}

/** Leaves newborn `k` in `wide`. */
function layWide({ posM, posCov }: Newborns, k: number): void {
  for (let a = 0; a < 3; a++) wide.mean[a] = posM[3 * k + a];
  for (let a = 0; a < 6; a++) wide.cov[a] = posCov[6 * k + a];
  wide.cov[0] += widest.levelM2;
  wide.cov[3] += widest.levelM2;
  wide.cov[5] += widest.upM2;
  wide.cov[15] = widest.speedM2;
  wide.cov[18] = widest.speedM2;
  wide.cov[20] = widest.climbM2;
}

/**
 * May a detection be of the newborn in `wide`? What passes the gate of some motion lies no farther from the widest than that gate, and what a
 * range rate moves the motion by: d²(z) <= d²(z, rate) = d²(z | rate) + rate²/S.
 */
function isAnyNear({ gateSquared }: Newborns, k: number, d: Detections): boolean {
  const reach = Math.sqrt(gateSquared[k] * (Math.max(wide.cov[0], wide.cov[3]) + region.spreadM2 + timeSpreadM2(d, wide, 0)));
  box.x0 = wide.mean[0] - reach;
  box.x1 = wide.mean[0] + reach;
  box.y0 = wide.mean[1] - reach;
  box.y1 = wide.mean[1] + reach;
  const n = detectionsIn(found, box);
  for (let a = 0; a < n; a++) {
    const j = found[a];
    if (sustainsOnly(d.shape[j])) continue;
    if (d.shape[j] !== POINT || d.axisCount[j] < 3 || d.isSound[j] === 1 || d.velVariance[j] > 0) return true;
    // A fourth row widens the gate by one.
    const gate = gateSquared[k] + (d.rangeRateVariance[j] > 0 ? 1 : 0);
    if (comparePoint(d, j, wide, 0, gate) && pointFit.distanceSquared <= gate) return true;
  }
  return false;
}

/** Makes a row of newborn `k` as it is at `nowMs`. */
function layRow({ work, settings }: Context, state: TrackerState, k: number, nowMs: number): void {
  const { tracks, newborns } = state;
  const row = addRow(tracks);
  copyBorn(tracks, row, newborns, k);
  tracks.ordinal[row] = ++state.begun;
  tracks.measuredMs[row] = newborns.firstMs[k];
  tracks.hits[row] = 1;
  tracks.proofs[row] = 1;
  const slot = newborns.birthSensor[k];
  layContributions(state, row, k, slot);
  const { steps } = moveFor(work.moves, settings, (nowMs - newborns.firstMs[k]) / 1000);
  for (let m = 0; m < MODES; m++) {
    layMotion(newborns, k, m, settings);
    if (newborns.rateVariance[k] > 0) takeRate(newborns, k);
    moveState(x, 0, cov, 0, steps[m]);
    const i = row * MODES + m;
    for (let a = 0; a < DIM; a++) tracks.mean[i * DIM + a] = x[a];
    for (let a = 0; a < COV; a++) tracks.cov[i * COV + a] = cov[a];
  }
  const agedS = (nowMs - newborns.agedMs[k]) / 1000;
  if (agedS > 0) {
    changeWeights(tracks.weight, row * MODES, moveFor(work.moves, settings, agedS).change);
    aging.dtS = agedS;
    aging.survival = Math.exp(-agedS / settings.meanLifeS);
    fade(tracks, row, settings);
  }
  layExtent(tracks, row);
}

function layContributions({ tracks, newborns }: TrackerState, row: number, k: number, birthSlot: number): void {
  for (let slot = 0; slot < newborns.sensorSlots; slot++)
    tracks.contribution[(row * tracks.sensorSlots + slot) * CONTRIBUTION + 2] =
      newborns.chanceMs[k * newborns.sensorSlots + slot];
  const at = (row * tracks.sensorSlots + birthSlot) * CONTRIBUTION;
  tracks.contribution[at] = newborns.firstMs[k];
  tracks.contribution[at + 1] = 1;
}

/** Leaves one motion of a newborn in `x` and `cov` as it was at birth: the place as it was detected, nothing known of the speed. */
function layMotion(newborns: Newborns, k: number, m: number, settings: TrackerSettings): void {
  x.fill(0);
  cov.fill(0);
  for (let a = 0; a < 3; a++) x[a] = newborns.posM[3 * k + a];
  for (let a = 0; a < 6; a++) cov[a] = newborns.posCov[6 * k + a];
  cov[15] = settings.birthSpeedSigmaMps[m] * settings.birthSpeedSigmaMps[m];
  cov[18] = cov[15];
  cov[20] = settings.birthClimbSigmaMps[m] * settings.birthClimbSigmaMps[m];
}

/** Takes the range rate that came with the detection: of what stands still it is the speed along the line of sight. */
function takeRate({ sight, birthRangeRate, rateVariance }: Newborns, k: number): void {
  for (let a = 0; a < 3; a++) rateRow[3 + a] = sight[3 * k + a];
  rateRow[6] = birthRangeRate[k];
  rateRow[7] = rateVariance[k];
  updateRow(x, cov, rateRow, 0);
}

const before = new Float64Array(MODES);

/** w_j' = sum_i p_ij w_i. */
function changeWeights(weight: Float64Array, at: number, change: Float64Array): void {
  for (let m = 0; m < MODES; m++) before[m] = weight[at + m];
  for (let j = 0; j < MODES; j++) {
    let total = 0;
    for (let i = 0; i < MODES; i++) total += change[i * MODES + j] * before[i];
    weight[at + j] = total;
  }
}

/** A look that has nothing for newborn `k`, which `wide` holds: as far as it would have seen it, it is not there. */
function miss(state: TrackerState, { slots }: Context, prepared: PreparedLook, k: number): void {
  const { newborns } = state;
  const { look, slot, model, pD, detections } = prepared;
  // Of what it gives no place, a look does not say that it missed it.
  if (model.sensor.revisitMs === undefined || detections.hasUnplaced || isSeenAlready(newborns, k, prepared)) return;
  visibility(model.sensor, look.sector, wide.mean, wide.cov);
  const p = view.inView * pD;
  const r = newborns.existence[k];
  newborns.existence[k] = Math.max(LEAST_EXISTENCE, (r * (1 - p)) / (1 - r * p));
  if (p >= REAL_CHANCE * pD) newborns.chanceMs[k * newborns.sensorSlots + slot] = look.measuredMs;
  const isKept = newborns.existence[k] >= prepared.settings.endBelow && !isNewbornVague(state, k, spread, slots);
  countNewbornDoubt(state, k, slots, isKept);
  if (!isKept) endNewborn(newborns, k);
}

/** Has this sensor had its chance to see the newborn in this revisit? See `gate`. */
function isSeenAlready(newborns: Newborns, k: number, { slot, look, model, learned }: PreparedLook): boolean {
  const lastMs = newborns.chanceMs[k * newborns.sensorSlots + slot];
  if (lastMs > 0 && look.measuredMs - lastMs < 0.75 * (model.sensor.revisitMs ?? 0)) return true;
  const isItsOwn = newborns.birthSensor[k] === slot;
  return isItsOwn && look.sector === undefined && look.detections.length === 0 && newborns.firstMs[k] > wholeLookMs(learned);
}
