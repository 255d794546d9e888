import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert, Warning } from "@picket/model";
import { createDecisions, type Decisions, type Flying } from "../decisions.fixture.ts";
import { command, noise, post, radarScan, START_MS, smallSite } from "../world.fixture.ts";

const site = smallSite({ persons: [post("ana", 1000, 0)] });
/** An empty look of the radar, so that it is not silent. */
const look = (tS: number) => radarScan(tS, [], noise(1));

/** Steps once a second with the air of each second, and answers Ana's warning of every step. */
function play(decisions: Decisions, fromS: number, toS: number, air: (tS: number) => readonly Flying[]): (Warning | undefined)[] {
  return Array.from({ length: toS - fromS }, (_, i) => {
    const tS = fromS + i;
    return decisions.step(air(tS), START_MS + tS * 1000, { looks: [look(tS)] }).warnings[0];
  });
}

test("another drone that comes and leaves does not take away the one that was lost", () => {
  const decisions = createDecisions(site);
  play(decisions, 0, 10, () => [{ id: "t1-1", at: [1050, 0, 60] }]);
  const later = play(decisions, 10, 200, (tS) =>
    tS >= 60 && tS < 190 ? [{ id: "t1-2", at: [1000 + (tS - 80) * 15, 100, 60], velocity: [15, 0, 0] }] : [],
  );
  assert.deepEqual(
    later.filter((warning) => warning?.state === "allClear"),
    [],
  );
  assert.equal(later.at(-1)?.state, "lostContact");
});

test("a drone that was seen beside the one that was lost does not take its place", () => {
  const decisions = createDecisions(site);
  const other = (tS: number): Flying =>
    tS < 12 ? { id: "t1-2", at: [1380, 0, 60] } : { id: "t1-2", at: [1380 - 10 * (tS - 12), 0, 60], velocity: [-10, 0, 0] };
  const frames = play(decisions, 0, 120, (tS) => (tS < 10 ? [{ id: "t1-1", at: [1050, 0, 60] }, other(tS)] : [other(tS)]));
  assert.deepEqual(frames[9]?.tracks, ["t1-1"]);
  assert.deepEqual(frames[14]?.tracks, ["t1-2"]);
  assert.equal(frames.at(-1)?.state, "lostContact");
});

test("what was lost and is found again within seconds under another number is one drone, whose leaving is seen", () => {
  const decisions = createDecisions(site);
  const flight = (tS: number): Flying => ({ id: tS < 8 ? "t1-1" : "t1-2", at: [1000 + tS * 10, 50, 60], velocity: [10, 0, 0] });
  const frames = play(decisions, 0, 60, (tS) => (tS >= 4 && tS < 8 ? [] : [flight(tS)]));
  assert.equal(frames.find((warning) => warning?.state === "allClear")?.basis, "seenLeaving");
});

test("a drone seen leaving for a moment only, and then no more, is lost contact", () => {
  const decisions = createDecisions(site);
  const frames = play(decisions, 0, 60, (tS) =>
    tS < 25 ? [{ id: "t1-1", at: [1000 + 8 * tS, 100, 60], velocity: [8, 0, 0], seenAgoS: Math.max(0, tS - 22) }] : [],
  );
  assert.ok(frames.every((warning) => warning?.state !== "allClear"));
  assert.equal(frames.at(-1)?.state, "lostContact");
});

test("a drone seen leaving for ten seconds is all clear", () => {
  const decisions = createDecisions(site);
  const frames = play(decisions, 0, 60, (tS) =>
    tS < 45 ? [{ id: "t1-1", at: [1000 + 8 * tS, 100, 60], velocity: [8, 0, 0] }] : [],
  );
  assert.equal(frames.find((warning) => warning?.state === "allClear")?.basis, "seenLeaving");
});

test("the operator's row stays while the person's warning is open, and says so", () => {
  const decisions = createDecisions(site);
  const drone = (tS: number): Flying => {
    if (tS < 10) return { id: "t1-1", at: [1000, 100, 60] };
    return { id: "t1-1", at: [1000, Math.min(260, 100 + (tS - 10) * 8), 60], velocity: [0, tS < 30 ? 8 : 0, 0] };
  };
  let row: Alert | undefined;
  let told: Warning | undefined;
  for (let tS = 0; tS < 60; tS++) {
    const inputs =
      row && told && tS === 5
        ? [
            command({ kind: "acknowledge", alert: row.id, revision: row.revision }),
            command({ kind: "warningReceipt", warning: told.id, revision: told.revision, receipt: "seen" }),
          ]
        : [];
    const more = { looks: [look(tS)], inputs };
    const { alerts, warnings } = decisions.step([drone(tS)], START_MS + tS * 1000, more);
    assert.equal(warnings[0]?.state, "active");
    [row] = alerts;
    [told] = warnings;
  }
  assert.equal(row?.state, "activeAcknowledged");
  assert.ok(row?.reasons.some(({ code }) => code === "reason.warningOpen"));
  const states: unknown[] = [];
  for (let tS = 60; tS < 110; tS++) {
    const leaving: Flying = { id: "t1-1", at: [1000, 260 + 10 * (tS - 60), 60], velocity: [0, 10, 0] };
    const { alerts, warnings } = decisions.step([leaving], START_MS + tS * 1000, { looks: [look(tS)] });
    states.push(...warnings.map(({ state }) => state), ...alerts.map(({ state }) => state));
  }
  assert.ok(states.indexOf("cleared") > states.indexOf("allClear") && states.includes("allClear"));
});
