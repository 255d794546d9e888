import assert from "node:assert/strict";
import { test } from "node:test";
import { covOf } from "../testing/matrices.ts";
import { fit, ROW, updateRow } from "./update-row.ts";

test("one row is the scalar Kalman update", () => {
  const x = Float64Array.of(10, 0, 0, 0, 0, 0);
  const cov = covOf([3, 1, 1, 2, 1, 1, 0, 0]);
  const rows = new Float64Array(ROW);
  rows.set([1, 0, 0, 0, 0, 0, 14, 16]);
  updateRow(x, cov, rows, 0);
  // By hand: S = 9 + 16, K = 9/25, x = 10 + 4·9/25, P = 9 - 81/25.
  assert.ok(Math.abs((x[0] ?? 0) - 11.44) < 1e-12);
  assert.ok(Math.abs((cov[0] ?? 0) - 5.76) < 1e-12);
  assert.ok(Math.abs(fit.distanceSquared - 16 / 25) < 1e-12);
  assert.ok(Math.abs(fit.logLikelihood - Math.log(Math.exp(-0.32) / Math.sqrt(2 * Math.PI * 25))) < 1e-12);
});

test("velocity learns from position by their covariance", () => {
  const x = new Float64Array(6);
  const cov = covOf([2, 1, 1, 3, 1, 1, 0.5, 0]);
  const rows = new Float64Array(ROW);
  rows.set([1, 0, 0, 0, 0, 0, 5, 1]);
  updateRow(x, cov, rows, 0);
  // K for velocity = 0.5·2·3 / (4 + 1).
  assert.ok(Math.abs((x[3] ?? 0) - 3) < 1e-12);
});

test("the order of independent rows does not matter", () => {
  const rows = new Float64Array(2 * ROW);
  rows.set([0.6, 0.8, 0, 0, 0, 0, 7, 4, 0, 0.6, 0.8, 0, 0.1, 0, -3, 9]);
  const run = (order: readonly number[]) => {
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const cov = covOf([5, 6, 7, 2, 3, 4, 0.4, 0.2]);
    let logLikelihood = 0;
    for (const r of order) {
      updateRow(x, cov, rows, r * ROW);
      logLikelihood += fit.logLikelihood;
    }
    return [...x, ...cov, logLikelihood];
  };
  const forward = run([0, 1]);
  // Rounding of values below 1e2.
  run([1, 0]).forEach((value, k) => {
    assert.ok(Math.abs(value - (forward[k] ?? 0)) < 1e-10);
  });
});
