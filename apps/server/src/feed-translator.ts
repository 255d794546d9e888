import type { Reality, Site } from "@picket/model";
import { createTranslator, type Translator } from "@picket/translate";
import type { FeedConfig } from "./config/schema.ts";
import type { Transport } from "./config/transport.ts";
import { unpack } from "./feeds/unpack.ts";

/**
 * The translator of a configured feed, as decisions and checks both use it. Where a chunk is a whole message it is unpacked first;
 * what cannot be is refused by its code, like anything else that is not understood.
 */
export function createFeedTranslator(
  feed: FeedConfig,
  { id, sensors }: Pick<Site, "id" | "sensors">,
  snapshot?: unknown,
): Translator {
  const sensor = sensors.find((candidate) => candidate.id === feed.sensor);
  const framing = framingOf(feed.transport);
  const options = {
    feed: feed.id,
    protocol: feed.protocol,
    sensors,
    reality: realityOf(feed),
    framing,
    ...(sensor && { sensor }),
    ...(feed.legalBasis !== undefined && { legalBasis: feed.legalBasis }),
    ...(feed.nodeId !== undefined && { nodeId: feed.nodeId }),
    manyNodes: MIDDLEWARE.has(feed.transport.kind),
    cot: { ownPrefix: `picket-${id}-`, persons: feed.cot?.persons ?? [] },
    ...(feed.asterix && { asterix: feed.asterix }),
  };
  const translator = createTranslator(options, snapshot);
  if (framing === "stream") return translator;
  return {
    snapshot: translator.snapshot,
    bytes(chunk, receivedMs, from, sequence) {
      const unpacked = unpack(chunk);
      if (!unpacked.ok) return { inputs: [], records: 0, rejected: [unpacked.error] };
      return translator.bytes(unpacked.value, receivedMs, from, sequence);
    },
  };
}

/** SAPIENT nodes connect to us themselves; where we connect there is a middleware, and a capture may be of either. */
const MIDDLEWARE: ReadonlySet<Transport["kind"]> = new Set<Transport["kind"]>(["tcpClient", "capture"]);

/** What a feed's detections are, unless they say less themselves: a capture file is a replay. */
export const realityOf = ({ reality, transport }: FeedConfig): Reality =>
  reality ?? (transport.kind === "capture" ? "replay" : "live");

/** Is a chunk a whole message, or a part of a stream that may be cut anywhere? */
export function framingOf(transport: Transport): "datagram" | "stream" {
  switch (transport.kind) {
    case "udp":
    case "http":
    case "httpPoll":
    case "mqtt":
    case "zmq":
      return "datagram";
    case "capture":
      return transport.framing ?? "stream";
    case "tcpClient":
    case "tcpServer":
    case "serial":
    case "stdin":
      return "stream";
    default:
      return transport satisfies never;
  }
}
