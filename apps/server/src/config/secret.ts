import { readFileSync } from "node:fs";
import type { Secret } from "./transport.ts";

/** Reads a secret where it stands now: one that was renewed counts at the next connection. Throws in words that never hold it. */
export function readSecret(secret: Secret): string {
  if ("inClear" in secret) return secret.inClear;
  if ("env" in secret) {
    const value = process.env[secret.env];
    if (!value) throw new Error(`The environment variable ${secret.env} is not set, and a feed's secret should stand there`);
    return value;
  }
  const value = readFileSync(secret.file, "utf8").replace(/\r?\n$/, "");
  if (value === "") throw new Error(`${secret.file} is empty, and a feed's secret should stand there`);
  return value;
}
