import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "./looks/detections.ts";
import { layOutInto } from "./looks/lay-out.ts";
import { intersect } from "./measure/covariance-intersection.ts";
import { createRows } from "./measure/observe.ts";
import { measureInto } from "./measure/time-error.ts";
import { fit, ROW, updateRow } from "./measure/update-row.ts";
import { moveOf } from "./motion/motion-step.ts";
import { predict } from "./predict.ts";
import { defaultSettings } from "./settings.ts";
import { addRow, COV, createTrackStore, DIM, MODES } from "./store/store.ts";
import { covOf, isPositiveDefinite } from "./testing/matrices.ts";
import { seeded } from "./testing/radars.fixture.ts";
import type { EnuM, TrackerDetection, TrackerMeasurement, TrackerSensor } from "./types.ts";

/** A step moves and mixes one motion's state and takes a detection into it; a look is six of them. */
const STEPS = 1_000_000;
const FARTHEST_M = 30_000;

const random = seeded(20260101);
const between = (low: number, high: number): number => low + (high - low) * random();
/** From a hundredth of `unit` to a hundred times it, evenly in the exponent: as sharp and as vague as sensors are. */
const around = (unit: number): number => unit * 10 ** between(-2, 2);
const off = (sigma: number): number => sigma * (random() + random() + random() - 1.5) * 2;
const away = (a: EnuM, b: EnuM): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const OTHER: EnuM = [800, -500, 20];

type Truth = Readonly<{ posM: EnuM; velMps: EnuM }>;

/** What a sensor may say of something, by kind. */
const KINDS: readonly ((fromM: EnuM, truth: Truth) => TrackerMeasurement)[] = [
  (fromM, { posM, velMps }) => {
    const [e, n, u] = posM.map((m, k) => m - (fromM[k] ?? 0)) as [number, number, number];
    const rangeM = Math.hypot(e, n, u);
    const rate = (e * (velMps[0] ?? 0) + n * (velMps[1] ?? 0) + u * (velMps[2] ?? 0)) / rangeM;
    const [rangeSigmaM, rangeRateSigmaMps] = [around(1), around(0.5)];
    return {
      ...{ kind: "polar", rangeM: Math.max(1, rangeM + off(rangeSigmaM)), rangeSigmaM, ...anglesOf(e, n, u) },
      ...(random() < 0.5 && { rangeRateMps: rate + off(rangeRateSigmaMps), rangeRateSigmaMps }),
    };
  },
  (fromM, { posM: [e, n, u] }) => ({ kind: "bearing", ...anglesOf(e - fromM[0], n - fromM[1], u - fromM[2]) }),
  (_, { posM: [e, n, u], velMps: [ve, vn, vu] }) => {
    const [h, v, s] = [around(3), around(5), around(1)];
    return {
      ...{ kind: "position", posEnuM: [e + off(h), n + off(h), u + off(v)], horizontalSigmaM: h },
      ...(random() < 0.5 && { verticalSigmaM: v }),
      ...(random() < 0.5 && { velEnuMps: [ve + off(s), vn + off(s), vu + off(s)] as const, velocitySigmaMps: s }),
    };
  },
  (fromM, { posM }) => {
    const rangeSigmaM = around(5);
    return { kind: "range", rangeM: Math.max(1, away(fromM, posM) + off(rangeSigmaM)), rangeSigmaM };
  },
  (fromM, { posM }) => {
    const sigmaM = around(5);
    return {
      kind: "rangeDifference",
      otherSensor: "other",
      differenceM: away(fromM, posM) - away(OTHER, posM) + off(sigmaM),
      sigmaM,
    };
  },
];

function anglesOf(e: number, n: number, u: number) {
  const sigmaRad = Math.min(1, around(0.01));
  const level = { azimuthRad: Math.atan2(e, n) + off(sigmaRad), azimuthSigmaRad: sigmaRad };
  const elevationRad = Math.max(-1.57, Math.min(1.57, Math.atan2(u, Math.hypot(e, n)) + off(sigmaRad)));
  return random() < 0.5 ? level : { ...level, elevationRad, elevationSigmaRad: sigmaRad };
}

