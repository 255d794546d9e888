import { prolong, type Spell } from "./spell.ts";
import type { TrackerLook } from "./types.ts";

/**
 * Looks of one sensor in which whose plot is whose was worked out less well than it could be. `pairedOnce`: too many pairs to work it out again
 * where tracks that fly together have moved to. `unsettled`: probabilities that were still changing when they were taken as they were.
 */
export type Crowding = Readonly<{ pairedOnce?: Spell; unsettled?: Spell }>;

/** Counts a look of its sensor. */
export function noteCrowding(
  crowding: Map<string, Crowding>,
  { sensor, receivedMs }: Pick<TrackerLook, "sensor" | "receivedMs">,
  isPairedOnce: boolean,
  isUnsettled: boolean,
): void {
  if (!isPairedOnce && !isUnsettled) return;
  const before = crowding.get(sensor);
  crowding.set(sensor, {
    ...before,
    ...(isPairedOnce && { pairedOnce: prolong(before?.pairedOnce, receivedMs) }),
    ...(isUnsettled && { unsettled: prolong(before?.unsettled, receivedMs) }),
  });
}
