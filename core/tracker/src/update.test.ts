import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings, type Motion, type TrackerSettings } from "./settings.ts";
import { MODES } from "./store/store.ts";
import { createTracker } from "./tracker.ts";
import { CLASS_NAMES, type EnuM, type TrackerDetection, type TrackerSensor, type TrackState } from "./types.ts";

const DETECTS = 0.6;
/** Of positions that no range leads to so many are false, per m³. */
const CLUTTER_PER_M3 = 1e-9;
const SENSOR: TrackerSensor = { id: "sensor", posEnuM: [0, 0, 0], detectionProbability: DETECTS, revisitMs: 1000 };
const MOTION: Motion = {
  horizontal: { kind: "whiteAcceleration", accelPsd: 0.1 },
  vertical: { kind: "whiteAcceleration", accelPsd: 0.1 },
};
const six = <T>(value: T): T[] => new Array<T>(MODES).fill(value);

/** One motion, six times over, and targets that never end: what is left is a Kalman filter and Bayes' rule. */
const plain = (birthRatio: number): Partial<TrackerSettings> => ({
  motions: six(MOTION),
  birthSpeedSigmaMps: six(5),
  birthClimbSigmaMps: six(5),
  birthMotion: six(1 / MODES),
  birthRatio,
  presentRatio: 0,
  meanLifeS: 1e12,
  tellAbove: 0.01,
});
const at = (posEnuM: EnuM, sigmaM: number): TrackerDetection => ({
  measurement: { kind: "position", posEnuM, horizontalSigmaM: sigmaM, verticalSigmaM: sigmaM },
});
const track = (birthRatio: number, ...looks: readonly (readonly TrackerDetection[])[]) => {
  const tracker = createTracker({ sensors: [SENSOR], settings: plain(birthRatio) });
  for (const [s, detections] of looks.entries())
    tracker.look({ sensor: "sensor", measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
  return tracker.tracks(1000);
};

/** N(z; x, P + R) of a state whose axes are apart. */
function likelihood({ posEnuM, covariance }: TrackState, z: EnuM, sigmaM: number): number {
  let product = 1;
  for (const [k, value] of z.entries()) {
    const variance = (covariance[7 * k] ?? 0) + sigmaM * sigmaM;
    product *= Math.exp(-0.5 * ((value - (posEnuM[k] ?? 0)) ** 2 / variance)) / Math.sqrt(2 * Math.PI * variance);
  }
  return product;
}

test("existence after a look is Bayes' rule over all that its detections may have come from", () => {
  const sigmaM = 30;
  const home: EnuM = [1000, 2000, 300];
  for (const birthRatio of [0.25, 1, 4])
    for (const offsets of [
      [],
      [[90, -60, 40]],
      [
        [100, 20, 0],
        [-80, 70, 60],
      ],
      [[0, 0, 0]],
    ] as const) {
      const plots = offsets.map(([e, n, u]): EnuM => [home[0] + e, home[1] + n, home[2] + u]);
      const [before] = track(birthRatio, [at(home, sigmaM)]);
      const looks = [[at(home, sigmaM)], plots.map((plot) => at(plot, sigmaM))];
      const [after, ...newcomers] = track(birthRatio, ...looks);
      assert.ok(before && after);
      const r = birthRatio / (1 + birthRatio);
      assert.ok(Math.abs(before.existence - r) < 1e-9);
      const others = CLUTTER_PER_M3 * (1 + birthRatio);
      const odds = plots.map((plot) => (r * DETECTS * likelihood(before, plot, sigmaM)) / others);
      const all = 1 - r + r * (1 - DETECTS) + odds.reduce((sum, one) => sum + one, 0);
      // 1e-4 is where the messages of belief propagation come to rest; on a tree, as here, they are exact.
      assert.ok(Math.abs(after.existence - (1 - (1 - r) / all)) < 1e-6, `${birthRatio}, ${offsets.length}: ${after.existence}`);
      // The likeliest goes on with the track if it is likelier than that the track was missed; what is left begins another.
      const most = Math.max(1 - r + r * (1 - DETECTS), ...odds);
      const left = odds.filter((one) => one < most).map((one) => r * (1 - one / all));
      assert.equal(newcomers.length, left.length);
      for (const { existence } of newcomers)
        assert.ok(
          left.some((one) => Math.abs(one - existence) < 1e-6),
          `${existence} is none of ${left}`,
        );
    }
});

test("a plot within the gate is the track's, and one just beyond it begins another", () => {
  const home: EnuM = [1000, 2000, 300];
  const [before] = track(1, [at(home, 1)]);
  assert.ok(before);
  for (const [squared, tracks] of [
    [0.95 * defaultSettings.gateSquared, 1],
    [1.05 * defaultSettings.gateSquared, 2],
  ] as const) {
    // A third of the distance along each axis: beyond the gate of none by itself.
    const plot = home.map((m, k) => m + Math.sqrt((squared / 3) * ((before.covariance[7 * k] ?? 0) + 1))) as unknown as EnuM;
    assert.equal(track(1, [at(home, 1)], [at(plot, 1)]).length, tracks, `${squared}`);
  }
});

test("a newcomer exists as probably as there are more of them than false alarms with such features, and no feature is believed beyond twenty to one", () => {
  for (const [drone, clutter, times] of [
    [1, 0.5, 2],
    [0.1, 1, 0.1],
    [1, 1e-6, 20],
    [1e-6, 1, 0.05],
  ] as const) {
    const classLikelihoods = Object.fromEntries(CLASS_NAMES.map((name) => [name, drone]));
    const [only] = track(0.5, [{ ...at([1000, 2000, 300], 30), classLikelihoods, clutterLikelihood: clutter }]);
    const ratio = 0.5 * times;
    assert.ok(Math.abs((only?.existence ?? 0) - ratio / (1 + ratio)) < 1e-9, `${drone} to ${clutter}: ${only?.existence}`);
  }
});

test("one look confirms nothing, however few false alarms there are; two do", () => {
  const home = at([1000, 2000, 300], 10);
  const [once] = track(300, [home]);
  assert.ok(once && once.existence > defaultSettings.confirmAbove && !once.confirmed);
  assert.equal(track(300, [home], [home])[0]?.confirmed, true);
});
