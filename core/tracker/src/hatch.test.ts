import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackerSettings } from "./settings.ts";
import { decodeSnapshot } from "./snapshot.ts";
import { polarOf, RADAR, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerDetection, TrackerLook } from "./types.ts";

const SENSOR = { ...RADAR, clutterPerLook: 60 };
const FLIERS = 6;

/** Six drones in clutter that lies anywhere; with `rateSigmaMps` plots have a range rate, false ones any. */
function looksOf(seed: number, rateSigmaMps?: number): readonly TrackerLook[] {
  const random = seeded(seed);
  const withRate = (plot: TrackerDetection, rangeRateMps: number): TrackerDetection =>
    rateSigmaMps === undefined || plot.measurement.kind !== "polar"
      ? plot
      : { measurement: { ...plot.measurement, rangeRateMps, rangeRateSigmaMps: rateSigmaMps } };
  return Array.from({ length: 30 }, (_, s) => {
    const plots: TrackerDetection[] = [];
    for (let k = 0; k < FLIERS; k++) {
      // They come one after the other: what is there from the first look on is told of at once.
      if (s < 4 + 2 * k || random() < 0.1) continue;
      const [e, n, u] = [-1500 + 500 * k + 9 * s, 2500 + 120 * k - 14 * s, 80 + 10 * k] as const;
      const rangeM = Math.sqrt(e * e + n * n + (u - 10) * (u - 10));
      plots.push(
        withRate(polarOf([e, n, u], SENSOR, random), (9 * e - 14 * n) / rangeM + (random() - 0.5) * (rateSigmaMps ?? 0)),
      );
    }
    for (let k = 0; k < 60; k++) {
      const [rangeM, azimuthRad] = [200 + 5500 * random(), 2.8 * random() - 1.4];
      const place = [rangeM * Math.sin(azimuthRad), rangeM * Math.cos(azimuthRad), 20 + 300 * random()] as const;
      plots.push(withRate(polarOf(place, SENSOR, random), 60 * random() - 30));
    }
    return { sensor: SENSOR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections: plots };
  });
}

function trackerOf(looks: readonly TrackerLook[], settings: Partial<TrackerSettings> = {}): ReturnType<typeof createTracker> {
  const tracker = createTracker({ sensors: [SENSOR], settings });
  for (const look of looks) tracker.look(look);
  return tracker;
}

/** A newborn is what is too improbable to tell of: where everything is told, all are rows from the beginning. */
const ALL_ROWS = { tellAbove: 0 };

for (const [name, rateSigmaMps] of [
  ["places alone", undefined],
  ["range rates too", 0.5],
] as const)
  test(`drones that begin as newborns are the tracks that rows would have given, of plots with ${name}`, () => {
    for (const seed of [1, 2, 3]) {
      const looks = looksOf(seed, rateSigmaMps);
      const [ours, rows] = [trackerOf(looks), trackerOf(looks, ALL_ROWS)].map((tracker) =>
        tracker.tracks(29_000).filter(({ confirmed }) => confirmed),
      );
      assert.equal(ours?.length, FLIERS);
      assert.equal(rows?.length, FLIERS);
      for (const { posEnuM, velEnuMps, firstMs } of ours ?? []) {
        const apart = (other: { posEnuM: readonly number[]; velEnuMps: readonly number[] }): number =>
          Math.max(...posEnuM.map((value, k) => Math.abs(value - (other.posEnuM[k] ?? 0)))) +
          Math.max(...velEnuMps.map((value, k) => Math.abs(value - (other.velEnuMps[k] ?? 0))));
        const [twin] = (rows ?? []).toSorted((a, b) => apart(a) - apart(b));
        assert.ok(twin && apart(twin) < 1, `seed ${seed}: ${posEnuM}, ${twin?.posEnuM}`);
        assert.equal(firstMs, twin.firstMs);
      }
    }
  });

test("what is seen once in clutter is a newborn, and gone when looks have had nothing for it", () => {
  const looks = looksOf(4).map((look) => ({ ...look, detections: look.detections.slice(-60) }));
  const after = (count: number, more: readonly TrackerLook[] = []): ReturnType<typeof decodeSnapshot>["state"] => {
    const tracker = trackerOf([...looks.slice(0, count), ...more], { lateMs: 0 });
    tracker.tracks(60_000);
    return decodeSnapshot(tracker.snapshot()).state;
  };
  const empty = (s: number): TrackerLook => ({ sensor: SENSOR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections: [] });
  const busy = after(20, [empty(20)]);
  assert.ok(busy.newborns.count > 40 && busy.newborns.count < 150, `${busy.newborns.count} newborns`);
  assert.ok(busy.tracks.count < busy.newborns.count / 2, `${busy.tracks.count} rows`);
  const silence = Array.from({ length: 20 }, (_, s) => empty(20 + s));
  // Of what began beyond the edge of the field no look says anything.
  assert.ok(after(20, silence).newborns.count < 3);
  assert.equal(after(20, [...silence, empty(200), empty(201)]).newborns.count, 0);
});

