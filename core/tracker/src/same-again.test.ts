import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, SECOND, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { EnuM, Tracker, TrackerDetection, TrackerLook, TrackerMeasurement, TrackerSensor } from "./types.ts";

const NOTCHED: TrackerSensor = {
  ...RADAR,
  notch: { belowMps: 2, pD: 0.1 },
  resolution: { rangeM: 30, azimuthRad: 0.02, elevationRad: 0.05, parts: "byWidth" },
};
const hearing = (id: string, posEnuM: EnuM): TrackerSensor => ({ id, posEnuM, detectionProbability: 0.7, clutterPerLook: 0.2 });
const SENSORS = [
  NOTCHED,
  SECOND,
  hearing("finder", [1500, 0, 5]),
  hearing("ranging", [-1500, 400, 5]),
  hearing("receiver-1", [0, 300, 5]),
  hearing("receiver-2", [400, 300, 5]),
  hearing("agency", [0, 0, 0]),
];
const SECONDS = 40;
/** As late as a look may come. */
const LATEST_MS = 3000;

/** Three fly side by side and merge, one hovers and says who it is, one broadcasts from where nobody is. */
const placesAt = (s: number): readonly EnuM[] => [
  [-20 - Math.max(0, 60 - 4 * s), 2600 - 12 * s, 90],
  [0, 2610 - 12 * s, 90],
  [20 + Math.max(0, 60 - 4 * s), 2600 - 12 * s, 90],
  [900, 1800, 60],
];
const away = (a: EnuM, b: EnuM): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** What seven sensors of all kinds tell of them, each look with the time that it comes at. */
function site(): readonly TrackerLook[] {
  const random = seeded(17);
  const off = (sigma: number): number => sigma * (random() + random() + random() - 1.5) * 2;
  const looks: TrackerLook[] = [];
  const add = (sensor: string, atS: number, detections: readonly TrackerDetection[], more: Partial<TrackerLook> = {}): void => {
    const measuredMs = Math.round(1000 * atS);
    const receivedMs = measuredMs + (random() < 0.3 ? LATEST_MS * random() : 40);
    looks.push({ sensor, measuredMs, receivedMs, detections, ...more });
  };
  const of = (measurement: TrackerMeasurement, more: Partial<TrackerDetection> = {}): TrackerDetection => ({
    measurement,
    ...more,
  });
  for (let s = 0; s < SECONDS; s++) {
    const places = placesAt(s);
    const [, , , hoverer] = places as [EnuM, EnuM, EnuM, EnuM];
    for (const [radar, atS] of [
      [NOTCHED, s],
      [SECOND, s + 0.37],
    ] as const) {
      // From half way on the three are one plot to the first radar.
      const plots = radar === NOTCHED && s > 18 ? [places[1] as EnuM] : places.slice(0, 3);
      const clutter = Array.from({ length: 4 }, (): EnuM => [off(1500), 1500 + 1500 * random(), 200 * random()]);
      const detections = [...plots.filter(() => random() < 0.9), ...(s < 15 ? [hoverer] : []), ...clutter].map((at) => ({
        ...polarOf(at, radar, random),
        classLikelihoods: { multirotor: random(), bird: random() },
        ...(random() < 0.5 && { object: `plot ${s % 3}` }),
      }));
      const sector = radar === SECOND && s % 5 === 0 ? { sector: { azimuthFromRad: -1, azimuthToRad: 0.5 } } : {};
      add(radar.id, atS, detections, sector);
    }
    const bearing = (at: EnuM): TrackerMeasurement => ({
      ...{ kind: "bearing", azimuthRad: Math.atan2(at[0] - 1500, at[1]) + off(0.02), azimuthSigmaRad: 0.02 },
    });
    add("finder", s + 0.2, [
      of(bearing(hoverer), { emitter: "aircraft" }),
      of(bearing(places[0] as EnuM), { propagation: "sound" }),
      of({ kind: "sector", azimuthFromRad: -1, azimuthToRad: -0.5 }),
    ]);
    const rangeM = away(places[0] as EnuM, [-1500, 400, 5]);
    add("ranging", s + 0.6, [
      of({ kind: "range", rangeM: rangeM + off(6), rangeSigmaM: 6 }),
      of({
        kind: "rangeDifference",
        otherSensor: "finder",
        differenceM: rangeM - away(places[0] as EnuM, [1500, 0, 5]),
        sigmaM: 8,
      }),
      of({ kind: "presence", radiusM: 3000 }),
    ]);
    const told = { kind: "position", horizontalSigmaM: 5, verticalSigmaM: 10 } as const;
    const own = of(
      { ...told, posEnuM: [hoverer[0] + off(3), hoverer[1] + off(3), 60] },
      { claim: "serial:own", origin: `own ${s}` },
    );
    const lie = { ...told, posEnuM: [-700, 1500 + off(3), 80] } as const;
    const false1 = of(lie, { claim: `serial:false-${Math.floor(s / 8)}`, origin: `lie ${s}` });
    for (const [k, receiver] of ["receiver-1", "receiver-2"].entries())
      add(receiver, s + 0.1 + 0.05 * k, s % 8 < 3 ? [own, false1] : [own], { measuredSigmaMs: 200 });
    if (s % 2 === 0)
      add("agency", s + 0.8, [of({ ...told, posEnuM: [3 + off(5), 2610 - 12 * (s + 0.8), 90] }, { filtered: true })]);
  }
  return looks.sort((a, b) => a.receivedMs - b.receivedMs);
}

