/**
 * Shows that nothing is acknowledged before the disk has it: runs the journal under strace, and at every acknowledgement looks whether
 * each write to the log was followed by a sync that returned. Needs strace. Usage: node bench/kill-journal-sync.ts [--seconds 3]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "3" } } });
const CHILD = fileURLToPath(new URL("./kill-journal-child.ts", import.meta.url));
const dir = mkdtempSync(join(tmpdir(), "picket-sync-"));
const trace = join(dir, "trace");
const calls = "trace=pwrite64,write,fdatasync,fsync";
const strace = ["-f", "-y", "-s", "40", "-e", calls, "-o", trace, process.execPath, CHILD, join(dir, "journal"), "2000"];
spawnSync("timeout", ["-s", "KILL", values.seconds, "strace", ...strace]);

let unsynced = 0;
let writes = 0;
let syncs = 0;
let acks = 0;
let early = 0;
/** Threads whose sync of the log has begun and not returned. */
const syncing = new Set<string>();
for (const line of readFileSync(trace, "utf8").split("\n")) {
  const thread = line.split(" ", 1)[0] ?? "";
  const isOfLog = line.includes("journal.db-wal>");
  if (/pwrite64\(/.test(line) && isOfLog) {
    unsynced++;
    writes++;
  } else if (/f(data)?sync\(/.test(line) && isOfLog) {
    if (line.includes("unfinished")) syncing.add(thread);
    else if (line.endsWith("= 0")) synced();
  } else if (/f(data)?sync resumed>/.test(line) && syncing.delete(thread) && line.endsWith("= 0")) synced();
  else if (/write\(1<.*"ack /.test(line)) {
    acks++;
    if (unsynced > 0) early++;
  }
}
console.log(`log writes ${writes}, syncs ${syncs}, acknowledgements ${acks}; before the sync: ${early}`);
rmSync(dir, { recursive: true });
process.exitCode = acks > 0 && syncs > 0 && early === 0 ? 0 : 1;

function synced(): void {
  unsynced = 0;
  syncs++;
}
