import type { KeyObject } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import { journalPath } from "./journal-schema.ts";
import { DamagedJournalError, ForeignKeyError, JournalStore } from "./journal-store.ts";
import type { SetAside } from "./writer-messages.ts";

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** The low octet of SQLite's extended result code; `undefined` for any other error. @source sqlite.org/rescode.html */
export function sqliteCode(cause: unknown): number | undefined {
  const code = cause instanceof Error && "errcode" in cause ? cause.errcode : undefined;
  return typeof code === "number" ? code & 0xff : undefined;
}

/**
 * Opens the journal of `dir` for writing. One that is damaged or under another key is moved aside untouched and a new one begun: a
 * site must warn and record even then. The caller tells the operator what was set aside.
 */
export function openStore(dir: string, siteKey: KeyObject, busyTimeoutMs: number): { store: JournalStore; setAside?: SetAside } {
  try {
    return { store: new JournalStore(dir, siteKey, busyTimeoutMs) };
  } catch (cause) {
    const why = reasonToSetAside(cause);
    if (!why) throw cause;
    const path = moveAside(dir);
    return { store: new JournalStore(dir, siteKey, busyTimeoutMs), setAside: { path, why } };
  }
}

function reasonToSetAside(cause: unknown): string | undefined {
  if (cause instanceof DamagedJournalError || cause instanceof ForeignKeyError) return cause.message;
  const code = sqliteCode(cause);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB ? String(cause) : undefined;
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
