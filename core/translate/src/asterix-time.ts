/** When something was heard: by us, and, in a recording that is played, by who recorded it. The same for a live feed. */
export type HeardAt = Readonly<{ receivedMs: number; capturedMs: number }>;

/** The times of a scan, and how far the sender's clock is from ours. */
export type StampedTimes = Readonly<{
  measuredMs: number;
  measuredSigmaMs: number;
  receivedMs: number;
  clockOffsetMs?: number;
}>;

const DAY_MS = 86_400_000;
/** A stamp farther than this from the time of hearing is no time of measuring but a sign of a bad clock. */
const PLAUSIBLE_AGE_MS = 10_000;
/** Of a radar's stamp: its clock, its steps of 1/128 s, and the way through its extractor. */
const STAMPED_SIGMA_MS = 30;
/** Of the time of hearing, when there is no stamp to go by. */
const HEARD_SIGMA_MS = 500;
/** A stamp may be rounded up to its next step. */
const STEP_MS = 1000 / 128;

/**
 * When a report was measured. A time of day counts from a midnight that it does not name: the one that brings it nearest to the time of
 * hearing, so that it rolls over by itself. What is stamped later than it was heard was measured, at the latest, when it was heard.
 *
 * @source EUROCONTROL ASTERIX, Time of Day: UTC seconds since midnight, steps of 1/128 s.
 */
export function timesOfDay(timeOfDayS: number | undefined, { receivedMs, capturedMs }: HeardAt): StampedTimes {
  if (timeOfDayS === undefined) return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, receivedMs };
  const sinceMidnightMs = capturedMs - Math.floor(capturedMs / DAY_MS) * DAY_MS;
  const apartMs = timeOfDayS * 1000 - sinceMidnightMs;
  const clockOffsetMs = apartMs - Math.round(apartMs / DAY_MS) * DAY_MS;
  if (Math.abs(clockOffsetMs) > PLAUSIBLE_AGE_MS || clockOffsetMs > STEP_MS)
    return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, receivedMs, clockOffsetMs };
  return { measuredMs: receivedMs + Math.min(0, clockOffsetMs), measuredSigmaMs: STAMPED_SIGMA_MS, receivedMs, clockOffsetMs };
}
