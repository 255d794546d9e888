import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "../looks/detections.ts";
import { layOutInto } from "../looks/lay-out.ts";
import { covOf } from "../testing/matrices.ts";
import { normals } from "../testing/normals.ts";
import type { TrackerDetection, TrackerMeasurement, TrackerSensor } from "../types.ts";
import { createRows, observeInto } from "./observe.ts";

const SENSOR: TrackerSensor = { id: "sensor", posEnuM: [30, -20, 5], detectionProbability: 0.9, revisitMs: 1000 };
const RADIAN = Math.PI / 180;
const NOWHERE = () => [0, 0, 0] as const;

const d = createDetections();
const laid = (detection: TrackerDetection) => {
  layOutInto(d, [detection], SENSOR, undefined, NOWHERE);
  return d;
};

test("over Monte Carlo runs a polar plot is off by nothing along each of its axes, and as widely as it says", () => {
  const runs = 4000;
  for (const elevationDeg of [0, 20, 45, 70]) {
    const [sigmaRad, elevationRad, rangeM] = [3 * RADIAN, elevationDeg * RADIAN, 5000];
    const at = [rangeM * Math.cos(elevationRad) * 0.6, rangeM * Math.cos(elevationRad) * 0.8, rangeM * Math.sin(elevationRad)];
    const truth = SENSOR.posEnuM.map((m, k) => m + (at[k] ?? 0));
    const normal = normals(7);
    const [sum, square, stated] = [
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ];
    for (let run = 0; run < runs; run++) {
      const measurement = {
        kind: "polar",
        rangeM,
        rangeSigmaM: 1,
        azimuthRad: Math.atan2(0.6, 0.8) + sigmaRad * normal(),
        azimuthSigmaRad: sigmaRad,
        elevationRad: elevationRad + 0.02 * sigmaRad * normal(),
        elevationSigmaRad: 0.02 * sigmaRad,
      } as const;
      laid({ measurement });
      for (let k = 0; k < 3; k++) {
        const axis = d.axes.subarray(3 * k, 3 * k + 3);
        const off = truth.reduce((total, m, i) => total + m * (axis[i] ?? 0), 0) - (d.value[k] ?? 0);
        sum[k] = (sum[k] ?? 0) + off;
        square[k] = (square[k] ?? 0) + off * off;
        stated[k] = (stated[k] ?? 0) + (d.variance[k] ?? 0);
      }
    }
    for (let k = 0; k < 3; k++) {
      const mean = (sum[k] ?? 0) / runs;
      const variance = (square[k] ?? 0) / runs;
      // Four standard errors of the mean, and a tenth of a metre for what is of fourth order.
      assert.ok(Math.abs(mean) < 4 * Math.sqrt(variance / runs) + 0.1, `${elevationDeg}°, axis ${k}: off by ${mean} m`);
      if (k > 0) assert.ok(Math.abs(variance / ((stated[k] ?? 0) / runs) - 1) < 0.12, `${elevationDeg}°, axis ${k}: ${variance}`);
    }
  }
});

test("sound is expected from where it left, to a twentieth of a degree at 60 m/s in any direction", () => {
  const rows = createRows();
  for (let k = 0; k < 24; k++) {
    const course = (2 * Math.PI * k) / 24;
    const x = Float64Array.of(30, 980, 55, 60 * Math.sin(course), 60 * Math.cos(course), 0);
    let delayS = 0;
    for (let step = 0; step < 60; step++)
      delayS = Math.hypot((x[0] ?? 0) - delayS * (x[3] ?? 0) - 30, (x[1] ?? 0) - delayS * (x[4] ?? 0) + 20, 50) / 343;
    const heardRad = Math.atan2(-delayS * (x[3] ?? 0), 1000 - delayS * (x[4] ?? 0));
    const measurement = { kind: "bearing", azimuthRad: heardRad, azimuthSigmaRad: 0.05 } as const;
    const n = observeInto(rows, laid({ measurement, propagation: "sound" }), 0, x, covOf([50, 50, 50, 5, 5, 5, 0, 0]));
    assert.equal(n, 1);
    const predicted = rows.subarray(0, 6).reduce((total, h, i) => total + h * (x[i] ?? 0), 0);
    assert.ok(Math.abs((rows[6] ?? 0) - predicted) < 0.05 * RADIAN, `${k}: ${((rows[6] ?? 0) - predicted) / RADIAN}°`);
  }
});

test("each row is the slope of what is measured, wherever the sensor looks and however its frame is turned", () => {
  const [s, c] = [Math.sin(0.4), Math.cos(0.4)];
  const turned: TrackerSensor = { ...SENSOR, toSite: [c, s, 0, -s, c, 0, 0, 0, 1] };
  const other = [-400, 900, 12] as const;
  const measurements: TrackerMeasurement[] = [
    { kind: "polar", rangeM: 900, rangeSigmaM: 5, azimuthRad: 3.1, azimuthSigmaRad: 0.01, rangeRateMps: 7, rangeRateSigmaMps: 1 },
    { kind: "bearing", azimuthRad: -3.1, azimuthSigmaRad: 0.01, elevationRad: 0.3, elevationSigmaRad: 0.01 },
    { kind: "range", rangeM: 900, rangeSigmaM: 5 },
    { kind: "rangeDifference", otherSensor: "other", differenceM: 100, sigmaM: 5 },
    { kind: "position", posEnuM: [1, 2, 3], horizontalSigmaM: 5, verticalSigmaM: 6, velEnuMps: [4, 5, 6], velocitySigmaMps: 1 },
  ];
  // So sharp a state that distances are not curved within it.
  const cov = covOf([1e-6, 1e-6, 1e-6, 1, 1, 1, 0, 0]);
  const [rows, ahead, behind] = [createRows(), createRows(), createRows()];
  const innovation = (of: Float64Array, x: Float64Array, r: number): number =>
    (of[8 * r + 6] ?? 0) - of.subarray(8 * r, 8 * r + 6).reduce((sum, h, k) => sum + h * (x[k] ?? 0), 0);
  for (const measurement of measurements)
    for (const away of [
      [300, 700, 250],
      [-600, -20, 40],
      [15, -800, 90],
    ] as const) {
      layOutInto(d, [{ measurement }], turned, undefined, () => other);
      const x = Float64Array.from([...away.map((m, k) => m + (SENSOR.posEnuM[k] ?? 0)), 9, -11, 3]);
      const n = observeInto(rows, d, 0, x, cov);
      assert.ok(n > 0);
      for (let k = 0; k < 6; k++) {
        const [more, less] = [x.slice(), x.slice()];
        more[k] = (more[k] ?? 0) + 0.01;
        less[k] = (less[k] ?? 0) - 0.01;
        observeInto(ahead, d, 0, more, cov);
        observeInto(behind, d, 0, less, cov);
        for (let r = 0; r < n; r++) {
          const left = innovation(rows, x, r);
          assert.ok(Math.abs(left) <= Math.PI || measurement.kind !== "bearing", "an angle is off by half a turn at most");
          const slope = (innovation(behind, less, r) - innovation(ahead, more, r)) / 0.02;
          const stated = rows[8 * r + k] ?? 0;
          // Central differences over 2 cm are exact to the third derivative, a hundred-thousandth here.
          assert.ok(Math.abs(slope - stated) < 1e-5, `${measurement.kind}, row ${r}, state ${k}: ${stated} for ${slope}`);
        }
      }
    }
});
