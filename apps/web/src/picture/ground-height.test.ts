import assert from "node:assert/strict";
import test from "node:test";
import { groundRelation } from "./ground-height.ts";

const height = { valueM: 20, sigmaM: 8, reference: "hae" } as const;

test("a height a little below the ground, as its uncertainty allows, is near the ground", () => {
  assert.equal(groundRelation({ heightAglM: -3, height }), "near");
  assert.equal(groundRelation({ heightAglM: 1, height }), "near");
  assert.equal(groundRelation({ heightAglM: 3, height }), "above");
});

test("a height that no uncertainty explains is called doubtful, and one that is not known is nothing at all", () => {
  assert.equal(groundRelation({ heightAglM: -40, height }), "below");
  assert.equal(groundRelation({ height }), "unknown");
});
