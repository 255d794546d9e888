import { Readable } from "node:stream";
import type { FeedConfig } from "../config/schema.ts";
import { captureFeed } from "./capture-file.ts";
import type { Feed } from "./feed.ts";
import { httpPollFeed } from "./http-poll.ts";
import { mqttFeed } from "./mqtt.ts";
import { postedFeed } from "./posted.ts";
import { serialFeed } from "./serial.ts";
import { standardInputFeed } from "./standard-input.ts";
import { tcpClientFeed } from "./tcp-client.ts";
import { tcpServerFeed } from "./tcp-server.ts";
import { udpFeed } from "./udp.ts";
import { zmqFeed } from "./zmq.ts";

/** The feed that a configuration asks for. */
export function createFeed({ id, transport, protocol }: FeedConfig, input: NodeJS.ReadableStream, nowMs: () => number): Feed {
  switch (transport.kind) {
    case "udp":
      return udpFeed(id, transport, nowMs);
    case "tcpClient":
      return tcpClientFeed(id, transport, nowMs);
    case "tcpServer":
      return tcpServerFeed(id, transport, nowMs);
    case "httpPoll":
      return httpPollFeed(id, transport, nowMs);
    case "mqtt":
      return mqttFeed(id, transport, nowMs);
    case "zmq":
      return zmqFeed(id, transport, nowMs);
    case "serial":
      return serialFeed(id, transport, nowMs);
    case "capture":
      return captureFeed(id, transport, nowMs);
    case "http":
      return postedFeed(id, `POST /api/feeds/${id}/bytes`, nowMs);
    case "stdin":
      return standardInputFeed(id, new Readable().wrap(input), protocol === "remote-id", nowMs);
    default:
      return transport satisfies never;
  }
}
