import assert from "node:assert/strict";
import { test } from "node:test";
import { type ClassLikelihoods, type Input, type Scan, type Sensor, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { circle, type Flyer, noise, placeAt, post, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

const transponders: Sensor = { ...radar, id: sensorId.parse("adsb-1"), name: "Roof antenna", kind: "adsb", rangeMaxM: 50_000 };
const MANNED: ClassLikelihoods = {
  multirotor: 0.005,
  fixedWing: 0.02,
  bird: 0.005,
  mannedAircraft: 0.95,
  balloon: 0.005,
  other: 0.015,
};

/** What flies says each second, where it truly is, that it is a manned aircraft. */
function transponder([eastM, northM, upM]: readonly [number, number, number], tS: number): Scan {
  const position = {
    ...placeAt(eastM, northM),
    horizontalSigmaM: 8,
    height: { valueM: upM, sigmaM: 10, reference: "hae" as const },
  };
  return {
    kind: "scan",
    sensor: transponders.id,
    measuredMs: START_MS + tS * 1000,
    measuredSigmaMs: 50,
    receivedMs: START_MS + tS * 1000 + 50,
    reality: "live",
    detections: [
      {
        measurement: { kind: "position", ...position },
        emitter: "aircraft",
        classLikelihoods: MANNED,
        claims: [{ kind: "icao", value: "A12345" }],
        origin: `adsb:a12345/${tS}`,
      },
    ],
  };
}

/** As a radar tells that knows nothing of rotors. */
const plain = (scan: Scan): Scan => ({ ...scan, detections: scan.detections.map(({ classLikelihoods: _, ...plot }) => plot) });

function fly(flyer: Flyer, seconds: number, hasRadar: boolean) {
  const site = smallSite({
    sensors: hasRadar ? [radar, transponders] : [transponders],
    zones: [circle("yard", 0, 0, 300, { entryLevel: "critical" })],
    persons: [post("gate", 0, 350)],
  });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(5);
  return Array.from({ length: seconds }, (_, tS) => {
    const at = flyer(tS);
    const inputs: Input[] = at ? [transponder(at, tS)] : [];
    if (hasRadar) inputs.push(plain(radarScan(tS, [flyer], random)));
    return pipeline.tick(inputs, START_MS + tS * 1000 + 100);
  });
}

for (const [hasRadar, speedMps, upM] of [
  [true, 12, 60],
  [false, 12, 60],
  [true, 28, 40],
  [true, 60, 30],
] as const)
  test(`what flies ${speedMps} m/s at ${upM} m ${hasRadar ? "before a radar" : "and nobody else sees"} is not believed to be an airliner`, () => {
    const frames = fly(straight([0, 75 * speedMps, upM], [0, -speedMps, 0]), 75, hasRadar);
    const rows = frames.flatMap(({ alerts }) => alerts);
    const entry = rows.findLast(({ kind }) => kind === "zoneEntry");
    assert.equal(entry?.level, "warning", "one less than a stranger's");
    assert.ok(entry?.reasons.some(({ code }) => code === "reason.saysAircraft"));
    assert.ok(
      frames.some(({ warnings }) => warnings.length === 1),
      "the person is warned",
    );
  });

test("an aircraft that flies as one alarms nobody", () => {
  for (const flyer of [straight([-2000, 100, 90], [60, 0, 0]), straight([-600, 100, 500], [15, 0, 0])]) {
    const frames = fly(flyer, 75, true);
    assert.deepEqual(
      frames.flatMap(({ alerts, warnings }) => [...alerts, ...warnings]).filter(({ level }) => level !== "watch"),
      [],
    );
  }
});
