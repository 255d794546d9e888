/**
 * Bytes that the tracker allocates for a look in steady state: the median of the last looks of a scenario, and the most. Run with --expose-gc,
 * a young generation so large that nothing is collected while it is measured (a look during which something was all the same is left out), and
 * with compiled code kept; another tracker has taken the same looks before, for code that is not compiled yet allocates every number.
 * Prints one line a scenario.
 * Usage: node --expose-gc --no-flush-bytecode --max-semi-space-size=512 bench/tracker-plots-allocation.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTracker, type TrackerLook } from "@picket/tracker";
import { simulateCommand } from "../apps/cli/src/simulate.ts";
import { readLooks, readScenario } from "../apps/cli/src/track-scenario.ts";

const MEASURED_LOOKS = 40;
const { gc } = globalThis;
if (!gc) throw new Error("Expected --expose-gc");

const used = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** What asking for the memory in use allocates itself. */
const asking = Math.min(...Array.from({ length: 9 }, () => -used() + used()).filter((bytes) => bytes > 0));

for (const kind of ["S3", "S4", "S7"]) {
  const dir = mkdtempSync(join(tmpdir(), "picket-allocation-"));
  await simulateCommand({ kind, seed: "allocation", out: dir });
  const scenario = readScenario(dir);
  const looks: TrackerLook[] = [];
  for await (const look of readLooks(dir, scenario)) looks.push(look);
  rmSync(dir, { recursive: true });
  const warming = createTracker({ sensors: scenario.sensors });
  for (const look of looks) warming.look(look);
  const tracker = createTracker({ sensors: scenario.sensors });
  const measured = looks.splice(-MEASURED_LOOKS);
  for (const look of looks) tracker.look(look);
  gc();
  const bytes: number[] = [];
  for (const look of measured) {
    const before = used();
    tracker.look(look);
    bytes.push(used() - before - asking);
  }
  const kib = bytes
    .filter((one) => one >= 0)
    .toSorted((a, b) => a - b)
    .map((one) => (one / 1024).toFixed(0));
  const last = measured.at(-1);
  const tracks = tracker.tracks(last?.measuredMs ?? 0).length;
  const plots = measured.reduce((sum, { detections }) => sum + detections.length, 0) / MEASURED_LOOKS;
  console.log(
    `${kind}: ${kib[kib.length >> 1]} KiB a look, at most ${kib.at(-1)} (${tracks} tracks, ${plots.toFixed(0)} plots a look)`,
  );
}
