import assert from "node:assert/strict";
import { test } from "node:test";
import { type Sensor, sensorId } from "@picket/model";
import { measurementOf } from "./measurement.ts";
import { readLine } from "./read-line.ts";

const SENSOR: Sensor = {
  id: sensorId.parse("finders"),
  name: "Finders",
  kind: "directionFinder",
  latDeg: 1,
  lonDeg: 1,
  rangeMaxM: 10_000,
  rangeSigmaM: 9,
};
const ELLIPSE = { semiMajorM: 20, semiMinorM: 5, orientationDeg: 90 };

/** The measurement of a position with such an ellipse, and what was refused on the way. */
function place(ellipse: unknown) {
  const refused: string[] = [];
  const refuse = (code: string, item: string, detail: string): void => void refused.push(`${code} ${item}: ${detail}`);
  const detection = { kind: "position", latDeg: 1, lonDeg: 1, horizontalSigmaM: 3, ellipse };
  const [line] = readLine(JSON.stringify({ sensor: "finders", detections: [detection] }), refuse)?.detections ?? [];
  const measurement = line && measurementOf(line, SENSOR, { ok: true, offsetRad: 0, sigmaRad: 0 }, refuse);
  return { measurement, refused };
}

test("an ellipse says all of the error, whatever stands beside it, and one of equal axes is a circle", () => {
  const at = { kind: "position", latDeg: 1, lonDeg: 1, horizontalSigmaM: 20 };
  assert.deepEqual(place(ELLIPSE), { measurement: { ...at, ellipse: ELLIPSE }, refused: [] });
  assert.deepEqual(place({ ...ELLIPSE, semiMinorM: 20 }), { measurement: at, refused: [] });
});

test("an ellipse that is none refuses its position, and says what was expected and where", () => {
  for (const [ellipse, why] of [
    [{ ...ELLIPSE, semiMinorM: 0 }, "no-sigma ellipse/semiMinorM: must be above 0, got 0"],
    [{ ...ELLIPSE, semiMajorM: 0 }, "no-ellipse ellipse/semiMinorM: must be at most semiMajorM, 0, got 5"],
    [{ ...ELLIPSE, semiMinorM: 21 }, "no-ellipse ellipse/semiMinorM: must be at most semiMajorM, 20, got 21"],
    [{ ...ELLIPSE, semiMajorM: 1e9 }, /^schema \/detections\/0\/ellipse\/semiMajorM: .*1000000, got 1000000000$/],
    [{ ...ELLIPSE, semiMinorM: -5 }, /^schema \/detections\/0\/ellipse\/semiMinorM: .*0, got -5$/],
    [{ ...ELLIPSE, orientationDeg: 181 }, /^schema \/detections\/0\/ellipse\/orientationDeg: .*180, got 181$/],
    [{ ...ELLIPSE, orientationDeg: "east" }, /^schema \/detections\/0\/ellipse\/orientationDeg: .*"east"$/],
    [{ semiMajorM: 20, semiMinorM: 5 }, /^schema \/detections\/0\/ellipse\/orientationDeg: /],
    [{ ...ELLIPSE, share: 0.5 }, /^schema \/detections\/0\/ellipse\/share: /],
    [[20, 5, 90], /^schema \/detections\/0\/ellipse: /],
  ] as const) {
    const { measurement, refused } = place(ellipse);
    assert.equal(measurement, undefined, JSON.stringify(ellipse));
    assert.equal(refused.length, 1);
    if (typeof why === "string") assert.equal(refused[0], why);
    else assert.match(refused[0] ?? "", why);
  }
});
