import type { FeedId } from "@picket/model";
import type { IClientOptions, MqttClient } from "mqtt";
import { readSecret } from "../config/secret.ts";
import type { ClientTls, Secret } from "../config/transport.ts";
import { tlsMaterial } from "./client-tls.ts";
import type { Feed, FeedSink } from "./feed.ts";
import { CONNECT_WITHIN_MS } from "./watch-peer.ts";

/** The broker is asked for a sign of life this often, and given up when one and a half times as long brings none. */
const KEEPALIVE_S = 5;
/** A message that is longer is not taken in: the connection ends. */
const MAX_MESSAGE_OCTETS = 1 << 20;
/** With its header and topic, and what the socket read of the next. */
const MAX_PACKET_OCTETS = MAX_MESSAGE_OCTETS + (1 << 17);
const MAX_TOPIC_LENGTH = 256;
/** Granted QoS from here on are refusals. @source MQTT 3.1.1, 3.9.3; MQTT 5.0, 3.9.3. */
const FIRST_REFUSAL = 0x80;

export type MqttOptions = Readonly<{
  url: string;
  topics: readonly string[];
  qos?: 0 | 1;
  version?: "3.1.1" | "5";
  clientId?: string;
  user?: string;
  password?: Secret;
  tls?: ClientTls;
  keepaliveS?: number;
  retained?: boolean;
}>;

/**
 * Subscribes at a broker, each message one chunk. Every session begins clean: what a broker would have kept for us while we were away is
 * the past, and must not look like the present.
 */
export function mqttFeed(id: FeedId, options: MqttOptions, nowMs: () => number): Feed {
  const where = brokerName(options.url);
  return {
    id,
    transport: where,
    async run(sink, signal) {
      const { connect } = await import("mqtt");
      if (signal.aborted) return;
      const client = connect(options.url, clientOptions(options));
      const ended = Promise.withResolvers<void>();
      const stop = () => ended.resolve();
      signal.addEventListener("abort", stop, { once: true });
      try {
        watchBroker(client, where, ended.reject);
        client.on("connect", () => subscribe(client, { ...options, where }, sink, ended.reject));
        client.on("message", (topic, payload, { retain }) => {
          const from = messageSource(where, topic, retain);
          if ((retain && !options.retained) || topic.length > MAX_TOPIC_LENGTH) sink.refused(from);
          else sink.bytes(payload, nowMs(), from);
        });
        await ended.promise;
      } finally {
        signal.removeEventListener("abort", stop);
        client.removeAllListeners("message");
        client.end(true);
      }
    },
  };
}

/**
 * What a message's `from` says: broker and topic, and whether the broker had kept it, so that its age is not known. No topic that is
 * published to can hold a `#`.
 */
export const messageSource = (where: string, topic: string, isRetained: boolean): string =>
  `${where}/${topic}${isRetained ? "#retained" : ""}`;

const brokerName = (url: string): string => {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname}:${port || (protocol === "mqtts:" ? 8883 : 1883)}`;
};

function clientOptions(options: MqttOptions): IClientOptions {
  const { version = "3.1.1", clientId, user, password, tls, keepaliveS = KEEPALIVE_S } = options;
  return {
    ...tlsMaterial(tls),
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_WITHIN_MS,
    keepalive: keepaliveS,
    resubscribe: false,
    protocolVersion: version === "5" ? 5 : 4,
    ...(version === "5" && { properties: { maximumPacketSize: MAX_MESSAGE_OCTETS } }),
    ...(clientId && { clientId }),
    ...(user !== undefined && { username: user }),
    ...(password && { password: readSecret(password) }),
  };
}

/** Says once why the connection is at its end, whatever ended it. */
function watchBroker(client: MqttClient, where: string, fail: (why: Error) => void): void {
  let octetsSincePacket = 0;
  client.on("packetreceive", () => {
    octetsSincePacket = 0;
  });
  client.stream.on("data", (octets: Uint8Array) => {
    octetsSincePacket += octets.length;
    if (octetsSincePacket > MAX_PACKET_OCTETS)
      fail(new Error(`${where} sends a message of more than ${MAX_MESSAGE_OCTETS} octets`));
  });
  client.on("error", (error) => fail(isSilence(error) ? new Error(`${where} gives no sign of life`) : error));
  client.on("disconnect", ({ reasonCode }) => fail(new Error(`${where} sends us away (reason ${reasonCode})`)));
  client.on("close", () => fail(new Error(`${where} closed the connection`)));
}

const isSilence = ({ message }: Error): boolean => message === "Keepalive timeout" || message === "connack timeout";

type Subscription = Readonly<{ where: string; topics: readonly string[]; qos?: 0 | 1 }>;

/** Subscribes, and says which topics are refused. Nothing but refusals is a failure. */
function subscribe(
  client: MqttClient,
  { where, topics, qos = 1 }: Subscription,
  sink: FeedSink,
  fail: (why: Error) => void,
): void {
  client.subscribe([...topics], { qos }, (error, _, packet) => {
    const granted = packet?.granted ?? [];
    const refused = topics.filter((_topic, index) => Number(granted[index] ?? 0) >= FIRST_REFUSAL);
    if (refused.length === topics.length)
      return fail(new Error(`${where} refuses ${refused.join(", ")}: may this user read there?`));
    if (error && refused.length === 0) return fail(error);
    const but = refused.length > 0 ? `, but it refuses ${refused.join(", ")}` : "";
    sink.state({ kind: "listening", where: `${where} ${topics.join(", ")}${but}` });
  });
}
