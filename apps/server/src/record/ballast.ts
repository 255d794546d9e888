import { randomFillSync } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const CHUNK = 1024 * 1024;

/**
 * Room kept aside for the day the disk is full: a full disk cannot even delete. Thrown overboard once, when the journal first finds no
 * room; taken in again when there is plenty.
 */
export type Ballast = Readonly<{
  isAboard(): boolean;
  /** Fills the file with random octets (a file system may store zeros as nothing). Answers whether it is aboard now. */
  take(): boolean;
  drop(): void;
}>;

export function createBallast(dir: string, lengthBytes: number): Ballast {
  const path = join(dir, "ballast");
  const isAboard = () => existsSync(path) && statSync(path).size === lengthBytes;
  const drop = () => rmSync(path, { force: true });
  return {
    isAboard,
    drop,
    take() {
      if (isAboard()) return true;
      const chunk = randomFillSync(new Uint8Array(Math.min(CHUNK, lengthBytes)));
      const file = openSync(path, "w", 0o600);
      try {
        for (let at = 0; at < lengthBytes; at += chunk.length)
          writeSync(file, chunk, 0, Math.min(chunk.length, lengthBytes - at));
        fsyncSync(file);
        return true;
      } catch {
        drop();
        return false;
      } finally {
        closeSync(file);
      }
    },
  };
}

/** Octets that an ordinary user may still write on the disk of `dir`. */
export function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}
