import { readFileSync } from "node:fs";
import type { ClientTls } from "../config/transport.ts";

/** What Node's TLS takes. Files are read now, so that a renewed certificate counts at the next connection. */
export type TlsMaterial = Readonly<{ ca?: Buffer; cert?: Buffer; key?: Buffer; servername?: string }>;

export const tlsMaterial = ({ ca, certificate, key, serverName }: ClientTls = {}): TlsMaterial => ({
  ...(ca && { ca: readFileSync(ca) }),
  ...(certificate && { cert: readFileSync(certificate) }),
  ...(key && { key: readFileSync(key) }),
  ...(serverName && { servername: serverName }),
});
