const MS_PER_HOUR = 3_600_000;
const MS_PER_TENTH = 100;

/**
 * Unix milliseconds of a time stamp that counts tenths of a second since the full UTC hour: of all hours the one that brings it
 * nearest to `receivedMs`, so within 30 minutes of it, also across the turn of the hour.
 *
 * @source ASTM F3411-22a, Location/Vector, Timestamp.
 */
export function absoluteMs(tenthsAfterHour: number, receivedMs: number): number {
  const thisHour = Math.floor(receivedMs / MS_PER_HOUR) * MS_PER_HOUR + tenthsAfterHour * MS_PER_TENTH;
  const late = receivedMs - thisHour;
  if (late > MS_PER_HOUR / 2) return thisHour + MS_PER_HOUR;
  return late < -MS_PER_HOUR / 2 ? thisHour - MS_PER_HOUR : thisHour;
}

/** The time stamp of a moment: tenths of a second since its full UTC hour. */
export const tenthsAfterHour = (ms: number): number =>
  Math.floor((ms - Math.floor(ms / MS_PER_HOUR) * MS_PER_HOUR) / MS_PER_TENTH);
