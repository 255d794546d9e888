import assert from "node:assert/strict";
import { test } from "node:test";
import { MATH_FINGERPRINT, MATH_FINGERPRINT_PLATFORMS, mathDifferences, mathFingerprint, mathFingerprints } from "./index.ts";

const here = `${process.platform}-${process.arch} Node ${process.versions.node.split(".")[0]}`;

test("Math computes here what it computes on the named platforms", (context) => {
  if (!MATH_FINGERPRINT_PLATFORMS.includes(here)) {
    context.skip(`no fingerprint is stored for ${here}; functions that differ: ${mathDifferences().join(", ") || "none"}`);
    return;
  }
  assert.deepEqual(mathDifferences(), []);
  assert.equal(mathFingerprint(), MATH_FINGERPRINT);
});

test("a function that gives one different bit is named", (context) => {
  const cbrt = Math.cbrt;
  context.mock.method(Math, "cbrt", (x: number) => (x > 1000 ? cbrt(x) * (1 + 2 ** -52) : cbrt(x)));
  const stored = mathFingerprint();
  context.mock.restoreAll();
  assert.deepEqual(mathDifferences(stored), ["cbrt"]);
});

test("asking twice gives the same digits, and no two functions share theirs", () => {
  assert.equal(mathFingerprint(), mathFingerprint());
  const digits = Object.values(mathFingerprints());
  assert.ok(digits.every((text) => /^[0-9a-f]{8}$/.test(text)));
  assert.equal(new Set(digits).size, digits.length);
});
