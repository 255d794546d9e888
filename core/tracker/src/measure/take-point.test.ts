import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "../looks/detections.ts";
import { layOutInto } from "../looks/lay-out.ts";
import { COV, DIM } from "../store/store.ts";
import { covOf } from "../testing/matrices.ts";
import { plotAt, RADAR } from "../testing/radars.fixture.ts";
import { createRows, observeInto } from "./observe.ts";
import { isSimple, takePoint } from "./take-point.ts";
import { ROW, updateRow } from "./update-row.ts";

test("a point taken in place is its three rows taken one after another", () => {
  const d = createDetections();
  layOutInto(d, [plotAt(500, 900, 60), plotAt(1200, 2100, 150)], { ...RADAR, posEnuM: [0, 0, 0] }, undefined, () => [0, 0, 0]);
  const state = [1230, 2080, 140, 12, -7, 1] as const;
  const x = Float64Array.from(state);
  const cov = covOf([30, 20, 15, 8, 9, 3, 0.6, -0.4]);
  // The state lies between two others, which stay as they are.
  const mean = Float64Array.from([...new Array(DIM).fill(1), ...state, ...new Array(DIM).fill(2)]);
  const covs = Float64Array.from([...new Array(COV).fill(3), ...cov, ...new Array(COV).fill(4)]);
  assert.ok(isSimple(d, 1));
  takePoint(mean, covs, 1, d, 1);
  const rows = createRows();
  const n = observeInto(rows, d, 1, x, cov);
  assert.equal(n, 3);
  for (let r = 0; r < n; r++) updateRow(x, cov, rows, r * ROW);
  const close = (ours: ArrayLike<number>, theirs: ArrayLike<number>, from: number): void => {
    for (let k = 0; k < theirs.length; k++)
      assert.ok(Math.abs((ours[from + k] ?? 0) - (theirs[k] ?? 0)) < 1e-9, `value ${k}: ${ours[from + k]}, ${theirs[k]}`);
  };
  close(mean, x, DIM);
  close(covs, cov, COV);
  assert.ok(Math.abs((x[3] ?? 0) - state[3]) > 0.1, "speed learns from place");
  assert.deepEqual([mean[DIM - 1], mean[2 * DIM], covs[COV - 1], covs[2 * COV]], [1, 2, 3, 4]);
});
