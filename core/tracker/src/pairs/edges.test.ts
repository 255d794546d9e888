import assert from "node:assert/strict";
import { test } from "node:test";
import { MODES } from "../store/store.ts";
import { createEdges, keepLikeliest, reserveEdge } from "./edges.ts";

test("of a track's edges the likeliest are kept in order, with what they say of motions, and those of others are left alone", () => {
  const edges = createEdges(2);
  const odds = [9, 1, 7, 3, 7, 2];
  for (const [k, value] of odds.entries()) {
    reserveEdge(edges);
    edges.track[k] = k === 0 ? 0 : 1;
    edges.detection[k] = 10 + k;
    edges.odds[k] = value;
    edges.motion.fill(k, k * MODES, (k + 1) * MODES);
    edges.count++;
  }
  keepLikeliest(edges, 1, 3);
  assert.equal(edges.count, 4);
  assert.deepEqual([...edges.detection.subarray(0, 4)], [10, 12, 13, 14]);
  assert.deepEqual([...edges.odds.subarray(0, 4)], [9, 7, 3, 7]);
  assert.deepEqual([...edges.track.subarray(0, 4)], [0, 1, 1, 1]);
  assert.deepEqual(
    [0, 1, 2, 3].map((e) => edges.motion[e * MODES + MODES - 1]),
    [0, 2, 3, 4],
  );
  keepLikeliest(edges, 1, 1);
  assert.deepEqual(
    [...edges.detection.subarray(0, edges.count)],
    [10, 12],
    "of equal ones the first: a look's order is canonical",
  );
});
