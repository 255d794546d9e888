import assert from "node:assert/strict";
import { test } from "node:test";
import { publicOperatorId } from "./index.ts";

test("an EU operator number loses its secret characters, others stay as they are", () => {
  assert.equal(publicOperatorId("FIN87astrdge12k8-xyz"), "FIN87astrdge12k8");
  assert.equal(publicOperatorId("FIN87astrdge12k8"), "FIN87astrdge12k8");
  assert.equal(publicOperatorId("GBR-OP-123ABCD"), "GBR-OP-123ABCD");
});
