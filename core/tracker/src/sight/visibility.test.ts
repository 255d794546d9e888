import assert from "node:assert/strict";
import { test } from "node:test";
import { covOf } from "../testing/matrices.ts";
import type { TrackerSensor } from "../types.ts";
import { chanceWithin, view, visibility } from "./visibility.ts";

const SENSOR: TrackerSensor = {
  id: "radar",
  posEnuM: [100, -50, 10],
  detectionProbability: 0.9,
  fieldOfView: {
    ...{ rangeMinM: 900, rangeMaxM: 4000, azimuthFromRad: -0.5, azimuthToRad: 0.5 },
    ...{ elevationMinRad: 0, elevationMaxRad: 0.4 },
  },
};
const SIGMA_M = 20;
const sharp = covOf([SIGMA_M, SIGMA_M, SIGMA_M, 1, 1, 1, 0, 0]);

/** A state in the sensor's polar coordinates, at rest unless it is told how fast it recedes. */
function stateAt(rangeM: number, azimuthRad: number, elevationRad: number, recedingMps = 0): Float64Array {
  const [e, n, u] = [
    Math.sin(azimuthRad) * Math.cos(elevationRad),
    Math.cos(azimuthRad) * Math.cos(elevationRad),
    Math.sin(elevationRad),
  ];
  const place = [e, n, u].map((axis, k) => (SENSOR.posEnuM[k] ?? 0) + rangeM * axis);
  return Float64Array.from([...place, ...[e, n, u].map((axis) => recedingMps * axis)]);
}
const inView = (sensor: TrackerSensor, x: Float64Array, sector?: { azimuthFromRad: number; azimuthToRad: number }): number => {
  visibility(sensor, sector, x, sharp);
  return view.inView;
};
/** Of a normal value to lie below one, two and no sigmas: tables have them. */
const [ONE, TWO] = [0.841345, 0.97725];
const isNear = (value: number, expected: number, why: string): void =>
  assert.ok(Math.abs(value - expected) < 2e-3, `${why}: ${value}`);

test("each edge of a field of view is crossed as probably as the state lies beyond it", () => {
  isNear(inView(SENSOR, stateAt(2000, 0, 0.2)), 1, "inside");
  isNear(inView(SENSOR, stateAt(4000 - SIGMA_M, 0, 0.02)), ONE, "a sigma before the far edge");
  isNear(inView(SENSOR, stateAt(4000 + 2 * SIGMA_M, 0, 0.02)), 1 - TWO, "two sigma beyond it");
  isNear(inView(SENSOR, stateAt(900, 0, 0.2)), 0.5, "on the near edge");
  isNear(inView(SENSOR, stateAt(2000, 0.5 + SIGMA_M / (2000 * Math.cos(0.1)), 0.1)), 1 - ONE, "a sigma to the right of it");
  isNear(inView(SENSOR, stateAt(2000, -0.5, 0.1)), 0.5, "on its left edge");
  isNear(inView(SENSOR, stateAt(2000, 0, 0)), 0.5, "on its lower edge");
  isNear(inView(SENSOR, stateAt(2000, 3, 0.2)), 0, "behind");
});

test("a field or a sector may lie across south, where azimuths jump", () => {
  const field = { ...SENSOR.fieldOfView, azimuthFromRad: 2.8, azimuthToRad: -2.8 } as NonNullable<TrackerSensor["fieldOfView"]>;
  const southward = { ...SENSOR, fieldOfView: field };
  for (const azimuthRad of [3.1, -3.1, Math.PI]) isNear(inView(southward, stateAt(2000, azimuthRad, 0.2)), 1, `${azimuthRad}`);
  isNear(inView(southward, stateAt(2000, 2.5, 0.2)), 0, "beside it");
  const { fieldOfView: _, ...round } = SENSOR;
  isNear(
    inView(round, stateAt(2000, -3.1, 0.2), { azimuthFromRad: 3, azimuthToRad: 3.4 }),
    1,
    "in a sector of more than half a turn",
  );
  isNear(inView(round, stateAt(2000, 0, 0.2), { azimuthFromRad: 3, azimuthToRad: 3.4 }), 0, "in another sector");
});

test("terrain hides what is low behind it, and neither what is above, before, beyond nor beside", () => {
  const shadows = [{ azimuthFromRad: -0.2, azimuthToRad: 0.2, rangeFromM: 1200, rangeToM: 3000, elevationBelowRad: 0.1 }];
  const hilly = { ...SENSOR, shadows };
  isNear(inView(hilly, stateAt(2000, 0, 0.04)), 0, "behind");
  isNear(inView(hilly, stateAt(2000, 0, 0.1)), 0.5, "at its edge");
  for (const [rangeM, azimuthRad, elevationRad] of [
    [2000, 0, 0.2],
    [950, 0, 0.09],
    [3500, 0, 0.04],
    [2000, 0.4, 0.04],
  ] as const)
    isNear(
      inView(hilly, stateAt(rangeM, azimuthRad, elevationRad)),
      inView(SENSOR, stateAt(rangeM, azimuthRad, elevationRad)),
      "in the open",
    );
});

test("a box and a notch are crossed as probably too", () => {
  const boxed: TrackerSensor = { ...SENSOR, boxEnuM: { min: [-500, 0, 0], max: [500, 3000, 400] } };
  const { fieldOfView: _, ...box } = boxed;
  isNear(inView(box, Float64Array.of(500 - SIGMA_M, 1500, 200, 0, 0, 0)), ONE, "a sigma within the box");
  isNear(inView(box, Float64Array.of(0, 1500, 400 + SIGMA_M, 0, 0, 0)), 1 - ONE, "a sigma above it");
  const notched = { ...SENSOR, notch: { belowMps: 2, pD: 0.1 } };
  for (const [recedingMps, expected] of [
    [0, 2 * TWO - 1],
    [2, 0.5],
    [-3, 1 - ONE],
    [20, 0],
  ] as const) {
    visibility(notched, undefined, stateAt(2000, 0, 0.2, recedingMps), sharp);
    isNear(view.inNotch, expected, `receding by ${recedingMps} m/s`);
  }
});

test("an area holds of a state what lies within its reach and between its azimuths", () => {
  const area = { reachM: 1500, azimuthFromRad: -0.3, azimuthToRad: 0.3 };
  isNear(chanceWithin(SENSOR, area, stateAt(1000, 0, 0.02), sharp), 1, "inside");
  isNear(chanceWithin(SENSOR, area, stateAt(1500, 0, 0.02), sharp), 0.5, "as far as it reaches");
  isNear(chanceWithin(SENSOR, area, stateAt(1000, 0.3 + SIGMA_M / 1000, 0.02), sharp), 1 - ONE, "a sigma beside");
  isNear(chanceWithin(SENSOR, area, stateAt(1000, Math.PI, 0.02), sharp), 0, "behind");
});
