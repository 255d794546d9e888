import assert from "node:assert/strict";
import { test } from "node:test";
import { movedInstants } from "./moved-instants.ts";

test("every instant moves, wherever it is held, and a span, a count or a text stays", () => {
  const state = {
    rows: new Map([["a", { raisedMs: 5000, shelf: { untilMs: 9000 }, revision: 5000, title: { params: { watchedS: 300 } } }]]),
    raisedMs: [4000, 5000],
    watch: { sinceMs: 3000, pointsM: [1, 2], logMissed: [-0.5] },
    clockBehindMs: 700,
    measuredSigmaMs: 20,
    by: "Ana",
  };
  assert.deepEqual(movedInstants(state, -1000), {
    rows: new Map([["a", { raisedMs: 4000, shelf: { untilMs: 8000 }, revision: 5000, title: { params: { watchedS: 300 } } }]]),
    raisedMs: [3000, 4000],
    watch: { sinceMs: 2000, pointsM: [1, 2], logMissed: [-0.5] },
    clockBehindMs: 700,
    measuredSigmaMs: 20,
    by: "Ana",
  });
  assert.equal(state.raisedMs[0], 4000);
});
