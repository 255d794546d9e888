import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import type { ClientTls } from "../config/transport.ts";
import { tlsMaterial } from "../feeds/client-tls.ts";
import { CONNECT_WITHIN_MS, watchPeer } from "../feeds/watch-peer.ts";
import type { Line } from "./line.ts";

/** A partner that reads slower than we write gets nothing more while this much waits in the socket. */
const MOST_UNREAD_BYTES = 256 * 1024;
/** How long the last word may take to leave. */
const LEAVE_WITHIN_MS = 1000;

export type TcpLineOptions = Readonly<{ host: string; port: number; tls?: ClientTls }>;

/** Connects to a partner's server, by TLS when there is any, with our certificate when we have one. */
export function tcpLine({ host, port, tls }: TcpLineOptions): Line {
  const where = `${tls ? "tls" : "tcp"} ${host}:${port}`;
  return {
    where,
    run: (user, signal) =>
      new Promise((resolve, reject) => {
        const socket = tls ? connectTls({ host, port, ...tlsMaterial(tls) }) : connect({ host, port });
        let fault = new Error(`${where} closed the connection`);
        /** What was said last still goes out, unless the partner does not read. */
        const stop = () => {
          if (socket.connecting) return void socket.destroy();
          socket.end(() => socket.destroy());
          setTimeout(() => socket.destroy(), LEAVE_WITHIN_MS).unref();
        };
        signal.addEventListener("abort", stop, { once: true });
        if (signal.aborted) stop();
        socket.setTimeout(CONNECT_WITHIN_MS, () =>
          socket.destroy(new Error(`${where}: no connection within ${CONNECT_WITHIN_MS / 1000} s`)),
        );
        socket.on(tls ? "secureConnect" : "connect", () => {
          watchPeer(socket);
          socket.setTimeout(0);
          socket.setNoDelay(true);
          user.opened({
            send(bytes) {
              if (!socket.writable || socket.writableLength > MOST_UNREAD_BYTES) return false;
              socket.write(bytes);
              return true;
            },
            close: (why) => void socket.destroy(new Error(why)),
          });
        });
        socket.on("data", (bytes) => user.heard(bytes));
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
