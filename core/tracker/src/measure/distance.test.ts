import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../testing/radars.fixture.ts";
import { distance, measureDistance } from "./distance.ts";

const FROM = [-300, 200, 10] as const;
const OTHER = [900, -400, 30] as const;
const away = (p: readonly number[], q: readonly number[]): number =>
  Math.hypot((p[0] ?? 0) - (q[0] ?? 0), (p[1] ?? 0) - (q[1] ?? 0), (p[2] ?? 0) - (q[2] ?? 0));

for (const [name, other] of [
  ["a range", undefined],
  ["a range difference", OTHER],
] as const)
  test(`mean and variance of ${name} over a wide state are those of many draws`, () => {
    const at = [250, 500, 120];
    const [sigmaE, sigmaN, sigmaU] = [90, 60, 150];
    const random = seeded(3);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const draws = Array.from({ length: 40_000 }, () => {
      const p = [(at[0] ?? 0) + sigmaE * normal(), (at[1] ?? 0) + sigmaN * normal(), (at[2] ?? 0) + sigmaU * normal()];
      return away(p, FROM) - (other ? away(p, other) : 0);
    });
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / draws.length;
    measureDistance(at, [sigmaE * sigmaE, 0, 0, sigmaN * sigmaN, 0, sigmaU * sigmaU], FROM, other);
    const [ge = 0, gn = 0, gu = 0] = distance.gradient;
    const said = (ge * sigmaE) ** 2 + (gn * sigmaN) ** 2 + (gu * sigmaU) ** 2 + distance.varianceM2;
    // Third and fourth order are left out, a fourteenth of the variance here; the draws themselves err by half a metre.
    assert.ok(Math.abs(distance.valueM - mean) < 2, `${distance.valueM} ${mean}`);
    assert.ok(Math.abs(said / variance - 1) < 0.1, `${said} ${variance}`);
    const straight = away(at, FROM) - (other ? away(at, other) : 0);
    assert.ok(Math.abs(straight - mean) > 4, "a straight line would be farther off");
  });
