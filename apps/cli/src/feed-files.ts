import { accessSync, constants, statSync } from "node:fs";
import type { FeedConfig } from "@picket/server";
import { type Finding, fault, note } from "./finding.ts";

const OTHERS_MAY_READ = 0o004;

/** What is amiss with the files that a feed's transport names: captures, certificates, keys and secrets. */
export function feedFiles({ id, transport }: FeedConfig): readonly Finding[] {
  const tls = "tls" in transport ? transport.tls : undefined;
  const secrets = [
    "password" in transport ? transport.password : undefined,
    "bearer" in transport ? transport.bearer : undefined,
  ];
  const secretFiles = secrets.flatMap((secret) => (secret && "file" in secret ? [secret.file] : []));
  const files = [transport.kind === "capture" ? transport.path : undefined, tls?.ca, tls?.certificate];
  const found: Finding[] = [];
  for (const file of [...files, tls?.key, ...secretFiles]) {
    if (file !== undefined && !isReadable(file)) found.push(fault(`Feed ${id}: ${file} cannot be read`));
  }
  for (const file of [tls?.key, ...secretFiles]) {
    if (file !== undefined && isReadable(file) && (statSync(file).mode & OTHERS_MAY_READ) !== 0)
      found.push(note(`Feed ${id}: anyone on this machine can read ${file}: chmod 600`));
  }
  for (const secret of secrets) {
    if (secret && "env" in secret && !process.env[secret.env])
      found.push(note(`Feed ${id}: ${secret.env} is not set here; is it where the site runs?`));
    if (secret && "inClear" in secret) found.push(note(`Feed ${id}: its secret stands in the configuration in clear`));
  }
  return found;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
