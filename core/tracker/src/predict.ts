import { livesByClaim } from "./claims.ts";
import { layExtent } from "./extent.ts";
import { mixColumns } from "./mix-columns.ts";
import { normalCdf } from "./normal.ts";
import type { AxisMotion, CoordinatedTurn, Motion, TrackerSettings } from "./settings.ts";
import { COV, DIM, dropEnded, MODES, type TrackStore } from "./store.ts";

/**
 * How one motion moves an axis in a step: p' = p + reach·v, v' = hold·v, with process noise [qpp, qpv; qpv, qvv].
 */
type AxisStep = Readonly<{ reach: number; hold: number; qpp: number; qpv: number; qvv: number }>;

/** How one motion moves a state in a step: east and north alike, up by its own law; and how its course turns meanwhile. */
export type MotionStep = Readonly<{ horizontal: AxisStep; vertical: AxisStep; turn?: TurnStep }>;

/** Half the turn, and the process noise between place and velocity along the end course and to the right of it. */
type TurnStep = Readonly<{ sinHalf: number; cosHalf: number; qAlong: number; qRight: number }>;

/** A move of all tracks: the step of each motion and the probability of changing from one to another, row-major. */
export type Move = { dtS: number; steps: MotionStep[]; change: Float64Array };

export const motionStep = (motion: Motion, dtS: number): MotionStep =>
  "turnRadps" in motion && dtS > 0
    ? turnStep(motion, dtS)
    : { horizontal: axisStep(motion.horizontal, dtS), vertical: axisStep(motion.vertical, dtS) };

/**
 * White acceleration of density q: Q = q·[dt³/3, dt²/2; dt²/2, dt].
 * A velocity that settles is an Ornstein-Uhlenbeck process: with h = exp(-dt/T), Q = s²·[T²(2dt/T - 3 + 4h - h²), T(1-h)²; ., 1-h²].
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 6.2.2 (white-noise acceleration) and 8.2.2 (Singer's first-order model, here
 * one derivative lower).
 */
function axisStep(motion: AxisMotion, dtS: number): AxisStep {
  if (motion.kind === "whiteAcceleration") {
    const q = motion.accelPsd;
    return { reach: dtS, hold: 1, qpp: (q * dtS * dtS * dtS) / 3, qpv: (q * dtS * dtS) / 2, qvv: q * dtS };
  }
  const { timeConstantS: tau, speedSigmaMps: sigma } = motion;
  const h = Math.exp(-dtS / tau);
  return {
    reach: tau * (1 - h),
    hold: h,
    qpp: sigma * sigma * tau * tau * Math.max(0, (2 * dtS) / tau - 3 + 4 * h - h * h),
    qpv: sigma * sigma * tau * (1 - h) * (1 - h),
    qvv: sigma * sigma * (1 - h * h),
  };
}

/**
 * A turn of rate w is a straight step of length (2/w)·sin(w·dt/2) along the course of half way: the velocity turns by half, moves the place,
 * and turns by the other half. Of white acceleration of density q remain Qpp = 2q·(dt - sin(w·dt)/w)/w² and Qvv = q·dt on both axes, and
 * between place and velocity q·(1 - cos(w·dt))/w² along and w·Qpp/2 across.
 *
 * @source Li & Jilkov (2003), "Survey of maneuvering target tracking, part I: dynamic models", section V (constant turn of known rate).
 */
function turnStep({ horizontal: { accelPsd: q }, vertical, turnRadps: w }: CoordinatedTurn, dtS: number): MotionStep {
  const qpp = (2 * q * (dtS - Math.sin(w * dtS) / w)) / (w * w);
  const sinHalf = Math.sin((w * dtS) / 2);
  const cosHalf = Math.cos((w * dtS) / 2);
  return {
    horizontal: { reach: (2 / w) * sinHalf, hold: 1, qpp, qpv: 0, qvv: q * dtS },
    vertical: axisStep(vertical, dtS),
    turn: { sinHalf, cosHalf, qAlong: (q * (1 - Math.cos(w * dtS))) / (w * w), qRight: (w * qpp) / 2 },
  };
}

/** Moves are kept as long as so few steps come up: looks mostly come at even intervals. */
const MOST_MOVES = 16;

