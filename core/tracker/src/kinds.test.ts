import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { EnuM, TrackerDetection, TrackerLook, TrackerMeasurement, TrackerSensor } from "./types.ts";

/** Receivers that hear by chance and measure ranges, or differences of ranges, well. */
const RECEIVERS = (
  [
    [-1500, 500, 20],
    [1500, 800, 15],
    [200, 4000, 30],
    [0, -500, 10],
  ] as const
).map((posEnuM, k): TrackerSensor => ({ id: `rx-${k}`, posEnuM, detectionProbability: 0.7, clutterPerLook: 0.2 }));
/** Hears that something is within a few kilometres, and nothing more. */
const EAR: TrackerSensor = {
  ...{ id: "ear", posEnuM: [0, 1500, 5], detectionProbability: 0.8, revisitMs: 1000, clutterPerLook: 0.1 },
  fieldOfView: {
    ...{ rangeMinM: 0, rangeMaxM: 3000, azimuthFromRad: -Math.PI, azimuthToRad: Math.PI },
    ...{ elevationMinRad: -Math.PI / 2, elevationMaxRad: Math.PI / 2 },
  },
};
const SENSORS = [RADAR, EAR, ...RECEIVERS];

const distanceM = (a: EnuM, b: EnuM): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const lookOf = (sensor: string, measuredMs: number, ...measurements: TrackerMeasurement[]): TrackerLook => ({
  sensor,
  measuredMs,
  receivedMs: measuredMs + 40,
  detections: measurements.map((measurement): TrackerDetection => ({ measurement })),
});
const spread = (random: () => number, sigma: number): number => sigma * (random() + random() + random() - 1.5) * 2;
const flying = (tS: number): EnuM => [-400 + 14 * tS, 2600 - 9 * tS - 0.15 * tS * tS, 90];

const rangeOf = (sensor: TrackerSensor, at: EnuM, random: () => number): TrackerMeasurement => ({
  kind: "range",
  rangeM: distanceM(at, sensor.posEnuM) + spread(random, 6),
  rangeSigmaM: 6,
});
const differenceOf = (own: TrackerSensor, other: TrackerSensor, at: EnuM, random: () => number): TrackerMeasurement => ({
  kind: "rangeDifference",
  otherSensor: other.id,
  differenceM: distanceM(at, own.posEnuM) - distanceM(at, other.posEnuM) + spread(random, 6),
  sigmaM: 6,
});

/** Ten seconds of radar, then until `untilS` only what `measure` gives. */
function radarThen(measure: (tS: number, random: () => number) => readonly TrackerLook[], seed = 1, untilS = 40) {
  const random = seeded(seed);
  const tracker = createTracker({ sensors: SENSORS });
  for (let s = 0; s < 10; s++) tracker.look({ ...lookOf("radar-1", 1000 * s), detections: [polarOf(flying(s), RADAR, random)] });
  for (let s = 10; s < untilS; s++) for (const look of measure(s, random)) tracker.look(look);
  return tracker;
}

const [RX0, RX1, RX2, RX3] = RECEIVERS as [TrackerSensor, TrackerSensor, TrackerSensor, TrackerSensor];
const byRanges = (s: number, random: () => number): TrackerLook[] =>
  [RX0, RX1, RX2].map((rx, k) => lookOf(rx.id, 1000 * s + 100 * k, rangeOf(rx, flying(s + k / 10), random)));
const byDifferences = (s: number, random: () => number): TrackerLook[] =>
  [RX1, RX2, RX3].map((rx) => lookOf(rx.id, 1000 * s, differenceOf(rx, RX0, flying(s), random)));

