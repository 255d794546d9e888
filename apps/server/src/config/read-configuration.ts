import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Site, validate } from "@picket/model";
import { shapeFault, zoneFault } from "@picket/pipeline";
import { editionFault, needsSensor } from "@picket/translate";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import { framingOf } from "../feed-translator.ts";
import type { DeliverConfig } from "./deliver.ts";
import { deliverFaults } from "./deliver-faults.ts";
import { nearFile } from "./near-file.ts";
import { Configuration, type FeedConfig, type ServerConfig } from "./schema.ts";
import { sensorFaults } from "./sensor-faults.ts";
import type { ShareConfig } from "./share.ts";
import { shareFaults } from "./share-faults.ts";
import { transportFaults } from "./transport-faults.ts";

/** A configuration that cannot be used. Each line names file, line, key, what was expected and what came. */
export class ConfigurationError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join("\n"));
    this.name = "ConfigurationError";
    this.faults = faults;
  }
}

export type SiteConfiguration = Readonly<{
  site: Site;
  feeds: readonly FeedConfig[];
  server: ServerConfig;
  /** Partners' systems that get a part of the picture; none when absent. */
  share?: readonly ShareConfig[];
  /** Where warnings are delivered; nowhere when absent. */
  deliver?: readonly DeliverConfig[];
}>;

/** A site with nothing configured: everything is shown, nothing is protected, and it says so. */
export const EMPTY_SITE: Site = {
  id: "site" as Site["id"],
  name: "Unconfigured site",
  latDeg: 0,
  lonDeg: 0,
  sensors: [],
  zones: [],
  persons: [],
  authorisations: [],
  landmarks: [],
  policy: {},
};

/** Reads and checks a YAML file. Paths in it are relative to the file. Throws {@link ConfigurationError} with every fault found. */
export function readConfiguration(path: string): SiteConfiguration {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigurationError([`${path}: cannot be read (${(error as Error).message})`]);
  }
  const configuration = parseConfiguration(text, path);
  const near = (file: string) => resolve(dirname(path), file);
  return {
    ...configuration,
    server: {
      ...configuration.server,
      ...(configuration.server.dataDir && { dataDir: near(configuration.server.dataDir) }),
      ...(configuration.server.tls && {
        tls: { certificate: near(configuration.server.tls.certificate), key: near(configuration.server.tls.key) },
      }),
    },
    feeds: configuration.feeds.map((feed) => ({ ...feed, transport: nearFile(feed.transport, path) })),
    share: (configuration.share ?? []).map((share) => ({ ...share, transport: nearFile(share.transport, path) })),
    deliver: (configuration.deliver ?? []).map((one) => ({ ...one, transport: nearFile(one.transport, path) })),
  };
}

/** As {@link readConfiguration}, from text; `name` is what faults call the file. */
export function parseConfiguration(text: string, name: string): SiteConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    throw new ConfigurationError(
      document.errors.map((error) => `${name}:${lines.linePos(error.pos[0]).line}: ${error.message.split("\n")[0]}`),
    );
  }
  const lineOf = (keys: readonly string[]): number => {
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = document.getIn(
        keys.slice(0, depth).map((key) => (/^\d+$/.test(key) ? Number(key) : key)),
        true,
      );
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const answer = validate(Configuration, contentOf(document, name) ?? {});
  if (!answer.ok) {
    throw new ConfigurationError(
      answer.faults.map((fault) => {
        const keys = fault.path.split("/").slice(1);
        return `${name}:${lineOf(keys)}: ${keys.join(".") || "the file"} ${fault.expected}, got ${fault.got}`;
      }),
    );
  }
  const configuration = toSite(answer.value);
  const contradictions = findContradictions(configuration);
  if (contradictions.length > 0) {
    throw new ConfigurationError(
      contradictions.map(({ keys, problem }) => `${name}:${lineOf(keys)}: ${keys.join(".")} ${problem}`),
    );
  }
  return configuration;
}

