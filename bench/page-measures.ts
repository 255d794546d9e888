import type { Browser, Page } from "playwright-core";
import type {} from "../apps/web/src/map/frame-witness.ts";

/** A second's worth of what happened: frames of the page, draws of the map's own layer, and different pictures among those. */
export type Frames = Readonly<{ frames: number; draws: number; pictures: number; icons: number }>;
type Opened = Readonly<{ page: Page; renderer: string; map: string }>;
type Input = Readonly<{ shownMs: number; paintedMs: number }>;

const SETTLE_MS = 4000;
const BETWEEN_INPUTS_MS = 150;

/** Opens the page and waits until every track is drawn. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport: Readonly<{ width: number; height: number }>,
  tracks: number,
): Promise<Opened> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction((wanted) => window.__picket?.drawn === wanted, tracks, { timeout: 120_000 });
  await page.waitForTimeout(SETTLE_MS);
  const [renderer, map] = await page.evaluate(() => {
    const gl = document.createElement("canvas").getContext("webgl2");
    const named = gl?.getExtension("WEBGL_debug_renderer_info");
    const canvas = document.querySelector<HTMLCanvasElement>(".maplibregl-canvas");
    return [
      named ? String(gl?.getParameter(named.UNMASKED_RENDERER_WEBGL)) : "renderer unknown",
      `${canvas?.width}×${canvas?.height}`,
    ] as const;
  });
  return { page, renderer, map };
}

/** Answers, when asked, for how many seconds the page's own thread has worked since now, waiting for a processor included. */
export async function startBusyClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const read = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
  };
  const beforeS = await read();
  return async () => {
    const afterS = await read();
    await session.detach();
    return afterS - beforeS;
  };
}

/** Counts frames for so long, while the map lies still or a hand drags it in a circle. */
export const measureFrames = (page: Page, seconds: number, isDragged: boolean): Promise<Frames> =>
  page.evaluate(
    async ([forS, dragged]) => {
      const canvas = document.querySelector(".maplibregl-canvas");
      const box = canvas?.getBoundingClientRect() ?? new DOMRect();
      const hand = (kind: string, turn: number) => {
        const clientX = box.x + box.width / 2 + 120 * Math.cos(turn);
        const clientY = box.y + box.height / 2 + 120 * Math.sin(turn);
        canvas?.dispatchEvent(new MouseEvent(kind, { clientX, clientY, button: 0, buttons: 1, bubbles: true }));
      };
      const before = window.__picket ?? { drawn: 0, tracks: 0, draws: 0, pictures: 0 };
      const startMs = performance.now();
      let frames = 0;
      if (dragged) hand("mousedown", 0);
      await new Promise<void>((done) => {
        const next = (nowMs: number) => {
          frames++;
          if (dragged) hand("mousemove", (nowMs - startMs) / 1000);
          if (nowMs - startMs < forS * 1000) requestAnimationFrame(next);
          else done();
        };
        requestAnimationFrame(next);
      });
      if (dragged) hand("mouseup", forS);
      const tookS = (performance.now() - startMs) / 1000;
      const after = window.__picket ?? before;
      return {
        frames: frames / tookS,
        draws: (after.draws - before.draws) / tookS,
        pictures: (after.pictures - before.pictures) / tookS,
        icons: after.drawn,
      };
    },
    [seconds, isDragged] as const,
  );

/**
 * Presses A to acknowledge, again and again. Each press is timed twice: until the first frame in which the alert no longer waits, as
 * the page itself sees it, and until the browser has presented the next frame after the key was handled (Event Timing, to 8 ms).
 */
export async function measureInputs(page: Page, count: number): Promise<string> {
  const inputs: Input[] = [];
  for (let index = 0; index < count; index++) {
    await page.evaluate(armStopwatch);
    await page.waitForTimeout(BETWEEN_INPUTS_MS + ((index * 37) % 100));
    await page.keyboard.press("a");
    inputs.push(await page.evaluate(() => window.__stopwatch ?? Promise.reject(new Error("The stopwatch is gone"))));
  }
  const [shown, painted] = [inputs.map(({ shownMs }) => shownMs), inputs.map(({ paintedMs }) => paintedMs)];
  return `${count} key presses: in the page's frame ${middleAndTail(shown)}, presented ${middleAndTail(painted)}`;
}

/** Runs in the page: times the next key press. */
function armStopwatch(): void {
  const waiting = () => document.querySelectorAll('.alert-row[data-waiting="true"]').length;
  const before = waiting();
  const shown = new Promise<number>((done) => {
    const pressed = ({ timeStamp }: KeyboardEvent) => {
      const look = () => {
        if (waiting() >= before) return void requestAnimationFrame(look);
        const afterFrame = new MessageChannel();
        afterFrame.port1.onmessage = () => done(performance.now() - timeStamp);
        afterFrame.port2.postMessage(undefined);
      };
      requestAnimationFrame(look);
    };
    document.addEventListener("keydown", pressed, { once: true, capture: true });
  });
  const painted = new Promise<number>((done) => {
    new PerformanceObserver((list, observer) => {
      const key = list.getEntries().find(({ name }) => name === "keydown");
      if (!key) return;
      observer.disconnect();
      done(key.duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  // What took less than 16 ms is never reported.
  const soon = shown.then((shownMs) => new Promise<number>((done) => setTimeout(done, 1000, Math.min(16, shownMs))));
  window.__stopwatch = Promise.all([shown, Promise.race([painted, soon])]).then(([shownMs, paintedMs]) => ({
    shownMs,
    paintedMs,
  }));
}

declare global {
  interface Window {
    __stopwatch?: Promise<Input>;
  }
}

function middleAndTail(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}
