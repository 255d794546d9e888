import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { ROW, updateRow } from "./measure/update-row.ts";
import { motionStep, moveOf } from "./motion/motion-step.ts";
import { moveState } from "./motion/move-state.ts";
import { predict } from "./predict.ts";
import { defaultSettings, type Motion } from "./settings.ts";
import { addRow, COV, createTrackStore, DIM, MODES } from "./store/store.ts";
import { covOf, isPositiveDefinite } from "./testing/matrices.ts";

const free = (accelPsd: number) => ({ kind: "whiteAcceleration", accelPsd }) as const;
const CRUISE: Motion = { horizontal: free(3), vertical: free(0.8) };
const LEVEL: Motion = { horizontal: free(3), vertical: { kind: "settling", speedSigmaMps: 0.2, timeConstantS: 1.3 } };
const TURN: Motion = { horizontal: free(3), vertical: LEVEL.vertical, turnRadps: 0.7 };
const HOVER: Motion = { horizontal: { kind: "settling", speedSigmaMps: 0.7, timeConstantS: 1.3 }, vertical: LEVEL.vertical };

test("two steps of a motion are one step of their sum", () => {
  for (const motion of [CRUISE, LEVEL, HOVER, TURN]) {
    const once = { x: Float64Array.of(1, 2, 3, 9, -9, 1), cov: covOf([1, 2, 3, 4, 5, 6, 0.3, -0.2]) };
    const twice = { x: once.x.slice(), cov: once.cov.slice() };
    moveState(once.x, 0, once.cov, 0, motionStep(motion, 2.5));
    for (const dtS of [1, 1.5]) moveState(twice.x, 0, twice.cov, 0, motionStep(motion, dtS));
    // Rounding only: sums of a few dozen products of size below 1e3.
    for (let k = 0; k < DIM; k++) assert.ok(Math.abs((once.x[k] ?? 0) - (twice.x[k] ?? 0)) < 1e-9);
    for (let k = 0; k < COV; k++) assert.ok(Math.abs((once.cov[k] ?? 0) - (twice.cov[k] ?? 0)) < 1e-9, `covariance ${k}`);
  }
});

test("a quarter turn to the right ends on the circle, and its noise is white acceleration carried along it", () => {
  const turnRadps = 0.25;
  const durationS = Math.PI / 2 / turnRadps;
  const accelPsd = 2;
  const x = Float64Array.of(0, 0, 0, 0, 12, 0);
  const cov = new Float64Array(COV);
  moveState(x, 0, cov, 0, motionStep({ horizontal: free(accelPsd), vertical: LEVEL.vertical, turnRadps }, durationS));
  // A radius of 48 m: from northward at the origin to eastward at (48, 48).
  const end = [48, 48, 0, 12, 0, 0];
  for (let k = 0; k < DIM; k++) assert.ok(Math.abs((x[k] ?? 0) - (end[k] ?? 0)) < 1e-9, `state ${k}`);
  // An impulse towards east and one towards north, `angle` before the end, have become these places and velocities.
  const sums: Record<number, number> = { 0: 0, 1: 0, 3: 0, 6: 0, 7: 0, 9: 0, 10: 0, 15: 0, 16: 0, 18: 0 };
  const steps = 2000;
  for (let n = 0; n < steps; n++) {
    const angle = (turnRadps * durationS * (n + 0.5)) / steps;
    const [s, c] = [Math.sin(angle), Math.cos(angle)];
    const [along, right] = [s / turnRadps, (1 - c) / turnRadps];
    for (const [e, n, ve, vn] of [[along, -right, c, -s] as const, [right, along, s, c] as const]) {
      const products = {
        0: e * e,
        1: e * n,
        3: n * n,
        6: e * ve,
        7: e * vn,
        9: n * ve,
        10: n * vn,
        15: ve * ve,
        16: ve * vn,
        18: vn * vn,
      };
      for (const [at, product] of Object.entries(products))
        sums[Number(at)] = (sums[Number(at)] ?? 0) + (product * accelPsd * durationS) / steps;
    }
  }
  for (const [at, sum] of Object.entries(sums)) assert.ok(Math.abs((cov[Number(at)] ?? 0) - sum) < 1e-3, `covariance ${at}`);
});

