import type { StampedTimes } from "./asterix-time.ts";

const STAMPED_SIGMA_MS = 100;
/** Of the time of hearing, where the stamp lies ahead of it or is long past. */
const HEARD_SIGMA_MS = 500;
const PLAUSIBLE_AGE_MS = 10_000;

/** Is a stamp near enough to the time of hearing to be of now? */
export const isPlausible = (sentMs: number, receivedMs: number): boolean => Math.abs(sentMs - receivedMs) <= PLAUSIBLE_AGE_MS;

/** When something was measured: at its stamp, unless that lies ahead of us or far behind; then when it was heard. */
export function timesOfStamp(sentMs: number, receivedMs: number): StampedTimes {
  const clockOffsetMs = sentMs - receivedMs;
  if (clockOffsetMs > 0 || clockOffsetMs < -PLAUSIBLE_AGE_MS)
    return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, receivedMs, clockOffsetMs };
  return { measuredMs: sentMs, measuredSigmaMs: STAMPED_SIGMA_MS, receivedMs, clockOffsetMs };
}
