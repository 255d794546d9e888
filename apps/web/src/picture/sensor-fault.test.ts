import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sensor, type SensorState, sensorId } from "@picket/model";
import { isUnheard, sensorFault } from "./sensor-fault.ts";

const id = sensorId.parse("radar-1");
const radar: Sensor = { id, name: "Radar", kind: "radar", latDeg: 32.5, lonDeg: -117, rangeMaxM: 5000 };
const receiver: Sensor = { ...radar, kind: "remoteId", covers: false };
const well: SensorState = { id, state: "watching", lastHeardMs: 90_000, looks: 9, detections: 9, clockBad: false };
const bias = { rangeM: 0, azimuthDeg: 0, elevationDeg: 0, clockS: 0 };
const registered = (state: "registered" | "turned" | "lost"): SensorState => ({
  ...well,
  registration: { state, applied: bias, estimate: bias, sigma: bias, references: 3 },
});
const now = (sensor: Sensor, state?: SensorState, nowMs = 100_000) => sensorFault(sensor, state, nowMs);

test("a sensor that watches but is misaligned, or may be, is not said to watch", () => {
  assert.equal(now(radar, registered("registered")), "none");
  assert.equal(now(radar, registered("turned")), "misaligned");
  assert.equal(now(radar, registered("lost")), "maybeMisaligned");
  assert.ok(!isUnheard("misaligned"));
});

test("silence is the worst of it, and not watched only where silence tells something", () => {
  assert.deepEqual([now(radar), now(radar, { ...registered("turned"), state: "silent" })], ["notWatched", "notWatched"]);
  assert.equal(now(receiver, { ...well, state: "neverHeard" }), "unheard");
  assert.ok(isUnheard("unheard") && isUnheard("notWatched"));
});

test("a sensor is overloaded while what it sees is left out, not when looks were only crowded, nor a minute later", () => {
  const spell = { count: 5, sinceMs: 10_000, lastMs: 50_000 };
  assert.equal(now(radar, { ...well, shed: { leftOut: spell } }), "overloaded");
  assert.equal(now(radar, { ...well, shed: { leftOut: spell } }, 110_000), "none");
  assert.equal(now(radar, { ...well, shed: { pairedOnce: spell, unsettled: spell } }), "none");
  assert.equal(now(radar, { ...well, clockBad: true, shed: { leftOut: spell } }), "degraded");
});