test("a newborn keeps its chances when a sensor is added, and goes on from a snapshot byte for byte", () => {
  const looks = looksOf(5);
  const sensors = [SENSOR, { ...SENSOR, id: "radar-2", posEnuM: [400, 0, 10] as const }];
  const run = (saveAt: number | undefined): Uint8Array => {
    let tracker = createTracker({ sensors: [SENSOR] });
    looks.forEach((look, s) => {
      if (s === 12) tracker.sensors(sensors);
      if (s === saveAt) tracker = createTracker({ sensors }, tracker.snapshot());
      tracker.look(look);
      tracker.tracks(look.measuredMs);
    });
    return tracker.snapshot();
  };
  assert.deepEqual(run(20), run(undefined));
});

const PLOT = polarOf([600, 2000, 90], SENSOR, () => 0.5);
const radarLook = (s: number, detections: readonly TrackerDetection[]): TrackerLook => ({
  ...{ sensor: SENSOR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections },
});
const quiet = Array.from({ length: 10 }, (_, s) => radarLook(s, []));

test("who hears a newborn, and gives no place, does not count it as missed", () => {
  const finder = { id: "finder", posEnuM: [500, 0, 5], detectionProbability: 0.8, revisitMs: 1000, clutterPerLook: 0.1 } as const;
  const heard = { kind: "bearing", azimuthRad: Math.atan2(100, 2000), azimuthSigmaRad: 0.03 } as const;
  const existenceAfter = (bearings: number): number => {
    const tracker = createTracker({ sensors: [SENSOR, finder], settings: { lateMs: 0 } });
    for (const look of [...quiet, radarLook(10, [PLOT])]) tracker.look(look);
    for (let k = 1; k <= bearings; k++) tracker.look({ ...radarLook(10 + k / 10, [{ measurement: heard }]), sensor: finder.id });
    // A state is kept before the first look of a part of time: this one sees nothing of where the newborn is.
    tracker.look({ ...radarLook(10.8, []), sector: { azimuthFromRad: -1.4, azimuthToRad: -1.3 } });
    tracker.tracks(10_800);
    const { newborns } = decodeSnapshot(tracker.snapshot()).state;
    return newborns.existence[0] ?? 0;
  };
  assert.ok(existenceAfter(0) > 0.01);
  assert.equal(existenceAfter(3), existenceAfter(0));
});

test("a newborn's range rate lies along the line that its sensor saw it on, wherever that sensor is now", () => {
  const withRate: TrackerDetection =
    PLOT.measurement.kind === "polar"
      ? { measurement: { ...PLOT.measurement, rangeRateMps: -15, rangeRateSigmaMps: 0.5 } }
      : assert.fail("a radar's plot is polar");
  const other = { ...SENSOR, id: "other", posEnuM: [3000, 2000, 10] as const };
  const velocityWith = (moveTo: readonly [number, number, number]): readonly number[] => {
    const tracker = createTracker({ sensors: [SENSOR, other], settings: { lateMs: 0 } });
    // Looks that see nothing of where it is: what is older than they are is not worked out again when a sensor moves.
    const aside = [10.3, 10.6, 10.9].map((s) => ({ ...radarLook(s, []), sector: { azimuthFromRad: -1.4, azimuthToRad: -1.3 } }));
    for (const look of [...quiet, radarLook(10, [withRate]), ...aside]) tracker.look(look);
    tracker.tracks(10_900);
    tracker.sensors([{ ...SENSOR, posEnuM: moveTo }, other]);
    for (let k = 1; k <= 3; k++) {
      const detections = [polarOf([600 - 4 * k, 2000 - 14 * k, 90], other, () => 0.5)];
      tracker.look({ sensor: other.id, measuredMs: 10_000 + 1000 * k, receivedMs: 10_000 + 1000 * k, detections });
    }
    return tracker.tracks(13_000)[0]?.velEnuMps ?? [];
  };
  const [stayed, moved] = [velocityWith(SENSOR.posEnuM), velocityWith([2500, 1900, 10])];
  assert.ok(
    stayed.length === 3 && Math.hypot(...stayed.map((value, k) => value - (moved[k] ?? Number.NaN))) < 1,
    `${stayed}, ${moved}`,
  );
});
