/** A batch waits at most this long for its tick, so that one radar look is one tick. */
const BATCH_MS = 25;
/** With no batch a tick comes this often: predictions, silences and all-clears do not wait for bytes. */
const IDLE_MS = 250;

/** When the next tick is due. */
export type Ticker = { start(): void; soon(): void; stop(): void };

export function createTicker(tick: () => void): Ticker {
  let timer: NodeJS.Timeout | undefined;
  let isSoon = false;
  const run = () => {
    isSoon = false;
    timer = setTimeout(run, IDLE_MS);
    tick();
  };
  return {
    start: run,
    soon() {
      if (isSoon) return;
      isSoon = true;
      clearTimeout(timer);
      timer = setTimeout(run, BATCH_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
