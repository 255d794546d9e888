import { once } from "node:events";
import { Worker } from "node:worker_threads";
import {
  ConfigurationError,
  type FeedConfig,
  type RunningServer,
  type SiteConfiguration,
  startServer,
  UnavailableError,
} from "@picket/server";
import { demoFeeds, demoSite } from "@picket/sim";
import { ensurePages } from "./built-pages.ts";
import { demoShare } from "./demo-cot.ts";
import { freshDirectory } from "./demo-directory.ts";
import type { DemoListening, DemoStart, DemoWays } from "./demo-worker.ts";
import { EXIT } from "./exit-codes.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

export type DemoOptions = Readonly<{ port: string; data: string; seed: string; cot?: string }>;

/**
 * Runs the simulated site. The simulation lives in a thread of its own and sends, over loopback, the very bytes that sensors and a
 * phone would send; the site takes them by the same feeds as it would at a real place.
 */
export async function demoCommand({ port, data, seed, cot }: DemoOptions): Promise<number> {
  let share: SiteConfiguration["share"] & object;
  try {
    share = cot === undefined ? [] : demoShare(cot);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    return EXIT.usage;
  }
  const dataDir = freshDirectory(data);
  ensurePages();
  const workerData: DemoStart = { seed };
  const simulation = new Worker(new URL("./demo-worker.ts", import.meta.url), { workerData, name: "simulation" });
  const [{ transports }] = (await once(simulation, "message")) as [DemoWays];
  // It prepares itself while the server starts, so that every sensor is heard as soon as somebody listens; it holds up nobody's end.
  simulation.unref();
  simulation.on("error", (error) => console.error(`The simulation ended: ${error.stack ?? error.message}`));
  const feeds = demoFeeds.map((feed): FeedConfig => ({ ...feed, transport: transports[feed.id] as FeedConfig["transport"] }));
  const configuration: SiteConfiguration = {
    site: demoSite(),
    feeds,
    server: { port: Number(port), dataDir },
    share,
  };
  let server: RunningServer;
  try {
    server = await startServer({ configuration });
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    console.error(error.message);
    return EXIT.unavailable;
  }
  simulation.postMessage({ url: server.url } satisfies DemoListening);
  console.error("SIMULATED: nothing here is real. It plays ten minutes and begins again.");
  console.log(`Picket is at ${server.url}`);
  await untilAskedToStop();
  await simulation.terminate();
  await server.stop();
  return EXIT.done;
}
