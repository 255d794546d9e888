import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reality, Sensor, SensorId } from "@picket/model";
import { sensorRealities } from "./sensor-realities.ts";

const RADAR = "radar" as SensorId;
const of = (...feeds: readonly (readonly [Reality, SensorId?])[]) =>
  sensorRealities(
    [{ id: RADAR } as Sensor],
    feeds.map(([reality, sensor]) => ({ reality, sensor })),
  ).get(RADAR);

test("a sensor is as real as the feeds that speak for it, and else never more real than what might", () => {
  assert.equal(of(["live", RADAR], ["simulated"]), "live");
  assert.equal(of(["exercise", RADAR], ["live"]), "exercise");
  assert.equal(of(["live"], ["simulated"]), "simulated", "a common feed may speak for it");
  assert.equal(of(["simulated", "camera" as SensorId]), "simulated", "a site that is all simulated has no live sensor");
  assert.equal(of(["live", "camera" as SensorId], ["exercise"]), "exercise");
  assert.equal(of(), "live");
});
