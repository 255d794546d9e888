import assert from "node:assert/strict";
import { test } from "node:test";
import { type Frame, personId, type Sensor, type Site, sensorId } from "@picket/model";
import { fieldMessage } from "./field-message.ts";
import type { Surroundings } from "./picture.ts";

const ana = personId.parse("ana");
const at = { latDeg: 32.55, lonDeg: -117.04 };
/** Stands 5 km south of the person. */
const south: Sensor = { id: sensorId.parse("s1"), name: "S1", kind: "radar", latDeg: 32.505, lonDeg: -117.04, rangeMaxM: 8000 };

type Fare = Partial<Frame["sensors"][number]>;
function isWatched(sensor: Partial<Sensor>, fare: Fare = {}): boolean {
  const sensors = [{ id: south.id, state: "watching", looks: 1, detections: 0, clockBad: false, ...fare }];
  const frame = {
    nowMs: 1,
    tracks: [],
    warnings: [],
    heard: [],
    sensors,
    persons: [{ id: ana, name: "Ana", position: at }],
  } as unknown as Frame;
  const site = { sensors: [{ ...south, ...sensor }] } as unknown as Site;
  const message = fieldMessage(frame, ana, [], { site, reality: "live" } as unknown as Surroundings);
  assert.ok(message?.type === "field");
  return !message.notWatched;
}

test("a phone is told that the air is watched only where a sensor that works looks, and would see", () => {
  assert.ok(isWatched({}));
  assert.ok(!isWatched({ rangeMaxM: 4000 }), "too far");
  assert.ok(!isWatched({}, { state: "silent" }));
  assert.ok(!isWatched({}, { state: "degraded" }));
  assert.ok(!isWatched({}, { clockBad: true }));
  assert.ok(isWatched({ azimuthFromDeg: 300, azimuthToDeg: 60 }), "north lies in the arc across north");
  assert.ok(!isWatched({ azimuthFromDeg: 60, azimuthToDeg: 300 }));
});

test("a receiver's silence proves nothing: where only broadcasts would be heard nobody watches", () => {
  assert.ok(!isWatched({ kind: "remoteId" }));
  assert.ok(!isWatched({ kind: "directionFinder" }));
  assert.ok(isWatched({ kind: "other", covers: true }));
  assert.ok(!isWatched({ covers: false }));
});
