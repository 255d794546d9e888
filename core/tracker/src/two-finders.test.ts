import assert from "node:assert/strict";
import { test } from "node:test";
import { normals } from "./testing/normals.ts";
import { createTracker } from "./tracker.ts";
import type { ErrorEllipse, TrackerLook, TrackerMeasurement, TrackerSensor, TrackState } from "./types.ts";

/** A 2-D radar whose beam is wide, and a service that crosses the bearings of two direction finders a kilometre apart. */
const RADAR: TrackerSensor = { id: "radar", posEnuM: [0, 0, 0], detectionProbability: 0.9, revisitMs: 1000, clutterPerLook: 0.1 };
const CROSSINGS: TrackerSensor = { ...RADAR, id: "crossings", detectionProbability: 0.8 };
const FINDERS = [
  [-500, 0],
  [500, 0],
] as const;
const RANGE_SIGMA_M = 10;
const AZIMUTH_SIGMA_RAD = 0.026;
const BEARING_SIGMA_RAD = 0.0175;
const ACCEL_PSD = 2;
const RUNS = 60;
const LAST_S = 50;

type Place = readonly [eastM: number, northM: number];
type Told = "a circle of the greatest sigma" | "a circle of the mean variance" | "an ellipse";

/** Where two bearings cross, with the ellipse that their errors make: P⁻¹ = sum g·gᵀ/s², g = (n, -e)/r² being a bearing's gradient. */
function cross(bearings: readonly number[]): Readonly<{ place: Place; ellipse: ErrorEllipse; meanM: number }> {
  const [a = 0, b = 0] = bearings;
  const alongM = ((FINDERS[1][0] - FINDERS[0][0]) * Math.cos(b)) / Math.sin(a - b);
  const place: Place = [FINDERS[0][0] + alongM * Math.sin(a), alongM * Math.cos(a)];
  let [ee, en, nn] = [0, 0, 0];
  for (const [east, north] of FINDERS) {
    const [e, n] = [place[0] - east, place[1] - north];
    const weight = 1 / (BEARING_SIGMA_RAD * (e * e + n * n)) ** 2;
    ee += weight * n * n;
    en -= weight * n * e;
    nn += weight * e * e;
  }
  // Of the information: the least eigenvalue is the longest axis, and lies where the information's own longest axis does not.
  const [middle, spread] = [(ee + nn) / 2, Math.sqrt(((ee - nn) / 2) ** 2 + en * en)];
  const [semiMajorM, semiMinorM] = [1 / Math.sqrt(middle - spread), 1 / Math.sqrt(middle + spread)];
  const bearingRad = Math.atan2(-en, (ee - nn) / 2) / 2;
  return { place, ellipse: { semiMajorM, semiMinorM, bearingRad }, meanM: Math.sqrt((semiMajorM ** 2 + semiMinorM ** 2) / 2) };
}

function crossing(bearings: readonly number[], told: Told): TrackerMeasurement {
  const { place, ellipse, meanM } = cross(bearings);
  const circleM = told === "a circle of the mean variance" ? meanM : ellipse.semiMajorM;
  const position = { kind: "position", posEnuM: [...place, 0], horizontalSigmaM: circleM } as const;
  return told === "an ellipse" ? { ...position, ellipse } : position;
}

const bearingFrom = ([east, north]: Place, [e = 0, n = 0]: readonly number[]): number => Math.atan2(e - east, n - north);

/** One flight at 3 to 4 km, looked at by each once a second; its last state and the tracks there are of it. */
function fly(run: number, told: Told): Readonly<{ truth: readonly number[]; tracks: readonly TrackState[] }> {
  const normal = normals(1 + 7919 * run);
  const tracker = createTracker({ sensors: [RADAR, CROSSINGS] });
  const truth = [1500 + 300 * normal(), 3500, -12, -8];
  for (let s = 0; s <= LAST_S; s++) {
    for (let k = 0; k < 2; k++) {
      truth[k] = (truth[k] ?? 0) + (truth[k + 2] ?? 0);
      truth[k + 2] = (truth[k + 2] ?? 0) + Math.sqrt(ACCEL_PSD) * normal();
    }
    const [e = 0, n = 0] = truth;
    const plot = {
      kind: "polar",
      rangeM: Math.sqrt(e * e + n * n + 100 * 100) + RANGE_SIGMA_M * normal(),
      rangeSigmaM: RANGE_SIGMA_M,
      azimuthRad: Math.atan2(e, n) + AZIMUTH_SIGMA_RAD * normal(),
      azimuthSigmaRad: AZIMUTH_SIGMA_RAD,
    } as const;
    const place = crossing(
      FINDERS.map((finder) => bearingFrom(finder, truth) + BEARING_SIGMA_RAD * normal()),
      told,
    );
    const look = (sensor: string, measurement: TrackerMeasurement): TrackerLook => ({
      sensor,
      measuredMs: 1000 * s,
      receivedMs: 1000 * s,
      detections: [{ measurement }],
    });
    tracker.look(look("radar", plot));
    tracker.look(look("crossings", place));
  }
  return { truth, tracks: tracker.tracks(1000 * LAST_S).filter(({ confirmed }) => confirmed) };
}

/** Root mean square of the horizontal error, and the mean of dᵀ P⁻¹ d, over all runs. */
function judge(told: Told): Readonly<{ errorM: number; nees: number }> {
  let [squares, nees] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const { truth, tracks } = fly(run, told);
    const [track, ...others] = tracks;
    assert.ok(track && others.length === 0, `${told}, run ${run}: ${tracks.length} tracks`);
    const [x, y] = [track.posEnuM[0] - (truth[0] ?? 0), track.posEnuM[1] - (truth[1] ?? 0)];
    const [xx = 1, xy = 0, yy = 1] = [track.covariance[0], track.covariance[1], track.covariance[7]];
    squares += x * x + y * y;
    nees += (yy * x * x - 2 * xy * x * y + xx * y * y) / (xx * yy - xy * xy);
  }
  return { errorM: Math.sqrt(squares / RUNS), nees: nees / RUNS };
}

test("the thin ellipse of two direction finders takes a third off the error that a circle leaves a coarse radar, and is true", () => {
  const { ellipse } = cross(FINDERS.map((finder) => bearingFrom(finder, [1000, 3200])));
  assert.ok(ellipse.semiMajorM > 4 * ellipse.semiMinorM, `${ellipse.semiMajorM} by ${ellipse.semiMinorM} m`);
  const [greatest, mean, thin] = [
    judge("a circle of the greatest sigma"),
    judge("a circle of the mean variance"),
    judge("an ellipse"),
  ];
  const said = [greatest, mean, thin].map(({ errorM, nees }) => `${errorM} m, ${nees}`).join("; ");
  assert.ok(thin.errorM < 0.75 * greatest.errorM && thin.errorM < 0.78 * mean.errorM, said);
  // The mean of so many values of two degrees of freedom lies within 2 ± 1.96·√(4 / 60); a mixture that allows for turns is a little wider.
  assert.ok(thin.nees > 1.4 && thin.nees < 2.51, said);
});
