import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "./looks/detections.ts";
import { layOutInto } from "./looks/lay-out.ts";
import { isPositiveDefinite, packed } from "./testing/matrices.ts";
import { normals } from "./testing/normals.ts";
import { createTracker } from "./tracker.ts";
import type { EnuM, ErrorEllipse, TrackerDetection, TrackerMeasurement, TrackerSensor, TrackState } from "./types.ts";

const FINDERS: TrackerSensor = {
  id: "finders",
  posEnuM: [0, 0, 0],
  detectionProbability: 0.8,
  revisitMs: 1000,
  clutterPerLook: 0.1,
};
const at = (posEnuM: EnuM, ellipse: ErrorEllipse): TrackerMeasurement => ({
  kind: "position",
  posEnuM,
  horizontalSigmaM: 1,
  ellipse,
  verticalSigmaM: 20,
});
const turned = ([e, n, u]: EnuM, rad: number): EnuM => [
  e * Math.cos(rad) + n * Math.sin(rad),
  n * Math.cos(rad) - e * Math.sin(rad),
  u,
];

test("a position's axes and variances are the eigenvectors and eigenvalues of its covariance", () => {
  const d = createDetections();
  // [25 20; 20 100] has the eigenvalues 105, along (1, 4), and 20.
  const ellipse = { semiMajorM: Math.sqrt(105), semiMinorM: Math.sqrt(20), bearingRad: Math.atan2(1, 4) };
  layOutInto(d, [{ measurement: at([300, 400, 50], ellipse) }], FINDERS, 0, () => assert.fail());
  const covariance = (row: number, column: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (d.variance[k] ?? 0) * (d.axes[3 * k + row] ?? 0) * (d.axes[3 * k + column] ?? 0), 0);
  const whole = [0, 1, 2].map((row) => [0, 1, 2].map((column) => Math.round(1e9 * covariance(row, column)) / 1e9));
  assert.deepEqual(whole, [
    [25, 20, 0],
    [20, 100, 0],
    [0, 0, 400],
  ]);
  const back = (k: number): number =>
    [0, 1, 2].reduce((sum, axis) => sum + (d.value[axis] ?? 0) * (d.axes[3 * axis + k] ?? 0), 0);
  assert.deepEqual(
    [0, 1, 2].map((k) => Math.round(1e9 * back(k)) / 1e9),
    [300, 400, 50],
  );
});

/** What a tracker makes of a flight whose places, told once a second, all have the same ellipse, when the world is turned clockwise by an angle. */
function fly(turnRad: number, ellipse: ErrorEllipse, more: Partial<TrackerDetection> = {}): TrackState {
  const normal = normals(7);
  const tracker = createTracker({ sensors: [FINDERS] });
  for (let s = 0; s <= 30; s++) {
    const [along, across] = [ellipse.semiMajorM * normal(), ellipse.semiMinorM * normal()];
    const [sine, cosine] = [Math.sin(ellipse.bearingRad), Math.cos(ellipse.bearingRad)];
    const place: EnuM = [1500 - 12 * s + along * sine - across * cosine, 900 + 5 * s + along * cosine + across * sine, 100];
    const measurement = at(turned(place, turnRad), { ...ellipse, bearingRad: ellipse.bearingRad + turnRad });
    tracker.look({ sensor: "finders", measuredMs: 1000 * s, receivedMs: 1000 * s, detections: [{ measurement, ...more }] });
  }
  const [track] = tracker.tracks(30_000);
  return track ?? assert.fail("no track");
}

test("a world that is turned, ellipses and all, is tracked the same, turned", () => {
  const ellipse = { semiMajorM: 200, semiMinorM: 12, bearingRad: 0.4 };
  const straight = fly(0, ellipse);
  for (const turnRad of [0.3, 1.7, -2.5]) {
    const other = fly(turnRad, ellipse);
    const expected = [...turned(straight.posEnuM, turnRad), ...turned(straight.velEnuMps, turnRad)];
    [...other.posEnuM, ...other.velEnuMps].forEach((value, k) => {
      assert.ok(Math.abs(value - (expected[k] ?? 0)) < 1e-6, `${turnRad}: ${value} is not ${expected[k]}`);
    });
    const [trace, before] = [other, straight].map(({ covariance: p }) => (p[0] ?? 0) + (p[7] ?? 0));
    assert.ok(Math.abs((trace ?? 0) - (before ?? 0)) < 1e-6 * (before ?? 0));
    assert.ok(Math.abs(other.existence - straight.existence) < 1e-9);
  }
});

