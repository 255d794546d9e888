import type { Scan } from "@picket/model";

/** Looks of one sensor that all came about equally late; `isOdd`: the last one did not. Plain data. */
export type DelayRun = { sinceMs: number; newestMs: number; leastMs: number; mostMs: number; looks: number; isOdd?: true };

/** Delays that differ by no more are equal but for the way: what a queue lets go after a cut comes less and less late. */
const SPREAD_MS = 1500;
const LASTS_MS = 4000;
const LOOKS = 4;
const GAP_MS = 30_000;
/** Later than this a look cannot be used beside others in time. */
export const USED_LATE_MS = 2500;
/** No way takes so long and lets every look through: what is steadily later has a clock that is behind. */
const LONGEST_WAY_MS = 30_000;
const CLOCK_SIGMA_MS = 1000;

/** The run after one more look that came `delayMs` after it was measured: a new one when two in a row differ from those before. */
export function extendRun(run: DelayRun | undefined, receivedMs: number, delayMs: number): DelayRun {
  const begun = { sinceMs: receivedMs, newestMs: receivedMs, leastMs: delayMs, mostMs: delayMs, looks: 1 };
  if (!run || receivedMs - run.newestMs > GAP_MS) return begun;
  const leastMs = Math.min(run.leastMs, delayMs);
  const mostMs = Math.max(run.mostMs, delayMs);
  if (mostMs - leastMs > SPREAD_MS)
    return run.isOdd ? begun : { ...run, newestMs: Math.max(run.newestMs, receivedMs), isOdd: true };
  return { sinceMs: run.sinceMs, newestMs: Math.max(run.newestMs, receivedMs), leastMs, mostMs, looks: run.looks + 1 };
}

/** By how much a sensor's looks are late, steadily and too late to be used as they are stamped. */
export function steadyDelayMs(run: DelayRun | undefined): number | undefined {
  if (!run || run.leastMs <= USED_LATE_MS || run.looks < LOOKS || run.newestMs - run.sinceMs < LASTS_MS) return undefined;
  return run.leastMs;
}

/**
 * A look of such a sensor as it can be used: of now. Up to half a minute nobody knows whether its clock is behind or its way is long, so
 * its time is as uncertain as it is late. Without this a radar whose clock is wrong would be deaf beside any sensor in time.
 */
export function datedToArrival(scan: Scan, run: DelayRun | undefined): Scan {
  const delayMs = steadyDelayMs(run);
  if (delayMs === undefined || run?.isOdd) return scan;
  const sigmaMs = delayMs > LONGEST_WAY_MS ? CLOCK_SIGMA_MS : delayMs;
  const { measuredMs, measuredSigmaMs } = scan;
  return { ...scan, measuredMs: measuredMs + delayMs, measuredSigmaMs: Math.max(measuredSigmaMs, sigmaMs) };
}
