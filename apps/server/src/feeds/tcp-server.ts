import { createServer, type Socket } from "node:net";
import type { FeedId } from "@picket/model";
import { createAllowList } from "./allow-list.ts";
import type { Feed } from "./feed.ts";
import { peerOf } from "./peer.ts";
import { connectionName, watchPeer } from "./watch-peer.ts";

const MAX_CONNECTIONS = 16;

export type TcpServerOptions = Readonly<{
  port: number;
  host?: string;
  allow?: readonly string[];
  maxConnections?: number;
  idleTimeoutS?: number;
}>;

/**
 * Lets senders connect and passes on what each sends, as it comes, under a name of its own for each connection. A sender that is quiet
 * keeps its connection unless `idleTimeoutS` says otherwise: the first detection after a long night must not be lost to a closed one.
 */
export function tcpServerFeed(
  id: FeedId,
  { port, host = "127.0.0.1", allow, maxConnections = MAX_CONNECTIONS, idleTimeoutS }: TcpServerOptions,
  nowMs: () => number,
): Feed {
  const allowed = createAllowList(allow);
  return {
    id,
    transport: `tcp server ${host}:${port}`,
    run: (sink, signal) =>
      new Promise((resolve, reject) => {
        const open = new Set<Socket>();
        const server = createServer();
        const say = () => {
          const address = server.address();
          if (address === null || typeof address === "string" || signal.aborted) return;
          const who = open.size === 0 ? "nobody is connected" : `${open.size} connected`;
          sink.state({ kind: "listening", where: `tcp ${address.address}:${address.port}, ${who}` });
        };
        const stop = () => {
          for (const socket of open) socket.destroy();
          server.close();
        };
        server.on("connection", (socket) => {
          const { remoteAddress = "", remotePort = 0 } = socket;
          const from = connectionName(remoteAddress, remotePort, nowMs());
          // A socket always ends in "close", which is where its end is seen.
          socket.on("error", () => socket.destroy());
          if (!allowed(remoteAddress) || open.size >= maxConnections) {
            sink.refused(from);
            socket.destroy();
            return;
          }
          open.add(socket);
          watchPeer(socket);
          if (idleTimeoutS) socket.setTimeout(idleTimeoutS * 1000, () => socket.destroy());
          const peer = peerOf(socket);
          socket.on("data", (bytes) => sink.bytes(bytes, nowMs(), from, peer));
          socket.on("close", () => {
            open.delete(socket);
            say();
          });
          say();
        });
        server.on("listening", () => {
          signal.addEventListener("abort", stop, { once: true });
          if (signal.aborted) stop();
          say();
        });
        server.on("error", (error) => {
          stop();
          reject(error);
        });
        server.on("close", () => {
          signal.removeEventListener("abort", stop);
          resolve();
        });
        server.listen(port, host);
      }),
  };
}
