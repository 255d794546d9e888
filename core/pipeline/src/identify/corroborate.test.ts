import assert from "node:assert/strict";
import { test } from "node:test";
import { trackId } from "@picket/model";
import { evidenceOf, type SensorEvidence } from "./claim-record.ts";
import { settle } from "./corroborate.ts";

const bird = trackId.parse("t1-7");
const evidence = (trusted = false): SensorEvidence => ({
  looks: 20,
  hits: 1,
  llr: -15,
  given: new Map([[bird, { hits: 12, llr: 23, trusted }]]),
  lastMs: 0,
});
const here = new Set([bird]);

test("what an object gave counts while it is the sender more probably than not, as far as is known", () => {
  assert.deepEqual(evidenceOf(evidence(), new Map()), { looks: 20, hits: 13, llr: 8 });
  assert.deepEqual(evidenceOf(evidence(), new Map([[bird, 3]])), { looks: 20, hits: 13, llr: 8 });
  assert.deepEqual(evidenceOf(evidence(), new Map([[bird, -3]])), { looks: 20, hits: 1, llr: -15 });
});

test("what a stranger gave is taken back, and so is what flies out of reach", () => {
  for (const [near, inReach] of [
    [new Map([[bird, -7]]), here],
    [new Map<typeof bird, number>(), new Set<typeof bird>()],
  ] as const) {
    const stranger = evidence();
    settle(stranger, near, inReach, here);
    assert.deepEqual([stranger.hits, stranger.llr, stranger.given.size], [1, -15, 0]);
  }
});

test("where one that was the sender turns out to be a stranger, evidence begins anew", () => {
  const swapped = evidence();
  settle(swapped, new Map([[bird, 5]]), here, here);
  settle(swapped, new Map([[bird, -7]]), here, here);
  assert.deepEqual([swapped.llr, swapped.given.size], [0, 0]);
});

test("what an object gave that is no more stays", () => {
  const gone = evidence();
  settle(gone, new Map(), new Set(), new Set());
  assert.deepEqual([gone.hits, gone.llr, gone.given.size], [13, 8, 0]);
});
