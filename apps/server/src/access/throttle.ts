const WINDOW_MS = 15 * 60_000;
const FAILURES = 5;
const MOST_KEYS = 10_000;

/** Counts failed sign-ins per key; after five (or so many) within a quarter of an hour it must wait. The oldest of 10,000 keys is forgotten. */
export type Throttle = {
  waitMs(key: string, nowMs: number): number;
  failed(key: string, nowMs: number): void;
  succeeded(key: string): void;
};

export function createThrottle(most = FAILURES): Throttle {
  const failures = new Map<string, number[]>();
  const recent = (key: string, nowMs: number) => (failures.get(key) ?? []).filter((atMs) => nowMs - atMs < WINDOW_MS);
  return {
    waitMs(key, nowMs) {
      const times = recent(key, nowMs);
      return times.length < most ? 0 : (times.at(-most) ?? nowMs) + WINDOW_MS - nowMs;
    },
    failed(key, nowMs) {
      const times = [...recent(key, nowMs), nowMs];
      failures.delete(key);
      failures.set(key, times);
      const oldest = failures.keys().next().value;
      if (failures.size > MOST_KEYS && oldest !== undefined) failures.delete(oldest);
    },
    succeeded: (key) => void failures.delete(key),
  };
}
