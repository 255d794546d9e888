import assert from "node:assert/strict";
import { test } from "node:test";
import { plotAt, RADAR } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerDetection, TrackerSensor } from "./types.ts";

const WIDE: TrackerSensor = { ...RADAR, posEnuM: [0, 0, 0] };

test("a track below the ground over a long lull ends like any other, and those that come later are none the worse", () => {
  const tracker = createTracker({ sensors: [WIDE] });
  const look = (s: number, detections: readonly TrackerDetection[]): void =>
    tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
  for (let s = 0; s <= 5; s++) look(s, [plotAt(1000 + 5 * s, 1500, -60)]);
  assert.equal(tracker.tracks(5000).length, 1);
  look(60, []);
  for (let s = 61; s <= 64; s++) look(s, [plotAt(1000 + 5 * s, 1500, 80)]);
  for (let s = 65; s <= 75; s++) look(s, []);
  assert.deepEqual(tracker.tracks(75_000), []);
  assert.equal(tracker.takeEnded().length, 1, "of the second nobody was told");
});

test("one position between two tracks of a sensor with a cell ends neither", () => {
  const sensor: TrackerSensor = {
    ...WIDE,
    resolution: { rangeM: 30, azimuthRad: 0.03, elevationRad: 0.1, parts: "byGrid" },
  };
  const tracker = createTracker({ sensors: [sensor] });
  const at = (east: number): TrackerDetection => ({
    measurement: { kind: "position", posEnuM: [east, 1500, 100], horizontalSigmaM: 10, verticalSigmaM: 10 },
  });
  for (let s = 0; s <= 8; s++) {
    const detections = s < 8 ? [at(1000), at(1040)] : [at(1020)];
    tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
  }
  const tracks = tracker.tracks(8000);
  assert.equal(tracks.length, 2);
  assert.ok(tracks.every(({ existence }) => existence > 0.5));
});
