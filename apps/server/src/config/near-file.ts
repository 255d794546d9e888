import { dirname, resolve } from "node:path";
import type { DeliverTransport } from "./deliver.ts";
import type { ShareTransport } from "./share.ts";
import type { ClientTls, Secret, Transport } from "./transport.ts";

/** The transport with the paths in it made relative to the configuration file. A device keeps its path. */
export function nearFile<T extends Transport | ShareTransport | DeliverTransport>(transport: T, file: string): T {
  const near = (path: string) => resolve(dirname(file), path);
  const ofTls = ({ ca, certificate, key, ...rest }: ClientTls): ClientTls => ({
    ...rest,
    ...(ca && { ca: near(ca) }),
    ...(certificate && { certificate: near(certificate) }),
    ...(key && { key: near(key) }),
  });
  const ofSecret = (secret: Secret): Secret => ("file" in secret ? { file: near(secret.file) } : secret);
  return {
    ...transport,
    ...((transport.kind === "capture" || transport.kind === "directory") && { path: near(transport.path) }),
    ...("tls" in transport && transport.tls && { tls: ofTls(transport.tls) }),
    ...("password" in transport && transport.password && { password: ofSecret(transport.password) }),
    ...("token" in transport && typeof transport.token === "object" && { token: ofSecret(transport.token) }),
    ...("bearer" in transport && transport.bearer && { bearer: ofSecret(transport.bearer) }),
  };
}
