import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { scoreScenario } from "./score.ts";
import { simulateCommand } from "./simulate.ts";
import { trackScenario } from "./track.ts";

const SEEDS = ["guard-1", "guard-2"];

/** Mean GOSPA from the second minute on, with one radar of two off by 1.5°, 40 m and half a second, or with neither. */
async function meanGospa(isBiased: boolean): Promise<number> {
  const work = mkdtempSync(join(tmpdir(), "picket-registration-"));
  try {
    let sum = 0;
    for (const seed of SEEDS) {
      const scenarioDir = join(work, seed);
      await simulateCommand({ kind: "R1", seed, lies: isBiased, out: scenarioDir });
      const out = join(work, `${seed}.jsonl`);
      await trackScenario({ scenarioDir, out });
      sum += scoreScenario({ scenarioDir, tracks: out }).gospa;
    }
    return sum / SEEDS.length;
  } finally {
    rmSync(work, { recursive: true });
  }
}

test("after a minute a biased radar costs hardly more than one that stands true", async () => {
  const cost = (await meanGospa(true)) / (await meanGospa(false));
  // Over twenty seeds the bench finds 1.041 ± 0.004; single seeds reach 1.075. Uncorrected it is 3.4.
  assert.ok(cost < 1.08, `${cost}`);
});