/** The move of `dtS` seconds, from those worked out before. */
export function moveFor(moves: Map<number, Move>, { motions, motionRatesPerS }: TrackerSettings, dtS: number): Move {
  const known = moves.get(dtS);
  if (known !== undefined) return known;
  if (moves.size === MOST_MOVES) moves.clear();
  const move = moveOf(motions, motionRatesPerS, dtS);
  moves.set(dtS, move);
  return move;
}

/** The move of `dtS` seconds under these motions and rates of change (1/s, row-major, diagonal not read). */
export function moveOf(motions: readonly Motion[], ratesPerS: readonly number[], dtS: number): Move {
  return { dtS, steps: motions.map((motion) => motionStep(motion, dtS)), change: changeProbabilities(ratesPerS, dtS) };
}

/**
 * Probability of being in motion j after `dtS` seconds from motion i: exp(G·dt) of the generator G, by squaring (I + G·dt/1024).
 *
 * @source Norris (1997), Markov Chains, theorem 2.1.1.
 */
function changeProbabilities(ratesPerS: readonly number[], dtS: number): Float64Array {
  let step = new Float64Array(MODES * MODES);
  for (let i = 0; i < MODES; i++) {
    let leaving = 0;
    for (let j = 0; j < MODES; j++) {
      if (i === j) continue;
      step[i * MODES + j] = (ratesPerS[i * MODES + j] * dtS) / 1024;
      leaving += step[i * MODES + j];
    }
    step[i * MODES + i] = Math.max(0, 1 - leaving);
  }
  for (let k = 0; k < 10; k++) {
    const squared = new Float64Array(MODES * MODES);
    for (let i = 0; i < MODES; i++)
      for (let j = 0; j < MODES; j++)
        for (let l = 0; l < MODES; l++) squared[i * MODES + j] += step[i * MODES + l] * step[l * MODES + j];
    step = squared;
  }
  return step;
}

const mixedWeight = new Float64Array(MODES);
/** Of motion j, row by row: how much of it comes from each motion i. */
const shares = new Float64Array(MODES * MODES);
const middle = new Float64Array(DIM);
const apart = new Float64Array(MODES * DIM);

/**
 * Moves every track by one step: motions mix, each moves by its own law, existence fades with time and below the ground. In place; rows
 * that ended in the moment before go.
 */
export function predict(tracks: TrackStore, move: Move, settings: TrackerSettings): void {
  if (move.dtS <= 0) return;
  dropEnded(tracks);
  aging.dtS = move.dtS;
  const survival = Math.exp(-move.dtS / settings.meanLifeS);
  const survivalInSwarm = Math.exp(-move.dtS / settings.meanLifeInSwarmS);
  for (let row = 0; row < tracks.count; row++) {
    mixMotions(tracks, row, move.change);
    for (let m = 0; m < MODES; m++)
      moveState(tracks.mean, (row * MODES + m) * DIM, tracks.cov, (row * MODES + m) * COV, move.steps[m]);
    aging.survival = tracks.inSwarm[row] === 1 ? survivalInSwarm : survival;
    fade(tracks, row, settings);
    layExtent(tracks, row);
  }
}

/** The seconds that existence is moved on by, and the probability that a target outlives them. */
export const aging = { dtS: 0.5, survival: 0.5 };

/** Existence after the time in `aging`: below the ground nothing flies for long. */
export function fade(tracks: TrackStore, row: number, settings: TrackerSettings): void {
  // Of all that is broadcast the height is the worst: mixed references, a typed ground. It takes nothing from who is heard.
  const isMeasured = tracks.heightKnown[row] === 1 && !livesByClaim(tracks, row);
  const fallen = isMeasured ? belowGround(tracks, row, settings) : 0;
  // However long the lull: nothing at all would say that the track has ended.
  tracks.existence[row] *= Math.max(aging.survival * Math.exp(-fallen * aging.dtS), 1e-100);
}

