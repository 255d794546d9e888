import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { freeBytes } from "./ballast.ts";
import { type Journal, openJournal, type RecordState } from "./journal.ts";
import { openJournalReader } from "./journal-reader.ts";

/** Set in the child process: a directory on an 8 MB file system of its own. */
const SMALL_DISK = process.env["PICKET_SMALL_DISK"];
const MOUNT = 'mount -t tmpfs -o size=8m tmpfs "$PICKET_SMALL_DISK"';
const BALLAST_BYTES = 1024 * 1024;

if (SMALL_DISK) {
  test("on a full disk recording stops and says so, nothing false is acknowledged, and it resumes by itself", () =>
    recoversWithRoom(join(SMALL_DISK, "a")));
  test("on a full disk entries can still be erased, and recording resumes in the room they leave", () =>
    recoversByErasing(join(SMALL_DISK, "b")));
  test("a journal can be opened on a full disk: the ballast is for that too", () => opensWhenFull(join(SMALL_DISK, "c")));
} else {
  const dir = mkdtempSync(join(tmpdir(), "picket-full-"));
  const env = { ...process.env, PICKET_SMALL_DISK: dir };
  const canMount = spawnSync("unshare", ["-rm", "sh", "-c", MOUNT], { env }).status === 0;
  const skip = canMount ? false : "needs unshare (util-linux) with leave to mount a tmpfs";
  test("a journal lives through a full disk", { skip }, () => {
    const { NODE_TEST_CONTEXT: _, ...childEnv } = env;
    const command = `${MOUNT} && exec "${process.execPath}" "${fileURLToPath(import.meta.url)}"`;
    const { status, stdout } = spawnSync("unshare", ["-rm", "sh", "-c", command], { env: childEnv, encoding: "utf8" });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /pass 3/);
  });
  test.after(() => rmSync(dir, { recursive: true }));
}

const open = (dir: string): Promise<Journal> =>
  openJournal({ dir, version: "1", nowMs: () => 1_000, ballastBytes: BALLAST_BYTES, queueBytes: 1024 * 1024 });

const stateOf = (journal: Journal, kind: RecordState["kind"]): Promise<RecordState> =>
  new Promise((resolve) => {
    if (journal.state.kind === kind) resolve(journal.state);
    journal.onState((state) => state.kind === kind && resolve(state));
  });

/** Appends 2 kB every millisecond, as a busy site would, and remembers what was taken. Answers how to stop. */
function keepAppending(journal: Journal): { taken: number[]; stop(): void } {
  const taken: number[] = [];
  const timer = setInterval(() => {
    const bytes = new Uint8Array(2_000).fill(taken.length);
    const sequence = journal.append({ kind: "bytes", feed: "f", from: "", receivedMs: 500, bytes });
    if (sequence !== undefined) taken.push(sequence);
  }, 1);
  return { taken, stop: () => clearInterval(timer) };
}

async function recoversWithRoom(dir: string): Promise<void> {
  const journal = await open(dir);
  const filler = join(dir, "filler");
  writeFileSync(filler, new Uint8Array(3_500_000));
  const input = keepAppending(journal);
  const stopped = await stateOf(journal, "stopped");
  const stoppedAtMs = performance.now();
  assert.ok(stopped.kind === "stopped" && stopped.why === "disk-full", JSON.stringify(stopped));
  assert.ok(!existsSync(join(dir, "ballast")), "the ballast is overboard");
  const acknowledged = journal.committed;
  await new Promise((resolve) => setTimeout(resolve, 700));
  assert.equal(journal.committed, acknowledged, "nothing was acknowledged while stopped");
  assert.ok(journal.counters.refused.normal > 0 && journal.counters.queuedBytes < 1.1 * 1024 * 1024);
  assert.ok(journal.append({ kind: "command", receivedMs: 1, command: {} }), "a command is always taken");

  rmSync(filler);
  await stateOf(journal, "recording");
  assert.ok(performance.now() - stoppedAtMs < 10_000);
  input.stop();
  assert.equal(await journal.close(), 0);
  const reader = openJournalReader(dir);
  const verdict = reader.verify();
  assert.ok(verdict.ok);
  const kept = new Set([...reader.entries({ fromSequence: 1 })].map(({ sequence }) => sequence));
  assert.ok(
    input.taken.every((sequence) => kept.has(sequence)),
    "every entry that was taken is on disk",
  );
  reader.close();
  rmSync(dir, { recursive: true });
}

async function recoversByErasing(dir: string): Promise<void> {
  const journal = await open(dir);
  const segments = setInterval(() => journal.state.kind === "recording" && journal.beginSegment(new Uint8Array(10)), 100);
  const input = keepAppending(journal);
  await stateOf(journal, "stopped");
  input.stop();
  clearInterval(segments);
  const [erasure] = await journal.retain({ rules: [{ retention: "bytes", beforeMs: 2_000 }], holds: [] });
  assert.ok(erasure && erasure.entries > 100);
  await stateOf(journal, "recording");
  assert.equal(await journal.close(), 0);
  const reader = openJournalReader(dir);
  const verdict = reader.verify();
  assert.ok(verdict.ok && verdict.erased === erasure.entries);
  reader.close();
  rmSync(dir, { recursive: true });
}

async function opensWhenFull(dir: string): Promise<void> {
  const journal = await open(dir);
  await journal.close();
  const filler = join(dir, "filler");
  writeFileSync(filler, new Uint8Array(freeBytes(dir)));
  assert.equal(freeBytes(dir), 0);
  const next = await open(dir);
  assert.equal(next.bootNumber, 2);
  await next.close();
  rmSync(dir, { recursive: true });
}
