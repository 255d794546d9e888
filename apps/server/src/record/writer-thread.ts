import { chmodSync, statSync } from "node:fs";
import { backup } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createBallast, freeBytes } from "./ballast.ts";
import { takeBootNumber } from "./boot-number.ts";
import { lockDirectory } from "./directory-lock.ts";
import type { JournalBatch, JournalStore } from "./journal-store.ts";
import { readPragma } from "./open-database.ts";
import { openStore, sqliteCode } from "./open-store.ts";
import { eraseExpired, type RetentionPolicy } from "./retention.ts";
import { readOrMakeSiteKey } from "./site-key.ts";
import type { Answer, FromWriter, ToWriter, WriterStart } from "./writer-messages.ts";

/** How often a stopped writer looks for room, and how often a running one tries to take its ballast in again. */
const RETRY_MS = 250;
const BALLAST_CHECK_MS = 10_000;
const SQLITE_FULL = 13;

const start = workerData as WriterStart;
const port = parentPort;
if (!port) throw new Error("The journal's writer runs as a worker thread");
const say = (message: FromWriter): void => port.postMessage(message);

const ballast = createBallast(start.dir, start.ballastBytes);
/** The batch that could not be written yet, while the writer is stopped. */
let waiting: JournalBatch | undefined;
let isClosing = false;

try {
  run();
} catch (error) {
  say({ kind: "refused", error });
  port.close();
}

function run(): void {
  const lock = lockDirectory(start.dir);
  const { store, setAside } = openStore(start.dir, readOrMakeSiteKey(start.dir), start.busyTimeoutMs);
  const bootNumber = takeBootNumber(start.dir, store.lastBootNumber);
  bootWithRoom(store, bootNumber);
  say({ kind: "opened", bootNumber, sequence: store.lastSequence, ...(setAside ? { setAside } : {}) });
  if (freeBytes(start.dir) > 2 * start.ballastBytes) ballast.take();
  const watch = setInterval(() => {
    if (!waiting && freeBytes(start.dir) > 2 * start.ballastBytes) ballast.take();
  }, BALLAST_CHECK_MS);
  const finish = () => {
    clearInterval(watch);
    store.close();
    lock.release();
    say({ kind: "closed" });
    port?.close();
  };
  port?.on("message", (message: ToWriter) => {
    if (message.kind === "batch") write(store, message.batch, finish);
    else if (message.kind === "retain") answer(message.id, () => retain(store, message.policy));
    else if (message.kind === "backup") answer(message.id, () => backUp(store, message.path));
    else if (waiting) isClosing = true;
    else finish();
  });
}

/** A boot on a full disk is what the ballast is for as well. */
function bootWithRoom(store: JournalStore, bootNumber: number): void {
  try {
    store.boot(bootNumber, start.version, start.nowMs);
  } catch (cause) {
    if (sqliteCode(cause) !== SQLITE_FULL || !ballast.isAboard()) throw cause;
    ballast.drop();
    store.boot(bootNumber, start.version, start.nowMs);
  }
}

/** Writes, or says why not and keeps trying: main sends no other batch until this one is on disk. */
function write(store: JournalStore, batch: JournalBatch, finish: () => void): void {
  try {
    store.write(batch);
    waiting = undefined;
    say({ kind: "committed", sequence: store.lastSequence, freeBytes: freeBytes(start.dir) });
  } catch (cause) {
    const isFull = sqliteCode(cause) === SQLITE_FULL;
    if (isFull) ballast.drop();
    waiting = batch;
    say({ kind: "stopped", why: isFull ? "disk-full" : "write-error", detail: String(cause), freeBytes: freeBytes(start.dir) });
    const hasRoom = () => !isFull || room(store) >= 2 * start.ballastBytes;
    if (isClosing) finish();
    else retryWhen(hasRoom, () => write(store, batch, finish));
  }
}

function retryWhen(isTime: () => boolean, retry: () => void): void {
  const timer = setInterval(() => {
    if (!isClosing && !isTime()) return;
    clearInterval(timer);
    retry();
  }, RETRY_MS);
}

/** What the disk has left, with what erased entries left free inside the file. */
function room({ database }: JournalStore): number {
  return freeBytes(start.dir) + Number(readPragma(database, "freelist_count")) * Number(readPragma(database, "page_size"));
}

async function retain(store: JournalStore, policy: RetentionPolicy): Promise<Answer> {
  const steps = eraseExpired(store, policy);
  for (;;) {
    const step = steps.next();
    if (step.done) return { kind: "retained", erasures: step.value };
    await nextTurn();
  }
}

/** Copies the journal as of the end of the copy, while writing goes on: the same connection, so that a commit never restarts it. */
async function backUp({ database }: JournalStore, path: string): Promise<Answer> {
  await backup(database, path, { rate: 256 });
  chmodSync(path, 0o600);
  return { kind: "backed-up", bytes: statSync(path).size };
}

function answer(id: number, work: () => Promise<Answer>): void {
  work().then(
    (value) => say({ kind: "answer", id, value }),
    (error: unknown) => say({ kind: "failed", id, error }),
  );
}
