import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerSensor } from "../types.ts";

const WEST: TrackerSensor = { ...RADAR, id: "west", boxEnuM: { min: [-3000, 0, 0], max: [0, 5000, 500] } };
const EAST: TrackerSensor = { ...RADAR, id: "east", boxEnuM: { min: [0, 0, 0], max: [3000, 5000, 500] } };

test("a radar that sees nothing of where a track flies changes nothing about it, and one that sees on across the edge takes it over", () => {
  const random = seeded(2);
  const tracker = createTracker({ sensors: [WEST, EAST] });
  const existences: number[] = [];
  for (let s = 0; s < 60; s++) {
    const east = -600 + 20 * s;
    const plots = [polarOf([east, 2500, 120], RADAR, random)];
    const at = { measuredMs: 1000 * s, receivedMs: 1000 * s };
    tracker.look({ ...at, sensor: WEST.id, detections: east < 0 ? plots : [] });
    tracker.look({ ...at, sensor: EAST.id, detections: east < 0 ? [] : plots });
    const [track, ...others] = tracker.tracks(1000 * s).filter(({ confirmed }) => confirmed);
    assert.equal(others.length, 0);
    if (s >= 5) existences.push(track?.existence ?? 0);
  }
  assert.ok(
    existences.every((existence) => existence > 0.98),
    `${Math.min(...existences)}`,
  );
  assert.equal(
    new Set(
      tracker
        .tracks(59_000)
        .filter(({ confirmed }) => confirmed)
        .map(({ serial }) => serial),
    ).size,
    1,
  );
});
