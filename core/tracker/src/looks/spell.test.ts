import assert from "node:assert/strict";
import { test } from "node:test";
import { prolong } from "./spell.ts";

test("a spell counts what happens again and says from when to when, in whatever order it is heard", () => {
  const once = prolong(undefined, 5000);
  assert.deepEqual(once, { count: 1, sinceMs: 5000, lastMs: 5000 });
  assert.deepEqual(prolong(prolong(once, 605_000, 3), 4000), { count: 5, sinceMs: 4000, lastMs: 605_000 });
});

test("after a pause of ten minutes a spell begins anew", () => {
  const long = prolong(prolong(undefined, 0), 600_000, 100);
  assert.deepEqual(prolong(long, 1_200_000), { count: 102, sinceMs: 0, lastMs: 1_200_000 });
  assert.deepEqual(prolong(long, 1_200_001), { count: 1, sinceMs: 1_200_001, lastMs: 1_200_001 });
});
