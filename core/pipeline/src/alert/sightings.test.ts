import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sighting, sightingId } from "@picket/model";
import { createDecisions } from "../decisions.fixture.ts";
import { command, placeAt, START_MS, smallSite } from "../world.fixture.ts";

const sighting = (id: string, more: Partial<Sighting> = {}): Sighting => ({
  id: sightingId.parse(id),
  by: "Ana",
  seenMs: START_MS,
  seenSigmaMs: 5000,
  ...placeAt(500, 500),
  placeSigmaM: 10,
  bearingDeg: 90,
  count: 1,
  moving: "hovering",
  ...more,
});

test("a sighting always raises a watch, and ten reports of one event are one row", () => {
  const decisions = createDecisions(smallSite());
  const report = (id: string, more?: Partial<Sighting>) =>
    command({ kind: "sighting", sighting: sighting(id, more), reality: "live" });
  const [row] = decisions.step([], START_MS, { inputs: [report("s-0")] }).alerts;
  assert.equal(row?.kind, "sighting");
  assert.equal(row?.level, "watch");
  assert.equal(row?.annunciation, 1);
  const inputs = Array.from({ length: 9 }, (_, i) => report(`s-${i + 1}`, placeAt(500 + 50 * i, 500)));
  const rows = decisions.step([], START_MS + 1000, { inputs }).alerts;
  assert.equal(rows.length, 1);
  assert.equal(rows[0]?.title.params["reports"], 10);
});

test("what another system reports is one report by whichever feed it comes, another once it moved on, and again when it is no news", () => {
  const decisions = createDecisions(smallSite());
  let given = 0;
  const told = (feed: string, atS: number, more: Partial<Sighting> = {}) => {
    const carried = { feed: feed as never, uid: "spot-1" };
    const inputs = [command({ kind: "sighting", sighting: sighting(`s-${given++}`, { carried, ...more }), reality: "live" })];
    return decisions.step([], START_MS + atS * 1000, { inputs }).sightings.map(({ carried: by }) => by?.feed);
  };
  assert.deepEqual(told("mesh", 0), ["mesh"]);
  assert.deepEqual(told("server", 1), []);
  assert.deepEqual(told("server", 2, placeAt(500, 520)), [], "20 m on");
  assert.deepEqual(told("server", 3, placeAt(500, 900)), ["server"]);
  assert.deepEqual(told("mesh", 700), ["mesh"], "ten minutes after");
});

test("a sighting says how long ago it was, is grouped by when, and was never seen after it was told", () => {
  const decisions = createDecisions(smallSite({}));
  const seen = [START_MS - 10_800_000, START_MS, START_MS + 9e10, 0];
  const inputs = seen.map((seenMs, i) =>
    command({ kind: "sighting", sighting: sighting(`s-${i}`, { seenMs }), reality: "live" }),
  );
  const rows = decisions
    .step([], START_MS + 5000, { inputs })
    .alerts.map(({ reasons }) => reasons.map(({ params }) => params["agoS"]));
  assert.deepEqual(
    rows.toSorted((a, b) => Number(a[0]) - Number(b[0])),
    [[5, 5], [10_805], [86_405]],
  );
});

test("a drill's sighting keeps its reality", () => {
  const decisions = createDecisions(smallSite());
  const inputs = [command({ kind: "sighting", sighting: sighting("s-1"), reality: "exercise" })];
  assert.equal(decisions.step([], START_MS, { inputs }).alerts[0]?.reality, "exercise");
});
