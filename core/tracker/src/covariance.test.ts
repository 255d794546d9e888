import assert from "node:assert/strict";
import { test } from "node:test";
import { motionStep, moveState } from "./predict.ts";
import { defaultSettings } from "./settings.ts";
import { COV, DIM } from "./store.ts";
import { covOf, isPositiveDefinite } from "./testing/matrices.ts";
import { ROW, updateRow } from "./update-row.ts";

const STEPS = 1_000_000;

test("one covariance stays symmetric positive definite over a million random steps", () => {
  let state = 20260101;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const x = new Float64Array(DIM);
  const cov = covOf([5, 5, 5, 10, 10, 3, 0.3, -0.3]);
  const rows = new Float64Array(ROW);
  // Directions along and across a line of sight, and of a range rate: what radars measure, from 0.1 to 1,000 m or m/s.
  for (let step = 0; step < STEPS; step++) {
    const motion = defaultSettings.motions[Math.floor(random() * defaultSettings.motions.length)] ?? assert.fail();
    moveState(x, 0, cov, 0, motionStep(motion, random() < 0.5 ? random() : 20 * random()));
    const [turn, rise] = [2 * Math.PI * random(), Math.PI * (random() - 0.5)];
    const sight = [Math.sin(turn) * Math.cos(rise), Math.cos(turn) * Math.cos(rise), Math.sin(rise)] as const;
    const sigma = 10 ** (4 * random() - 1);
    const isSpeed = random() < 0.3;
    const expected = sight.reduce((sum, s, k) => sum + s * (x[isSpeed ? 3 + k : k] ?? 0), 0);
    rows.fill(0);
    rows.set(sight, isSpeed ? 3 : 0);
    rows[6] = expected + sigma * (4 * random() - 2);
    rows[7] = sigma * sigma;
    updateRow(x, cov, rows, 0);
    if (!isPositiveDefinite(cov)) assert.fail(`after ${step + 1} steps: ${cov.join(" ")}`);
  }
  assert.ok(x.every(Number.isFinite));
  assert.equal(cov.length, COV);
});
