import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackEnd } from "../types.ts";
import { endInto, type Hypothesis } from "./hypothesis.ts";

const hypothesis = (id: number, isTold: boolean): Hypothesis<string> => ({
  ...{ id, isTold, mean: [0, 0, 0, 0], cov: [], atMs: 0, firstMs: 0, llr: 9, rank: 9 },
  heard: new Map(),
});

function endOf(isTold: boolean, twin?: Hypothesis<string>): readonly TrackEnd[] {
  const ended: TrackEnd[] = [];
  endInto(ended, hypothesis(7, isTold), twin, 5000);
  return ended;
}

test("what nobody was told of ends without a word", () => {
  const twin = hypothesis(9, false);
  assert.deepEqual(endOf(false, twin), []);
  assert.deepEqual([twin.id, twin.isTold], [9, false]);
});

test("what was told and is like nothing else has ended", () => {
  assert.deepEqual(endOf(true), [{ serial: 7, endMs: 5000, reason: "existence" }]);
});

test("what was told has merged into its twin that was told, by its number", () => {
  assert.deepEqual(endOf(true, hypothesis(9, true)), [{ serial: 7, endMs: 5000, reason: "merged", mergedInto: 9 }]);
});

test("a twin that nobody was told of goes on under the number that was told", () => {
  const twin = hypothesis(9, false);
  assert.deepEqual(endOf(true, twin), []);
  assert.deepEqual([twin.id, twin.isTold], [7, true]);
});