/** What a document holds. An alias that names nothing, or unfolds to too much, is a fault of the file. */
function contentOf(document: Document, name: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw new ConfigurationError([`${name}: ${error.message.trim()}`]);
  }
}

function toSite({
  site,
  server,
  feeds,
  sensors,
  zones,
  persons,
  authorisations,
  landmarks,
  policy,
  share,
  deliver,
}: Configuration): SiteConfiguration {
  return {
    site: {
      ...site,
      sensors: sensors ?? [],
      zones: zones ?? [],
      persons: persons ?? [],
      authorisations: authorisations ?? [],
      landmarks: landmarks ?? [],
      policy: policy ?? {},
    },
    feeds: feeds ?? [],
    server: server ?? {},
    share: share ?? [],
    deliver: deliver ?? [],
  };
}

type Contradiction = Readonly<{ keys: readonly string[]; problem: string }>;

/** What no schema can see: ids used twice, and names that lead nowhere. */
function findContradictions({ site, feeds, share = [], deliver = [] }: SiteConfiguration): readonly Contradiction[] {
  const found: Contradiction[] = [];
  const { sensors: own, zones, persons, authorisations } = site;
  const lists = { feeds, sensors: own, zones, persons, authorisations, share, deliver };
  for (const [list, items] of Object.entries(lists)) {
    const seen = new Set<string>();
    for (const [index, { id }] of items.entries()) {
      if (seen.has(id)) found.push({ keys: [list, String(index), "id"], problem: `must be unique, "${id}" stands twice` });
      seen.add(id);
    }
  }
  for (const { keys, problem } of sensorFaults(site.sensors)) found.push({ keys: ["sensors", ...keys], problem });
  const sensors = new Set<string>(site.sensors.map((sensor) => sensor.id));
  for (const [index, feed] of feeds.entries()) {
    const keys = ["feeds", String(index), "sensor"];
    if (feed.sensor && !sensors.has(feed.sensor))
      found.push({ keys, problem: `must name a sensor of this file, got "${feed.sensor}"` });
    for (const [at, { person }] of (feed.cot?.persons ?? []).entries())
      if (!persons.some(({ id }) => id === person))
        found.push({
          keys: ["feeds", String(index), "cot", "persons", String(at), "person"],
          problem: `must name a person of this file, got "${person}"`,
        });
    if (needsSensor(feed.protocol) && !feed.sensor)
      found.push({ keys, problem: `must be there: a ${feed.protocol} feed says which sensor it stands for` });
  }
  for (const [index, { asterix, protocol, transport }] of feeds.entries()) {
    for (const [category, edition] of Object.entries(asterix?.editions ?? {})) {
      const problem = editionFault(category, edition);
      if (problem) found.push({ keys: ["feeds", String(index), "asterix", "editions", category], problem });
    }
    if (protocol === "sapient" && framingOf(transport) === "datagram")
      found.push({
        keys: ["feeds", String(index), "transport", "kind"],
        problem: "must carry a stream for sapient, such as tcpServer",
      });
    for (const { keys, problem } of transportFaults(transport)) {
      found.push({ keys: ["feeds", String(index), "transport", ...keys], problem });
    }
  }
  for (const [index, one] of share.entries()) {
    for (const { keys, problem } of shareFaults(one, site)) found.push({ keys: ["share", String(index), ...keys], problem });
  }
  for (const [index, one] of deliver.entries()) {
    for (const { keys, problem } of deliverFaults(one, site, share))
      found.push({ keys: ["deliver", String(index), ...keys], problem });
  }
  for (const [index, zone] of site.zones.entries()) {
    const fault = zoneFault(zone);
    if (fault) found.push({ keys: ["zones", String(index), fault.key], problem: fault.problem });
  }
  for (const [index, { area }] of site.authorisations.entries()) {
    const fault = shapeFault(area);
    if (fault) found.push({ keys: ["authorisations", String(index), "area"], problem: fault.problem });
  }
  if (feeds.filter((feed) => feed.transport.kind === "stdin").length > 1) {
    found.push({ keys: ["feeds"], problem: "must have at most one feed from standard input" });
  }
  return found;
}
