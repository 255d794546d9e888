import assert from "node:assert/strict";
import test from "node:test";
import { ciede2000, contrastRatio, SIGHTS, seenBy } from "./color-difference.ts";

type Lab = Parameters<typeof ciede2000>[0];

// Sharma, Wu & Dalal (2005), table 1: pairs 1, 7, 17, 20, 25 and 34.
for (const [one, other, expected] of [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [58, 24, 15], 19.4535],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
] as const satisfies readonly (readonly [Lab, Lab, number])[])
  test(`CIEDE2000 of ${one.join(" ")} and ${other.join(" ")} is ${expected}`, () => {
    assert.ok(Math.abs(ciede2000(one, other) - expected) < 5e-5, String(ciede2000(one, other)));
    assert.equal(ciede2000(one, other), ciede2000(other, one));
  });

test("grey looks grey to every kind of sight", () => {
  for (const sight of SIGHTS)
    for (const channel of seenBy([0.5, 0.5, 0.5], sight)) assert.ok(Math.abs(channel - 0.5) < 0.01, sight);
});

test("black on white has the contrast of 21", () => {
  assert.ok(Math.abs(contrastRatio([0, 0, 0], [1, 1, 1]) - 21) < 1e-9);
});