const LOOKS = site();
const restored = (snapshot?: Uint8Array): Tracker => createTracker({ sensors: SENSORS }, snapshot);
const after = (looks: readonly TrackerLook[]): Tracker => {
  const tracker = restored();
  for (const look of looks) tracker.look(look);
  return tracker;
};
/** Numbers are given as tracks are asked for, so they alone hang on what had come by then. */
const unnumbered = (tracker: Tracker) =>
  tracker
    .tracks(1000 * SECONDS)
    .map(({ serial: _, group, ...track }) => ({ ...track, group: group && { ...group, leader: 0 } }))
    .sort((a, b) => a.posEnuM[0] - b.posEnuM[0]);

test("whatever sensors tell, the same looks again give the same tracks and the same bytes", () => {
  const [first, again] = [after(LOOKS), after(LOOKS)];
  assert.ok(first.tracks(1000 * SECONDS).filter(({ confirmed }) => confirmed).length >= 3);
  assert.deepEqual(again.tracks(1000 * SECONDS), first.tracks(1000 * SECONDS));
  assert.deepEqual(again.snapshot(), first.snapshot());
});

test("whatever sensors tell, the order of a look's detections changes nothing", () => {
  const random = seeded(4);
  const shuffled = LOOKS.map((look) => ({
    ...look,
    detections: look.detections
      .map((detection) => ({ detection, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ detection }) => detection),
  }));
  const [before, now] = [after(LOOKS), after(shuffled)];
  assert.deepEqual(now.tracks(1000 * SECONDS), before.tracks(1000 * SECONDS));
  assert.deepEqual(now.snapshot(), before.snapshot());
});

test("whatever sensors tell, what comes up to 3 s late gives the tracks of what comes in time, to the last bit", () => {
  const inTime = LOOKS.toSorted((a, b) => a.measuredMs - b.measuredMs);
  const outOfOrder = LOOKS.filter((look, k) => LOOKS.slice(0, k).some(({ measuredMs }) => measuredMs > look.measuredMs));
  assert.ok(outOfOrder.length > 40, `${outOfOrder.length} looks come after later ones`);
  const expected = unnumbered(after(inTime));
  assert.deepEqual(unnumbered(after(LOOKS)), expected);
  // And when everything is settled after each look, not only at the end.
  const asked = restored();
  for (const look of LOOKS) {
    asked.look(look);
    asked.tracks(look.receivedMs);
  }
  assert.deepEqual(unnumbered(asked), expected);
  assert.deepEqual(asked.takeRejections(), [], "nothing was too late");
});

test("whatever sensors tell, going on from a snapshot is the same, byte for byte, as never having stopped", () => {
  for (const cut of [40, 111, 200, 290]) {
    const whole = after(LOOKS.slice(0, cut));
    const next = restored(whole.snapshot());
    for (const look of LOOKS.slice(cut, cut + 60)) {
      whole.look(look);
      next.look(look);
      assert.deepEqual(next.tracks(look.receivedMs), whole.tracks(look.receivedMs));
      assert.deepEqual(next.takeEnded(), whole.takeEnded());
    }
    assert.deepEqual(next.snapshot(), whole.snapshot(), `from look ${cut}`);
  }
});

test("however looks come, who goes on from a snapshot keeps the same states to go back to", () => {
  const random = seeded(9);
  const detections = [
    { measurement: { kind: "position", posEnuM: [0, 900, 60], horizontalSigmaM: 8, verticalSigmaM: 8 } },
  ] as const;
  const looks = Array.from({ length: 3000 }, (_, k): TrackerLook => {
    const measuredMs = Math.round(1000 + 37 * k + 200 * random());
    // Late looks come in among those that are known, before and after the states that are kept.
    return { sensor: RADAR.id, measuredMs, receivedMs: measuredMs + (random() < 0.2 ? 2000 * random() : 0), detections };
  }).sort((a, b) => a.receivedMs - b.receivedMs);
  const whole = restored();
  let next = restored();
  for (const [k, look] of looks.entries()) {
    if (k % 97 === 0) next = restored(next.snapshot());
    for (const tracker of [whole, next]) {
      tracker.look(look);
      if (k % 10 === 0) tracker.tracks(look.receivedMs);
    }
    if (k % 50 === 0) assert.ok(Buffer.compare(next.snapshot(), whole.snapshot()) === 0, `look ${k}`);
  }
});
