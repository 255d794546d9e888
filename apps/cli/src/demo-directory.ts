import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockDirectory } from "@picket/server";
import { CommandError, fileError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

/** Stands in a directory that a demonstration made: what a site keeps there may go. */
const MARK = "demonstration";
/** All that a site writes into its data directory. */
const KEPT = ["journal", "released", "deliver", "access.sqlite", "access.sqlite-wal", "access.sqlite-shm", "declarations.json"];

/** Why a site keeps nothing in such a directory. */
export const IS_DEMONSTRATION = "is a demonstration's: the next one removes what is kept there (--data, or server.dataDir)";

/** Is what is kept in a data directory a demonstration's, which the next one removes? */
export const isDemonstration = (dir: string): boolean => existsSync(join(dir, MARK));

/**
 * A demonstration begins anew each time: in a directory that is not there, that is empty, or that one before it made. Of such a one it
 * removes what a site writes and nothing else. Throws {@link CommandError} for a directory that holds anything of somebody's, and
 * for one that is in use.
 */
export function freshDirectory(dir: string): string {
  try {
    if (isDemonstration(dir)) clear(dir);
    else if (existsSync(dir) && readdirSync(dir).length > 0)
      throw new CommandError(
        EXIT.usage,
        `--data ${dir} holds what is no demonstration's: name a directory that is empty or not there`,
      );
    mkdirSync(dir, { recursive: true });
    writeFileSync(
      join(dir, MARK),
      "The record beside this is of a simulation and is removed when the next demonstration starts.\n",
    );
  } catch (error) {
    throw fileError("write", dir, error);
  }
  return dir;
}

function clear(dir: string): void {
  const journal = join(dir, "journal");
  if (existsSync(journal)) {
    try {
      lockDirectory(journal).release();
    } catch (error) {
      throw new CommandError(EXIT.unavailable, error instanceof Error ? error.message : String(error));
    }
  }
  for (const name of KEPT) rmSync(join(dir, name), { recursive: true, force: true });
}
