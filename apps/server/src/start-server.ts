import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openAccounts } from "./access/accounts.ts";
import { createClock, platformTime } from "./clock.ts";
import { placeNotices } from "./config/place-notices.ts";
import { ConfigurationError, type SiteConfiguration } from "./config/read-configuration.ts";
import { releaseNotices } from "./config/release-notices.ts";
import type { ServerConfig } from "./config/schema.ts";
import type { HttpContext } from "./http/context.ts";
import { createHttp } from "./http/create-http.ts";
import { createGate } from "./http/visitor.ts";
import { replaySocket } from "./replay/replay-socket.ts";
import { type SiteProcess, startSiteProcess } from "./site-process.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);
const LOCALHOST = "127.0.0.1";
const DEFAULT_PORT = 8080;
const DEFAULT_DATA_DIR = "picket-data";
const DEFAULT_SESSION_H = 12;
const WEB_DIR = fileURLToPath(new URL("../../web/dist", import.meta.url));
const VERSION: string = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version;

export type RunningServer = Readonly<{
  url: string;
  /** What whoever started it should read: why it stays on loopback, what is not protected. */
  notices: readonly string[];
  process: SiteProcess;
  stop(): Promise<void>;
}>;

export type StartOptions = Readonly<{ configuration: SiteConfiguration; input?: NodeJS.ReadableStream; logLevel?: string }>;

/** What a site needs and this machine does not give now: a port that is taken, a directory that cannot be written. One line, for a person. */
export class UnavailableError extends Error {
  constructor(what: string, cause: unknown) {
    super(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = "UnavailableError";
  }
}

/**
 * Starts a site and its HTTP side. Throws {@link ConfigurationError} when it may not listen where it was told to, and
 * {@link UnavailableError} when it cannot; then nothing is left running.
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const undo: (() => unknown)[] = [];
  try {
    return await start(options, undo);
  } catch (error) {
    for (const step of undo.reverse()) await step();
    throw error;
  }
}

/** `undo` gets what takes each step back, in the order of the steps. */
async function start(
  { configuration, input = process.stdin, logLevel = "warn" }: StartOptions,
  undo: (() => unknown)[],
): Promise<RunningServer> {
  const { server } = configuration;
  const dataDir = server.dataDir ?? DEFAULT_DATA_DIR;
  const host = server.host ?? LOCALHOST;
  const port = server.port ?? DEFAULT_PORT;
  const isLoopback = LOOPBACK.has(host);
  const accounts = await needed(`The data directory ${dataDir}`, () => openAccounts(dataDir));
  undo.push(() => accounts.close());
  const fault = listenFault(server, accounts.hasAdministrator());
  if (fault) throw new ConfigurationError([fault]);
  const clock = createClock(platformTime);
  const site = await needed(`The data directory ${dataDir}`, () =>
    startSiteProcess({ configuration, dataDir, clock, input, version: VERSION, report: (fault) => console.error(fault) }),
  );
  undo.push(() => site.stop());
  let url = "";
  const context: HttpContext = {
    process: site,
    gate: createGate(accounts, isLoopback, clock.nowMs),
    clock,
    dataDir,
    isSecure: server.tls !== undefined,
    sessionMs: (server.sessionHours ?? DEFAULT_SESSION_H) * 3_600_000,
    publicUrl: () => (server.publicUrl ?? url).replace(/\/$/, ""),
  };
  const app = await needed("HTTP", () =>
    createHttp({
      context,
      accounts,
      feeds: configuration.feeds,
      tls: server.tls,
      webDir: WEB_DIR,
      sockets: { "/api/replay": replaySocket(join(dataDir, "journal")) },
      logLevel,
      version: VERSION,
    }),
  );
  undo.push(() => app.close());
  url = await needed(`HTTP on ${host}:${port}`, () => app.listen({ host, port }));
  return {
    url,
    notices: notices(configuration, isLoopback, accounts.hasAdministrator()),
    process: site,
    async stop() {
      for (const step of undo.reverse()) await step();
    },
  };
}

/** Why HTTP may not listen where the configuration says, or undefined. */
export function listenFault({ host = LOCALHOST, tls }: ServerConfig, hasAdministrator: boolean): string | undefined {
  if (LOOPBACK.has(host) || (tls && hasAdministrator)) return undefined;
  return `server.host ${host}: HTTP stays on loopback until there are TLS files (server.tls) and an administrator (picket user add NAME --role administrator)`;
}

async function needed<T>(what: string, get: () => T | Promise<T>): Promise<T> {
  try {
    return await get();
  } catch (error) {
    throw new UnavailableError(what, error);
  }
}

function notices(configuration: SiteConfiguration, isLoopback: boolean, hasAdministrator: boolean): readonly string[] {
  const { site, feeds } = configuration;
  const said: string[] = [...releaseNotices(configuration), ...placeNotices(configuration)];
  if (isLoopback && !hasAdministrator) {
    said.push(
      "Nobody needs to sign in: only this machine can reach it. For others: picket user add NAME --role administrator, and TLS files.",
    );
  }
  if (feeds.length === 0) said.push("No feeds are configured: nothing is watched.");
  if (site.zones.length === 0) said.push("No zones are configured: tracks are shown, and none raises an alert.");
  if (site.persons.length === 0) said.push("No people are configured: nobody is warned.");
  const placeless = site.persons.filter(({ fixed }) => !fixed).map(({ name }) => name);
  if (placeless.length > 0)
    said.push(`Nobody knows where ${placeless.join(", ")} is until a phone says so: without a place no warning.`);
  for (const feed of feeds) {
    const isLocal = feed.transport.kind === "capture" || feed.transport.kind === "stdin";
    if (!isLocal && (!feed.owner || !feed.legalBasis) && feed.reality !== "simulated") {
      said.push(`Feed ${feed.id} states no owner or no legal basis: fill in owner and legalBasis.`);
    }
  }
  return said;
}
