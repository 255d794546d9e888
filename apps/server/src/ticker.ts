/** A batch waits at most this long for its tick, so that one radar look is one tick. */
const BATCH_MS = 25;
/** With no batch a tick comes this often: predictions, silences and all-clears do not wait for bytes. */
const IDLE_MS = 250;
/** On a machine that is short of time ticks come less often, so that half of it is left for reading what comes in. */
const SHARE = 0.5;

/** When the next tick is due. */
export type Ticker = { start(): void; soon(): void; stop(): void };

export function createTicker(tick: () => void): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  let batchMs = BATCH_MS;
  const run = () => {
    isSoon = false;
    timer = setTimeout(run, IDLE_MS);
    const startMs = performance.now();
    tick();
    const tookMs = performance.now() - startMs;
    batchMs = Math.min(IDLE_MS, Math.max(BATCH_MS, tookMs / SHARE - tookMs));
  };
  return {
    start: run,
    soon() {
      if (isSoon) return;
      isSoon = true;
      clearTimeout(timer);
      timer = setTimeout(run, batchMs);
    },
    stop: () => clearTimeout(timer),
  };
}
