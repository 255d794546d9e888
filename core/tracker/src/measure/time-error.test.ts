import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "../looks/detections.ts";
import { layOutInto } from "../looks/lay-out.ts";
import { covOf } from "../testing/matrices.ts";
import { normals } from "../testing/normals.ts";
import { plotAt } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerSensor, TrackState } from "../types.ts";
import { createRows } from "./observe.ts";
import { comparePoint, pointFit, speedVariance } from "./point-fit.ts";
import { measureInto, shareTimeError } from "./time-error.ts";
import { fit, ROW, updateRow } from "./update-row.ts";

const RADAR: TrackerSensor = { id: "radar", posEnuM: [0, 0, 0], detectionProbability: 0.9, revisitMs: 2000, clutterPerLook: 0.1 };

/** Three rows of position that are not orthogonal, and one of velocity. */
const ROWS = [
  [0.6, 0.8, 0, 0, 0, 0, 107, 4],
  [0, 0.6, 0.8, 0, 0, 0, -3, 9],
  [0.5, -0.5, 0.7, 0.1, 0, 0, 20, 25],
  [0, 0, 0, 1, 0, 0, 31, 2],
];
const STATE = [100, 50, 30, 30, -20, 5];

/** Row by row with the time's error as a seventh unknown of its own, which is thrown away in the end. */
function withSeventh(timeVarianceS2: number): number[] {
  const cov = covOf([5, 6, 7, 2, 3, 4, 0.4, 0.2]);
  const index = [
    0, 1, 2, 6, 7, 8, 1, 3, 4, 9, 10, 11, 2, 4, 5, 12, 13, 14, 6, 9, 12, 15, 16, 17, 7, 10, 13, 16, 18, 19, 8, 11, 14, 17, 19, 20,
  ];
  const p = Array.from({ length: 49 }, (_, k) => {
    const [i, j] = [Math.floor(k / 7), k % 7];
    if (i === 6 || j === 6) return i === j ? timeVarianceS2 : 0;
    return cov[index[6 * i + j] ?? 0] ?? 0;
  });
  const at = (i: number, j: number): number => p[7 * i + j] ?? 0;
  const x = [...STATE, 0];
  let logLikelihood = 0;
  for (const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, value = 0, variance = 0] of ROWS) {
    const h = [a, b, c, d, e, f, a * 30 - b * 20 + c * 5];
    const g = h.map((_, i) => h.reduce((sum, hj, j) => sum + at(i, j) * hj, 0));
    const own = variance + timeVarianceS2 * speedVariance(cov, 0, a, b, c);
    const s = h.reduce((sum, hi, i) => sum + hi * (g[i] ?? 0), own);
    const y = value - h.reduce((sum, hi, i) => sum + hi * (x[i] ?? 0), 0);
    for (let i = 0; i < 7; i++) x[i] = (x[i] ?? 0) + ((g[i] ?? 0) * y) / s;
    for (let i = 0; i < 7; i++) for (let j = 0; j < 7; j++) p[7 * i + j] = at(i, j) - ((g[i] ?? 0) * (g[j] ?? 0)) / s;
    logLikelihood -= 0.5 * ((y * y) / s + Math.log(2 * Math.PI * s));
  }
  return [...x.slice(0, 6), at(0, 0), at(0, 1), at(0, 2), at(1, 1), at(1, 2), at(2, 2), at(3, 3), logLikelihood];
}

test("rows that share an error of time say what they say with that error as an unknown of its own", () => {
  for (const timeVarianceS2 of [0.01, 0.25, 4]) {
    const x = Float64Array.from(STATE);
    const cov = covOf([5, 6, 7, 2, 3, 4, 0.4, 0.2]);
    const rows = Float64Array.from(ROWS.flat());
    shareTimeError(rows, ROWS.length, x, cov, timeVarianceS2);
    let logLikelihood = 0;
    for (let r = 0; r < ROWS.length; r++) {
      updateRow(x, cov, rows, r * ROW);
      logLikelihood += fit.logLikelihood;
    }
    const ours = [...x, ...cov.subarray(0, 6), cov[15] ?? 0, logLikelihood];
    // Rounding of values below 1e3.
    withSeventh(timeVarianceS2).forEach((value, k) => {
      assert.ok(Math.abs(value - (ours[k] ?? Number.NaN)) < 1e-9, `${k}: ${ours[k]} instead of ${value}`);
    });
  }
});

