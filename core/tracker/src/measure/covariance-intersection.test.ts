import assert from "node:assert/strict";
import { test } from "node:test";
import { moveOf } from "../motion/motion-step.ts";
import { moveState } from "../motion/move-state.ts";
import { defaultSettings } from "../settings.ts";
import { COV, DIM } from "../store/store.ts";
import { seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { EnuM, TrackerDetection, TrackerSensor } from "../types.ts";
import { intersect } from "./covariance-intersection.ts";
import { ROW, updateRow } from "./update-row.ts";

/** Where the variances of the six values lie among a covariance's 21. */
const DIAGONAL = [0, 3, 5, 15, 18, 20] as const;
const PSD = 1;
const FREE = { kind: "whiteAcceleration", accelPsd: PSD } as const;
const [STEP] = moveOf(Array(5).fill({ horizontal: FREE, vertical: FREE }), defaultSettings.motionRatesPerS, 1).steps;

type State = Readonly<{ mean: Float64Array; cov: Float64Array }>;

const rowsOf = (values: readonly number[], variances: readonly number[]): Float64Array => {
  const rows = new Float64Array(DIM * ROW);
  values.forEach((value, k) => {
    rows[k * ROW + k] = 1;
    rows[k * ROW + 6] = value;
    rows[k * ROW + 7] = variances[k] ?? 0;
  });
  return rows;
};

function takePlot({ mean, cov }: State, plot: readonly number[]): void {
  const rows = rowsOf(plot, [400, 400, 400]);
  for (let r = 0; r < 3; r++) updateRow(mean, cov, rows, r * ROW);
}

type Source = "independent" | "ownSensor" | "partlyOurs" | "alone";

/** Mean NEES a value of position over flights in which another tracker's places are fused each second with ours, which has plots but `alone`. */
function consistency(source: Source, fuse: (state: State, rows: Float64Array) => void): number {
  const random = seeded(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let [sum, count] = [0, 0];
  for (let flight = 0; flight < 60; flight++) {
    const truth = Float64Array.of(0, 0, 100, 10, 5, 0);
    const begin = (): State => {
      const state = { mean: truth.map((value, k) => value + (k < 3 ? 20 : 10) * normal()), cov: new Float64Array(COV) };
      DIAGONAL.forEach((at, k) => {
        state.cov[at] = k < 3 ? 400 : 100;
      });
      return state;
    };
    const own = begin();
    const other = source === "ownSensor" ? { mean: own.mean.slice(), cov: own.cov.slice() } : begin();
    for (let s = 1; s <= 50; s++) {
      for (let k = 0; k < 3; k++) {
        const push = normal();
        truth[k] = (truth[k] ?? 0) + (truth[k + 3] ?? 0) + Math.sqrt(PSD) * (push / 2 + normal() / Math.sqrt(12));
        truth[k + 3] = (truth[k + 3] ?? 0) + Math.sqrt(PSD) * push;
      }
      const plot = () => [0, 1, 2].map((k) => (truth[k] ?? 0) + 20 * normal());
      const ours = plot();
      for (const { mean, cov } of [own, other]) moveState(mean, 0, cov, 0, STEP ?? assert.fail());
      if (source !== "alone") takePlot(own, ours);
      if (source === "ownSensor" || source === "partlyOurs") takePlot(other, ours);
      if (source !== "ownSensor") takePlot(other, plot());
      fuse(
        own,
        rowsOf(
          [...other.mean.subarray(0, 3)],
          [0, 3, 5].map((at) => other.cov[at] ?? 0),
        ),
      );
      for (let k = 0; s > 15 && k < 3; k++, count++) {
        const off = (own.mean[k] ?? 0) - (truth[k] ?? 0);
        sum += (off * off) / (own.cov[DIAGONAL[k] ?? 0] ?? 0);
      }
    }
  }
  return sum / count;
}

const intersected = ({ mean, cov }: State, rows: Float64Array): void => intersect(mean, cov, rows, 3);
const asIfWhite = ({ mean, cov }: State, rows: Float64Array): void => {
  for (let r = 0; r < 3; r++) updateRow(mean, cov, rows, r * ROW);
};

for (const source of ["independent", "ownSensor", "partlyOurs", "alone"] as const)
  test(`a tracker's places from a source that is ${source} leave the error what is said of it`, () => {
    const nees = consistency(source, intersected);
    // Sixty flights of some five independent errors each leave the mean within 0.1; what is too cautious is no fault.
    assert.ok(nees < 1.2 && nees > 0.4, `${nees}`);
    assert.ok(consistency(source, asIfWhite) > 2, "taken as white noise they would not");
  });

test("what is fused is nowhere surer than the surer of both, and no vaguer on the whole than it was", () => {
  const random = seeded(9);
  for (let round = 0; round < 500; round++) {
    const mean = new Float64Array(DIM);
    const cov = new Float64Array(COV);
    for (const at of DIAGONAL) cov[at] = 1 + 1000 * random();
    const variances = DIAGONAL.map(() => 1 + 1000 * random());
    const before = DIAGONAL.map((at) => cov[at] ?? 0);
    intersect(mean, cov, rowsOf([1, 2, 3, 4, 5, 6], variances), 6);
    const after = DIAGONAL.map((at) => cov[at] ?? 0);
    after.forEach((value, k) => {
      assert.ok(value >= (1 - 1e-9) * Math.min(before[k] ?? 0, variances[k] ?? 0));
    });
    const product = (values: readonly number[]) => values.reduce((all, value) => all * value, 1);
    assert.ok(product(after) <= (1 + 1e-9) * product(before));
  }
});

test("a state's own place, told back to it, changes nothing", () => {
  const mean = Float64Array.of(10, 20, 30, 1, 2, 3);
  const cov = new Float64Array(COV);
  for (const at of DIAGONAL) cov[at] = 50;
  const [own, ownCov] = [mean.slice(), cov.slice()];
  intersect(mean, cov, rowsOf([10, 20, 30], [50, 50, 50]), 3);
  assert.deepEqual([mean, cov], [own, ownCov]);
});

test("a track that only another tracker's steady error feeds is never surer than that tracker says it is", () => {
  const sensor: TrackerSensor = { id: "partner", posEnuM: [0, 0, 0], detectionProbability: 0.9, revisitMs: 1000 };
  const tracker = createTracker({ sensors: [sensor] });
  const at = (s: number): EnuM => [10 * s, 1000, 100];
  for (let s = 0; s < 60; s++) {
    const [e, n, u] = at(s);
    const position = { kind: "position", posEnuM: [e + 18, n - 12, u + 9], horizontalSigmaM: 15, verticalSigmaM: 15 } as const;
    const detection: TrackerDetection = { measurement: position, filtered: true };
    tracker.look({ sensor: "partner", measuredMs: 1000 * s, receivedMs: 1000 * s + 50, detections: [detection] });
  }
  const [track] = tracker.tracks(59_000);
  assert.ok(track?.confirmed);
  assert.ok(
    Math.hypot(track.posEnuM[0] - 608, track.posEnuM[1] - 988) < 8 && Math.abs(track.velEnuMps[0] - 10) < 1,
    "it follows",
  );
  for (const k of [0, 7, 14]) assert.ok((track.covariance[k] ?? 0) >= 15 * 15, `${track.covariance[k]}`);
});
