/** Keeps the screen of a phone lit: one that sleeps shows no warning, and soon hears none. */
export type WakeLock = Readonly<{ want(isWanted: boolean): void }>;

/** A browser lets go of the lock by itself when the page is hidden, so it is asked for anew when the page is seen again. Some have none. */
export function createWakeLock(): WakeLock {
  let isWanted = false;
  let held: Promise<WakeLockSentinel | undefined> | undefined;
  const ask = () => {
    if (!isWanted || held || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    held = navigator.wakeLock.request("screen").then(
      (lock) => {
        lock.addEventListener("release", () => {
          held = undefined;
        });
        return lock;
      },
      () => {
        held = undefined;
        return undefined;
      },
    );
  };
  document.addEventListener("visibilitychange", ask);
  return {
    want(next) {
      if (next === isWanted) return;
      isWanted = next;
      if (next) return ask();
      void held?.then((lock) => lock?.release());
      held = undefined;
    },
  };
}
