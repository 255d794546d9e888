import assert from "node:assert/strict";
import { test } from "node:test";
import { type Frame, type Scan, sensorId, type TruthTest } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { DRONES, registrationIn, run, site } from "../track/turned-radar.fixture.ts";
import { command, radar } from "../world.fixture.ts";
import { withoutBias } from "./registered.ts";

/** What is said of each drone that a track bears. */
const verdictsIn = ({ tracks }: Frame): TruthTest["verdict"][] =>
  tracks.flatMap(({ identities }) => identities.map(({ truth }) => truth.verdict));

const isAccusedIn = ({ alerts }: Frame): boolean =>
  alerts.some(({ kind, state }) => kind === "remoteIdContradicted" && state.startsWith("active"));

for (const turnDeg of [5, 10])
  test(`once it is accepted how a radar stands that has turned by ${turnDeg}°, it bears honest broadcasts out again`, () => {
    const pipeline = createPipeline(site, { bootNumber: 1 });
    run(pipeline, 0, 60, 0);
    assert.equal(registrationIn(run(pipeline, 60, 90, turnDeg))?.state, "turned");
    run(pipeline, 90, 110, turnDeg, [command({ kind: "acceptRegistration", sensor: radar.id })]);
    for (const fromS of [110, 130]) {
      const frame = run(pipeline, fromS, fromS + 20, turnDeg);
      assert.deepEqual(
        verdictsIn(frame),
        Array.from({ length: DRONES }, () => "genuine"),
      );
      assert.ok(!isAccusedIn(frame));
    }
  });

test("what was told of another mount goes on from a snapshot byte for byte", () => {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  run(pipeline, 0, 60, 0);
  run(pipeline, 60, 90, 5);
  run(pipeline, 90, 92, 5, [command({ kind: "acceptRegistration", sensor: radar.id })]);
  const again = createPipeline(site, { bootNumber: 1 }, pipeline.snapshot());
  assert.deepEqual(run(again, 92, 100, 5), run(pipeline, 92, 100, 5));
  assert.equal(Buffer.compare(again.snapshot(), pipeline.snapshot()), 0);
});

test("a look without its sensor's bias is turned back, nearer and earlier; what is broadcast in it stays", () => {
  const polar = { kind: "polar", rangeM: 1040, rangeSigmaM: 5, azimuthRad: 1.5, azimuthSigmaRad: 0.01 } as const;
  const bearing = { kind: "bearing", azimuthRad: 0.5, azimuthSigmaRad: 0.1 } as const;
  const position = { kind: "position", latDeg: 32, lonDeg: -117, horizontalSigmaM: 5 } as const;
  const scan: Scan = {
    ...{ kind: "scan", sensor: sensorId.parse("radar-1"), reality: "live" },
    ...{ measuredMs: 5000, measuredSigmaMs: 20, receivedMs: 5100 },
    sector: { azimuthFromRad: 1, azimuthToRad: 2 },
    detections: [
      { measurement: { ...polar, elevationRad: 0.2, elevationSigmaRad: 0.01 } },
      { measurement: bearing },
      { measurement: position },
    ],
  };
  const turnRad = Math.PI / 36;
  const bias = { rangeM: 40, azimuthDeg: 5, elevationDeg: -5, clockS: 0.5 };
  assert.deepEqual(withoutBias(scan, bias), {
    ...scan,
    measuredMs: 4500,
    sector: { azimuthFromRad: 1 - turnRad, azimuthToRad: 2 - turnRad },
    detections: [
      {
        measurement: {
          ...polar,
          ...{ rangeM: 1000, azimuthRad: 1.5 - turnRad, elevationRad: 0.2 + turnRad, elevationSigmaRad: 0.01 },
        },
      },
      { measurement: { ...bearing, azimuthRad: 0.5 - turnRad } },
      { measurement: position },
    ],
  });
  assert.equal(withoutBias(scan, undefined), scan);
});
