import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type FeedConfig, type RunningServer, type SiteConfiguration, startServer, UnavailableError } from "@picket/server";
import { demoFeeds, demoSite } from "@picket/sim";
import { ensurePages } from "./built-pages.ts";
import type { DemoListening, DemoStart } from "./demo-worker.ts";
import { EXIT } from "./exit-codes.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

export type DemoOptions = Readonly<{ port: string; data: string; seed: string }>;

const MARK = "demonstration";

/**
 * Runs the simulated site. The simulation lives in a thread of its own and sends, over loopback, the very bytes that sensors and a
 * phone would send; the site takes them by the same feeds as it would at a real place.
 */
export async function demoCommand({ port, data, seed }: DemoOptions): Promise<number> {
  ensurePages();
  const free = await freeUdpPorts(demoFeeds.length);
  const feeds = demoFeeds.map(
    (feed, i) => ({ ...feed, transport: { kind: "udp", port: free[i] as number } }) satisfies FeedConfig,
  );
  const workerData: DemoStart = { seed, ports: Object.fromEntries(feeds.map(({ id, transport }) => [id, transport.port])) };
  // It prepares itself while the server starts, so that every sensor is heard as soon as somebody listens; it holds up nobody's end.
  const simulation = new Worker(new URL("./demo-worker.ts", import.meta.url), { workerData, name: "simulation" });
  simulation.unref();
  simulation.on("error", (error) => console.error(`The simulation ended: ${error.stack ?? error.message}`));
  const configuration: SiteConfiguration = {
    site: demoSite(),
    feeds,
    server: { port: Number(port), dataDir: freshDirectory(data) },
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

/** A demonstration begins anew each time; what is removed bears a demonstration's own mark, so that a real record never is. */
function freshDirectory(dir: string): string {
  const mark = join(dir, MARK);
  if (existsSync(mark)) rmSync(dir, { recursive: true });
  mkdirSync(dir, { recursive: true });
  writeFileSync(mark, "This record is of a simulation and is removed when the next demonstration starts.\n");
  return dir;
}

/** Ports that nobody has, all of them held at once so that no two are the same. */
async function freeUdpPorts(count: number): Promise<number[]> {
  const sockets = Array.from({ length: count }, () => createSocket("udp4").bind(0, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket, "listening")));
  const ports = sockets.map((socket) => socket.address().port);
  await Promise.all(sockets.map((socket) => once(socket.close(), "close")));
  return ports;
}