test("a velocity that settles keeps its own spread and forgets what it was", () => {
  const x = Float64Array.of(0, 0, 0, 9, -9, 4);
  const cov = covOf([1, 1, 1, 2, 2, 2, 0.5, 0.1]);
  moveState(x, 0, cov, 0, motionStep(HOVER, 60));
  assert.ok(Math.abs(Math.sqrt(cov[15] ?? 0) - 0.7) < 1e-9);
  assert.ok(Math.abs(Math.sqrt(cov[20] ?? 0) - 0.2) < 1e-9);
  for (const k of [3, 4, 5]) assert.ok(Math.abs(x[k] ?? 9) < 1e-9);
});

test("probabilities of changing motion are a distribution, and nothing changes in no time", () => {
  for (const dtS of [0, 0.05, 1, 40]) {
    const { change } = moveOf(defaultSettings.motions, defaultSettings.motionRatesPerS, dtS);
    for (let i = 0; i < MODES; i++) {
      const row = change.subarray(i * MODES, (i + 1) * MODES);
      assert.ok(row.every((p) => p >= 0));
      assert.ok(Math.abs(row.reduce((sum, p) => sum + p, 0) - 1) < 1e-9);
      if (dtS === 0) assert.equal(row[i], 1);
    }
  }
});

test("covariances stay symmetric positive definite over 100,000 random steps", () => {
  const sigma = fc.double({ min: 0.05, max: 2000, noNaN: true });
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  const dtS = fc.double({ min: 0, max: 20, noNaN: true });
  const rows = new Float64Array(ROW);
  let steps = 0;
  fc.assert(
    fc.property(
      fc.tuple(sigma, sigma, sigma, sigma, sigma, sigma),
      fc.array(fc.tuple(sigma, unit, unit, unit, dtS), { minLength: 100, maxLength: 100 }),
      ([s0, s1, s2, s3, s4, s5], walk) => {
        const x = new Float64Array(DIM);
        const cov = covOf([s0, s1, s2, s3, s4, s5, 0.3, -0.3]);
        for (const [s, a, b, c, dt] of walk) {
          const motion = defaultSettings.motions[steps % defaultSettings.motions.length] ?? CRUISE;
          moveState(x, 0, cov, 0, motionStep(motion, dt));
          rows.set([a, b, c, a * c, b * a, c * b, 100 * a, s * s]);
          updateRow(x, cov, rows, 0);
          steps++;
          assert.ok(isPositiveDefinite(cov), `after ${steps} steps`);
          assert.ok(x.every(Number.isFinite));
        }
      },
    ),
    { numRuns: 1000, seed: 20260101 },
  );
  assert.equal(steps, 100_000);
});

test("existence fades with a target's mean life, within a second where a measured height is below all ground, and there at no distance", () => {
  const { meanLifeS, groundSlope } = defaultSettings;
  const existenceAfter = (upM: number, eastM: number, heightKnown: number): number => {
    const tracks = createTrackStore(1);
    addRow(tracks);
    for (let m = 0; m < MODES; m++) {
      tracks.mean.set([eastM, 0, upM, 0, 0, 0], m * DIM);
      tracks.cov.set(covOf([3, 3, 3, 0.1, 0.1, 0.1, 0, 0]), m * COV);
    }
    tracks.weight.fill(1 / MODES);
    tracks.existence[0] = 1;
    tracks.heightKnown[0] = heightKnown;
    predict(tracks, moveOf(defaultSettings.motions, defaultSettings.motionRatesPerS, 1), defaultSettings);
    return tracks.existence[0] ?? Number.NaN;
  };
  const alive = Math.exp(-1 / meanLifeS);
  // A violent motion spreads by 3 m in its second: whether it is below the ground stays sure to a millionth.
  for (const [upM, eastM, heightKnown, expected] of [
    [100, 0, 1, alive],
    [-60, 0, 1, alive * Math.exp(-1)],
    [-60, 0, 0, alive],
    [-60, 120 / groundSlope, 1, alive],
  ] as const)
    assert.ok(Math.abs(existenceAfter(upM, eastM, heightKnown) - expected) < 1e-6, `${upM} m up, ${eastM} m away`);
});
