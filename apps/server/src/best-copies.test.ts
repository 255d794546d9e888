import assert from "node:assert/strict";
import { test } from "node:test";
import { type Input, type Scan, sensorId } from "@picket/model";
import { bestCopiesFirst } from "./best-copies.ts";

const scan = (sensor: string, ...copies: readonly (readonly [origin: string | undefined, horizontalSigmaM: number])[]): Scan => ({
  kind: "scan",
  sensor: sensorId.parse(sensor),
  measuredMs: 1,
  measuredSigmaMs: 1,
  receivedMs: 1,
  reality: "live",
  detections: copies.map(([origin, horizontalSigmaM]) => ({
    measurement: { kind: "position", latDeg: 32, lonDeg: -117, horizontalSigmaM },
    ...(origin !== undefined && { origin }),
  })),
});
const order = (inputs: readonly Input[]) => inputs.map((input) => ("sensor" in input ? input.sensor : input.kind));

test("the more accurate copy of one origin goes before the others, and everything else stays in its order", () => {
  const radar = scan("radar", [undefined, 1]);
  const report: Input = { kind: "sensorReport", sensor: sensorId.parse("kit"), receivedMs: 1, reality: "live", state: "working" };
  const inputs = [radar, scan("mesh", ["a", 50]), report, scan("scout", ["a", 4]), scan("other", ["b", 4])];
  assert.deepEqual(order(bestCopiesFirst(inputs)), ["radar", "scout", "mesh", "kit", "other"]);
});

test("copies as accurate as each other, alone, or without an origin stay where they are", () => {
  for (const inputs of [
    [scan("a", ["x", 5]), scan("b", ["x", 5])],
    [scan("a", ["x", 5]), scan("b", ["y", 1])],
    [scan("a", [undefined, 5]), scan("b", [undefined, 1])],
    [],
  ])
    assert.equal(bestCopiesFirst(inputs), inputs);
});

test("no input is lost or doubled when copies of several origins cross", () => {
  const inputs = [
    scan("a", ["x", 9], ["y", 1]),
    scan("b", ["x", 1], ["y", 9]),
    scan("c", ["x", 5], ["z", 5]),
    scan("d", ["z", 1]),
  ];
  const sorted = bestCopiesFirst(inputs);
  assert.deepEqual(order(sorted), ["b", "a", "d", "c"]);
  assert.deepEqual(new Set(sorted), new Set(inputs));
  assert.equal(sorted.length, inputs.length);
});
