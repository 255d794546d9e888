import type { OutletMonitor } from "../outlet-monitor.ts";

/** A message about one thing, made when it is sent, so that what is replaced before costs nothing. */
export type Waiting = Readonly<{
  /** An alert or an end: goes before what only moves, and is not the first to give way. */
  isUrgent: boolean;
  /** Worth nothing after this. */
  untilMs: number;
  /** Makes and sends it now; false when there is no room on the way out. */
  send(nowMs: number): boolean;
}>;

/** What waits to be sent: the newest about each thing, each thing at most once in `intervalMs`, and never more than `most`. */
export type Outbox = {
  put(key: string, message: Waiting): void;
  /** Takes back what waits about every thing of which `isWanted` is not true. */
  retain(isWanted: (key: string) => boolean): void;
  /** When the newest about a thing was sent. */
  sentMs(key: string): number | undefined;
  /** Sends what is due, urgent first, until there is no room or enough went at once. */
  flush(nowMs: number): void;
};

/** When something was sent is remembered at least this long. */
const REMEMBERED_MS = 60_000;

export type OutboxOptions = Readonly<{ intervalMs: number; most: number; mostAtOnce: number; monitor: OutletMonitor }>;

export function createOutbox({ intervalMs, most, mostAtOnce, monitor }: OutboxOptions): Outbox {
  const waiting = new Map<string, Waiting>();
  const sent = new Map<string, number>();

  const makeRoom = (isUrgent: boolean): boolean => {
    if (waiting.size < most) return true;
    const giving = isUrgent ? [...waiting].find(([, other]) => !other.isUrgent)?.[0] : undefined;
    monitor.dropped("no-room");
    return giving !== undefined && waiting.delete(giving);
  };
  const isDue = (key: string, nowMs: number): boolean => nowMs - (sent.get(key) ?? Number.NEGATIVE_INFINITY) >= intervalMs;

  return {
    put(key, message) {
      if (waiting.has(key) || makeRoom(message.isUrgent)) waiting.set(key, message);
    },
    sentMs: (key) => sent.get(key),
    retain(isWanted) {
      for (const key of waiting.keys()) if (!isWanted(key)) waiting.delete(key);
    },
    flush(nowMs) {
      if (sent.size > 2 * most) for (const [key, sentMs] of sent) if (nowMs - sentMs > REMEMBERED_MS) sent.delete(key);
      for (const [key, { untilMs }] of waiting) {
        if (nowMs <= untilMs) continue;
        waiting.delete(key);
        monitor.dropped("stale");
      }
      let left = mostAtOnce;
      for (const isUrgent of [true, false])
        for (const [key, message] of waiting) {
          if (message.isUrgent !== isUrgent || !isDue(key, nowMs)) continue;
          if (left-- === 0 || !message.send(nowMs)) return monitor.waiting(waiting.size);
          waiting.delete(key);
          sent.set(key, nowMs);
        }
      monitor.waiting(waiting.size);
    },
  };
}
