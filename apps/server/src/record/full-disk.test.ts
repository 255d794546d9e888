import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { freeBytes } from "./ballast.ts";
import { type Journal, openJournal, type RecordState } from "./journal.ts";
import { openJournalReader } from "./journal-reader.ts";

/** Set in the child process: a directory on a 24 MB file system of its own. */
const SMALL_DISK = process.env["PICKET_SMALL_DISK"];
const MOUNT = 'mount -t tmpfs -o size=24m tmpfs "$PICKET_SMALL_DISK"';
const QUEUE_BYTES = 1024 * 1024;
const BALLAST_BYTES = 6 * 1024 * 1024;

if (SMALL_DISK) {
  test("on a full disk recording stops and says so, nothing false is acknowledged, and it resumes by itself", () =>
    recoversWithRoom(join(SMALL_DISK, "a")));
  test("on a full disk entries can still be erased, and recording resumes in the room they leave", () =>
    recoversByErasing(join(SMALL_DISK, "b")));
  test("a journal can be opened on a full disk: the ballast is for that too", () => opensWhenFull(join(SMALL_DISK, "c")));
} else {
  const dir = mkdtempSync(join(tmpdir(), "picket-full-"));
  const env: NodeJS.ProcessEnv = { ...process.env, PICKET_SMALL_DISK: dir };
  const canMount = spawnSync("unshare", ["-rm", "sh", "-c", MOUNT], { env }).status === 0;
  const skip = canMount ? false : "needs unshare (util-linux) with leave to mount a tmpfs";
  test("a journal lives through a full disk", { skip }, () => {
    const { ["NODE_TEST_CONTEXT"]: _, ...childEnv } = env;
    const command = `${MOUNT} && exec "${process.execPath}" "${fileURLToPath(import.meta.url)}"`;
    const { status, stdout } = spawnSync("unshare", ["-rm", "sh", "-c", command], {
      env: childEnv,
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /pass 3/);
  });
  test.after(() => rmSync(dir, { recursive: true }));
}

const open = (dir: string): Promise<Journal> =>
  openJournal({ dir, version: "1", nowMs: () => 1_000, ballastBytes: BALLAST_BYTES, queueBytes: QUEUE_BYTES });

const stateOf = (journal: Journal, kind: RecordState["kind"]): Promise<RecordState> =>
  new Promise((resolve) => {
    if (journal.state.kind === kind) resolve(journal.state);
    journal.onState((state) => state.kind === kind && resolve(state));
  });

/** Closes the journal whatever happens, so that a failed test ends. */
async function withJournal(dir: string, use: (journal: Journal) => Promise<void>): Promise<void> {
  const journal = await open(dir);
  try {
    await use(journal);
    assert.equal(await journal.close(), 0);
  } catch (cause) {
    await journal.close();
    throw cause;
  }
}

/** Appends ten times 2 kB every few milliseconds, as a busy site would, and remembers what was taken. */
function keepAppending(journal: Journal, everyTurn: () => unknown = () => undefined): { taken: number[]; stop(): void } {
  const taken: number[] = [];
  const timer = setInterval(() => {
    for (let i = 0; i < 10; i++) {
      const bytes = new Uint8Array(2_000).fill(taken.length);
      const sequence = journal.append({ kind: "bytes", feed: "f", from: "", receivedMs: 500, bytes });
      if (sequence !== undefined) taken.push(sequence);
    }
    everyTurn();
  }, 5);
  return { taken, stop: () => clearInterval(timer) };
}

async function recoversWithRoom(dir: string): Promise<void> {
  let taken: readonly number[] = [];
  await withJournal(dir, async (journal) => {
    await ballastAboard(dir);
    const filler = join(dir, "filler");
    writeFileSync(filler, new Uint8Array(freeBytes(dir) - 2_000_000));
    const input = keepAppending(journal);
    taken = input.taken;
    const stopped = await stateOf(journal, "stopped");
    assert.ok(stopped.kind === "stopped" && stopped.why === "disk-full", JSON.stringify(stopped));
    assert.ok(!existsSync(join(dir, "ballast")), "the ballast is overboard");
    const acknowledged = journal.committed;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    assert.equal(journal.committed, acknowledged, "nothing was acknowledged while stopped");
    assert.ok(journal.counters.refused.normal > 0 && journal.counters.queuedBytes < 1.1 * QUEUE_BYTES);
    assert.ok(journal.append({ kind: "command", receivedMs: 1, command: {} }), "a command is always taken");
    const roomAtMs = performance.now();
    rmSync(filler);
    await stateOf(journal, "recording");
    assert.ok(performance.now() - roomAtMs < 10_000);
    input.stop();
  });
  const reader = openJournalReader(dir);
  assert.ok(reader.verify().ok);
  const kept = new Set([...reader.entries({ fromSequence: 1 })].map(({ sequence }) => sequence));
  assert.ok(taken.length > 500 && taken.every((sequence) => kept.has(sequence)), "every entry that was taken is on disk");
  reader.close();
  rmSync(dir, { recursive: true });
}

async function recoversByErasing(dir: string): Promise<void> {
  let erased = 0;
  await withJournal(dir, async (journal) => {
    await ballastAboard(dir);
    const filler = join(dir, "filler");
    writeFileSync(filler, new Uint8Array(freeBytes(dir) - 9_000_000));
    const input = keepAppending(journal, () => journal.state.kind === "recording" && journal.beginSegment(new Uint8Array(10)));
    await stateOf(journal, "stopped");
    input.stop();
    const [erasure] = await journal.retain({ rules: [{ retention: "bytes", beforeMs: 2_000 }], holds: [] });
    erased = erasure?.entries ?? 0;
    await stateOf(journal, "recording");
  });
  assert.ok(erased > 500, `${erased} erased`);
  const reader = openJournalReader(dir);
  const verdict = reader.verify();
  assert.ok(verdict.ok && verdict.erased === erased);
  reader.close();
  rmSync(dir, { recursive: true });
}

async function opensWhenFull(dir: string): Promise<void> {
  await withJournal(dir, () => ballastAboard(dir));
  writeFileSync(join(dir, "filler"), new Uint8Array(freeBytes(dir)));
  assert.equal(freeBytes(dir), 0);
  await withJournal(dir, async (journal) => assert.equal(journal.bootNumber, 2));
  rmSync(dir, { recursive: true });
}

/** The writer takes it in after the journal opened: a start does not wait for it. */
async function ballastAboard(dir: string): Promise<void> {
  const path = join(dir, "ballast");
  while (!existsSync(path) || statSync(path).size < BALLAST_BYTES) await new Promise((resolve) => setTimeout(resolve, 10));
}
