import { createSocket } from "node:dgram";
import { isIP } from "node:net";
import type { FeedId } from "@picket/model";
import { createAllowList } from "./allow-list.ts";
import type { Feed } from "./feed.ts";
import { udpDrops } from "./udp-drops.ts";

/** Room for a burst while a tick runs; the kernel gives less where its own limit is lower. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** How often the system is asked what it dropped. */
const DROPS_MS = 1000;

export type UdpOptions = Readonly<{ port: number; host?: string; multicast?: string; allow?: readonly string[] }>;

/** Listens for datagrams, one chunk each; joins a multicast group when one is given. */
export function udpFeed(id: FeedId, { port, host = "127.0.0.1", multicast, allow }: UdpOptions, nowMs: () => number): Feed {
  const allowed = createAllowList(allow);
  return {
    id,
    transport: `udp ${multicast ?? host}:${port}`,
    run: (sink, signal) =>
      new Promise((resolve, reject) => {
        const type = isIP(multicast ?? host) === 6 ? "udp6" : "udp4";
        let watch: NodeJS.Timeout | undefined;
        const socket = createSocket({
          type,
          reuseAddr: multicast !== undefined,
          recvBufferSize: RECEIVE_BUFFER_BYTES,
          signal,
        });
        const fail = (error: unknown) => {
          socket.close();
          reject(error);
        };
        socket.on("message", (bytes, peer) => {
          const from = `${peer.address}:${peer.port}`;
          if (allowed(peer.address)) sink.bytes(bytes, nowMs(), from);
          else sink.refused(from);
        });
        socket.on("listening", () => {
          try {
            if (multicast) socket.addMembership(multicast, host);
          } catch (error) {
            return fail(error);
          }
          const { address, port: bound } = socket.address();
          sink.state({ kind: "listening", where: `udp ${address}:${bound}` });
          let known = udpDrops(bound, type) ?? 0;
          watch = setInterval(() => {
            const drops = udpDrops(bound, type) ?? known;
            if (drops > known) sink.lost?.(drops - known);
            known = drops;
          }, DROPS_MS);
        });
        socket.on("error", fail).on("close", () => {
          clearInterval(watch);
          resolve();
        });
        socket.bind(port, multicast ?? host);
      }),
  };
}
