import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openJournal } from "./journal.ts";
import { openJournalReader } from "./journal-reader.ts";

const COMMITS = 40;
const SECTOR_BYTES = 512;

/** An acknowledgement, and where the write-ahead log ended when it came. */
type Ack = Readonly<{ sequence: number; logBytes: number }>;

/**
 * Commits one at a time, so that at each acknowledgement the end of the log is the end of its commit, and keeps the files as a power
 * cut would leave them. Nothing is checkpointed (under 1,000 pages), so the log holds every commit there was.
 */
async function cutOff(t: TestContext): Promise<{ dir: string; log: Buffer; acks: readonly Ack[] }> {
  const dir = mkdtempSync(join(tmpdir(), "picket-torn-"));
  t.after(() => rmSync(dir, { recursive: true }));
  const running = join(dir, "running");
  const journal = await openJournal({ dir: running, version: "1", nowMs: () => 1, ballastBytes: 4_096, gatherMs: 0 });
  const logPath = join(running, "journal.db-wal");
  const acks: Ack[] = [];
  for (let n = 0; n < COMMITS; n++) {
    const committed = new Promise<void>((resolve) => {
      const stop = journal.onCommit((sequence) => {
        acks.push({ sequence, logBytes: statSync(logPath).size });
        stop();
        resolve();
      });
    });
    for (let i = 0; i <= n % 4; i++)
      journal.append({ kind: "bytes", feed: "f", from: "", receivedMs: n, bytes: new Uint8Array(100 + 700 * (n % 3)).fill(n) });
    if (n % 15 === 14) journal.beginSegment(new Uint8Array(2_000).fill(n));
    await committed;
  }
  copyFileSync(join(running, "journal.db"), join(dir, "journal.db"));
  const log = readFileSync(logPath);
  await journal.close();
  return { dir, log, acks };
}

/** Opens the database beside a log of these octets: the last sequence there, and whether everything up to it holds. */
function reopen(dir: string, log: Uint8Array): { last: number; holds: boolean } {
  const attempt = join(dir, "attempt");
  rmSync(attempt, { recursive: true, force: true });
  mkdirSync(attempt);
  copyFileSync(join(dir, "journal.db"), join(attempt, "journal.db"));
  writeFileSync(join(attempt, "journal.db-wal"), log);
  const reader = openJournalReader(attempt);
  const verdict = reader.verify();
  const result = { last: reader.lastSequence(), holds: verdict.ok && verdict.entries === reader.lastSequence() };
  reader.close();
  return result;
}

/** What must be there when the log is whole up to `logBytes`: exactly the commits that end at or before. */
const lastAcknowledged = (acks: readonly Ack[], logBytes: number): number =>
  acks.findLast((ack) => ack.logBytes <= logBytes)?.sequence ?? 1;

/** What may lie behind the cut: nothing, what a disk makes of sectors never written, or older octets of the log itself. */
const REMAINS: readonly { what: string; after(log: Buffer, cut: number): Buffer }[] = [
  { what: "nothing", after: () => Buffer.alloc(0) },
  { what: "zeros", after: () => Buffer.alloc(2 * SECTOR_BYTES, 0x00) },
  { what: "ones", after: () => Buffer.alloc(2 * SECTOR_BYTES, 0xff) },
  { what: "older octets of the log", after: (log, cut) => log.subarray(cut - 2 * 4_120, cut - 4_120) },
];

/** The octets behind a cut may by chance be those that were there: then that much more is whole. */
function intactBytes(torn: Buffer, log: Buffer, cut: number): number {
  let intact = cut;
  while (intact < torn.length && torn[intact] === log[intact]) intact++;
  return intact;
}

test("a log torn anywhere keeps exactly the entries whose commit ends before the tear, chained and sealed", async (t) => {
  const { dir, log, acks } = await cutOff(t);
  const first = acks[0]?.logBytes ?? 0;
  const ends = acks.flatMap(({ logBytes }) => [logBytes - 1, logBytes, logBytes + 1]);
  const sectors = Array.from({ length: 128 }, (_, n) => log.length - n * SECTOR_BYTES);
  const cuts = [...ends, ...sectors].filter((cut) => cut >= first && cut <= log.length);
  assert.ok(cuts.length * REMAINS.length >= 950, `${cuts.length} cuts`);
  for (const { what, after } of REMAINS)
    for (const cut of cuts) {
      const torn = Buffer.concat([log.subarray(0, cut), after(log, cut)]);
      const { last, holds } = reopen(dir, torn);
      assert.equal(last, lastAcknowledged(acks, intactBytes(torn, log, cut)), `cut at ${cut}, then ${what}`);
      assert.ok(holds, `chain after a cut at ${cut}, then ${what}`);
    }
});

test("a journal goes on after a torn log: next boot number, next sequence, unbroken chain", async (t) => {
  const { dir, log, acks } = await cutOff(t);
  const torn = join(dir, "torn");
  mkdirSync(torn);
  copyFileSync(join(dir, "journal.db"), join(torn, "journal.db"));
  for (const name of ["site-key.pem", "boot-number"]) copyFileSync(join(dir, "running", name), join(torn, name));
  const kept = acks.at(-2) ?? assert.fail("no acknowledgements");
  writeFileSync(join(torn, "journal.db-wal"), log.subarray(0, kept.logBytes + 100));
  const journal = await openJournal({ dir: torn, version: "1", nowMs: () => 2, ballastBytes: 4_096 });
  assert.deepEqual([journal.bootNumber, journal.committed], [2, kept.sequence + 1]);
  journal.beginSegment(Uint8Array.of(1));
  await journal.close();
  const reader = openJournalReader(torn);
  const verdict = reader.verify();
  assert.ok(verdict.ok && verdict.entries === kept.sequence + 1);
  reader.close();
});
