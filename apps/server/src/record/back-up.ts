import { chmodSync, existsSync, rmSync, statSync } from "node:fs";
import { backup, DatabaseSync } from "node:sqlite";
import { moveDurably } from "./durable-file.ts";
import { JOURNAL_MIGRATIONS, journalPath } from "./journal-schema.ts";
import { openReadOnly } from "./open-database.ts";

/** In one step: a copy in several starts again whenever another connection commits. */
const ALL_PAGES = 0x7fffffff;

/**
 * Copies the journal of `dir` as it stands now into the new file `path`, in one read beside the writer: what is committed meanwhile
 * is in the next copy. The name appears when the copy is whole and synced. Answers its length.
 */
export async function backUpJournal(dir: string, path: string): Promise<number> {
  if (existsSync(path)) throw new Error(`A backup never replaces a file, and ${path} exists`);
  const part = `${path}.part`;
  rmSync(part, { force: true });
  const source = openReadOnly(journalPath(dir), JOURNAL_MIGRATIONS.length);
  try {
    await backup(source, part, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  leaveLogMode(part);
  chmodSync(part, 0o600);
  moveDurably(part, path);
  return statSync(path).size;
}

/** One plain file, that can be read from a medium on which nothing can be written. */
function leaveLogMode(path: string): void {
  const copy = new DatabaseSync(path);
  copy.exec("PRAGMA journal_mode = DELETE");
  copy.close();
}
