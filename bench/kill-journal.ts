/**
 * Kills a process that writes the journal with SIGKILL at random moments, opens what is left, and counts what was lost. Every fourth
 * kill comes while the process is still starting. Exits with 1 unless nothing acknowledged was lost, no entry is there twice, the
 * chain holds and no boot number came twice. Usage: node bench/kill-journal.ts [--kills 50] [--seed 1] [--rate 2000] [--max-ms 2000]
 */
import { spawn } from "node:child_process";
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openJournalReader } from "@picket/server";

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "2000" },
    "max-ms": { type: "string", default: "2000" },
  },
});
const KILLS = Number(values.kills);
const MAX_MS = Number(values["max-ms"]);
const MIN_MS = 50;
const STARTING_MS = 250;
const CHILD = fileURLToPath(new URL("./kill-journal-child.ts", import.meta.url));

/** Mulberry32: the same seed kills at the same moments. */
let state = Number(values.seed);
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

/** What a killed process had said before it died. */
type Said = { bootNumber: number | undefined; acknowledged: number; openMs: number | undefined };

const dir = mkdtempSync(join(tmpdir(), "picket-kill-journal-"));
const totals = {
  killsBeforeOpen: 0,
  acknowledged: 0,
  onDisk: 0,
  acknowledgedLost: 0,
  twice: 0,
  chainBreaks: 0,
  damaged: 0,
  bootsReused: 0,
};
const openMs: number[] = [];
const boots = new Set<number>();
let newestAcknowledged = 0;
let verifiedSegment = 1;

for (let kill = 0; kill < KILLS; kill++) {
  const said = await runAndKill(kill % 4 === 3);
  if (said.bootNumber === undefined) totals.killsBeforeOpen++;
  else if (boots.has(said.bootNumber)) totals.bootsReused++;
  else boots.add(said.bootNumber);
  if (said.openMs !== undefined) openMs.push(said.openMs);
  newestAcknowledged = Math.max(newestAcknowledged, said.acknowledged);
  if (boots.size > 0) inspect(kill === KILLS - 1);
}
totals.acknowledged = newestAcknowledged;
report();
rmSync(dir, { recursive: true });
const faults = totals.acknowledgedLost + totals.twice + totals.chainBreaks + totals.damaged + totals.bootsReused;
process.exitCode = faults === 0 && boots.size > 0 ? 0 : 1;

async function runAndKill(whileStarting: boolean): Promise<Said> {
  const said: Said = { bootNumber: undefined, acknowledged: 0, openMs: undefined };
  const child = spawn(process.execPath, [CHILD, dir, values.rate], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const lines = createInterface({ input: child.stdout });
  const read = new Promise((resolve) => lines.once("close", resolve));
  const opened = new Promise<void>((resolve) => {
    lines.on("line", (line) => {
      const [word, number, ms] = line.split(" ");
      if (word === "ack") said.acknowledged = Number(number);
      if (word !== "opened") return;
      said.bootNumber = Number(number);
      said.openMs = Number(ms);
      resolve();
    });
  });
  if (whileStarting) await sleep(random() * STARTING_MS);
  else {
    await Promise.race([opened, exited]);
    await sleep(MIN_MS + random() * (MAX_MS - MIN_MS));
  }
  child.kill("SIGKILL");
  await Promise.all([exited, read]);
  return said;
}

/** Reads what the dead process left, before anybody else writes. The last time, everything is read and verified. */
function inspect(isLast: boolean): void {
  const reader = openJournalReader(dir);
  const lastSequence = reader.lastSequence();
  totals.onDisk = lastSequence;
  totals.acknowledgedLost += Math.max(0, newestAcknowledged - lastSequence);
  if (reader.check("quick").length > 0) totals.damaged++;
  if (!reader.verify({ fromSegment: isLast ? 1 : verifiedSegment }).ok) totals.chainBreaks++;
  verifiedSegment = reader.segments().at(-1)?.segment ?? 1;
  if (isLast) totals.twice = entriesOutOfTurn(reader.entries({ fromSequence: 1 }));
  reader.close();
}

/** Each process numbers its entries from 0: in the journal they must be there once each, in order, under ever higher boot numbers. */
function entriesOutOfTurn(entries: ReturnType<ReturnType<typeof openJournalReader>["entries"]>): number {
  let outOfTurn = 0;
  let bootNumber = 0;
  let next = 0;
  for (const { entry } of entries) {
    if (entry?.kind === "boot") {
      if (entry.bootNumber <= bootNumber) totals.bootsReused++;
      bootNumber = entry.bootNumber;
      next = 0;
    } else if (entry?.kind === "bytes") {
      const view = new DataView(entry.bytes.buffer, entry.bytes.byteOffset);
      if (view.getUint32(0) !== bootNumber || view.getUint32(4) !== next) outOfTurn++;
      next++;
    }
  }
  return outOfTurn;
}

function report(): void {
  const sorted = openMs.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(0);
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
  console.log(
    `${KILLS} kills (${totals.killsBeforeOpen} before the journal was open), seed ${values.seed}, ${values.rate} entries/s`,
  );
  console.log(`entries acknowledged ${totals.acknowledged}, on disk ${totals.onDisk}`);
  console.log(
    `acknowledged lost ${totals.acknowledgedLost}; out of turn or twice ${totals.twice}; chain breaks ${totals.chainBreaks}`,
  );
  console.log(`files damaged ${totals.damaged}; boot numbers reused ${totals.bootsReused}`);
  console.log(`open after a kill: median ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
  console.log(`baseline of this run: ${syncBaseline()}`);
}

function syncBaseline(): string {
  const file = openSync(join(dir, "baseline"), "w");
  const times = Array.from({ length: 300 }, () => {
    const startMs = performance.now();
    writeSync(file, "x".repeat(4096));
    fdatasyncSync(file);
    return performance.now() - startMs;
  }).sort((a, b) => a - b);
  closeSync(file);
  return `4 KiB write + fdatasync p50 ${times[150]?.toFixed(2)} ms, p99 ${times[297]?.toFixed(2)} ms`;
}
