import type { AxisMotion, CoordinatedTurn, Motion, TrackerSettings } from "../settings.ts";
import { MODES } from "../store/store.ts";

/**
 * How one motion moves an axis in a step: p' = p + reach·v, v' = hold·v, with process noise [qpp, qpv; qpv, qvv].
 */
type AxisStep = Readonly<{ reach: number; hold: number; qpp: number; qpv: number; qvv: number }>;

/** How one motion moves a state in a step: east and north alike, up by its own law; and how its course turns meanwhile. */
export type MotionStep = Readonly<{ horizontal: AxisStep; vertical: AxisStep; turn?: TurnStep }>;

/** Half the turn, and the process noise between place and velocity along the end course and to the right of it. */
export type TurnStep = Readonly<{ sinHalf: number; cosHalf: number; qAlong: number; qRight: number }>;

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

/** How each motion moves a state in `dtS` seconds: that of a move worked out before, where there is one. */
export const stepsFor = (moves: ReadonlyMap<number, Move>, { motions }: TrackerSettings, dtS: number): readonly MotionStep[] =>
  moves.get(dtS)?.steps ?? motions.map((motion) => motionStep(motion, dtS));

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
