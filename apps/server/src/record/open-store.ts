import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { takeBootNumber } from "./boot-number.ts";
import { journalPath } from "./journal-schema.ts";
import { DamagedJournalError, ForeignKeyError, JournalStore } from "./journal-store.ts";
import { sqliteCode } from "./sqlite-code.ts";
import type { SetAside, WriterStart } from "./writer-messages.ts";

/** An open journal with its boot entry on disk. */
export type BootedStore = Readonly<{ store: JournalStore; bootNumber: number; setAside?: SetAside }>;

/**
 * Opens the journal for writing and boots it. One that is damaged or under another key is moved aside untouched and a new one begun:
 * a site must warn and record even then. The caller tells the operator what was set aside.
 */
export function openAndBoot(start: WriterStart, siteKey: KeyObject): BootedStore {
  try {
    return boot(start, siteKey);
  } catch (cause) {
    const why = reasonToSetAside(cause);
    if (!why) throw cause;
    const path = moveAside(start.dir);
    return { ...boot(start, siteKey), setAside: { path, why } };
  }
}

function boot({ dir, version, nowMs, busyTimeoutMs }: WriterStart, siteKey: KeyObject): BootedStore {
  const store = new JournalStore(dir, siteKey, busyTimeoutMs);
  try {
    const bootNumber = takeBootNumber(dir, store.lastBootNumber);
    store.boot(bootNumber, version, nowMs);
    return { store, bootNumber };
  } catch (cause) {
    store.close();
    throw cause;
  }
}

function reasonToSetAside(cause: unknown): string | undefined {
  if (cause instanceof DamagedJournalError || cause instanceof ForeignKeyError) return cause.message;
  const code = sqliteCode(cause);
  return code === "corrupt" || code === "not-a-database" ? String(cause) : undefined;
}

/** The log moves with its database: without it, committed entries would be missing from what is kept. */
function moveAside(dir: string): string {
  let number = 1;
  while (existsSync(join(dir, `set-aside-${number}`))) number++;
  const aside = join(dir, `set-aside-${number}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const path of [journalPath(dir), `${journalPath(dir)}-wal`, `${journalPath(dir)}-shm`])
    if (existsSync(path)) renameSync(path, join(aside, basename(path)));
  return aside;
}
