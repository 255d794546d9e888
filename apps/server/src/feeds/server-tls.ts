import type { Socket } from "node:net";
import { createSecureContext, createServer, type TLSSocket } from "node:tls";
import type { ServerTls } from "../config/transport.ts";
import { tlsMaterial } from "./client-tls.ts";
import { CONNECT_WITHIN_MS } from "./watch-peer.ts";

/** What becomes of a connection: it is through, or it speaks no TLS, shows no certificate it had to, or takes too long. */
export type Handshake = Readonly<{ through(socket: TLSSocket): void; refused(): void }>;

/** Throws when certificate and key cannot be read, or do not belong together. */
export function checkServerTls(tls: ServerTls): void {
  createSecureContext(tlsMaterial(tls));
}

/**
 * Shakes hands on a connection that was let in. Certificate and key are read now, so that a renewed one counts at the next connection.
 * With `ca` a sender must show a certificate of that authority. Throws as {@link checkServerTls} does.
 */
export function shakeHands(raw: Socket, tls: ServerTls, { through, refused }: Handshake): void {
  const server = createServer({
    ...tlsMaterial(tls),
    requestCert: tls.ca !== undefined,
    rejectUnauthorized: tls.ca !== undefined,
    handshakeTimeout: CONNECT_WITHIN_MS,
  });
  server.once("secureConnection", through);
  server.once("tlsClientError", (_error, socket) => {
    socket.destroy();
    refused();
  });
  server.emit("connection", raw);
}
