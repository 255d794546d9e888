import assert from "node:assert/strict";
import { test } from "node:test";
import { associate, createAssociation } from "../associate.ts";
import { createEdges, reserveEdge } from "./edges.ts";

test("odds beyond the precision of a double leave every probability finite", () => {
  const pairs = [
    [0, 0, 1.3e16],
    [1, 1, 1e40],
    [1, 2, 5],
    [2, 2, 1e18],
  ] as const;
  const edges = createEdges(1);
  for (const [track, detection, odds] of pairs) {
    reserveEdge(edges);
    edges.track[edges.count] = track;
    edges.detection[edges.count] = detection;
    edges.odds[edges.count] = odds;
    edges.count++;
  }
  const out = createAssociation();
  associate(out, edges, 3, 3);
  const expected = [1, 1, 0, 1];
  expected.forEach((p, k) => {
    assert.ok(Math.abs((edges.marginal[k] ?? 0) - p) < 1e-9, `edge ${k}: ${edges.marginal[k]}`);
  });
  assert.deepEqual(
    [...out.missed.subarray(0, 3)].map((p) => p < 1e-9),
    [true, true, true],
  );
});
