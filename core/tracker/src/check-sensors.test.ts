import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR } from "./radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerSensor } from "./types.ts";

const BAD: readonly (readonly [change: Partial<TrackerSensor>, field: string])[] = [
  [{ posEnuM: [0, Number.NaN, 0] }, "posEnuM"],
  [{ toSite: [1, 0, 0, 0, 1, 0, 0, 0, Number.NaN] }, "toSite"],
  [{ detectionProbability: Number.NaN }, "detectionProbability"],
  [{ detectionProbability: 1.5 }, "detectionProbability"],
  [{ clutterPerLook: -3 }, "clutterPerLook"],
  [{ clutterPerLook: Number.POSITIVE_INFINITY }, "clutterPerLook"],
  [{ revisitMs: 0 }, "revisitMs"],
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
