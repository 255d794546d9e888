import assert from "node:assert/strict";
import test from "node:test";
import { formatGrid, formatPlace, formatSpan } from "./format.ts";

test("a place is said in degrees and as the ten-metre square of the grid, as the radio wants it", () => {
  assert.equal(formatPlace(32.53433, -117.12385, "en"), "32.53433° N 117.12385° W");
  assert.equal(formatPlace(32.53433, -117.12385, "es"), "32.53433° N 117.12385° O");
  assert.equal(formatGrid(31.7619, -106.485), "13R CR 5936 1500", "13RCR5936515004 by GeographicLib");
  assert.equal(formatGrid(88, 0), "", "the grid of squares ends before the pole");
});

test("a length of time to choose has no seconds", () => {
  assert.deepEqual([900_000, 3_600_000, 28_800_000].map(formatSpan), ["15 min", "1 h", "8 h"]);
});
