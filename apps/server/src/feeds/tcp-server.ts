import { createServer, type Socket } from "node:net";
import type { FeedId } from "@picket/model";
import type { ServerTls } from "../config/transport.ts";
import { createAllowList } from "./allow-list.ts";
import { faultInWords } from "./fault-in-words.ts";
import type { Feed } from "./feed.ts";
import { peerOf } from "./peer.ts";
import { checkServerTls, shakeHands } from "./server-tls.ts";
import { connectionName, watchPeer } from "./watch-peer.ts";

const MAX_CONNECTIONS = 16;

export type TcpServerOptions = Readonly<{
  port: number;
  host?: string;
  allow?: readonly string[];
  maxConnections?: number;
  idleTimeoutS?: number;
  tls?: ServerTls;
}>;

/**
 * Lets senders connect and passes on what each sends, as it comes, under a name of its own for each connection. A sender that is quiet
 * keeps its connection unless `idleTimeoutS` says otherwise: the first detection after a long night must not be lost to a closed one.
 * With `tls` whoever does not speak it, or does not show the certificate it must, is turned away and counted.
 */
export function tcpServerFeed(
  id: FeedId,
  { port, host = "127.0.0.1", allow, maxConnections = MAX_CONNECTIONS, idleTimeoutS, tls }: TcpServerOptions,
  nowMs: () => number,
): Feed {
  const allowed = createAllowList(allow);
  const scheme = tls ? "tls" : "tcp";
  return {
    id,
    transport: `${scheme} server ${host}:${port}`,
    run: (sink, signal) =>
      new Promise((resolve, reject) => {
        if (tls) checkServerTls(tls);
        const open = new Set<Socket>();
        let trouble = "";
        const server = createServer();
        const say = () => {
          const address = server.address();
          if (address === null || typeof address === "string" || signal.aborted) return;
          const who = open.size === 0 ? "nobody is connected" : `${open.size} connected`;
          sink.state({ kind: "listening", where: `${scheme} ${address.address}:${address.port}, ${who}${trouble}` });
        };
        const stop = () => {
          for (const socket of open) socket.destroy();
          server.close();
        };
        const listenTo = (socket: Socket, from: string) => {
          const peer = peerOf(socket);
          socket.on("error", () => socket.destroy());
          if (idleTimeoutS) socket.setTimeout(idleTimeoutS * 1000, () => socket.destroy());
          socket.on("data", (bytes) => sink.bytes(bytes, nowMs(), from, peer));
        };
        const refuse = (raw: Socket, from: string) => {
          sink.refused(from);
          raw.destroy();
        };
        const secure = (raw: Socket, from: string, own: ServerTls) => {
          try {
            shakeHands(raw, own, { through: (socket) => listenTo(socket, from), refused: () => refuse(raw, from) });
            trouble = "";
          } catch (error) {
            trouble = `; senders are turned away: ${faultInWords(error)}`;
            refuse(raw, from);
          }
        };
        server.on("connection", (socket) => {
          const { remoteAddress = "", remotePort = 0 } = socket;
          const from = connectionName(remoteAddress, remotePort, nowMs());
          // A socket always ends in "close", which is where its end is seen.
          socket.on("error", () => socket.destroy());
          if (!allowed(remoteAddress) || open.size >= maxConnections) return refuse(socket, from);
          open.add(socket);
          socket.on("close", () => {
            open.delete(socket);
            say();
          });
          watchPeer(socket);
          if (tls) secure(socket, from, tls);
          else listenTo(socket, from);
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
