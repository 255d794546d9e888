import type { Socket } from "node:net";

/** A peer that does not answer within this is not there. */
export const CONNECT_WITHIN_MS = 5000;
const PROBE_AFTER_MS = 3000;
const PROBE_EVERY_MS = 1000;
const PROBES = 4;

/**
 * Lets the kernel find out within 7 s of quiet that a peer is gone which never said so: a cable pulled, a receiver without power. The
 * socket then ends with ETIMEDOUT.
 */
export function watchPeer(socket: Socket): void {
  socket.setKeepAlive(true, PROBE_AFTER_MS, PROBE_EVERY_MS, PROBES);
}

/** Names one connection: what a peer sends on the next one is another stream, and is never taken for the rest of this one. */
export const connectionName = (address: string, port: number, openedMs: number): string =>
  `${address.includes(":") ? `[${address}]` : address}:${port} since ${new Date(openedMs).toISOString()}`;
