import assert from "node:assert/strict";
import { test } from "node:test";
import { createDecisions } from "../decisions.fixture.ts";
import { noise, post, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";

/** The states of Ana's warning after a drone hovered over her and was seen no more, looked for by a radar with such a notch. */
function statesAfterLoss(detectionProbability: number): Set<string | undefined> {
  const sensor = { ...radar, notch: { belowMps: 2, detectionProbability } };
  const decisions = createDecisions(smallSite({ sensors: [sensor], persons: [post("ana", 1000, 0)] }));
  const random = noise(1);
  const states = new Set<string | undefined>();
  for (let tS = 0; tS < 400; tS++) {
    const flying = tS < 3 ? [{ id: "t1-1", at: [1100, 0, 60] as const }] : [];
    const { warnings } = decisions.step(flying, START_MS + tS * 1000, { looks: [radarScan(tS, [], random, { sensor })] });
    states.add(warnings[0]?.state);
  }
  return states;
}

test("looks that hardly see what hovers prove nothing, however many", () => {
  assert.ok(!statesAfterLoss(0.01).has("allClear"));
  assert.ok(!statesAfterLoss(0.19).has("allClear"));
});

test("looks that do see what hovers add up to an all-clear", () => {
  assert.ok(statesAfterLoss(0.2).has("allClear"));
});
