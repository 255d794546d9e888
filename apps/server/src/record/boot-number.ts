import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "./durable-file.ts";

const BOOT_NUMBER = "boot-number";

/**
 * Takes the next boot number and has it on disk before it answers. Every id of a track carries it, so it must never come twice: it is
 * kept beside the journal too, and outlives one that was lost or set aside. `journalled` is the newest that the journal knows.
 */
export function takeBootNumber(dir: string, journalled: number): number {
  const path = join(dir, BOOT_NUMBER);
  const kept = existsSync(path) ? Number.parseInt(readFileSync(path, "utf8"), 10) : 0;
  const bootNumber = Math.max(Number.isSafeInteger(kept) ? kept : 0, journalled) + 1;
  writeDurably(path, `${bootNumber}\n`);
  return bootNumber;
}
