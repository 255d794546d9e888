import { feedId, Reality, sensorId, validate } from "@picket/model";
import {
  ConfigurationError,
  EMPTY_SITE,
  type FeedConfig,
  type RunningServer,
  readConfiguration,
  type SiteConfiguration,
  startServer,
  UnavailableError,
} from "@picket/server";
import { EXIT } from "./exit-codes.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

export type ServeOptions = Readonly<{
  config?: string;
  stdin?: string;
  udp: readonly string[];
  reality?: string;
  port?: string;
  data?: string;
}>;

/** Runs a site until it is asked to stop. */
export async function serveCommand(options: ServeOptions): Promise<number> {
  let server: RunningServer;
  try {
    server = await startServer({ configuration: configure(options), input: process.stdin });
  } catch (error) {
    if (error instanceof UnavailableError) {
      console.error(error.message);
      return EXIT.unavailable;
    }
    if (!(error instanceof ConfigurationError)) throw error;
    for (const fault of error.faults) console.error(fault);
    return EXIT.configuration;
  }
  for (const line of server.notices) console.error(line);
  console.error(`Picket is at ${server.url}`);
  await untilAskedToStop();
  await server.stop();
  return EXIT.done;
}

/** The configuration file with what the command line adds to it. Throws {@link ConfigurationError}. */
function configure({ config, stdin, udp, reality, port, data }: ServeOptions): SiteConfiguration {
  const base: SiteConfiguration = config ? readConfiguration(config) : { site: EMPTY_SITE, feeds: [], server: {} };
  const added: FeedConfig[] = [];
  if (stdin) added.push({ ...quickFeed("stdin", stdin, reality), transport: { kind: "stdin" } });
  for (const [index, entry] of udp.entries()) {
    const [protocol = "", udpPort = ""] = entry.split(":");
    added.push({
      ...quickFeed(`udp-${index + 1}`, protocol, reality),
      transport: { kind: "udp", port: numberOf(udpPort, "--udp") },
    });
  }
  const receivers = added
    .filter((feed) => feed.protocol === "remote-id")
    .map(({ id }) => ({
      id: sensorId.parse(id),
      name: `Remote ID from ${id}`,
      kind: "remoteId" as const,
      latDeg: base.site.latDeg,
      lonDeg: base.site.lonDeg,
      rangeMaxM: 5000,
      covers: false,
    }));
  return {
    site: { ...base.site, sensors: [...base.site.sensors, ...receivers] },
    feeds: [...base.feeds, ...added],
    server: { ...base.server, ...(port && { port: numberOf(port, "--port") }), ...(data && { dataDir: data }) },
  };
}

function quickFeed(id: string, protocol: string, reality: string | undefined): Omit<FeedConfig, "transport"> {
  const answer = reality === undefined ? undefined : validate(Reality, reality);
  if (answer && !answer.ok) throw new ConfigurationError([`--reality ${answer.faults[0]?.expected}, got "${reality}"`]);
  if (protocol !== "remote-id" && protocol !== "detections") {
    throw new ConfigurationError([`A feed's protocol must be remote-id or detections, got ${JSON.stringify(protocol)}`]);
  }
  return {
    id: feedId.parse(id),
    protocol,
    ...(answer?.ok && { reality: answer.value }),
    ...(protocol === "remote-id" && { sensor: sensorId.parse(id) }),
  };
}

function numberOf(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new ConfigurationError([`${option} must name a port from 0 to 65535, got "${text}"`]);
  return value;
}
