import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "@picket/model";
import type { TrackerLook, TrackerSensor } from "@picket/tracker";
import { createPipeline } from "../pipeline.ts";
import { circle, noise, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";
import { DETECTIONS_PER_S, newShedState, shed } from "./shed.ts";

const POSE: TrackerSensor = { id: "radar", posEnuM: [0, 0, 0], detectionProbability: 0.9, revisitMs: 1000 };

/** A look with plots evenly spread over a disc of so many metres. */
function crowdedLook(count: number, radiusM: number, receivedMs = 5000): TrackerLook {
  const detections = Array.from({ length: count }, (_, k) => ({
    measurement: {
      kind: "polar",
      rangeM: Math.max(50, radiusM * Math.sqrt((k + 0.5) / count)),
      rangeSigmaM: 5,
      azimuthRad: ((k * 2.399963) % (2 * Math.PI)) - Math.PI,
      azimuthSigmaRad: 0.005,
      elevationRad: 0.02,
      elevationSigmaRad: 0.005,
    } as const,
  }));
  return { sensor: "radar", measuredMs: receivedMs, receivedMs, detections };
}

const away =
  (east: number, north: number) =>
  ([e, n]: readonly [number, number]): number =>
    Math.hypot(e - east, n - north);

const groundPlace = ({ measurement: m }: TrackerLook["detections"][number]): readonly [number, number] => {
  assert.ok(m.kind === "polar");
  const groundM = m.rangeM * Math.cos(m.elevationRad ?? 0);
  return [groundM * Math.sin(m.azimuthRad), groundM * Math.cos(m.azimuthRad)];
};

test("what can be worked off in a second is taken whole", () => {
  const look = crowdedLook(DETECTIONS_PER_S, 20_000);
  const state = newShedState();
  assert.deepEqual(shed(state, { look, reality: "live", pose: POSE }, away(0, 0)), { look, left: 0 });
  const next = { ...look, receivedMs: 6000 };
  assert.equal(shed(state, { look: next, reality: "live", pose: POSE }, away(0, 0)).left, 0);
});

test("beyond that the farthest from all that is protected goes first, and nothing near it", () => {
  const look = crowdedLook(3 * DETECTIONS_PER_S, 20_000);
  const kept = shed(newShedState(), { look, reality: "live", pose: POSE }, away(10_000, 0));
  assert.equal(kept.look.detections.length, DETECTIONS_PER_S);
  assert.equal(kept.left, 2 * DETECTIONS_PER_S);
  const farthestKept = Math.max(...kept.look.detections.map((one) => away(10_000, 0)(groundPlace(one))));
  const stayed = new Set(kept.look.detections);
  const nearestLeft = Math.min(
    ...look.detections.filter((one) => !stayed.has(one)).map((one) => away(10_000, 0)(groundPlace(one))),
  );
  assert.ok(farthestKept <= nearestLeft);
  const all = crowdedLook(3 * DETECTIONS_PER_S, 2500);
  assert.equal(shed(newShedState(), { look: all, reality: "live", pose: POSE }, away(0, 0)).left, 0, "all of it is near");
});

test("what is near a confirmed track stays however far it is, and near a tentative one goes last", () => {
  const look = crowdedLook(3 * DETECTIONS_PER_S, 20_000);
  const state = newShedState();
  state.tracks.set("live", { confirmed: [[0, 19_000]], tentative: [[0, -19_000]] });
  const kept = shed(state, { look, reality: "live", pose: POSE }, away(0, 0));
  const beside = (of: TrackerLook, east: number, north: number): number =>
    of.detections.filter((one) => away(east, north)(groundPlace(one)) < 250).length;
  assert.ok(beside(look, 0, 19_000) > 0);
  assert.equal(beside(kept.look, 0, 19_000), beside(look, 0, 19_000));
  assert.equal(beside(kept.look, 0, -19_000), beside(look, 0, -19_000));
  assert.equal(beside(kept.look, 19_000, 0), 0);
});

test("a flood of plots is shed, said of the sensor, and costs a drone near a protected zone nothing", () => {
  const zone = circle("z", 0, 2000, 200);
  const pipeline = createPipeline(smallSite({ zones: [zone] }), { bootNumber: 1 });
  const random = noise(11);
  const drone = straight([0, 3500, 100], [0, -10, 0]);
  for (let s = 0; s < 8; s++) pipeline.tick([radarScan(s, [drone], random)], START_MS + 1000 * s + 100);
  const far = Array.from({ length: DETECTIONS_PER_S }, (_, k) => straight([5000 + (k % 90) * 20, -5000 - k / 5, 100], [0, 0, 0]));
  const flooded = pipeline.tick(
    [radarScan(8, [drone, ...far], random, { pD: 1 }), radarScan(8.1, [drone, ...far], random, { pD: 1 })],
    START_MS + 8300,
  );
  const state = flooded.sensors.find(({ id }) => id === radar.id);
  const leftOut = state?.shed?.leftOut;
  assert.ok((leftOut?.count ?? 0) > 0.9 * DETECTIONS_PER_S);
  assert.deepEqual([leftOut?.sinceMs, leftOut?.lastMs], [START_MS + 8050, START_MS + 8150]);
  assert.ok(
    flooded.tracks.some(({ confirmed, northMps }) => confirmed && northMps < -5),
    "the drone is still held",
  );
});

test("a swarm too close to be sorted out is said of the sensor, and still is after a snapshot", () => {
  const swarm = Array.from({ length: 9 }, (_, k) => straight([3 * (k % 3), 2300 + 3 * Math.floor(k / 3), 100], [0, -12, 0]));
  const scans = Array.from({ length: 20 }, (_, s) => radarScan(s, swarm, noise(s), { pD: 0.8 }));
  const pipeline = createPipeline(smallSite(), { bootNumber: 1 });
  const shedBy = (frame: Frame) => frame.sensors.find(({ id }) => id === radar.id)?.shed;
  const [first, ...others] = scans.map((scan, s) => shedBy(pipeline.tick([scan], START_MS + 1000 * s + 100)));
  assert.equal(first, undefined);
  const last = others.at(-1);
  assert.deepEqual(Object.keys(last ?? {}), ["unsettled"]);
  assert.ok(last?.unsettled && last.unsettled.count > 1 && last.unsettled.sinceMs < last.unsettled.lastMs);
  const again = createPipeline(smallSite(), { bootNumber: 1 }, pipeline.snapshot());
  assert.deepEqual(shedBy(again.tick([], START_MS + 20_100)), last);
});
