import type { Crowding, TrackerLook } from "../types.ts";
import { prolong } from "./spell.ts";

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
