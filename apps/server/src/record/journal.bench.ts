import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Journal, openJournal } from "./journal.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { openJournalReader } from "./journal-reader.ts";

const PAYLOAD_BYTES = 200;
const RATE_PER_S = 2_000;
const STEADY_MS = 10_000;
const FLOOD_ENTRIES = 300_000;
const REOPENED_ENTRIES = 1_000_000;

const entry: JournalEntry = {
  kind: "bytes",
  feed: "bench",
  from: "127.0.0.1:1",
  receivedMs: 1,
  bytes: new Uint8Array(PAYLOAD_BYTES),
};
const dir = mkdtempSync(join(tmpdir(), "picket-journal-bench-"));
const open = (): Promise<Journal> => openJournal({ dir, version: "bench", nowMs: Date.now });

console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, entries of ${PAYLOAD_BYTES} octets`);
const journal = await open();
console.log(`baseline  ${quantiles(syncTimes())}   (4 KiB write + fdatasync)`);
console.log(
  `latency   ${quantiles(await commitLatencies(journal))}   (append to onCommit at ${RATE_PER_S} entries/s for ${STEADY_MS / 1_000} s)`,
);
console.log(
  `sustained ${(await sustained(journal, FLOOD_ENTRIES)).toFixed(0)} entries/s   (${FLOOD_ENTRIES} entries, queue kept half full)`,
);
await sustained(journal, REOPENED_ENTRIES - journal.committed);
journal.beginSegment(new Uint8Array(0));
await journal.close();
await reopening();
console.log(`baseline  ${quantiles(syncTimes())}   (again, at the end)`);
rmSync(dir, { recursive: true });

async function commitLatencies(target: Journal): Promise<number[]> {
  const appendedMs = new Map<number, number>();
  const latenciesMs: number[] = [];
  const stop = target.onCommit((committed) => {
    const nowMs = performance.now();
    for (const [sequence, startMs] of appendedMs) {
      if (sequence > committed) break;
      latenciesMs.push(nowMs - startMs);
      appendedMs.delete(sequence);
    }
  });
  const startMs = performance.now();
  for (let made = 0; performance.now() - startMs < STEADY_MS; await sleep(1))
    for (; made < ((performance.now() - startMs) * RATE_PER_S) / 1_000; made++) {
      const sequence = target.append(entry);
      if (sequence !== undefined) appendedMs.set(sequence, performance.now());
    }
  await sleep(100);
  stop();
  return latenciesMs;
}

/** Entries a second from the first append to the commit of the last, with never more waiting than half of what the queue takes. */
async function sustained(target: Journal, count: number): Promise<number> {
  const startMs = performance.now();
  let last = target.committed;
  for (let made = 0; made < count; ) {
    const { queuedBytes, queueLimitBytes } = target.counters;
    for (let room = queuedBytes < queueLimitBytes / 2 ? 1_000 : 0; room > 0 && made < count; room--, made++)
      last = target.append(entry) ?? last;
    await sleep(0);
  }
  while (target.committed < last) await sleep(1);
  return (count * 1_000) / (performance.now() - startMs);
}

async function reopening(): Promise<void> {
  const megabytes = (statSync(join(dir, "journal.db")).size / 1e6).toFixed(0);
  const times: number[] = [];
  for (let i = 0; i < 10; i++) {
    const startMs = performance.now();
    const again = await open();
    times.push(performance.now() - startMs);
    await again.close();
  }
  console.log(`reopen    ${quantiles(times)}   (${REOPENED_ENTRIES} entries, ${megabytes} MB)`);
  const reader = openJournalReader(dir);
  const startMs = performance.now();
  const verdict = reader.verify();
  if (!verdict.ok) throw new Error(`the chain does not hold: ${JSON.stringify(verdict.fault)}`);
  console.log(`verify    ${((performance.now() - startMs) / 1_000).toFixed(1)} s   (${verdict.entries} entries)`);
  reader.close();
}

function syncTimes(): number[] {
  const file = openSync(join(dir, "baseline"), "w");
  const times = Array.from({ length: 300 }, () => {
    const startMs = performance.now();
    writeSync(file, "x".repeat(4_096));
    fdatasyncSync(file);
    return performance.now() - startMs;
  });
  closeSync(file);
  return times;
}

function quantiles(valuesMs: readonly number[]): string {
  const sorted = valuesMs.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(2);
  return `p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   max ${at(1)} ms`;
}
