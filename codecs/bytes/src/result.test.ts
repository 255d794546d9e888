import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, fail, ok } from "./result.ts";

test("an error reads as one line", () => {
  const result = fail("truncated", "Location", 7, "needs 25 octets, 2 left");
  assert.ok(!result.ok);
  assert.equal(describe(result.error), "Location at byte 7: truncated (needs 25 octets, 2 left)");
});

test("a value is carried as it is", () => {
  assert.deepEqual(ok(5), { ok: true, value: 5 });
});
