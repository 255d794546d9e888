import { connect, type Socket } from "node:net";
import type { FeedId } from "@picket/model";
import type { Feed, FeedSink } from "./feed.ts";
import { CONNECT_WITHIN_MS, watchPeer } from "./watch-peer.ts";
import { createZmtpReader, formatCommand, formatGreeting, formatReady, formatSubscription, type ZmtpItem } from "./zmtp.ts";

const MAX_MESSAGE_OCTETS = 1 << 20;
const TTL_OCTETS = 2;
/** A first part that is this short and printable is a topic; anything else would make no name. */
const TOPIC = /^[\x21-\x7e]{1,128}$/;

export type ZmqOptions = Readonly<{ url: string; prefixes?: readonly string[]; idleTimeoutS?: number }>;

/**
 * Subscribes at a ZeroMQ publisher. Each message is one chunk: its last part; with more parts the first is its topic. ZeroMQ without
 * security has neither passwords nor secrecy, so this is for a receiver on a network of our own.
 */
export function zmqFeed(id: FeedId, { url, prefixes = [""], idleTimeoutS }: ZmqOptions, nowMs: () => number): Feed {
  const { hostname, port } = new URL(url);
  const where = `zmq ${hostname}:${port}`;

  const converse = (socket: Socket, sink: FeedSink) => {
    const reader = createZmtpReader(MAX_MESSAGE_OCTETS);
    const answer = (item: ZmtpItem) => {
      if (item.kind === "greeting") {
        if (item.mechanism !== "NULL") throw new Error(`it asks for ${item.mechanism} security, which is not spoken here`);
        socket.write(formatReady("SUB"));
      } else if (item.kind === "message") {
        const topic = item.parts.length > 1 ? Buffer.from(item.parts[0] as Uint8Array).toString("latin1") : "";
        sink.bytes(item.parts.at(-1) as Uint8Array, nowMs(), TOPIC.test(topic) ? `${where}/${topic}` : where);
      } else if (item.name === "READY") {
        socket.setTimeout((idleTimeoutS ?? 0) * 1000);
        for (const prefix of prefixes) socket.write(formatSubscription(prefix));
        sink.state({ kind: "listening", where });
      } else if (item.name === "PING") socket.write(formatCommand("PONG", item.body.subarray(TTL_OCTETS)));
      else if (item.name === "ERROR") throw new Error("it refuses us");
    };
    socket.on("data", (octets) => {
      try {
        for (const item of reader.push(octets)) answer(item);
      } catch (error) {
        socket.destroy(new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`));
      }
    });
  };
  return {
    id,
    transport: where,
    run: (sink, signal) =>
      new Promise((resolve, reject) => {
        const socket = connect({ host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) });
        const stop = () => socket.destroy();
        let fault = new Error(`${where} closed the connection`);
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) stop();
        socket.setTimeout(CONNECT_WITHIN_MS, () => socket.destroy(new Error(`${where}: nothing came in time`)));
        socket.on("connect", () => {
          watchPeer(socket);
          socket.write(formatGreeting());
        });
        converse(socket, sink);
        socket.on("error", (error) => {
          fault = error;
        });
        socket.on("close", () => {
          signal.removeEventListener("abort", stop);
          if (signal.aborted) resolve();
          else reject(fault);
        });
      }),
  };
}
