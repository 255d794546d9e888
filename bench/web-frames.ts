/**
 * The operator's page in a real browser with software graphics: frames a second and the time from an input to the frame that shows
 * it, with every one of the tracks moving ten times a second; before that the same page with an empty picture as the baseline.
 * Usage: node bench/web-frames.ts [--tracks 1000] [--seconds 10] [--inputs 40] [--width 1920] [--height 1080]
 */
import { existsSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";
import { crowdAt } from "./crowd.ts";
import { measureFrames, measureInputs, openPage, startBusyClock } from "./page-measures.ts";
import { servePage } from "./page-server.ts";

const { values } = parseArgs({
  options: {
    tracks: { type: "string", default: "1000" },
    seconds: { type: "string", default: "10" },
    inputs: { type: "string", default: "40" },
    width: { type: "string", default: "1920" },
    height: { type: "string", default: "1080" },
  },
});
const [TRACKS, SECONDS, INPUTS] = [Number(values.tracks), Number(values.seconds), Number(values.inputs)];
const VIEWPORT = { width: Number(values.width), height: Number(values.height) };
const EVERY_MS = 100;

if (!existsSync(new URL("../apps/web/dist/index.html", import.meta.url)))
  throw new Error("The pages are not built: run npm run web");
/** As Chromium runs on a machine without a graphics processor: SwiftShader draws WebGL, and the page is put together in software. */
const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: ["--no-sandbox", "--enable-unsafe-swiftshader"],
  headless: true,
});
console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, Chromium ${browser.version()}`);
for (const tracks of [0, TRACKS]) await measure(tracks);
await browser.close();

async function measure(tracks: number): Promise<void> {
  const startMs = Date.now();
  const acknowledged = new Set<string>();
  const crowd = (whole: boolean) => crowdAt(tracks, startMs, Date.now(), acknowledged, whole);
  const server = await servePage({
    snapshot: () => crowd(true),
    command({ alert }) {
      acknowledged.add(String(alert));
    },
  });
  const feed = setInterval(() => server.say(crowd(false)), EVERY_MS);
  const { page, renderer, map } = await openPage(browser, server.url, VIEWPORT, tracks);
  const busySeconds = await startBusyClock(page);
  const rest = await measureFrames(page, SECONDS, false);
  const busy = (await busySeconds()) / SECONDS;
  const dragged = await measureFrames(page, SECONDS, true);
  const inputs = await measureInputs(page, INPUTS);
  console.log(
    [
      `${tracks === 0 ? "blank map" : `${tracks} tracks at ${1000 / EVERY_MS} Hz`}: ${renderer}, page ${VIEWPORT.width}×${VIEWPORT.height}, map ${map}, load average ${(loadavg()[0] ?? 0).toFixed(1)}`,
      `  at rest   ${rest.frames.toFixed(1)} frames/s, of which the map drew ${rest.draws.toFixed(1)}; pictures shown ${rest.pictures.toFixed(1)}/s; the page's thread was busy ${Math.round(100 * busy)} % of the time`,
      `  dragged   ${dragged.frames.toFixed(1)} frames/s, of which the map drew ${dragged.draws.toFixed(1)}; pictures shown ${dragged.pictures.toFixed(1)}/s`,
      `  input to pixel  ${inputs}`,
      `  icons drawn ${rest.icons} of ${tracks}`,
    ].join("\n"),
  );
  clearInterval(feed);
  await page.context().close();
  server.stop();
  await sleep(500);
}
