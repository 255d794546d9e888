import assert from "node:assert/strict";
import { test } from "node:test";
import { playDemo } from "./asterix-demo.ts";

const SECONDS = 120;

test("the picture of radars in ASTERIX and nodes in SAPIENT is that of JSON Lines, within what their steps and turns cost", () => {
  const plain = playDemo("JSON Lines", SECONDS, "2");
  const spoken = playDemo("standards", SECONDS, "2");
  assert.equal(spoken.rejected, 0, "not one record is refused");
  assert.deepEqual([...spoken.realities], ["simulated"], "the flags on the wire make all of it simulated");
  const { gospa = Number.NaN, falsePerSecond, missedPerSecond, neverTracked } = spoken.score;
  // Ranges step by 7 m, Doppler speeds by 1 m/s, and a turn takes a second: a tenth of the score, and a tenth of an object, is in that.
  assert.ok(gospa < 1.1 * plain.score.gospa, `GOSPA ${gospa} m, ${plain.score.gospa} m in JSON Lines`);
  assert.ok(missedPerSecond < plain.score.missedPerSecond + 0.1, `${missedPerSecond} missed a second`);
  assert.ok(falsePerSecond < plain.score.falsePerSecond + 0.1, `${falsePerSecond} false a second`);
  assert.ok(spoken.marksOfNothing < 1.5, `${spoken.marksOfNothing} marks of nothing on the map`);
  assert.equal(neverTracked, plain.score.neverTracked);
  assert.ok(spoken.namedRight > 0.9, `${(100 * spoken.namedRight).toFixed(0)} % of classes are named right`);
});
