import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections, layOutInto } from "./detections.ts";
import { createRows, observeInto } from "./observe.ts";
import { covOf } from "./testing/matrices.ts";
import { normals } from "./testing/normals.ts";
import type { TrackerDetection, TrackerSensor } from "./types.ts";

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
