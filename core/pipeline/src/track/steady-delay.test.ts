import assert from "node:assert/strict";
import { test } from "node:test";
import { type Input, type Scan, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { circle, noise, post, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

const beside = { ...radar, id: sensorId.parse("radar-2"), name: "Radar 2" };
const inbound = straight([0, 900, 60], [0, -12, 0]);

/** A drone before a radar whose looks bear the time of `lateMs` ago, beside one in time that sees nothing of it. */
function fly(lateMs: (tS: number) => number, arrives: (scan: Scan, tS: number) => readonly Scan[] = (scan) => [scan]) {
  const site = smallSite({
    sensors: [radar, beside],
    zones: [circle("yard", 0, 0, 300, { entryLevel: "critical" })],
    persons: [post("gate", 0, 50)],
  });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(5);
  return Array.from({ length: 75 }, (_, tS) => {
    const look = radarScan(tS, [inbound], random);
    const inputs: Input[] = [radarScan(tS, [], random, { sensor: { ...beside, rangeMaxM: 1 } })];
    inputs.push(...arrives({ ...look, measuredMs: look.measuredMs - lateMs(tS) }, tS));
    return pipeline.tick(inputs, START_MS + tS * 1000 + 100);
  });
}

for (const lateS of [4, 6, 30, 120, 3600])
  test(`a radar whose clock is ${lateS} s behind is heard beside one in time, and said to be wrong`, () => {
    const frames = fly(() => lateS * 1000);
    assert.equal(frames.at(-1)?.alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
    assert.ok(
      frames.slice(0, 65).some(({ warnings }) => warnings.length > 0),
      "before it is overhead",
    );
    const clock = frames[10]?.alerts.find(({ kind }) => kind === "clockBad");
    assert.deepEqual(
      clock?.reasons.map(({ code }) => code),
      ["reason.clockBehind", "reason.takenAsArrived"],
    );
    assert.equal(frames[10]?.sensors.find(({ id }) => id === radar.id)?.state, "degraded");
  });

test("one look in five that comes two seconds later changes nothing", () => {
  const frames = fly((tS) => (tS % 5 === 4 ? 22_000 : 20_000));
  assert.equal(frames.at(-1)?.alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
});

test("a clock that is put right under way leaves no look in the future", () => {
  const frames = fly((tS) => (tS < 40 ? 20_000 : 0));
  assert.ok(frames.every(({ nowMs, tracks }) => tracks.every(({ measuredMs }) => measuredMs <= nowMs)));
  assert.equal(frames.at(-1)?.alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
});

test("a clock that falls back under way costs five looks, and is said within five seconds", () => {
  const frames = fly((tS) => (tS >= 40 ? 3_600_000 : 0));
  assert.ok(frames[45]?.alerts.some(({ kind }) => kind === "clockBad"));
  assert.ok(frames.every(({ alerts }) => alerts.every(({ lostContactMs }) => lostContactMs === undefined)));
});

test("what a cut line had kept and lets go at once is not taken for now", () => {
  const kept: Scan[] = [];
  const frames = fly(
    () => 0,
    (scan, tS) => {
      if (tS < 10 || tS >= 50) return [scan];
      kept.push(scan);
      return tS < 45 ? [] : kept.splice(0, 8).map((old) => ({ ...old, receivedMs: START_MS + tS * 1000 + 50 }));
    },
  );
  for (const { nowMs, tracks } of frames.slice(45, 49))
    for (const { contributions } of tracks)
      assert.ok(contributions.every(({ sensor, lastMs }) => sensor !== radar.id || nowMs - lastMs > 3000));
});