for (const [name, measure] of [
  ["ranges", byRanges],
  ["range differences", byDifferences],
] as const)
  test(`${name} alone hold a track that a radar began, and its error is what is said of it`, () => {
    let squares = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const [track, ...more] = radarThen(measure, seed).tracks(39_500);
      assert.ok(track?.confirmed && more.length === 0);
      assert.ok(track.measuredMs >= 38_900, `${track.measuredMs}`);
      const at = flying(39.5);
      const [e, n] = [track.posEnuM[0] - at[0], track.posEnuM[1] - at[1]];
      const [ee = 0, en = 0, nn = 0] = [track.covariance[0], track.covariance[1], track.covariance[7]];
      squares += (nn * e * e - 2 * en * e * n + ee * n * n) / (ee * nn - en * en);
      assert.ok(Math.hypot(e, n) < 40 && Math.sqrt(ee + nn) < 40, `${Math.hypot(e, n)} m off, said ${Math.sqrt(ee + nn)}`);
      assert.deepEqual(new Set(track.contributions.map(({ sensor }) => sensor.slice(0, 2))), new Set(["ra", "rx"]));
    }
    // The mean of 20 squared distances, two degrees of freedom each, lies below 3 but for one time in two hundred.
    assert.ok(squares / 20 < 3, `${squares / 20}`);
  });

test("what a range difference has is the range to its own sensor less that to the other: turned about it is nobody's", () => {
  const turned = (s: number, random: () => number) =>
    byDifferences(s, random).map((look) =>
      lookOf(look.sensor, look.measuredMs, ...look.detections.map(({ measurement: m }) => negated(m))),
    );
  const [track] = radarThen(turned, 1, 14).tracks(14_000);
  assert.ok(track?.contributions.every(({ sensor }) => sensor === "radar-1"));
});

const negated = (m: TrackerMeasurement): TrackerMeasurement =>
  m.kind === "rangeDifference" ? { ...m, differenceM: -m.differenceM } : m;

test("ranges, range differences, sectors and presence begin no track", () => {
  const tracker = createTracker({ sensors: SENSORS });
  for (let s = 0; s < 20; s++) {
    for (const look of [...byRanges(s, seeded(s)), ...byDifferences(s, seeded(s))]) tracker.look(look);
    tracker.look(
      lookOf("ear", 1000 * s, { kind: "presence", radiusM: 2000 }, { kind: "sector", azimuthFromRad: 0, azimuthToRad: 1 }),
    );
  }
  assert.deepEqual(tracker.tracks(20_000), []);
});

test("a presence keeps a track in existence and moves it nowhere; without it time and silence take the track", () => {
  const hear = (kind: "presence" | "sector" | "nothing") =>
    radarThen((s) => {
      const sector = { kind: "sector", azimuthFromRad: -1.5, azimuthToRad: 1.5, rangeMaxM: 3000 } as const;
      // A receiver that happens to hear nothing says nothing, but time passes in the same steps.
      if (kind === "nothing") return [lookOf("rx-0", 1000 * s)];
      return [lookOf("ear", 1000 * s, kind === "sector" ? sector : { kind: "presence" })];
    }).tracks(40_000)[0];
  const [silent, heard, inSector] = [hear("nothing"), hear("presence"), hear("sector")];
  assert.ok(silent && heard && inSector);
  for (const one of [heard, inSector]) {
    // Thirty of three hundred seconds of life.
    assert.ok(one.existence > 0.99 && silent.existence < 0.91, `${one.existence} ${silent.existence}`);
    assert.equal(one.measuredMs, silent.measuredMs, "what is heard somewhere makes no place newer");
    assert.equal(one.contributions.find(({ sensor }) => sensor === "ear")?.lastMs, 39_000);
    assert.deepEqual([one.posEnuM, one.velEnuMps, one.covariance], [silent.posEnuM, silent.velEnuMps, silent.covariance]);
  }
});

test("a presence elsewhere, or in another sector, keeps nothing", () => {
  for (const measurement of [
    { kind: "presence", radiusM: 200 },
    { kind: "sector", azimuthFromRad: 2, azimuthToRad: 4 },
  ] as const) {
    const [track] = radarThen((s) => [lookOf("ear", 1000 * s, measurement)]).tracks(40_000);
    assert.ok((track?.existence ?? 0) < 0.1, `${track?.existence}`);
  }
});

