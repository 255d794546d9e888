import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "./settings.ts";
import { polarOf, RADAR } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerSensor } from "./types.ts";

const FIELD = RADAR.fieldOfView ?? assert.fail();
const SHADOW = { azimuthFromRad: 0, azimuthToRad: 1, rangeFromM: 500, rangeToM: 900, elevationBelowRad: 0.1 };
const BAD: readonly (readonly [change: Partial<TrackerSensor>, field: string])[] = [
  [{ posEnuM: [0, Number.NaN, 0] }, "posEnuM"],
  [{ toSite: [1, 0, 0, 0, 1, 0, 0, 0, Number.NaN] }, "toSite"],
  [{ detectionProbability: Number.NaN }, "detectionProbability"],
  [{ detectionProbability: 1.5 }, "detectionProbability"],
  [{ clutterPerLook: -3 }, "clutterPerLook"],
  [{ clutterPerLook: Number.POSITIVE_INFINITY }, "clutterPerLook"],
  [{ revisitMs: 0 }, "revisitMs"],
  [{ toSite: [1, 0, 0, 1] }, "toSite"],
  [{ toSite: [1, 0, 0, 0, 2, 0, 0, 0, 1] }, "toSite"],
  [{ fieldOfView: { ...FIELD, rangeMinM: FIELD.rangeMaxM } }, "fieldOfView.rangeMinM"],
  [{ fieldOfView: { ...FIELD, rangeMaxM: Number.NaN } }, "fieldOfView.rangeMinM"],
  [{ fieldOfView: { ...FIELD, rangeMaxM: Number.POSITIVE_INFINITY } }, "fieldOfView.rangeMaxM"],
  [{ fieldOfView: { ...FIELD, azimuthToRad: Number.NaN } }, "fieldOfView.azimuthToRad"],
  [{ fieldOfView: { ...FIELD, azimuthToRad: FIELD.azimuthFromRad } }, "fieldOfView.azimuthToRad"],
  [{ fieldOfView: { ...FIELD, elevationMinRad: 0.2, elevationMaxRad: 0.2 } }, "fieldOfView.elevationMinRad"],
  [{ boxEnuM: { min: [-10, 5, 0], max: [10, 5, 100] } }, "boxEnuM.min"],
  [{ notch: { belowMps: -2, pD: 0.1 } }, "notch.belowMps"],
  [{ notch: { belowMps: 2, pD: 1.1 } }, "notch.pD"],
  [{ shadows: [{ ...SHADOW, elevationBelowRad: Number.NaN }] }, "shadows.elevationBelowRad"],
  [{ resolution: { rangeM: 0, azimuthRad: 0.01, elevationRad: 0.01, parts: "byGrid" } }, "resolution.rangeM"],
];

test("a sensor that cannot be is refused by its name and what is wrong, at first and later", () => {
  for (const [change, field] of BAD) {
    const sensors = [{ ...RADAR, ...change }];
    const said = { name: "RangeError", message: new RegExp(`radar-1: ${field} `) };
    assert.throws(() => createTracker({ sensors }), said);
    assert.throws(() => createTracker({ sensors: [RADAR] }).sensors(sensors), said);
  }
  assert.throws(() => createTracker({ sensors: [RADAR, RADAR] }), /RangeError.*radar-1 twice/);
});

test("a sheet that promises everything or nothing still makes a track", () => {
  for (const detectionProbability of [0, 1])
    for (const clutterPerLook of [0, 5]) {
      const tracker = createTracker({ sensors: [{ ...RADAR, detectionProbability, clutterPerLook }] });
      for (let s = 0; s < 8; s++)
        tracker.look({
          sensor: RADAR.id,
          measuredMs: 1000 * s,
          receivedMs: 1000 * s,
          detections: [polarOf([600, 1500 - 10 * s, 80], RADAR, () => 0.5)],
        });
      const [track] = tracker.tracks(8000);
      assert.ok(track?.confirmed && track.existence > 0.9, `pD ${detectionProbability}, clutter ${clutterPerLook}`);
    }
});

test("settings of which a motion has none, or that are no number, are refused by name", () => {
  for (const [settings, name] of [
    [{ motions: defaultSettings.motions.slice(1) }, "motions"],
    [{ motionRatesPerS: [0] }, "motionRatesPerS"],
    [{ birthMotion: [1] }, "birthMotion"],
    [{ gateSquared: Number.NaN }, "gateSquared"],
    [{ birthSpeedSigmaMps: [12, 12, 12, 0.7, 12, Number.NaN] }, "birthSpeedSigmaMps"],
  ] as const)
    assert.throws(() => createTracker({ sensors: [RADAR], settings }), new RegExp(`RangeError: Setting ${name} `));
});
