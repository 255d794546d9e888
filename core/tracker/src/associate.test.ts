import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { associate, createAssociation } from "./associate.ts";
import { assign } from "./pairs/assign.ts";
import { createEdges, type Edges, reserveEdge } from "./pairs/edges.ts";

function edgesOf(pairs: readonly (readonly [track: number, detection: number, odds: number])[]): Edges {
  const edges = createEdges(1);
  for (const [track, detection, odds] of pairs) {
    reserveEdge(edges);
    edges.track[edges.count] = track;
    edges.detection[edges.count] = detection;
    edges.odds[edges.count] = odds;
    edges.count++;
  }
  return edges;
}

/** Exact marginals by summing the weights of every joint association. */
function exactMarginals(pairs: readonly (readonly [number, number, number])[]): number[] {
  const sums = pairs.map(() => 0);
  let total = 0;
  for (let subset = 0; subset < 1 << pairs.length; subset++) {
    const used = pairs.filter((_, k) => subset & (1 << k));
    if (new Set(used.map(([t]) => t)).size < used.length || new Set(used.map(([, d]) => d)).size < used.length) continue;
    const weight = used.reduce((product, [, , odds]) => product * odds, 1);
    total += weight;
    for (let k = 0; k < pairs.length; k++) if (subset & (1 << k)) sums[k] = (sums[k] ?? 0) + weight;
  }
  return sums.map((sum) => sum / total);
}

test("marginals are exact where tracks and detections form a tree", () => {
  const pairs = [
    [0, 0, 4],
    [0, 1, 0.5],
    [1, 1, 7],
    [2, 1, 1],
    [3, 2, 100],
  ] as const;
  const edges = edgesOf(pairs);
  const out = createAssociation();
  associate(out, edges, 4, 3);
  const exact = exactMarginals(pairs);
  // On a tree messages come to rest for good.
  exact.forEach((p, k) => {
    assert.ok(Math.abs((edges.marginal[k] ?? 0) - p) < 1e-5, `edge ${k}: ${edges.marginal[k]} against ${p}`);
  });
  assert.equal(out.unconverged, 0);
});

test("marginals in a loop are near the exact ones", () => {
  const pairs = [
    [0, 0, 9],
    [0, 1, 2],
    [1, 0, 3],
    [1, 1, 8],
  ] as const;
  const edges = edgesOf(pairs);
  associate(createAssociation(), edges, 2, 2);
  // What belief propagation is known to be wrong by in a two by two with strong odds.
  exactMarginals(pairs).forEach((p, k) => {
    assert.ok(Math.abs((edges.marginal[k] ?? 0) - p) < 0.07, `edge ${k}`);
  });
});

test("of three tracks and two plots one is missed, however strong the odds", () => {
  for (const odds of [1e2, 1e4, 1e6, 1e7, 1e8]) {
    const pairs = [0, 1, 2].flatMap((track) => [0, 1].map((plot) => [track, plot, odds] as const));
    const edges = edgesOf(pairs);
    const out = createAssociation();
    associate(out, edges, 3, 2);
    const exact = exactMarginals(pairs);
    // Belief propagation itself is wrong by 0.005 here where odds are weak.
    exact.forEach((p, k) => {
      assert.ok(Math.abs((edges.marginal[k] ?? 0) - p) < 0.01, `odds ${odds}, edge ${k}: ${edges.marginal[k]} against ${p}`);
    });
    assert.equal(out.unconverged, 0, `odds ${odds}: ${out.rounds} rounds`);
  }
});

test("marginals are probabilities, however strong the odds", () => {
  const pair = fc.tuple(fc.nat(5), fc.nat(5), fc.double({ min: 1e-9, max: 1e9, noNaN: true }));
  fc.assert(
    fc.property(fc.uniqueArray(pair, { selector: ([t, d]) => `${t}/${d}`, minLength: 1, maxLength: 20 }), (pairs) => {
      const edges = edgesOf([...pairs].sort((a, b) => a[0] - b[0]));
      const out = createAssociation();
      associate(out, edges, 6, 6);
      for (let t = 0; t < 6; t++) {
        let sum = out.missed[t] ?? 0;
        for (let k = 0; k < edges.count; k++) if (edges.track[k] === t) sum += edges.marginal[k] ?? 0;
        assert.ok(Math.abs(sum - 1) < 1e-9);
      }
      assert.ok(out.explained.subarray(0, 6).every((p) => p >= 0 && p <= 1));
    }),
    { numRuns: 500 },
  );
});

test("the best assignment is the best of all assignments", () => {
  const entry = fc.tuple(fc.nat(4), fc.nat(4), fc.integer({ min: -50, max: 100 }));
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ([r, c]) => `${r}/${c}`, maxLength: 13 }), (unsorted) => {
      const entries = [...unsorted].sort((a, b) => a[0] - b[0]);
      const start = new Int32Array(6);
      for (const [r] of entries) start[r + 1] = (start[r + 1] ?? 0) + 1;
      for (let r = 0; r < 5; r++) start[r + 1] = (start[r + 1] ?? 0) + (start[r] ?? 0);
      const gain = Float64Array.from(entries, ([, , g]) => g);
      const taken = assign({ rows: 5, columns: 5, start, column: Int32Array.from(entries, ([, c]) => c), gain });
      const chosen = [...taken].filter((k) => k >= 0).map((k) => entries[k]);
      assert.equal(new Set(chosen.map((pair) => pair?.[1])).size, chosen.length);
      const total = chosen.reduce((sum, pair) => sum + (pair?.[2] ?? 0), 0);
      let best = 0;
      for (let subset = 0; subset < 1 << entries.length; subset++) {
        const used = entries.filter((_, k) => subset & (1 << k));
        if (new Set(used.map(([r]) => r)).size < used.length || new Set(used.map(([, c]) => c)).size < used.length) continue;
        best = Math.max(
          best,
          used.reduce((sum, [, , g]) => sum + g, 0),
        );
      }
      assert.ok(Math.abs(total - best) < 1e-9, `${total} against ${best}`);
    }),
    { numRuns: 200 },
  );
});
