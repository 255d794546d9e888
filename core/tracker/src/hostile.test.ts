import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isPositiveDefinite, packed } from "./testing/matrices.ts";
import { polarOf, RADAR, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { Tracker, TrackerLook, TrackerSensor, TrackState } from "./types.ts";

const NOTCHED: TrackerSensor = {
  ...RADAR,
  notch: { belowMps: 2, pD: 0.1 },
  resolution: { rangeM: 10, azimuthRad: 0.02, elevationRad: 0.05, parts: "byGrid" },
};
const BOXED: TrackerSensor = {
  ...RADAR,
  id: "boxed",
  posEnuM: [400, 0, 8],
  boxEnuM: { min: [-5000, -5000, 0], max: [5000, 5000, 500] },
};
const RECEIVER: TrackerSensor = { id: "receiver", posEnuM: [0, 0, 0], detectionProbability: 0.5 };
const SENSORS = [NOTCHED, BOXED, RECEIVER];

const HUGE = [1e6, 1e12, 1e300, 1e308, Number.MAX_VALUE, Number.POSITIVE_INFINITY];
const TINY = [0, -0, Number.MIN_VALUE, 1e-300, 1e-100, 1e-9, 1e-3];
const HOSTILE = [...HUGE, ...TINY].flatMap((value) => [value, -value]).concat(Number.NaN);
/** Half the time what a sensor would say. */
const around = (sane: readonly number[]): fc.Arbitrary<number> =>
  fc.oneof(fc.constantFrom(...sane), fc.constantFrom(...sane, ...HOSTILE));
const maybe = (sane: readonly number[]): fc.Arbitrary<number | undefined> => fc.option(around(sane), { nil: undefined });
const triple = (sane: readonly number[]) => fc.tuple(around(sane), around(sane), around(sane));

const angles = {
  azimuthRad: around([0, 0.2, 0.21, Math.PI]),
  azimuthSigmaRad: around([0.005, 0.02]),
  elevationRad: maybe([0.04, 0.05, 1.5, Math.PI / 2]),
  elevationSigmaRad: maybe([0.01]),
};
const measurement = fc.oneof(
  fc.record({
    kind: fc.constant("polar" as const),
    rangeM: around([1500, 1512, 3000]),
    rangeSigmaM: around([5, 0.02]),
    ...angles,
    rangeRateMps: maybe([0, -12]),
    rangeRateSigmaMps: maybe([0.5]),
  }),
  fc.record({ kind: fc.constant("bearing" as const), ...angles }),
  fc.record({
    kind: fc.constant("position" as const),
    posEnuM: triple([0, 300, 1500]),
    horizontalSigmaM: around([3]),
    ellipse: fc.option(fc.record({ semiMajorM: around([9, 200]), semiMinorM: around([3]), bearingRad: around([1]) }), {
      nil: undefined,
    }),
    verticalSigmaM: maybe([5]),
    velEnuMps: fc.option(triple([0, 12]), { nil: undefined }),
    velocitySigmaMps: maybe([1]),
  }),
  fc.record({ kind: fc.constant("range" as const), rangeM: around([1500, 2500]), rangeSigmaM: around([20]) }),
  fc.record({
    kind: fc.constant("rangeDifference" as const),
    otherSensor: fc.constantFrom("boxed", "receiver"),
    differenceM: around([0, 300]),
    sigmaM: around([10]),
  }),
  fc.record({
    kind: fc.constant("sector" as const),
    azimuthFromRad: around([0]),
    azimuthToRad: around([1]),
    rangeMaxM: maybe([3000]),
  }),
  fc.record({ kind: fc.constant("presence" as const), radiusM: maybe([2000]) }),
);
const likelihoods = fc.record({
  multirotor: around([1]),
  bird: around([0.1, 1]),
  other: around([0.1, 1]),
});
const detection = fc.record(
  {
    measurement,
    classLikelihoods: likelihoods,
    clutterLikelihood: around([0.5]),
    claim: fc.constantFrom("serial:A", "serial:B", "transmitter:1"),
    origin: fc.constantFrom("first", "second"),
    filtered: fc.boolean(),
    propagation: fc.constantFrom("sound" as const, "light" as const),
  },
  { requiredKeys: ["measurement"] },
);
const look = fc.record(
  {
    sensor: fc.constantFrom(...SENSORS.map(({ id }) => id)),
    /** Since the look before, as the sensor has it and as it is heard. */
    afterMs: around([0, 300, 1000, 125_000, 3_600_000]),
    lateMs: around([0, 50, 2500]),
    measuredSigmaMs: around([0, 20]),
    sector: fc.record({ azimuthFromRad: around([0, 0.1, 6.2]), azimuthToRad: around([0.3, 7]) }),
    detections: fc.array(detection, { maxLength: 4 }),
  },
  { requiredKeys: ["sensor", "afterMs", "lateMs", "detections"] },
);

type HostileLook = typeof look extends fc.Arbitrary<infer T> ? T : never;

function assertSound(tracks: readonly TrackState[]): void {
  for (const { serial, posEnuM, velEnuMps, covariance, existence, classProbabilities } of tracks) {
    const said = `track ${serial}: ${[...posEnuM, ...velEnuMps, existence, ...covariance].join(" ")}`;
    assert.ok([...posEnuM, ...velEnuMps, ...covariance].every(Number.isFinite), said);
    assert.ok(existence >= 0 && existence <= 1, said);
    assert.ok(isPositiveDefinite(packed(covariance)), said);
    const classes = Object.values(classProbabilities);
    assert.ok(Math.abs(classes.reduce((sum, p) => sum + p, 0) - 1) < 1e-9, `track ${serial}: ${classes.join(" ")}`);
  }
  assert.equal(new Set(tracks.map(({ serial }) => serial)).size, tracks.length);
}

/** The radar sees two drones fly south, each second from one to before the other. */
function seeTwo(tracker: Tracker, fromS: number, beforeS: number): void {
  const random = seeded(11 + fromS);
  for (let s = fromS; s < beforeS; s++)
    tracker.look({
      sensor: NOTCHED.id,
      measuredMs: 1000 * s,
      receivedMs: 1000 * s + 50,
      detections: [polarOf([-1500, 2500 - 10 * s, 80], NOTCHED, random), polarOf([1500, 2500 - 10 * s, 80], NOTCHED, random)],
    });
}

const heard = ({ afterMs: _, lateMs: __, ...rest }: HostileLook, measuredMs: number, receivedMs: number): TrackerLook =>
  // What the type forbids comes all the same, from whoever does not check.
  ({ ...rest, measuredMs, receivedMs }) as TrackerLook;

test("no number that a look may hold makes a track that is none, and what is refused is counted", () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(look, { maxLength: 10 }), (looks) => {
      const tracker = createTracker({ sensors: SENSORS });
      seeTwo(tracker, 0, 6);
      let nowMs = 6000;
      for (const one of looks) {
        const measuredMs = nowMs + one.afterMs;
        tracker.look(heard(one, measuredMs, measuredMs + one.lateMs));
        if (one.afterMs >= 0 && one.afterMs < 1e7) nowMs = measuredMs;
        assertSound(tracker.tracks(nowMs));
      }
      for (const { count } of tracker.takeRejections()) refused += count;
      const again = createTracker({ sensors: SENSORS }, tracker.snapshot());
      assert.deepEqual(again.tracks(nowMs), tracker.tracks(nowMs));
    }),
    { numRuns: 150, seed: 1 },
  );
  assert.ok(refused > 100, `${refused}`);
});

test("whatever one sensor says three times, the drones that another sees stay, and are still seen", () => {
  fc.assert(
    fc.property(fc.array(look, { minLength: 1, maxLength: 3 }), (looks) => {
      const tracker = createTracker({ sensors: SENSORS });
      seeTwo(tracker, 0, 8);
      for (const [k, one] of looks.entries()) tracker.look(heard({ ...one, sensor: "receiver" }, 7200 + k, 7250));
      seeTwo(tracker, 8, 20);
      const tracks = tracker.tracks(19_000).filter(({ confirmed, existence }) => confirmed && existence > 0.9);
      for (const east of [-1500, 1500])
        assert.ok(
          tracks.some(({ posEnuM: [e, n] }) => Math.abs(e - east) < 50 && Math.abs(n - 2310) < 50),
          `at ${east} m east`,
        );
    }),
    { numRuns: 100, seed: 1 },
  );
});
