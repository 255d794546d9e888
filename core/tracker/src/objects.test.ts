import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, SECOND, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { Tracker, TrackerSensor } from "./types.ts";

const SENSORS = [RADAR, SECOND];
const random = seeded(3);

/** Tells a tracker what a sensor saw of one target that flies north, and what it called it. */
function see(tracker: Tracker, sensor: TrackerSensor, atMs: number, object?: string): void {
  const plot = polarOf([1500, 2000 + atMs / 100, 100], sensor, random);
  const detections = [{ ...plot, ...(object !== undefined && { object }) }];
  tracker.look({ sensor: sensor.id, measuredMs: atMs, receivedMs: atMs + 50, detections });
}
const objectsOf = (tracker: Tracker, nowMs: number) =>
  tracker.tracks(nowMs).flatMap(({ contributions }) => contributions.map(({ sensor, object }) => [sensor, object]));

test("a track tells what each sensor called its object in the newest detection, and goes on so from a snapshot", () => {
  const tracker = createTracker({ sensors: SENSORS });
  for (let s = 1; s < 8; s++) {
    see(tracker, RADAR, 1000 * s, "a1");
    see(tracker, SECOND, 1000 * s + 300, s < 5 ? "b1" : "b2");
  }
  const told = [
    [RADAR.id, "a1"],
    [SECOND.id, "b2"],
  ];
  assert.deepEqual(objectsOf(tracker, 7400), told);
  const again = createTracker({ sensors: SENSORS }, tracker.snapshot());
  assert.deepEqual(objectsOf(again, 7400), told);
});

test("a detection that its sensor does not name takes the name away, and one that comes late does not bring it back", () => {
  const tracker = createTracker({ sensors: SENSORS });
  for (let s = 1; s < 8; s++) see(tracker, RADAR, 1000 * s, "a1");
  see(tracker, RADAR, 9000);
  assert.deepEqual(objectsOf(tracker, 9050), [[RADAR.id, undefined]]);
  see(tracker, RADAR, 8000, "a1");
  assert.deepEqual(objectsOf(tracker, 9100), [[RADAR.id, undefined]]);
});
