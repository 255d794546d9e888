import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type FeedConfig, type SiteConfiguration, startServer } from "@picket/server";
import { demoFeeds, demoSite } from "@picket/sim";
import type { DemoStart } from "./demo-worker.ts";
import { EXIT } from "./exit-codes.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

export type DemoOptions = Readonly<{ port: string; data: string; seed: string }>;

const MARK = "demonstration";

/**
 * Runs the simulated site. The simulation lives in a thread of its own and sends, over loopback, the very bytes that sensors and a
 * phone would send; the site takes them by the same feeds as it would at a real place.
 */
export async function demoCommand({ port, data, seed }: DemoOptions): Promise<number> {
  const feeds = await Promise.all(
    demoFeeds.map(async (feed) => ({ ...feed, transport: { kind: "udp", port: await freeUdpPort() } }) satisfies FeedConfig),
  );
  const configuration: SiteConfiguration = {
    site: demoSite(),
    feeds,
    server: { port: Number(port), dataDir: freshDirectory(data) },
  };
  const server = await startServer({ configuration });
  const ports = Object.fromEntries(feeds.map((feed) => [feed.id, feed.transport.port]));
  const workerData: DemoStart = { seed, ports, url: server.url };
  const simulation = new Worker(new URL("./demo-worker.ts", import.meta.url), { workerData, name: "simulation" });
  simulation.on("error", (error) => console.error(`The simulation ended: ${error.stack ?? error.message}`));
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

async function freeUdpPort(): Promise<number> {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}
