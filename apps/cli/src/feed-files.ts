import { accessSync, constants, existsSync, statSync } from "node:fs";
import type { FeedConfig, SiteConfiguration } from "@picket/server";
import { type Finding, fault, note } from "./finding.ts";

const OTHERS_MAY_READ = 0o004;

/** What is amiss with the files that a feed's transport names: captures, certificates, keys and secrets. */
export const feedFiles = ({ id, transport }: FeedConfig): readonly Finding[] => transportFiles(`Feed ${id}`, transport);

/** The same of every share and delivery, and of the directories they write to. */
export function outletFiles({ share = [], deliver = [] }: SiteConfiguration): readonly Finding[] {
  const found: Finding[] = [];
  for (const { id, transport } of share) found.push(...transportFiles(`Share ${id}`, transport));
  for (const { id, transport } of deliver) {
    found.push(...transportFiles(`Delivery ${id}`, transport));
    if (transport.kind === "directory" && existsSync(transport.path) && !isWritable(transport.path))
      found.push(fault(`Delivery ${id}: ${transport.path} cannot be written`));
  }
  return found;
}

type Outlet = ((SiteConfiguration["share"] & object) | (SiteConfiguration["deliver"] & object))[number];

function transportFiles(who: string, transport: FeedConfig["transport"] | Outlet["transport"]): readonly Finding[] {
  const tls = "tls" in transport ? transport.tls : undefined;
  const secrets = [
    "password" in transport ? transport.password : undefined,
    "bearer" in transport ? transport.bearer : undefined,
    "token" in transport && typeof transport.token === "object" ? transport.token : undefined,
  ];
  const secretFiles = secrets.flatMap((secret) => (secret && "file" in secret ? [secret.file] : []));
  const files = [transport.kind === "capture" ? transport.path : undefined, tls?.ca, tls?.certificate];
  const found: Finding[] = [];
  for (const file of [...files, tls?.key, ...secretFiles]) {
    if (file !== undefined && !isReadable(file)) found.push(fault(`${who}: ${file} cannot be read`));
  }
  for (const file of [tls?.key, ...secretFiles]) {
    if (file !== undefined && isReadable(file) && (statSync(file).mode & OTHERS_MAY_READ) !== 0)
      found.push(note(`${who}: anyone on this machine can read ${file}: chmod 600`));
  }
  for (const secret of secrets) {
    if (secret && "env" in secret && !process.env[secret.env])
      found.push(note(`${who}: ${secret.env} is not set here; is it where the site runs?`));
    if (secret && "inClear" in secret) found.push(note(`${who}: its secret stands in the configuration in clear`));
  }
  return found;
}

const isReadable = (file: string): boolean => allows(file, constants.R_OK);
const isWritable = (directory: string): boolean => allows(directory, constants.W_OK);

function allows(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}
