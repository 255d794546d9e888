import assert from "node:assert/strict";
import { test } from "node:test";
import { feedId, type Sensor, sensorId } from "@picket/model";
import { createTranslator } from "./index.ts";

test("the example of the README runs as written", () => {
  const radar: Sensor = {
    id: sensorId.parse("radar-1"),
    name: "Radar",
    kind: "radar",
    latDeg: 32.55,
    lonDeg: -117.04,
    rangeMaxM: 5000,
    rangeSigmaM: 5,
    azimuthSigmaDeg: 0.5,
  };
  const translator = createTranslator({ feed: feedId.parse("radar"), protocol: "detections", sensors: [radar], reality: "live" });

  const line = '{"sensor":"radar-1","detections":[{"kind":"polar","rangeM":1200,"azimuthDeg":90}]}\n{"sensor":"radar-9"}\n';
  const { inputs, records, rejected } = translator.bytes(new TextEncoder().encode(line), 1_790_000_000_000, "192.0.2.7:9000", 1);
  assert.equal(records, 1);
  assert.ok(inputs[0]?.kind === "scan" && inputs[0].sensor === "radar-1");
  assert.equal(rejected[0]?.code, "unknown-sensor");
});
