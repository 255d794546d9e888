import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING_SAID } from "../claims/claim-offset.ts";
import { addRow, createTrackStore, DIM, dropEnded, endRow, MODES } from "./store.ts";

test("rows that have ended are nowhere, and are taken out without disturbing the others", () => {
  const store = createTrackStore(4);
  for (let k = 1; k <= 6; k++) {
    const row = addRow(store);
    store.existence[row] = k / 10;
    store.serial[row] = k;
    store.mean.fill(k, row * MODES * DIM, (row + 1) * MODES * DIM);
    store.claims[row] = [{ claim: `rid:${k}`, hits: 1, weight: 1, against: 0, lastMs: 0, apart: NOTHING_SAID }];
  }
  for (const row of [0, 3, 5]) endRow(store, row);
  assert.ok(Number.isNaN(store.extent[12]) && store.serial[3] === 0 && store.claims[3]?.length === 0);
  assert.equal(store.count, 6);
  dropEnded(store);
  assert.equal(store.count, 3);
  assert.deepEqual([...store.serial.subarray(0, 4)], [2, 3, 5, 0]);
  assert.deepEqual(
    [0, 1, 2, 3].map((row) => store.mean[row * MODES * DIM]),
    [2, 3, 5, 0],
  );
  assert.deepEqual(
    store.claims.map((claims) => claims[0]?.claim),
    ["rid:2", "rid:3", "rid:5"],
  );
});