/** How surely a track lies below the lowest ground there may be: even one standard deviation up it would not fly. */
function belowGround(
  { mean, cov, weight }: TrackStore,
  row: number,
  { groundUpM, groundSigmaM, groundSlope }: TrackerSettings,
): number {
  let below = 0;
  for (let m = 0; m < MODES; m++) {
    const i = row * MODES + m;
    const up = mean[i * DIM + 2] + Math.sqrt(cov[i * COV + 5]) - groundUpM;
    const away = Math.max(Math.abs(mean[i * DIM]), Math.abs(mean[i * DIM + 1]));
    const over = up + groundSlope * away;
    if (over < 4 * groundSigmaM) below += weight[i] * normalCdf(-over / groundSigmaM);
  }
  return below;
}

/**
 * The interaction step of the interacting multiple model filter, in place for one track:
 * c_j = sum_i p_ij w_i; x_0j = sum_i (p_ij w_i / c_j) x_i; P_0j likewise with the spread of means, here as second moments about the
 * likeliest motion's mean, less x_0j x_0jᵀ: the differences are metres, so that nothing is lost.
 *
 * @source Blom & Bar-Shalom (1988), eq. 8 to 10; Bar-Shalom, Li & Kirubarajan (2001), section 11.6.6.
 */
function mixMotions({ mean, cov, weight }: TrackStore, row: number, change: Float64Array): void {
  const w0 = row * MODES;
  let top = 0;
  for (let i = 1; i < MODES; i++) if (weight[w0 + i] > weight[w0 + top]) top = i;
  for (let k = 0; k < DIM; k++) middle[k] = mean[(w0 + top) * DIM + k];
  for (let i = 0; i < MODES; i++) {
    for (let k = 0; k < DIM; k++) apart[i * DIM + k] = mean[(w0 + i) * DIM + k] - middle[k];
    if (i !== top) addSpread(cov, (w0 + i) * COV, 1, apart, i * DIM);
  }
  for (let j = 0; j < MODES; j++) {
    let total = 0;
    for (let i = 0; i < MODES; i++) total += change[i * MODES + j] * weight[w0 + i];
    mixedWeight[j] = total;
    for (let i = 0; i < MODES; i++) {
      const share = total > 0 ? (change[i * MODES + j] * weight[w0 + i]) / total : i === j ? 1 : 0;
      shares[j * MODES + i] = share < 1e-9 ? 0 : share;
    }
  }
  mixColumns(apart, 0, DIM, shares);
  mixColumns(cov, w0 * COV, COV, shares);
  for (let j = 0; j < MODES; j++) {
    weight[w0 + j] = mixedWeight[j];
    for (let k = 0; k < DIM; k++) mean[(w0 + j) * DIM + k] = middle[k] + apart[j * DIM + k];
    addSpread(cov, (w0 + j) * COV, -1, apart, j * DIM);
  }
}

/** Adds share·d·dᵀ to the covariance at `c`, d being the six values of `from` at `x`. */
export function addSpread(cov: Float64Array, c: number, share: number, from: Float64Array, x: number): void {
  const d0 = from[x];
  const d1 = from[x + 1];
  const d2 = from[x + 2];
  const d3 = from[x + 3];
  const d4 = from[x + 4];
  const d5 = from[x + 5];
  cov[c] += share * d0 * d0;
  cov[c + 1] += share * d0 * d1;
  cov[c + 2] += share * d0 * d2;
  cov[c + 3] += share * d1 * d1;
  cov[c + 4] += share * d1 * d2;
  cov[c + 5] += share * d2 * d2;
  cov[c + 6] += share * d0 * d3;
  cov[c + 7] += share * d0 * d4;
  cov[c + 8] += share * d0 * d5;
  cov[c + 9] += share * d1 * d3;
  cov[c + 10] += share * d1 * d4;
  cov[c + 11] += share * d1 * d5;
  cov[c + 12] += share * d2 * d3;
  cov[c + 13] += share * d2 * d4;
  cov[c + 14] += share * d2 * d5;
  cov[c + 15] += share * d3 * d3;
  cov[c + 16] += share * d3 * d4;
  cov[c + 17] += share * d3 * d5;
  cov[c + 18] += share * d4 * d4;
  cov[c + 19] += share * d4 * d5;
  cov[c + 20] += share * d5 * d5;
}