/** Standard deviation of a track's place along a bearing. */
const sigmaAlong = ({ covariance: p }: TrackState, bearingRad: number): number => {
  const [s, c] = [Math.sin(bearingRad), Math.cos(bearingRad)];
  return Math.sqrt((p[0] ?? 0) * s * s + 2 * (p[1] ?? 0) * s * c + (p[7] ?? 0) * c * c);
};

test("another tracker's place is fused no surer than it is, along its ellipse and across", () => {
  const ellipse = { semiMajorM: 120, semiMinorM: 8, bearingRad: 2.2 };
  const track = fly(0, ellipse, { filtered: true });
  assert.ok(sigmaAlong(track, 2.2) >= 120, `${sigmaAlong(track, 2.2)}`);
  const across = sigmaAlong(track, 2.2 + Math.PI / 2);
  assert.ok(across >= 8 && across < 30, `${across}`);
  assert.ok(sigmaAlong(fly(0, ellipse), 2.2) < 120, "as white noise it would be");
});

test("an ellipse as thin as can be said leaves a covariance that is one, and no surer across than a centimetre", () => {
  for (const [semiMajorM, semiMinorM] of [
    [1e6, Number.MIN_VALUE],
    [1e6, 1e-3],
    [5000, 0.01],
    [1e-9, 1e-9],
  ] as const)
    for (const filtered of [false, true]) {
      const tracker = createTracker({ sensors: [FINDERS] });
      for (let s = 0; s <= 40; s++) {
        // From the tenth on every second one is as thin, each time along another line.
        const isThin = s > 10 && s % 2 === 0;
        const ellipse = isThin ? { semiMajorM, semiMinorM, bearingRad: s } : { semiMajorM: 9, semiMinorM: 4, bearingRad: 1 };
        const detection = { measurement: at([1500 - 12 * s, 900, 100], ellipse), filtered };
        tracker.look({ sensor: "finders", measuredMs: 1000 * s, receivedMs: 1000 * s, detections: [detection] });
      }
      const [track, ...rest] = tracker.tracks(40_000);
      assert.ok(track && rest.length === 0);
      assert.ok(isPositiveDefinite(packed(track.covariance)), `${semiMajorM} ${semiMinorM} ${filtered}`);
      for (let bearingRad = 0; bearingRad < Math.PI; bearingRad += 0.1)
        assert.ok(sigmaAlong(track, bearingRad) >= 0.009, `${sigmaAlong(track, bearingRad)}`);
    }
});

test("a track that begins with the thinnest ellipse has a covariance that is one, whichever way it points", () => {
  for (let bearingRad = 0; bearingRad < Math.PI; bearingRad += 0.01) {
    const tracker = createTracker({ sensors: [FINDERS] });
    const ellipse = { semiMajorM: 1e6, semiMinorM: 0.01, bearingRad };
    const detection = { measurement: at([1500, 900, 100], ellipse), claim: "serial:1581F45T7" };
    tracker.look({ sensor: "finders", measuredMs: 0, receivedMs: 0, detections: [detection] });
    const [track] = tracker.tracks(0);
    assert.ok(track && isPositiveDefinite(packed(track.covariance)), `${bearingRad}`);
  }
});

test("an ellipse that is none is refused by its code and harms nothing", () => {
  const good = { semiMajorM: 20, semiMinorM: 5, bearingRad: 1 };
  const bad: readonly (readonly [ErrorEllipse, string])[] = [
    [{ ...good, semiMinorM: 21 }, "absurd"],
    [{ ...good, semiMinorM: 0 }, "absurd"],
    [{ ...good, semiMajorM: 2e6 }, "absurd"],
    [{ ...good, semiMinorM: -5 }, "absurd"],
    [{ ...good, semiMajorM: Number.NaN }, "not-finite"],
    [{ ...good, bearingRad: Number.POSITIVE_INFINITY }, "not-finite"],
    [{ ...good, bearingRad: 1e9 }, "absurd"],
  ];
  for (const [ellipse, code] of bad) {
    const tracker = createTracker({ sensors: [FINDERS] });
    tracker.look({ sensor: "finders", measuredMs: 0, receivedMs: 0, detections: [{ measurement: at([0, 900, 50], ellipse) }] });
    assert.deepEqual(tracker.takeRejections(), [{ code, sensor: "finders", count: 1 }], JSON.stringify(ellipse));
    assert.deepEqual(tracker.tracks(0), []);
  }
});
