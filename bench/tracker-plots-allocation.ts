/**
 * Bytes that the tracker allocates for a look in steady state. Run with --expose-gc and a young generation so large that nothing is collected
 * while it is measured; prints one line a scenario. Collecting also drops compiled code, whose slower forms allocate every number: the
 * looks after it are not counted until it is compiled again.
 * Usage: node --expose-gc --max-semi-space-size=512 bench/tracker-plots-allocation.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTracker, type TrackerLook } from "@picket/tracker";
import { simulateCommand } from "../apps/cli/src/simulate.ts";
import { readLooks, readScenario } from "../apps/cli/src/track-scenario.ts";

const MEASURED_LOOKS = 20;
const WARMING_LOOKS = 20;
const { gc } = globalThis;
if (!gc) throw new Error("Expected --expose-gc");

const used = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

for (const kind of ["S3", "S4"]) {
  const dir = mkdtempSync(join(tmpdir(), "picket-allocation-"));
  await simulateCommand({ kind, seed: "allocation", out: dir });
  const scenario = readScenario(dir);
  const looks: TrackerLook[] = [];
  for await (const look of readLooks(dir, scenario)) looks.push(look);
  rmSync(dir, { recursive: true });
  const tracker = createTracker({ sensors: scenario.sensors });
  const measured = looks.splice(-MEASURED_LOOKS);
  const warming = looks.splice(-WARMING_LOOKS);
  for (const look of looks) tracker.look(look);
  gc();
  for (const look of warming) tracker.look(look);
  const before = used();
  for (const look of measured) tracker.look(look);
  const bytes = (used() - before) / MEASURED_LOOKS;
  const last = measured.at(-1);
  const tracks = tracker.tracks(last?.measuredMs ?? 0).length;
  const plots = measured.reduce((sum, { detections }) => sum + detections.length, 0) / MEASURED_LOOKS;
  console.log(`${kind}: ${(bytes / 1024).toFixed(0)} KiB a look (${tracks} tracks, ${plots.toFixed(0)} plots a look)`);
}