test("one presence is shared by all that it may be of: it makes none of ten tracks surer, and sustains them less than it does one", () => {
  const left = (n: number): readonly number[] => {
    const random = seeded(4);
    const tracker = createTracker({ sensors: SENSORS });
    const plots = (s: number) => Array.from({ length: n }, (_, k) => polarOf([-900 + 200 * k, 2000 + 5 * s, 80], RADAR, random));
    for (let s = 0; s < 10; s++) tracker.look({ ...lookOf("radar-1", 1000 * s), detections: plots(s) });
    assert.equal(tracker.tracks(10_000).length, n);
    for (let s = 10; s < 70; s++) tracker.look(lookOf("ear", 1000 * s, { kind: "presence" }));
    return tracker.tracks(70_000).map(({ existence }) => existence);
  };
  const [alone = 0] = left(1);
  const shared = left(10);
  assert.ok(alone > 0.98, `${alone}`);
  assert.equal(shared.length, 10, "one report is of all that is in it: none of them was missed");
  assert.ok(shared.every((existence) => existence < alone));
  assert.ok(shared.filter((existence) => existence < 0.9).length >= 9, shared.join());
});

test("what a presence says in a look with plots raises nothing either", () => {
  const tracker = createTracker({ sensors: SENSORS });
  const random = seeded(2);
  tracker.look({ ...lookOf("radar-1", 0), detections: [polarOf(flying(0), RADAR, random)] });
  const before = tracker.tracks(0)[0]?.existence ?? 0;
  assert.ok(before > 0.3 && before < 0.99, `${before}`);
  for (let s = 1; s < 5; s++) {
    const far = polarOf([1500, 3500, 100], EAR, random);
    tracker.look({ ...lookOf("ear", 1000 * s), detections: [far, { measurement: { kind: "presence" } }] });
  }
  const after = tracker.tracks(4000)[0]?.existence ?? 0;
  assert.ok(after > 0.5 * before && after <= before + 1e-9, `${before} ${after}`);
});

const WRONG: readonly (readonly [string, TrackerMeasurement])[] = [
  ["not-finite", { kind: "range", rangeM: Number.NaN, rangeSigmaM: 5 }],
  ["absurd", { kind: "range", rangeM: 2e6, rangeSigmaM: 5 }],
  ["absurd", { kind: "range", rangeM: 900, rangeSigmaM: 0 }],
  ["not-finite", { kind: "rangeDifference", otherSensor: "rx-1", differenceM: Number.NEGATIVE_INFINITY, sigmaM: 5 }],
  ["absurd", { kind: "rangeDifference", otherSensor: "rx-1", differenceM: -2e6, sigmaM: 5 }],
  ["not-finite", { kind: "rangeDifference", otherSensor: "rx-1", differenceM: 5, sigmaM: Number.NaN }],
  ["not-finite", { kind: "sector", azimuthFromRad: 0, azimuthToRad: Number.NaN }],
  ["absurd", { kind: "sector", azimuthFromRad: 0, azimuthToRad: 100 }],
  ["absurd", { kind: "sector", azimuthFromRad: 0, azimuthToRad: 1, rangeMaxM: -1 }],
  ["not-finite", { kind: "presence", radiusM: Number.POSITIVE_INFINITY }],
  ["absurd", { kind: "presence", radiusM: 0 }],
];

test("of every kind what is not finite or absurd is refused by name and harms nothing", () => {
  const good = (s: number, random: () => number): TrackerLook[] => [...byRanges(s, random), ...byDifferences(s, random)];
  const bad = radarThen((s, random) =>
    good(s, random).map((look) => ({
      ...look,
      detections: [...look.detections, ...WRONG.map(([, measurement]): TrackerDetection => ({ measurement }))],
    })),
  );
  assert.deepEqual(bad.tracks(40_000), radarThen(good).tracks(40_000));
  const counts = new Map(bad.takeRejections().map(({ code, sensor, count }) => [`${code} ${sensor}`, count]));
  for (const code of ["not-finite", "absurd"])
    assert.equal(counts.get(`${code} rx-3`), 30 * WRONG.filter(([expected]) => expected === code).length);
});

