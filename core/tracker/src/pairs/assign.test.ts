import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../testing/radars.fixture.ts";
import { assign } from "./assign.ts";
import { chooseEdges } from "./choose.ts";
import { createEdges, indexByDetection, reserveEdge } from "./edges.ts";

type Entry = Readonly<{ column: number; gain: number }>;

/** The greatest total gain by trying everything. */
function most(rows: readonly (readonly Entry[])[], taken: ReadonlySet<number> = new Set()): number {
  const [first, ...rest] = rows;
  if (!first) return 0;
  let best = most(rest, taken);
  for (const { column, gain } of first)
    if (!taken.has(column)) best = Math.max(best, gain + most(rest, new Set([...taken, column])));
  return best;
}

test("an assignment gains as much as any can, and takes no column twice", () => {
  const random = seeded(2);
  for (let round = 0; round < 400; round++) {
    const columns = 1 + Math.floor(6 * random());
    const rows = Array.from({ length: 1 + Math.floor(6 * random()) }, (): readonly Entry[] =>
      Array.from({ length: columns }, (_, column) => ({ column, gain: 10 * random() - 3 })).filter(() => random() < 0.7),
    );
    const entries = rows.flat();
    const start = Int32Array.from([0, ...rows.map((_, k) => rows.slice(0, k + 1).flat().length)]);
    const taken = assign({
      ...{ rows: rows.length, columns, start },
      column: Int32Array.from(entries.map(({ column }) => column)),
      gain: Float64Array.from(entries.map(({ gain }) => gain)),
    });
    const chosen = [...taken].flatMap((entry, row) => {
      if (entry < 0) return [];
      assert.ok(entry >= (start[row] ?? 0) && entry < (start[row + 1] ?? 0), "an entry of its own row");
      return [entries[entry] ?? assert.fail()];
    });
    assert.equal(new Set(chosen.map(({ column }) => column)).size, chosen.length);
    const gained = chosen.reduce((sum, { gain }) => sum + gain, 0);
    assert.ok(Math.abs(gained - most(rows)) < 1e-9, `round ${round}: ${gained} of ${most(rows)}`);
  }
});

test("whose plot is whose is what is likeliest of all together, not of each, and what is less likely than a miss is nobody's", () => {
  const edges = createEdges();
  for (const [track, detection, odds] of [
    [0, 0, 100],
    [0, 1, 20],
    [1, 0, 20],
    [1, 1, 2],
    [2, 2, 0.5],
  ] as const) {
    reserveEdge(edges);
    const e = edges.count++;
    edges.track[e] = track;
    edges.detection[e] = detection;
    edges.odds[e] = odds;
  }
  indexByDetection(edges, 3);
  // 20·20 against 100·2.
  assert.deepEqual([...chooseEdges(edges, 3, 3).subarray(0, 3)], [1, 2, -1]);
  assert.deepEqual([...edges.chosen.subarray(0, 5)], [0, 1, 1, 0, 0]);
});