test("covariances stay symmetric positive definite over a million random steps of all motions and all measurements", () => {
  const tracks = createTrackStore(1);
  const moves = Array.from({ length: 24 }, (_, k) =>
    moveOf(defaultSettings.motions, defaultSettings.motionRatesPerS, k % 2 === 0 ? random() : 20 * random()),
  );
  const [rows, d] = [createRows(), createDetections(1)];
  const [x, p] = [new Float64Array(DIM), new Float64Array(COV)];
  const taken = new Map<string, number>();
  let unseenS = Number.POSITIVE_INFINITY;
  let truth: Truth = { posM: [0, 0, 0], velMps: [0, 0, 0] };
  addRow(tracks);
  for (let steps = 0; steps < STEPS; ) {
    // As in the tracker, what nothing has detected for so long is ended; what flew away is too. Then another begins.
    if (unseenS > defaultSettings.staleMs / 1000 || away(truth.posM, [0, 0, 0]) > FARTHEST_M) {
      unseenS = 0;
      truth = {
        posM: [between(-5000, 5000), between(-5000, 5000), between(10, 500)],
        velMps: [between(-30, 30), between(-30, 30), off(2)],
      };
      for (let m = 0; m < MODES; m++) {
        tracks.mean.set([...truth.posM, 0, 0, 0], m * DIM);
        tracks.cov.set(covOf([5, 5, 5, 12, 12, 3, 0.3, -0.3]), m * COV);
      }
      tracks.weight.fill(1 / MODES);
    }
    const move = moves[Math.floor(random() * moves.length)] ?? assert.fail();
    tracks.existence[0] = 0.9;
    predict(tracks, move, defaultSettings);
    unseenS += move.dtS;
    truth = { ...truth, posM: truth.posM.map((m, k) => m + move.dtS * (truth.velMps[k] ?? 0)) as unknown as EnuM };

    const posEnuM: EnuM = [between(-3000, 3000), between(-3000, 3000), between(0, 50)];
    const kind = Math.floor(random() * KINDS.length);
    const [propagation, filtered] = [random() < 0.2 ? "sound" : "light", random() < 0.1] as const;
    const detection: TrackerDetection = { measurement: KINDS[kind]?.(posEnuM, truth) ?? assert.fail(), propagation, filtered };
    const sensor: TrackerSensor = { id: "sensor", posEnuM, detectionProbability: 0.9 };
    layOutInto(d, [detection], sensor, random() < 0.3 ? around(50) : undefined, () => OTHER);
    let isTaken = false;
    for (const isUpdate of [false, true])
      for (let m = 0; m < MODES; m++) {
        x.set(tracks.mean.subarray(m * DIM, (m + 1) * DIM));
        p.set(tracks.cov.subarray(m * COV, (m + 1) * COV));
        const n = measureInto(rows, d, 0, x, p);
        let distanceSquared = 0;
        if (isUpdate && filtered) intersect(x, p, rows, n);
        else
          for (let r = 0; r < n; r++) {
            updateRow(x, p, rows, r * ROW);
            distanceSquared += fit.distanceSquared;
          }
        if (!isUpdate) isTaken ||= distanceSquared < defaultSettings.gateSquared;
        else if (isTaken) {
          if (!isPositiveDefinite(p) || !x.every(Number.isFinite))
            assert.fail(`step ${steps}, motion ${m}, ${JSON.stringify(detection)}: ${x.join(" ")} | ${p.join(" ")}`);
          tracks.mean.set(x, m * DIM);
          tracks.cov.set(p, m * COV);
        }
        if (isUpdate) steps++;
      }
    if (!isTaken) continue;
    unseenS = 0;
    const name = `${kind} ${propagation} ${filtered}`;
    taken.set(name, (taken.get(name) ?? 0) + 1);
    for (let m = 0; m < MODES; m++) tracks.weight[m] = ((tracks.weight[m] ?? 0) + random() / MODES) / 2;
    const total = tracks.weight.reduce((sum, weight) => sum + weight, 0);
    for (let m = 0; m < MODES; m++) tracks.weight[m] = (tracks.weight[m] ?? 0) / total;
  }
  assert.equal(taken.size, KINDS.length * 2 * 2, "each kind, as light and as sound, a sensor's and another tracker's");
  assert.ok(Math.min(...taken.values()) > 300, [...taken].join(" "));
});
