import type { Alert, AlertId, Level, Reality, TrackId } from "@picket/model";
import { mayAlarm } from "./page-reality.ts";
import { rankOf } from "./track-kind.ts";

/** The alert list's three parts: open ones in the order they want a person, those a person put aside, and those the design suppresses. */
export type AlertList = Readonly<{ open: readonly Alert[]; shelved: readonly Alert[]; suppressed: readonly Alert[] }>;

/**
 * Sorts open alerts by severity, then those that nobody took, then what still holds, then by what closes in first, then the newest.
 * On a live `page` no drill stands before what is live.
 */
export function listAlerts(alerts: Iterable<Alert>, page: Reality): AlertList {
  const open: Alert[] = [];
  const shelved: Alert[] = [];
  const suppressed: Alert[] = [];
  for (const alert of alerts) {
    switch (alert.state) {
      case "activeUnacknowledged":
      case "activeAcknowledged":
      case "returnedUnacknowledged":
        open.push(alert);
        break;
      case "shelved":
        shelved.push(alert);
        break;
      case "suppressedByDesign":
      case "outOfService":
        suppressed.push(alert);
        break;
      case "cleared":
        break;
      default:
        alert.state satisfies never;
    }
  }
  const inOrder = (a: Alert, b: Alert) =>
    Number(mayAlarm(b.reality, page)) - Number(mayAlarm(a.reality, page)) || byUrgency(a, b);
  return { open: open.sort(inOrder), shelved: shelved.sort(inOrder), suppressed: suppressed.sort(inOrder) };
}

export function byUrgency(a: Alert, b: Alert): number {
  return (
    rankOf(b.level) - rankOf(a.level) ||
    Number(isUnacknowledged(b)) - Number(isUnacknowledged(a)) ||
    Number(isReturned(a)) - Number(isReturned(b)) ||
    (a.arrivalMs ?? Number.POSITIVE_INFINITY) - (b.arrivalMs ?? Number.POSITIVE_INFINITY) ||
    b.raisedMs - a.raisedMs ||
    (a.id < b.id ? -1 : 1)
  );
}

/** True while nobody has taken it. */
export const isUnacknowledged = ({ state }: Alert): boolean =>
  state === "activeUnacknowledged" || state === "returnedUnacknowledged";

/** True when it no longer holds and only waits for somebody to have seen it. */
export const isReturned = ({ state }: Alert): boolean => state === "returnedUnacknowledged";

/**
 * The alert that one key press takes: the selected one while it waits, else the first that waits. One whose acknowledgement is on
 * its way no longer waits, so that pressing again takes the next.
 */
export function alertToTake(
  open: readonly Alert[],
  selected: AlertId | undefined,
  onTheirWay: ReadonlySet<AlertId>,
): Alert | undefined {
  const waiting = open.filter((alert) => isUnacknowledged(alert) && !onTheirWay.has(alert.id));
  return waiting.find(({ id }) => id === selected) ?? waiting[0];
}

/** Tracks of alerts that nobody took: their halo flashes. An alert whose acknowledgement is on its way no longer flashes. */
export function flashingTracks(alerts: Iterable<Alert>, onTheirWay: ReadonlySet<AlertId>): ReadonlySet<TrackId> {
  const tracks = new Set<TrackId>();
  for (const alert of alerts)
    if (isUnacknowledged(alert) && !onTheirWay.has(alert.id)) for (const track of alert.tracks) tracks.add(track);
  return tracks;
}

/** How many open alerts of each level nobody took; on a live `page` of those that are live. */
export function countUnacknowledged(alerts: Iterable<Alert>, page: Reality): Readonly<Record<Level, number>> {
  const counts: Record<Level, number> = { watch: 0, caution: 0, warning: 0, critical: 0 };
  for (const alert of alerts) if (isUnacknowledged(alert) && mayAlarm(alert.reality, page)) counts[alert.level]++;
  return counts;
}

const WINDOW_MS = 600_000;
const FLOOD_STARTS_ABOVE = 10;
const FLOOD_ENDS_BELOW = 5;

/** An alarm flood begins above ten new alerts in ten minutes and ends below five. @source ISA-18.2-2016, EEMUA 191. */
export function nextFlood(
  wasFlood: boolean,
  alerts: Iterable<Alert>,
  nowMs: number,
): Readonly<{ isFlood: boolean; inTenMinutes: number }> {
  let inTenMinutes = 0;
  for (const { raisedMs } of alerts) if (nowMs - raisedMs < WINDOW_MS) inTenMinutes++;
  return { isFlood: wasFlood ? inTenMinutes >= FLOOD_ENDS_BELOW : inTenMinutes > FLOOD_STARTS_ABOVE, inTenMinutes };
}
