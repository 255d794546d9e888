import assert from "node:assert/strict";
import { test } from "node:test";
import { plotAt, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerSensor } from "./types.ts";

const RADAR: TrackerSensor = {
  id: "radar",
  posEnuM: [0, 0, 0],
  detectionProbability: 0.9,
  revisitMs: 1000,
  clutterPerLook: 1,
  resolution: { rangeM: 10, azimuthRad: 0.02, elevationRad: 0.05, parts: "byGrid" },
};

test("two that fly abreast nearer than a plot's spread stay two, and apart", () => {
  const tracker = createTracker({ sensors: [RADAR] });
  for (let s = 0; s <= 40; s++) {
    // They come from apart, close to 24 m (the plots' spread across is 10 m) and stay so.
    const half = Math.max(12, 150 - 12 * s);
    const detections = [plotAt(-half, 2500 - 12 * s, 80), plotAt(half, 2500 - 12 * s, 80)];
    tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
  }
  const tracks = tracker.tracks(40_000).filter(({ confirmed, existence }) => confirmed && existence > 0.5);
  const east = tracks.map(({ posEnuM }) => posEnuM[0]).sort((a, b) => a - b);
  assert.equal(east.length, 2);
  // Averaged over both plots they would be at 0; half the distance is what is asked.
  assert.ok((east[0] ?? 0) < -6 && (east[1] ?? 0) > 6, `at ${east}`);
});

test("plots that merge for some seconds do not end a track, and plots that stay away do", () => {
  for (const { resolution, isKept } of [
    { resolution: RADAR.resolution, isKept: true },
    { resolution: undefined, isKept: false },
  ]) {
    const { resolution: _, ...sharp } = RADAR;
    const tracker = createTracker({ sensors: [resolution === undefined ? sharp : RADAR] });
    for (let s = 0; s <= 16; s++) {
      const north = 2500 - 12 * s;
      const apart = [plotAt(-15, north, 80), plotAt(15, north, 80)];
      const detections = s <= 12 ? apart : [plotAt(0, north, 80)];
      tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    const alive = tracker.tracks(16_000).filter(({ confirmed, existence }) => confirmed && existence > 0.5);
    assert.equal(alive.length, isKept ? 2 : 1, `with ${resolution ? "a" : "no"} stated resolution`);
  }
});

/** A narrow field with a false alarm at each look, anywhere in it. */
const NARROW: TrackerSensor = {
  ...RADAR,
  clutterPerLook: 1,
  fieldOfView: {
    ...{ rangeMinM: 1500, rangeMaxM: 3500, azimuthFromRad: -0.3, azimuthToRad: 0.3 },
    ...{ elevationMinRad: 0, elevationMaxRad: 0.1 },
  },
};

/** Looks until a drone that joins others in flight, or flies where nobody else does, is confirmed; and its course at the first of them. */
function joinsAfter(others: readonly (readonly [number, number])[], companionRate?: number): { looks: number; velMps: number } {
  const settings = companionRate === undefined ? {} : { companionRate };
  const tracker = createTracker({ sensors: [NARROW], settings });
  const random = seeded(3);
  const first = 10;
  let velMps = Number.NaN;
  for (let s = 0; s < 30; s++) {
    const north = 2500 - 12 * s;
    const detections = others.map(([e, n]) => plotAt(e, north + n, 80));
    detections.push(plotAt(1200 * random() - 600, 1600 + 1800 * random(), 200 * random()));
    if (s >= first) detections.push(plotAt(0, north, 80));
    tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    const tracks = tracker.tracks(1000 * s);
    const joined = tracks.find(({ posEnuM: [e, n] }) => s >= first && e * e + (n - north) * (n - north) < 100);
    if (s === first) velMps = joined?.velEnuMps[1] ?? Number.NaN;
    if (joined?.confirmed) return { looks: s - first + 1, velMps };
  }
  return { looks: Number.POSITIVE_INFINITY, velMps };
}

test("one that joins a swarm is known sooner, and from the first to fly with it", () => {
  const swarm = [
    [-45, 0],
    [45, 0],
    [0, 45],
    [0, -45],
  ] as const;
  const inSwarm = joinsAfter(swarm);
  assert.equal(inSwarm.looks, 2);
  // They fly at -12 m/s; that it hovers or is on its own is not excluded.
  assert.ok(inSwarm.velMps < -6, `${inSwarm.velMps} m/s`);
  // Without company it is not worth telling at first.
  assert.ok(joinsAfter(swarm, 0).looks > 2);
});

test("company begins with two: what flies beside one other is known no sooner than alone", () => {
  assert.equal(joinsAfter([[45, 0]]).looks, joinsAfter([]).looks);
});