/** Moves one state by one motion, in place. */
export function moveState(mean: Float64Array, x: number, cov: Float64Array, c: number, step: MotionStep): void {
  const { turn } = step;
  if (turn === undefined) return moveStraight(mean, x, cov, c, step);
  swing(mean, x, cov, c, turn);
  moveStraight(mean, x, cov, c, step);
  swing(mean, x, cov, c, turn);
  cov[c + 6] += turn.qAlong;
  cov[c + 7] -= turn.qRight;
  cov[c + 9] += turn.qRight;
  cov[c + 10] += turn.qAlong;
}

/** Turns a velocity clockwise by half of the turn: v' = R v, with its covariances. */
function swing(mean: Float64Array, x: number, cov: Float64Array, c: number, { sinHalf: s, cosHalf: k }: TurnStep): void {
  const east = mean[x + 3];
  mean[x + 3] = k * east + s * mean[x + 4];
  mean[x + 4] = k * mean[x + 4] - s * east;
  for (let at = c + 6; at <= c + 12; at += 3) {
    const withEast = cov[at];
    cov[at] = k * withEast + s * cov[at + 1];
    cov[at + 1] = k * cov[at + 1] - s * withEast;
  }
  const ee = cov[c + 15];
  const en = cov[c + 16];
  const eu = cov[c + 17];
  const nn = cov[c + 18];
  const nu = cov[c + 19];
  cov[c + 15] = k * k * ee + 2 * s * k * en + s * s * nn;
  cov[c + 16] = (k * k - s * s) * en + s * k * (nn - ee);
  cov[c + 17] = k * eu + s * nu;
  cov[c + 18] = s * s * ee - 2 * s * k * en + k * k * nn;
  cov[c + 19] = k * nu - s * eu;
}

/**
 * Moves one state: x' = F x, P' = F P Fᵀ + Q with F = [I, A; 0, B], A and B diagonal (reach and hold of each axis). In place.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), eq. 5.2.3-3 and 5.2.3-5.
 */
function moveStraight(mean: Float64Array, x: number, cov: Float64Array, c: number, step: MotionStep): void {
  const { reach: a, hold: b, qpp, qpv, qvv } = step.horizontal;
  const { reach: az, hold: bz, qpp: zpp, qpv: zpv, qvv: zvv } = step.vertical;
  mean[x] += a * mean[x + 3];
  mean[x + 1] += a * mean[x + 4];
  mean[x + 2] += az * mean[x + 5];
  mean[x + 3] *= b;
  mean[x + 4] *= b;
  mean[x + 5] *= bz;
  const v0 = cov[c + 15];
  const v1 = cov[c + 16];
  const v2 = cov[c + 17];
  const v3 = cov[c + 18];
  const v4 = cov[c + 19];
  const v5 = cov[c + 20];
  // The position block uses the old cross block, so it goes first.
  cov[c] += a * (2 * cov[c + 6] + a * v0) + qpp;
  cov[c + 1] += a * (cov[c + 7] + cov[c + 9] + a * v1);
  cov[c + 2] += az * cov[c + 8] + a * (cov[c + 12] + az * v2);
  cov[c + 3] += a * (2 * cov[c + 10] + a * v3) + qpp;
  cov[c + 4] += az * cov[c + 11] + a * (cov[c + 13] + az * v4);
  cov[c + 5] += az * (2 * cov[c + 14] + az * v5) + zpp;
  cov[c + 6] = b * (cov[c + 6] + a * v0) + qpv;
  cov[c + 7] = b * (cov[c + 7] + a * v1);
  cov[c + 8] = bz * (cov[c + 8] + a * v2);
  cov[c + 9] = b * (cov[c + 9] + a * v1);
  cov[c + 10] = b * (cov[c + 10] + a * v3) + qpv;
  cov[c + 11] = bz * (cov[c + 11] + a * v4);
  cov[c + 12] = b * (cov[c + 12] + az * v2);
  cov[c + 13] = b * (cov[c + 13] + az * v4);
  cov[c + 14] = bz * (cov[c + 14] + az * v5) + zpv;
  cov[c + 15] = b * b * v0 + qvv;
  cov[c + 16] = b * b * v1;
  cov[c + 17] = b * bz * v2;
  cov[c + 18] = b * b * v3 + qvv;
  cov[c + 19] = b * bz * v4;
  cov[c + 20] = bz * bz * v5 + zvv;
}
