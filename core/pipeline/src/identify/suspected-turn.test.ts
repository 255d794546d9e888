import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "@picket/model";
import { broadcast, SERIAL } from "../assess/own-word.fixture.ts";
import { createPipeline, type Pipeline } from "../pipeline.ts";
import { toTrackerSensor } from "../track/sensors.ts";
import { createSiteFrame } from "../track/site-frame.ts";
import { circling, registrationIn, run, site } from "../track/turned-radar.fixture.ts";
import { noise, radar, radarScan, straight } from "../world.fixture.ts";
import type { ClaimLedger } from "./claim-ledger.ts";
import { type ClaimRecord, newRecord, type SensorEvidence } from "./claim-record.ts";
import { corroborate } from "./corroborate.ts";
import { lookIfTurned, weighIfTurned } from "./suspected-turn.ts";
import { testTruth } from "./truth.ts";

/** Who is called false now. */
const accusedIn = ({ alerts }: Frame): string[] =>
  alerts.flatMap(({ kind, state, reasons }) =>
    kind === "remoteIdContradicted" && state.startsWith("active")
      ? reasons.flatMap(({ code, params }) => (code === "reason.identityContradicted" ? [String(params["identity"])] : []))
      : [],
  );

function turnedPipeline(turnDeg: number): Pipeline {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 60, 0);
  assert.equal(registrationIn(run(pipeline, 60, 90, turnDeg))?.state, "turned");
  return pipeline;
}

for (const turnDeg of [5, 10])
  test(`beside a radar that has turned by ${turnDeg}° and that nobody has looked at, no honest broadcast is called false`, () => {
    const pipeline = turnedPipeline(turnDeg);
    for (let s = 90; s < 150; s++) assert.deepEqual(accusedIn(run(pipeline, s, s + 1, turnDeg)), [], `after ${s} s`);
    assert.equal(registrationIn(run(pipeline, 150, 151, turnDeg))?.state, "turned", "the alarm stands");
  });

test("what its turn does not explain stays contradicted, within ten seconds, also from a snapshot", () => {
  const pipeline = turnedPipeline(5);
  const again = createPipeline(site, { bootNumber: 1 }, pipeline.snapshot());
  const lie = straight([0, 5000, 100], [8, -8, 0]);
  for (let s = 90; s < 110; s++) {
    const inputs = [broadcast(lie(s - 90) ?? [0, 0, 0], s)];
    const frame = run(pipeline, s, s + 1, 5, inputs);
    assert.deepEqual(run(again, s, s + 1, 5, inputs), frame);
    if (s >= 100) assert.deepEqual(accusedIn(frame), [SERIAL], `after ${s - 90} s`);
  }
  assert.equal(Buffer.compare(again.snapshot(), pipeline.snapshot()), 0);
});

for (const turnDeg of [3, 5])
  test(`who circles a drone that a radar sees which has turned by ${turnDeg}° is contradicted within ten seconds`, () => {
    const pipeline = turnedPipeline(turnDeg);
    for (let s = 90; s < 150; s++) {
      const [eastM, northM, upM] = circling(2)(s) ?? [0, 0, 0];
      const lie = [eastM + 120 * Math.cos(0.1 * s), northM + 120 * Math.sin(0.1 * s), upM] as const;
      const frame = run(pipeline, s, s + 1, turnDeg, [broadcast(lie, s)]);
      if (s >= 100) assert.deepEqual(accusedIn(frame), [SERIAL], `after ${s - 90} s`);
    }
  });

const DENIES: SensorEvidence = { looks: 20, hits: 0, llr: -15, given: new Map(), lastMs: 0 };
const recordOf = (evidence: SensorEvidence, sensor = "Radar 1"): ClaimRecord => ({
  ...newRecord("live", 0),
  sensors: new Map([[sensor, evidence]]),
});

test("what a sensor would see if it had turned leaves a broadcast open and says why, and makes nobody genuine", () => {
  assert.equal(testTruth(recordOf(DENIES), 0).verdict, "contradicted");
  const { verdict, reasons } = testTruth(recordOf({ ...DENIES, turnedLlr: 8 }), 0);
  assert.equal(verdict, "unconfirmed");
  assert.ok(reasons.some(({ code, params }) => code === "truth.sensorTurned" && params["sensor"] === "Radar 1"));
  assert.equal(testTruth(recordOf({ ...DENIES, turnedLlr: -15 }), 0).verdict, "contradicted");
});

test("an object beside it that flies its path is no lie while the sensor that sees it may have turned", () => {
  const companion = { offsetM: 260, forS: 30 };
  const few: SensorEvidence = { ...DENIES, llr: -4 };
  assert.equal(testTruth({ ...recordOf(few), companion }, 0).verdict, "contradicted");
  assert.equal(testTruth({ ...recordOf({ ...few, turnedLlr: 2 }), companion }, 0).verdict, "unconfirmed");
});

const place = {
  ...{ sensor: radar.id, measuredMs: 0, receivedMs: 0, hits: 5 },
  ...{ eastM: 0, northM: 3000, upM: 100, upSigmaM: 5, heightKnown: true, eastMps: 0, northMps: 0, sigmaM: 5 },
};
const pose = toTrackerSensor(radar, createSiteFrame(site));
const bias = { rangeM: 0, azimuthDeg: 0, elevationDeg: 0, clockS: 0 };
const turned = { state: "turned", applied: bias, estimate: { ...bias, azimuthDeg: 10 }, sigma: bias, references: 3 } as const;
/** It shows what is at the place 10° too far clockwise: 520 m to the east. */
const scan = radarScan(0, [straight([521, 2954, 100], [0, 0, 0])], noise(1), { pD: 1 });

const seenIfTurned = lookIfTurned(scan, { pose, plots: [] }, turned, new Map());
assert.ok(seenIfTurned);

test("a plot that lies elsewhere by as much as the sensor may have turned speaks for the place, another against it", () => {
  const evidence: SensorEvidence = { ...DENIES, llr: -3, given: new Map() };
  weighIfTurned(recordOf(evidence), evidence, seenIfTurned, place, 0.7);
  assert.ok((evidence.turnedLlr ?? 0) > -1, `${evidence.turnedLlr}`);
  const before = evidence.turnedLlr ?? 0;
  weighIfTurned(recordOf(evidence), evidence, seenIfTurned, { ...place, northM: 3800 }, 0.7);
  assert.ok((evidence.turnedLlr ?? 0) < before - 1, `${evidence.turnedLlr}`);
  assert.equal(evidence.llr, -3);
});

test("a sensor that points right again denies nothing that its turn explained", () => {
  assert.equal(lookIfTurned(scan, { pose, plots: [] }, { ...turned, state: "registered", estimate: bias }, new Map()), undefined);
  for (const [turnedLlr, llr] of [
    [8, 0],
    [-5, -5],
  ] as const) {
    const evidence: SensorEvidence = { ...DENIES, given: new Map(), turnedLlr };
    const ledger: ClaimLedger = { records: new Map([["live Radar 1", recordOf(evidence, scan.sensor)]]), leads: new Map() };
    // Whether it looks where the claim is or not: here there is none.
    const picture = { poses: new Map([[scan.sensor, pose]]), sensors: [], registrations: new Map(), tracks: [] };
    corroborate(ledger, { eyesight: new Map(), trails: new Map() }, scan, picture, scan.receivedMs);
    assert.deepEqual([evidence.llr, evidence.turnedLlr], [llr, undefined]);
  }
});
