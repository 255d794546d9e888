import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "../settings.ts";
import { plotAt, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackEnd, Tracker, TrackerLook, TrackerSensor } from "../types.ts";

const CELL = { rangeM: 40, azimuthRad: 0.02, elevationRad: 0.05 };
const WIDE: TrackerSensor = {
  id: "radar",
  posEnuM: [0, 0, 0],
  detectionProbability: 0.9,
  revisitMs: 1000,
  clutterPerLook: 1,
  resolution: { ...CELL, parts: "byWidth" },
};
const GRID: TrackerSensor = { ...WIDE, resolution: { ...CELL, parts: "byGrid" } };

/** Two come abreast from 240 m apart, are one plot from the 13th look on, nearer than the cell, and two again when they have parted from `partS` on. */
function lookAt(s: number, partS = Number.POSITIVE_INFINITY): TrackerLook {
  const north = 2500 - 10 * s;
  const half = Math.max(5, 120 - 8 * s) + 6 * Math.max(0, s - partS);
  const isOne = 2 * half < CELL.azimuthRad * north;
  const detections = isOne ? [plotAt(0, north, 80)] : [plotAt(-half, north, 80), plotAt(half, north, 80)];
  return { sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections };
}

function run(tracker: Tracker, fromS: number, toS: number, partS?: number): void {
  for (let s = fromS; s <= toS; s++) {
    tracker.look(lookAt(s, partS));
    tracker.tracks(1000 * s);
  }
}

test("two whose plots merge tell one group alike, and none once they have parted", () => {
  const tracker = createTracker({ sensors: [WIDE] });
  run(tracker, 0, 10);
  const ids = tracker.tracks(10_000).map(({ serial }) => serial);
  run(tracker, 11, 45, 45);
  const merged = tracker.tracks(45_000);
  assert.deepEqual(
    merged.map(({ serial }) => serial),
    ids,
  );
  const [group] = merged.map((track) => track.group);
  assert.ok(group && merged.every((track) => track.group && Object.entries(track.group).join() === Object.entries(group).join()));
  assert.equal(group.leader, ids[0]);
  assert.equal(group.tracks, 2);
  assert.ok(group.about > 1.8 && group.about < 2.1, `about ${group.about}`);
  assert.ok(group.atLeast <= 2);
  assert.ok(
    merged.every(({ measuredMs }) => measuredMs === 45_000),
    "who shares a plot has been seen",
  );
  for (const { posEnuM } of merged)
    assert.ok(Math.hypot(posEnuM[0] - group.centreEnuM[0], posEnuM[1] - group.centreEnuM[1]) <= group.radiusM);
  run(tracker, 46, 65, 45);
  const parted = tracker.tracks(65_000);
  assert.deepEqual(
    parted.map(({ serial, group: told }) => ({ serial, told })),
    ids.map((serial) => ({ serial, told: undefined })),
  );
});

test("silence raises nobody's existence, and what is missed together is missed once", () => {
  const tracker = createTracker({ sensors: [WIDE] });
  run(tracker, 0, 25);
  const before = tracker.tracks(25_000);
  const existences = [before.map(({ existence }) => existence)];
  for (let s = 26; s <= 28; s++) {
    tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections: [] });
    existences.push(tracker.tracks(1000 * s).map(({ existence }) => existence));
  }
  for (let k = 1; k < existences.length; k++)
    for (const [i, r] of (existences[k] ?? []).entries()) assert.ok(r < (existences[k - 1]?.[i] ?? 0), `look ${k}: ${r}`);
  const last = existences.at(-1) ?? [];
  assert.equal(before[0]?.group?.atLeast, 2, "both were shown by plots of their own, and are surely there");
  const { about = Number.NaN, atLeast } = tracker.tracks(28_000)[0]?.group ?? {};
  assert.equal(atLeast, 1, "of two that are each as likely gone nobody is sure of both");
  const expected = last.reduce((sum, r) => sum + r, 0) * (1 + defaultSettings.companionRate);
  assert.ok(Math.abs(about - expected) < 1e-9, `about ${about}, and ${expected} are expected`);
  // Three misses of a radar that sees nine of ten would leave one in twenty of each, were they two by two.
  assert.ok(Math.min(...last) > 0.4, `${last}`);
});

test("who was seen by himself and ends in a group that goes on is lost, and has not merged", () => {
  // A grid would have parted the two by now: one of them is there no longer.
  const tracker = createTracker({ sensors: [GRID] });
  const ends: TrackEnd[] = [];
  for (let s = 0; s <= 60; s++) {
    run(tracker, s, s);
    ends.push(...tracker.takeEnded());
  }
  const [left, ...more] = tracker.tracks(60_000);
  assert.ok(left && more.length === 0 && left.group === undefined);
  assert.deepEqual(
    ends.map(({ reason }) => reason),
    ["existence"],
  );
});

test("a second track of what was seen apart for three looks only has merged, into the one that goes on", () => {
  for (const sensor of [WIDE, GRID]) {
    const tracker = createTracker({ sensors: [sensor] });
    const ends: TrackEnd[] = [];
    for (let s = 0; s <= 40; s++) {
      const north = 2500 - 10 * s;
      const detections = s < 3 ? [plotAt(-8, north, 80), plotAt(8, north, 80)] : [plotAt(0, north, 80)];
      tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
      tracker.tracks(1000 * s);
      ends.push(...tracker.takeEnded());
    }
    const [left, ...more] = tracker.tracks(40_000);
    assert.ok(left && more.length === 0);
    assert.deepEqual(
      ends.map((end) => ({ reason: end.reason, into: end.reason === "merged" ? end.mergedInto : undefined })),
      [{ reason: "merged", into: left.serial }],
    );
  }
});

test("at least so many is not told of those that were never seen apart", () => {
  const tracker = createTracker({ sensors: [WIDE] });
  const random = seeded(4);
  // One that gives two plots now and then, as a radar splits them.
  for (let s = 0; s <= 60; s++) {
    const north = 2500 - 10 * s;
    const second = random() < 0.05 ? [plotAt(9, north, 80)] : [];
    tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections: [plotAt(0, north, 80), ...second] });
    for (const { group } of tracker.tracks(1000 * s))
      assert.ok((group?.atLeast ?? 1) === 1, `${s} s: at least ${group?.atLeast}`);
  }
});

test("a group goes on from a snapshot, and is the same when looks come late", () => {
  const tracker = createTracker({ sensors: [WIDE] });
  run(tracker, 0, 20);
  const again = createTracker({ sensors: [WIDE] }, tracker.snapshot());
  const late = createTracker({ sensors: [WIDE] });
  for (let s = 0; s <= 30; s += 2) {
    if (s < 30) late.look(lookAt(s + 1));
    late.look(lookAt(s));
  }
  for (const one of [tracker, again]) run(one, 21, 30);
  late.tracks(30_000);
  const told = tracker.tracks(30_500);
  assert.ok(told.some(({ group }) => group !== undefined));
  assert.deepEqual(again.tracks(30_500), told);
  assert.deepEqual(
    late.tracks(30_500).map(({ serial: _, group, ...track }) => ({ ...track, group: group && { ...group, leader: 0 } })),
    told.map(({ serial: _, group, ...track }) => ({ ...track, group: group && { ...group, leader: 0 } })),
  );
});
