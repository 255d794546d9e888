import type { GeoPoint } from "@picket/geo";
import { feedId, Reality, type Sensor, sensorId, validate } from "@picket/model";
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
import { needsSensor, PROTOCOLS, type Protocol } from "@picket/translate";
import { ensurePages } from "./built-pages.ts";
import { CommandError } from "./command-error.ts";
import { IS_DEMONSTRATION, isDemonstration } from "./demo-directory.ts";
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

/** How far the usual receiver on a roof hears: a small drone's Wi-Fi, and those aircraft that matter here. */
const REMOTE_ID_RANGE_M = 5000;
const ADSB_RANGE_M = 60_000;
const MAX_PORT = 65_535;

/** Runs a site until it is asked to stop. */
export async function serveCommand(options: ServeOptions): Promise<number> {
  let server: RunningServer;
  try {
    const configuration = configure(options);
    const { dataDir = "picket-data" } = configuration.server;
    if (isDemonstration(dataDir)) throw new ConfigurationError([`${dataDir} ${IS_DEMONSTRATION}`]);
    ensurePages();
    server = await startServer({ configuration, input: process.stdin });
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

/** The configuration file with what the command line adds to it. Throws {@link ConfigurationError}, or {@link CommandError} for an option. */
function configure({ config, stdin, udp, reality: word, port, data }: ServeOptions): SiteConfiguration {
  const reality = realityOf(word);
  if (reality && !stdin && udp.length === 0)
    throw wrong("--reality", "go with --stdin or --udp: a feed of the configuration states its own", reality);
  const base: SiteConfiguration = config ? readConfiguration(config) : { site: EMPTY_SITE, feeds: [], server: {} };
  const added: FeedConfig[] = [];
  if (stdin) added.push({ ...quickFeed("stdin", stdin, reality), transport: { kind: "stdin" } });
  for (const [index, entry] of udp.entries()) {
    const [, protocol, udpPort = ""] = /^([^:]+):(\d{1,5})$/.exec(entry) ?? [];
    if (!protocol || Number(udpPort) > MAX_PORT) throw wrong("--udp", "name protocol and port, such as detections:9000", entry);
    added.push({ ...quickFeed(`udp-${index + 1}`, protocol, reality), transport: { kind: "udp", port: Number(udpPort) } });
  }
  for (const { id, transport } of added) {
    const isTwice = transport.kind === "stdin" && base.feeds.some((feed) => feed.transport.kind === "stdin");
    if (isTwice || base.feeds.some((feed) => feed.id === id) || base.site.sensors.some((sensor) => String(sensor.id) === id))
      throw wrong("--stdin or --udp", `add what ${config} does not have yet`, id);
  }
  const receivers = added.filter((feed) => needsSensor(feed.protocol)).map((feed) => quickSensor(feed, base.site));
  return {
    site: { ...base.site, sensors: [...base.site.sensors, ...receivers] },
    feeds: [...base.feeds, ...added],
    server: { ...base.server, ...(port && { port: Number(port) }), ...(data && { dataDir: data }) },
  };
}

/** The receiver that an unconfigured feed stands for: at the site, and proving nothing by its silence. */
function quickSensor({ id, protocol }: FeedConfig, { latDeg, lonDeg }: GeoPoint): Sensor {
  const isAdsb = protocol === "adsb" || protocol === "sbs";
  return {
    id: sensorId.parse(id),
    name: `${isAdsb ? "ADS-B" : "Remote ID"} from ${id}`,
    kind: isAdsb ? "adsb" : "remoteId",
    latDeg,
    lonDeg,
    rangeMaxM: isAdsb ? ADSB_RANGE_M : REMOTE_ID_RANGE_M,
    covers: false,
  };
}

function quickFeed(id: string, protocol: string, reality: Reality | undefined): Omit<FeedConfig, "transport"> {
  if (!isProtocol(protocol)) throw wrong("A feed's protocol", `be one of ${PROTOCOLS.join(", ")}`, protocol);
  return {
    id: feedId.parse(id),
    protocol,
    ...(reality && { reality }),
    ...(needsSensor(protocol) && { sensor: sensorId.parse(id) }),
  };
}

const isProtocol = (word: string): word is Protocol => PROTOCOLS.some((protocol) => protocol === word);

function realityOf(word: string | undefined): Reality | undefined {
  if (word === undefined) return undefined;
  const answer = validate(Reality, word);
  if (answer.ok) return answer.value;
  throw new CommandError(EXIT.usage, `--reality ${answer.faults[0].expected}, got ${JSON.stringify(word)}`);
}

const wrong = (option: string, what: string, got: string): CommandError =>
  new CommandError(EXIT.usage, `${option} must ${what}, got ${JSON.stringify(got)}`);
