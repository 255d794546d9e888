import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sqliteCode } from "./sqlite-code.ts";

/**
 * Keeps a second process out of the data directory for as long as this one lives. The lock is the operating system's own, on a small
 * file, so that a killed process leaves none behind.
 */
export function lockDirectory(dir: string): { release(): void } {
  const lock = new DatabaseSync(join(dir, "lock"), { timeout: 0 });
  try {
    // Only the first time may anything be written: later the disk may be full. An empty file would get its first page each time.
    lock.exec("PRAGMA journal_mode = MEMORY; CREATE TABLE IF NOT EXISTS held (by_process INTEGER)");
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    if (sqliteCode(cause) !== "busy") throw cause;
    throw new Error(`Another Picket is using ${dir}`, { cause });
  }
  return { release: () => lock.close() };
}
