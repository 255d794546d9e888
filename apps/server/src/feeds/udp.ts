import { createSocket } from "node:dgram";
import { isIP } from "node:net";
import type { FeedId } from "@picket/model";
import { createAllowList } from "./allow-list.ts";
import type { Feed } from "./feed.ts";

export type UdpOptions = Readonly<{ port: number; host?: string; multicast?: string; allow?: readonly string[] }>;

/** Listens for datagrams, one chunk each; joins a multicast group when one is given. */
export function udpFeed(id: FeedId, { port, host = "127.0.0.1", multicast, allow }: UdpOptions, nowMs: () => number): Feed {
  const allowed = createAllowList(allow);
  return {
    id,
    transport: `udp ${multicast ?? host}:${port}`,
    run: (sink, signal) =>
      new Promise((resolve, reject) => {
        const socket = createSocket({
          type: isIP(multicast ?? host) === 6 ? "udp6" : "udp4",
          reuseAddr: multicast !== undefined,
          signal,
        });
        socket.on("message", (bytes, peer) => {
          const from = `${peer.address}:${peer.port}`;
          if (allowed(peer.address)) sink.bytes(bytes, nowMs(), from);
          else sink.refused(from);
        });
        socket.on("listening", () => {
          if (multicast) socket.addMembership(multicast, host);
          const { address, port: bound } = socket.address();
          sink.state({ kind: "listening", where: `udp ${address}:${bound}` });
        });
        socket.on("error", reject).on("close", resolve);
        socket.bind(port, multicast ?? host);
      }),
  };
}
