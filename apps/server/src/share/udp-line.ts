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
        const socket = createSocket({ type: isIPv6(host) ? "udp6" : "udp4", signal });
        let fault: unknown;
        const fail = (error: unknown) => {
          if (fault || signal.aborted) return;
          fault = error;
          socket.close();
        };
        socket.on("error", fail).on("close", () => (fault ? reject(fault) : resolve()));
        socket.bind(0, own, () => {
          try {
            socket.setMulticastTTL(ttl);
            if (own) socket.setMulticastInterface(own);
          } catch (error) {
            return fail(error);
          }
          user.opened({
            send(bytes) {
              if (!fault) socket.send(bytes, port, host, (error) => error && fail(error));
              return fault === undefined;
            },
            close: (why) => fail(new Error(why)),
          });
        });
      }),
  };
}
