import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "../looks/detections.ts";
import { layOutInto } from "../looks/lay-out.ts";
import { LEARNED, sensorModel } from "./clutter.ts";
import { sharesUnseenInto } from "./unseen.ts";

const field = { azimuthFromRad: -Math.PI, azimuthToRad: Math.PI, elevationMinRad: -0.1, elevationMaxRad: 1, rangeMinM: 0 };
const near = sensorModel({
  id: "near",
  posEnuM: [0, 0, 0],
  detectionProbability: 0.9,
  revisitMs: 1000,
  fieldOfView: { ...field, rangeMaxM: 2000 },
});
const far = sensorModel({
  id: "far",
  posEnuM: [0, 0, 0],
  detectionProbability: 0.9,
  revisitMs: 1000,
  fieldOfView: { ...field, rangeMaxM: 8000 },
});
const plots = [1000, 5000].map((rangeM) => ({
  measurement: { kind: "polar", rangeM, rangeSigmaM: 5, azimuthRad: 0, azimuthSigmaRad: 0.005, elevationRad: 0.1 } as const,
}));

test("a radar's first look finds new only what no other radar has looked at for long", () => {
  const seenFor = new Float64Array(LEARNED);
  seenFor[0] = 5;
  const detections = createDetections();
  layOutInto(detections, plots, far.sensor, undefined, () => far.sensor.posEnuM);
  const shares = new Float64Array(2);
  sharesUnseenInto(shares, [near, far], [seenFor, new Float64Array(LEARNED)], 1, detections);
  const [inside, outside] = shares;
  assert.ok((inside ?? 1) < 2e-5, `${inside} where the other looked`);
  assert.equal(outside, 1);
});
