import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Input } from "@picket/model";
import { createPipeline, type Pipeline } from "../pipeline.ts";
import { command, radar, START_MS, smallSite } from "../world.fixture.ts";
import { DRONES, receiver, registrationIn, run, site } from "./turned-radar.fixture.ts";

test("a radar that stands 1.5° off is corrected within a minute, and its health says by how much", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const registration = registrationIn(run(pipeline, 0, 70, 1.5));
  assert.equal(registration?.state, "registered");
  assert.ok(Math.abs((registration?.applied.azimuthDeg ?? 0) - 1.5) < 0.25, `${registration?.applied.azimuthDeg}°`);
});

test("a radar that turns is an alarm, until somebody accepts how it stands", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 60, 0);
  const turned = run(pipeline, 60, 80, 4);
  assert.equal(registrationIn(turned)?.state, "turned");
  const alarm = turned.alerts.find(({ kind }) => kind === "sensorTurned");
  assert.equal(alarm?.sensor, radar.id);
  assert.equal(registrationIn(turned)?.mayAccept, true);
  assert.ok(Math.abs(registrationIn(turned)?.applied.azimuthDeg ?? 9) < 0.5, "nobody has accepted it");
  const accepted = run(pipeline, 80, 150, 4, [command({ kind: "acceptRegistration", sensor: radar.id })]);
  assert.equal(registrationIn(accepted)?.state, "registered");
  assert.ok(Math.abs((registrationIn(accepted)?.applied.azimuthDeg ?? 0) - 4) < 0.3);
  assert.deepEqual(pipeline.rejected()["nothing-to-accept"], undefined);
});

test("a radar that turns by half a right angle sees no reference where it says it is, and that is an alarm", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 60, 0);
  const lost = run(pipeline, 60, 80, 45);
  const alarm = lost.alerts.find(({ kind }) => kind === "sensorTurned") ?? assert.fail("no alarm");
  assert.equal(alarm.sensor, radar.id);
  assert.ok(["lost", "turned"].includes(registrationIn(lost)?.state ?? ""), registrationIn(lost)?.state);
});

test("what a drill's references said of a radar neither hides that it has turned nor stands against live broadcasts", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const inDrill = (input: Input): Input => (input.kind === "scan" ? { ...input, reality: "exercise" } : input);
  const drilled: Pipeline = { ...pipeline, tick: (inputs, nowMs) => pipeline.tick([...inputs, ...inputs.map(inDrill)], nowMs) };
  run(drilled, 0, 60, 0);
  assert.equal(registrationIn(run(pipeline, 60, 90, 5))?.state, "turned");
  const frame = run(pipeline, 90, 110, 5, [command({ kind: "acceptRegistration", sensor: radar.id })]);
  assert.ok(Math.abs((registrationIn(frame)?.applied.azimuthDeg ?? 0) - 5) < 0.3);
  const verdicts = frame.tracks
    .filter(({ reality }) => reality === "live")
    .flatMap(({ identities }) => identities.map(({ truth }) => truth.verdict));
  assert.deepEqual(
    verdicts,
    Array.from({ length: DRONES }, () => "genuine"),
  );
});

test("accepting what has not turned changes nothing and is counted", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 30, 0, [command({ kind: "acceptRegistration", sensor: radar.id })]);
  assert.equal(pipeline.rejected()["nothing-to-accept"], 1);
});

test("what a sensor was registered with outlives a restart, and a snapshot goes on byte for byte", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 70, 1.5);
  const snapshot = pipeline.snapshot();
  const same = createPipeline(site, { bootNumber: 1 }, snapshot);
  assert.deepEqual(run(same, 70, 75, 1.5), run(pipeline, 70, 75, 1.5));
  const next = createPipeline(site, { bootNumber: 2 }, snapshot);
  const registration = registrationIn(run(next, 70, 72, 1.5));
  assert.equal(registration?.state, "registered");
  assert.ok(Math.abs((registration?.applied.azimuthDeg ?? 0) - 1.5) < 0.25);
});

const alarmIn = ({ alerts }: Frame) => alerts.find(({ kind }) => kind === "sensorTurned");

