import { livesByClaim } from "./claims/claims.ts";
import { normalCdf } from "./measure/normal.ts";
import { layExtent } from "./motion/extent.ts";
import { mixMotions } from "./motion/mix-motions.ts";
import type { Move } from "./motion/motion-step.ts";
import { moveState } from "./motion/move-state.ts";
import type { TrackerSettings } from "./settings.ts";
import { COV, DIM, dropEnded, MODES, type TrackStore } from "./store/store.ts";

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