test("a range difference to a sensor that nobody knows is refused, with the name of that sensor", () => {
  const tracker = createTracker({ sensors: SENSORS });
  tracker.look(lookOf("rx-0", 0, { kind: "rangeDifference", otherSensor: "nobody", differenceM: 5, sigmaM: 5 }));
  assert.deepEqual(tracker.takeRejections(), [{ code: "unknown-sensor", sensor: "nobody", count: 1 }]);
});

/** Everything at once: radar, ranges, differences, sectors and presence, with strays; the ear and one receiver report late. */
function medley(): TrackerLook[] {
  const random = seeded(11);
  const looks: TrackerLook[] = [];
  for (let s = 0; s < 25; s++) {
    const beside: EnuM = [300 - 10 * s, 1800, 60];
    looks.push({
      ...lookOf("radar-1", 1000 * s),
      detections: [
        polarOf(flying(s), RADAR, random),
        polarOf(beside, RADAR, random),
        polarOf([2000 * random(), 3000, 80], RADAR, random),
      ],
    });
    for (const at of [flying(s), beside])
      for (const rx of [RX0, RX1]) {
        const stray = { kind: "range", rangeM: 500 + 4000 * random(), rangeSigmaM: 6 } as const;
        const late = rx === RX1 ? 2000 * random() : 50;
        const look = lookOf(rx.id, 1000 * s + 300, rangeOf(rx, at, random), differenceOf(rx, RX2, at, random), stray);
        looks.push({ ...look, receivedMs: look.measuredMs + late });
      }
    const ear = lookOf(
      "ear",
      1000 * s + 500,
      { kind: "presence", radiusM: 2500 },
      { kind: "sector", azimuthFromRad: -1, azimuthToRad: 1 },
    );
    looks.push({ ...ear, receivedMs: ear.measuredMs + 1500 * random() });
  }
  return looks.sort((a, b) => a.receivedMs - b.receivedMs);
}

const run = (looks: readonly TrackerLook[], snapshot?: Uint8Array) => {
  const tracker = createTracker({ sensors: SENSORS }, snapshot);
  for (const look of looks) tracker.look(look);
  return tracker;
};

test("of every kind the order within a look changes nothing, and late looks are as good as timely ones", () => {
  const looks = medley();
  const turned = looks.map((look) => ({ ...look, detections: look.detections.toReversed() }));
  const plain = (tracks: ReturnType<typeof run>) => tracks.tracks(26_000).map(({ serial: _, ...state }) => state);
  const expected = plain(run(looks));
  assert.ok(expected.filter(({ confirmed }) => confirmed).length >= 2);
  assert.deepEqual(plain(run(turned)), expected);
  assert.deepEqual(plain(run(looks.toSorted((a, b) => a.measuredMs - b.measuredMs))), expected);
});

test("of every kind a snapshot goes on byte for byte", () => {
  const looks = medley();
  const whole = run(looks.slice(0, 90));
  const restored = run([], whole.snapshot());
  for (const look of looks.slice(90)) for (const tracker of [whole, restored]) tracker.look(look);
  assert.deepEqual(restored.tracks(26_000), whole.tracks(26_000));
  assert.deepEqual(restored.snapshot(), whole.snapshot());
});

test("one report of something within earshot is of all that is there: nobody fades beside another who takes it", () => {
  const random = seeded(3);
  const tracker = createTracker({ sensors: SENSORS });
  const two = (s: number): readonly EnuM[] => [
    [-300 + 10 * s, 2200, 90],
    [300 + 10 * s, 2600, 90],
  ];
  for (let s = 0; s < 10; s++)
    tracker.look({ ...lookOf("radar-1", 1000 * s), detections: two(s).map((at) => polarOf(at, RADAR, random)) });
  for (let s = 10; s < 18; s++) tracker.look(lookOf("ear", 1000 * s, { kind: "presence" }));
  const existences = tracker
    .tracks(18_000)
    .filter(({ confirmed }) => confirmed)
    .map(({ existence }) => existence);
  assert.equal(existences.length, 2);
  assert.ok(Math.min(...existences) > 0.9, `${existences}`);
});