/** The next boot, of a radar that is registered in the first minute and turns at its end. */
function rebootedAt(restartS: number, turnDeg: number): Readonly<{ last: Frame; next: Pipeline }> {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 60, 0);
  const last = run(pipeline, 60, restartS, turnDeg);
  return { last, next: createPipeline(site, { bootNumber: 2 }, pipeline.snapshot()) };
}

test("after a restart the alarm of a radar that is lost says what it said before", () => {
  const { last, next } = rebootedAt(80, 45);
  const reasons = [{ code: "reason.sensorLost", params: { missing: DRONES, sensor: radar.name } }];
  assert.deepEqual(alarmIn(last)?.reasons, reasons);
  assert.deepEqual(alarmIn(next.tick([], START_MS + 81_000))?.reasons, reasons, "before anything is heard");
  assert.deepEqual(alarmIn(run(next, 82, 180, 45))?.reasons, reasons);
});

test("after a restart how a radar stands that has turned can be accepted at once", () => {
  const { last, next } = rebootedAt(90, 4);
  assert.equal(registrationIn(last)?.state, "turned");
  const accepted = next.tick([command({ kind: "acceptRegistration", sensor: radar.id })], START_MS + 91_000);
  assert.ok(Math.abs((registrationIn(accepted)?.applied.azimuthDeg ?? 0) - 4) < 0.3);
  assert.equal(registrationIn(accepted)?.state, "registered");
  assert.equal(next.rejected()["nothing-to-accept"], undefined);
  assert.equal(registrationIn(run(next, 92, 130, 4))?.state, "registered");
});

test("how a radar stands is not accepted when nobody has been heard for five minutes who says so, also over a restart", () => {
  for (const isRestarted of [false, true]) {
    const pipeline = createPipeline(site, { bootNumber: 1 });
    run(pipeline, 0, 60, 0);
    assert.equal(registrationIn(run(pipeline, 60, 90, 4))?.state, "turned");
    const next = isRestarted ? createPipeline(site, { bootNumber: 2 }, pipeline.snapshot()) : pipeline;
    const frame = next.tick([command({ kind: "acceptRegistration", sensor: radar.id })], START_MS + 390_000);
    assert.ok(Math.abs(registrationIn(frame)?.applied.azimuthDeg ?? 9) < 0.5, `${registrationIn(frame)?.applied.azimuthDeg}°`);
    assert.equal(next.rejected()["nothing-to-accept"], 1);
    assert.equal(registrationIn(frame)?.mayAccept, false, "and nobody is asked to");
  }
});

for (const [how, change] of [
  ["re-sited", { latDeg: radar.latDeg + 0.002 }],
  ["turned by its headingOffsetDeg", { headingOffsetDeg: -4 }],
  ["taken to point by compass", { northReference: "magnetic" }],
] as const)
  test(`of a radar that is ${how} while the site is down nothing is known`, () => {
    const pipeline = createPipeline(site, { bootNumber: 1 });
    run(pipeline, 0, 60, 0);
    run(pipeline, 60, 90, 4);
    const changed = smallSite({ sensors: [{ ...radar, ...change }, receiver] });
    const next = createPipeline(changed, { bootNumber: 2 }, pipeline.snapshot());
    const frame = next.tick([command({ kind: "acceptRegistration", sensor: radar.id })], START_MS + 91_000);
    assert.equal(registrationIn(frame), undefined);
    assert.equal(next.rejected()["nothing-to-accept"], 1);
  });

for (const [turnDeg, restartS, state] of [
  [4, 68, "turned"],
  [45, 70, "lost"],
] as const)
  for (const [clock, againS] of [
    ["", restartS + 2],
    [" and its clock is set back", restartS - 50],
  ] as const)
    test(`a radar that turns by ${turnDeg}° is an alarm although the site starts anew before anybody is told${clock}`, () => {
      const { last, next } = rebootedAt(restartS, turnDeg);
      assert.equal(registrationIn(last)?.state, "registered");
      assert.equal(registrationIn(run(next, againS, againS + 20, turnDeg))?.state, state);
    });
