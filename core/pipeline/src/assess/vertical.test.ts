import assert from "node:assert/strict";
import { test } from "node:test";
import { createDecisions } from "../decisions.fixture.ts";
import { circle, START_MS, smallSite } from "../world.fixture.ts";

/** A drone that hovers over the middle of a zone with a ceiling of 120 m above the ground, no terrain being loaded. */
function underCeiling(eastM: number, upM: number) {
  const ceiling = { valueM: 120, sigmaM: 1, reference: "agl" } as const;
  const decisions = createDecisions(smallSite({ zones: [circle("low", eastM, 0, 300, { ceiling })] }));
  const { alerts, tracks } = decisions.step([{ id: "t1-1", at: [eastM, 0, upM] }], START_MS);
  return { kinds: alerts.map(({ kind }) => kind), view: tracks[0]?.assessment.zones[0] };
}

test("over a hill away from the site a ceiling above the ground is undecided: the drone counts as inside, and that is said", () => {
  const { kinds, view } = underCeiling(4000, 380);
  assert.deepEqual(kinds, ["zoneEntry"]);
  assert.deepEqual([view?.relation, view?.heightUndecided], ["inside", true]);
});

test("beside the site, and far above any hill, a drone over the ceiling is outside", () => {
  assert.equal(underCeiling(200, 380).view?.relation, "outside");
  assert.equal(underCeiling(4000, 900).view?.relation, "outside");
});

test("a drone well under the ceiling beside the site is surely inside", () => {
  assert.deepEqual(underCeiling(200, 40).view?.heightUndecided, undefined);
});
