/** Wall time and a steady counter, as the platform gives them. */
export type TimeSource = Readonly<{ wallMs(): number; steadyMs(): number }>;
export type Clock = Readonly<{
  /** Unix milliseconds UTC that never go backwards and never leap, whatever the wall clock does. */
  nowMs(): number;
  /** How far the wall clock is ahead of `nowMs` now; beyond {@link CLOCK_BAD_MS} the clock is bad and is an alarm. */
  wallAheadMs(): number;
}>;

export const CLOCK_BAD_MS = 1000;
/** Small differences are worked off at this rate, so that ordinary clock discipline is followed without a step. */
const SLEW = 0.01;

/**
 * Starts from the wall clock and goes on by the steady counter. A wall clock that drifts is followed slowly; one that leaps
 * by more than a second is not followed: tracks would age or grow young at once. The leap is reported instead.
 */
export function createClock(source: TimeSource): Clock {
  let atSteadyMs = source.steadyMs();
  let atMs = source.wallMs();
  const ahead = () => source.wallMs() - (atMs + source.steadyMs() - atSteadyMs);
  return {
    nowMs() {
      const steadyMs = source.steadyMs();
      const passedMs = steadyMs - atSteadyMs;
      const differenceMs = ahead();
      const slewMs =
        Math.abs(differenceMs) < CLOCK_BAD_MS ? Math.max(-SLEW * passedMs, Math.min(SLEW * passedMs, differenceMs)) : 0;
      atSteadyMs = steadyMs;
      atMs += passedMs + slewMs;
      return Math.round(atMs);
    },
    wallAheadMs: ahead,
  };
}

/** The platform's own clocks. */
export const platformTime: TimeSource = { wallMs: () => Date.now(), steadyMs: () => performance.now() };