test("a plain point is compared as its rows are, however well its time is known", () => {
  const measurement = { kind: "polar", rangeM: 120, rangeSigmaM: 5, azimuthRad: 1.1, azimuthSigmaRad: 0.02 } as const;
  const detection = { measurement: { ...measurement, elevationRad: 0.25, elevationSigmaRad: 0.03 } };
  for (const sigmaMs of [undefined, 0, 20, 500, 2000]) {
    const d = createDetections();
    layOutInto(d, [detection], RADAR, sigmaMs, () => RADAR.posEnuM);
    assert.equal(d.isPlainPoint[0], 1);
    const cov = covOf([5, 6, 7, 2, 3, 4, 0.4, 0.2]);
    const mean = Float64Array.from(STATE);
    assert.ok(comparePoint(d, 0, { mean, cov }, 0, 1e6));
    const rows = createRows();
    const n = measureInto(rows, d, 0, mean, cov);
    let [logLikelihood, distanceSquared] = [0, 0];
    for (let r = 0; r < n; r++) {
      updateRow(mean, cov, rows, r * ROW);
      logLikelihood += fit.logLikelihood;
      distanceSquared += fit.distanceSquared;
    }
    assert.ok(
      Math.abs(Math.log(pointFit.likelihood) - logLikelihood) < 1e-9,
      `${sigmaMs} ms: ${Math.log(pointFit.likelihood)}, ${logLikelihood}`,
    );
    assert.ok(Math.abs(pointFit.distanceSquared - distanceSquared) < 1e-9);
  }
});

/** A drone crosses at 40 m/s; each look of the radar is stamped wrongly by half a second, one standard deviation. */
function fly(run: number, statedMs: number): Readonly<{ values: number[]; count: number }> {
  const normal = normals(1000 + run);
  const tracker = createTracker({ sensors: [RADAR] });
  const start = -800 + 50 * normal();
  const values: number[] = [];
  let count = 0;
  for (let s = 0; s <= 40; s += 2) {
    const [e, n, u] = [start + 40 * s, 2500, 100];
    const ground = Math.sqrt(e * e + n * n);
    const measurement = {
      kind: "polar",
      ...{ rangeM: Math.sqrt(ground * ground + u * u) + 5 * normal(), rangeSigmaM: 5 },
      ...{ azimuthRad: Math.atan2(e, n) + 0.003 * normal(), azimuthSigmaRad: 0.003 },
      ...{ elevationRad: Math.atan2(u, ground) + 0.006 * normal(), elevationSigmaRad: 0.006 },
    } as const;
    const measuredMs = 1000 * s + 500 * normal();
    tracker.look({
      sensor: "radar",
      measuredMs,
      measuredSigmaMs: statedMs,
      receivedMs: 1000 * s + 2000,
      detections: [{ measurement }],
    });
    if (s < 20) continue;
    const tracks = tracker.tracks(1000 * s + 2000).filter(({ confirmed }) => confirmed);
    count = Math.max(count, tracks.length);
    const [track] = tracks;
    if (track) values.push(nees(track, [start + 40 * (s + 2), 2500]));
  }
  return { values, count };
}

/** Normalised estimation error squared of the horizontal position: dᵀ P⁻¹ d, two degrees of freedom. */
function nees({ posEnuM, covariance: p }: TrackState, [east = 0, north = 0]: readonly number[]): number {
  const [x, y] = [posEnuM[0] - east, posEnuM[1] - north];
  const [xx = 1, xy = 0, yy = 1] = [p[0], p[1], p[7]];
  return (yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy);
}

/**
 * Two degrees of freedom; a mixture that allows for turns is wider than a target that never turns needs, as it is where times are right.
 * Unstated, the same errors give a mean of 9.7 and a second track now and then.
 *
 * @source Bar-Shalom, Li & Kirubarajan (2001), section 5.4.2 (NEES over Monte Carlo runs).
 */
test("over Monte Carlo runs at 40 m/s, stamped wrongly by half a second, stated errors are the true ones", () => {
  const runs = Array.from({ length: 60 }, (_, run) => fly(run, 500));
  const values = runs.flatMap((one) => one.values);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  assert.ok(mean > 0.7 && mean < 2.3, `mean NEES ${mean}`);
  const held = values.filter((value) => value <= 5.991).length / values.length;
  assert.ok(held >= 0.95, `95 % ellipses hold ${100 * held} %`);
  assert.ok(
    runs.every(({ count }) => count === 1),
    "one drone, one track",
  );
  assert.equal(values.length, 60 * 11);
});

test("where a track begins is known no better than when: by its unknown speed times the time's error more", () => {
  const begun = (measuredSigmaMs: number): TrackState | undefined => {
    const tracker = createTracker({ sensors: [RADAR] });
    tracker.look({ sensor: "radar", measuredMs: 0, receivedMs: 0, measuredSigmaMs, detections: [plotAt(0, 2000, 80)] });
    return tracker.tracks(0)[0];
  };
  const [sharp, vague] = [begun(0), begun(1000)];
  assert.ok(sharp && vague);
  // It stands still in the mean, so that what the time adds is the variance of its speed times a second squared.
  for (const k of [0, 7, 14]) {
    const more = (vague.covariance[k] ?? 0) - (sharp.covariance[k] ?? 0);
    assert.ok(Math.abs(more - (sharp.covariance[k + 21] ?? 0)) < 1e-6, `axis ${k / 7}: ${more} m²`);
  }
});
