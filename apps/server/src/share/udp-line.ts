import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import type { Line } from "./line.ts";

export type UdpLineOptions = Readonly<{ host: string; port: number; interface?: string; ttl?: number }>;

/** Sends datagrams to one address or multicast group, and hears nothing. Breaks when the system refuses to send. */
export function udpLine({ host, port, interface: own, ttl = 1 }: UdpLineOptions): Line {
  const where = `udp ${host}:${port}`;
  return {
    where,
    run: (user, signal) =>
      new Promise((resolve, reject) => {
        const socket = createSocket({ type: isIPv6(host) ? "udp6" : "udp4" });
        let fault: unknown;
        let unsent = 0;
        let isEnding = false;
        let isClosed = false;
        const close = () => {
          if (!isClosed) socket.close();
          isClosed = true;
        };
        const fail = (error: unknown) => {
          if (!isEnding) fault ??= error;
          close();
        };
        /** What was said last still goes out. */
        const end = () => {
          isEnding = true;
          if (unsent === 0) close();
        };
        signal.addEventListener("abort", end, { once: true });
        socket.on("error", fail).on("close", () => {
          signal.removeEventListener("abort", end);
          if (fault) reject(fault);
          else resolve();
        });
        if (signal.aborted) return end();
        socket.bind(0, own, () => {
          try {
            socket.setMulticastTTL(ttl);
            if (own) socket.setMulticastInterface(own);
          } catch (error) {
            return fail(error);
          }
          user.opened({
            send(bytes) {
              if (isClosed || isEnding) return false;
              unsent++;
              socket.send(bytes, port, host, (error) => {
                unsent--;
                if (error) fail(error);
                else if (isEnding && unsent === 0) close();
              });
              return true;
            },
            close: (why) => fail(new Error(why)),
          });
        });
      }),
  };
}
