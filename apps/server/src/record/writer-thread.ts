import { setImmediate as nextTurn } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { createBallast, freeBytes } from "./ballast.ts";
import { lockDirectory } from "./directory-lock.ts";
import type { JournalBatch, JournalStore } from "./journal-store.ts";
import { readPragma } from "./open-database.ts";
import { type BootedStore, openAndBoot } from "./open-store.ts";
import { eraseExpired, type RetentionPolicy } from "./retention.ts";
import { readOrMakeSiteKey } from "./site-key.ts";
import { isDiskFull } from "./sqlite-code.ts";
import type { FromWriter, ToWriter, WriterStart } from "./writer-messages.ts";

/** How often a stopped writer looks for room, and how often a running one tries to take its ballast in again. */
const RETRY_MS = 250;
const BALLAST_CHECK_MS = 10_000;
/** With less than this an error of opening is put down to the full disk: SQLite says only "I/O error" when it cannot map its index. */
const SCANT_BYTES = 1024 * 1024;

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
  const { store, bootNumber, setAside } = openWithRoom();
  say({ kind: "opened", bootNumber, sequence: store.lastSequence, ...(setAside ? { setAside } : {}) });
  takeBallast();
  const watch = setInterval(takeBallast, BALLAST_CHECK_MS);
  const finish = () => {
    clearInterval(watch);
    store.close();
    lock.release();
    say({ kind: "closed" });
    port?.close();
  };
  port?.on("message", (message: ToWriter) => {
    if (message.kind === "batch") write(store, message.batch, finish);
    else if (message.kind === "retain") void retain(store, message.id, message.policy);
    else if (waiting) isClosing = true;
    else finish();
  });
}

/** Without its ballast the record goes on: what cannot be taken in now is tried again. */
function takeBallast(): void {
  try {
    if (!waiting && freeBytes(start.dir) > 2 * start.ballastBytes) ballast.take();
  } catch {
    // The disk filled, or the folder went, between the look and the taking: a write that fails will say so.
  }
}

/** A start on a full disk is what the ballast is for as well. */
function openWithRoom(): BootedStore {
  const siteKey = readOrMakeSiteKey(start.dir);
  try {
    return openAndBoot(start, siteKey);
  } catch (cause) {
    const isFull = isDiskFull(cause) || freeBytes(start.dir) < SCANT_BYTES;
    if (!isFull || !ballast.isAboard()) throw cause;
    ballast.drop();
    return openAndBoot(start, siteKey);
  }
}

/** Writes, or says why not and keeps trying: main sends no other batch until this one is on disk. */
function write(store: JournalStore, batch: JournalBatch, finish: () => void): void {
  try {
    store.write(batch);
    waiting = undefined;
    say({ kind: "committed", sequence: store.lastSequence, freeBytes: freeBytes(start.dir) });
  } catch (cause) {
    const isFull = isDiskFull(cause);
    if (isFull) ballast.drop();
    waiting = batch;
    say({ kind: "stopped", why: isFull ? "disk-full" : "write-error", detail: String(cause), freeBytes: freeBytes(start.dir) });
    const hasRoom = () => !isFull || room(store) >= 1.5 * start.ballastBytes;
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

async function retain(store: JournalStore, id: number, policy: RetentionPolicy): Promise<void> {
  try {
    store.checkpoint(); // On a full disk the log can only be used again once it is in the file.
    const steps = eraseExpired(store.database, policy);
    let step = steps.next();
    for (; !step.done; step = steps.next()) await nextTurn();
    store.checkpoint();
    say({ kind: "retained", id, erasures: step.value });
  } catch (error) {
    say({ kind: "failed", id, error });
  }
}
