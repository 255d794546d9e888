import assert from "node:assert/strict";
import { test } from "node:test";
import { createPipeline } from "./pipeline.ts";
import { type Flyer, noise, radarScan, START_MS, smallSite } from "./world.fixture.ts";

/** Forty drones 28 m apart that weave as they come. */
const SWARM: readonly Flyer[] = Array.from({ length: 40 }, (_, k) => (tS) => {
  const weaveM = (phase: number) => 10 * Math.sin(tS / 3 + phase);
  const [eastM, northM] = [-100 + 28 * (k % 8), 1500 + 28 * Math.floor(k / 8) - 12 * tS];
  return [eastM + weaveM(k), northM + weaveM(2 * k), 60 + weaveM(3 * k) / 3];
});

for (const seed of [2, 4])
  test(`a swarm that is restored each second leaves the same snapshots, byte for byte, as one that never was (seed ${seed})`, () => {
    const [random, again] = [noise(seed), noise(seed)];
    const whole = createPipeline(smallSite(), { bootNumber: 1 });
    let restored = createPipeline(smallSite(), { bootNumber: 1 });
    for (let tS = 0; tS < 60; tS++) {
      const nowMs = START_MS + tS * 1000 + 500;
      assert.deepEqual(restored.tick([radarScan(tS, SWARM, again)], nowMs), whole.tick([radarScan(tS, SWARM, random)], nowMs));
      const snapshot = whole.snapshot();
      assert.equal(Buffer.compare(restored.snapshot(), snapshot), 0, `after ${tS} s`);
      restored = createPipeline(smallSite(), { bootNumber: 1 }, snapshot);
    }
  });
