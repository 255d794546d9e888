import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import type { FeedId } from "@picket/model";
import type { ClientTls } from "../config/transport.ts";
import { tlsMaterial } from "./client-tls.ts";
import type { Feed } from "./feed.ts";
import { peerOf } from "./peer.ts";
import { CONNECT_WITHIN_MS, connectionName, watchPeer } from "./watch-peer.ts";

export type TcpClientOptions = Readonly<{ host: string; port: number; tls?: ClientTls; idleTimeoutS?: number }>;

/** Connects to a sender and passes on what it sends, as it comes. Fails when the connection does, however it ends. */
export function tcpClientFeed(id: FeedId, { host, port, tls, idleTimeoutS }: TcpClientOptions, nowMs: () => number): Feed {
  const where = `${tls ? "tls" : "tcp"} ${host}:${port}`;
  return {
    id,
    transport: where,
    run: (sink, signal) =>
      new Promise((resolve, reject) => {
        const socket = tls ? connectTls({ host, port, ...tlsMaterial(tls) }) : connect({ host, port });
        const stop = () => socket.destroy();
        let from: string | undefined;
        let fault = new Error(`${where} closed the connection`);
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) stop();
        socket.setTimeout(CONNECT_WITHIN_MS, () => {
          const why = from ? `nothing came for ${idleTimeoutS} s` : `no connection within ${CONNECT_WITHIN_MS / 1000} s`;
          socket.destroy(new Error(`${where}: ${why}`));
        });
        socket.on(tls ? "secureConnect" : "connect", () => {
          from = connectionName(host, port, nowMs());
          watchPeer(socket);
          socket.setTimeout((idleTimeoutS ?? 0) * 1000);
          sink.state({ kind: "listening", where });
        });
        const peer = peerOf(socket);
        socket.on("data", (bytes) => sink.bytes(bytes, nowMs(), from ?? where, peer));
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
