import { absoluteMs, type Location, type System } from "@picket/remote-id";

/** F3411 lets a position be a second old: a stamp much farther from the time of hearing tells of a bad clock, not of an old place. */
const PLAUSIBLE_AGE_MS = 2000;
/** One standard deviation of a stamp whose accuracy is not said: some senders step by seconds. */
const UNSAID_SIGMA_MS = 500;
/** Of the time of hearing, when there is no stamp to go by: F3411 lets a position be up to a second old. */
const HEARD_SIGMA_MS = 1000;
/** The stamp's steps. */
const STEP_MS = 100;

/**
 * When a position was measured, and how far the sender's clock lies from the receiver's. The stamp counts tenths of a second from an hour
 * that it does not name; what it says later than it was heard was measured, at the latest, when it was heard.
 *
 * `clockOffsetMs` is undefined when the sender states no time.
 * @source ASTM F3411-22a, Location/Vector, Timestamp and Timestamp Accuracy; System, Timestamp.
 */
export function timeOf(
  location: Location | undefined,
  system: System | undefined,
  { capturedMs, receivedMs }: Readonly<{ capturedMs: number; receivedMs: number }>,
): Readonly<{ measuredMs: number; measuredSigmaMs: number; clockOffsetMs: number | undefined }> {
  if (location?.tenthsAfterHour === undefined) {
    const clockOffsetMs = system?.timestampMs === undefined ? undefined : system.timestampMs - capturedMs;
    return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, clockOffsetMs };
  }
  const clockOffsetMs = absoluteMs(location.tenthsAfterHour, capturedMs) - capturedMs;
  if (Math.abs(clockOffsetMs) > PLAUSIBLE_AGE_MS)
    return { measuredMs: receivedMs, measuredSigmaMs: HEARD_SIGMA_MS, clockOffsetMs };
  if (clockOffsetMs > STEP_MS) return { measuredMs: receivedMs, measuredSigmaMs: UNSAID_SIGMA_MS, clockOffsetMs };
  const { timestampAccuracyS } = location;
  const measuredSigmaMs = timestampAccuracyS === undefined ? UNSAID_SIGMA_MS : Math.max(STEP_MS, timestampAccuracyS * 1000) / 2;
  return { measuredMs: receivedMs + Math.min(0, clockOffsetMs), measuredSigmaMs, clockOffsetMs };
}
