import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { Tracker, TrackerLook, TrackerSensor } from "./types.ts";

/** A radar that sends three drones' plots one by one, each with the time at which its turn began. */
function plotByPlot(): TrackerLook[] {
  const random = seeded(5);
  const looks: TrackerLook[] = [];
  for (let s = 0; s < 8; s++)
    for (const [k, east] of [-900, 0, 900].entries()) {
      const azimuthRad = Math.atan2(east, 2000);
      looks.push({
        sensor: "radar-1",
        measuredMs: 1000 * s,
        receivedMs: 1000 * s + 20 + 300 * k,
        sector: { azimuthFromRad: azimuthRad - 0.1, azimuthToRad: azimuthRad + 0.1 },
        detections: [polarOf([east, 2000 - 10 * s, 80], RADAR, random)],
      });
    }
  return looks;
}

test("tracks that begin in looks of one sensor at one time have numbers of their own", () => {
  const tracker = createTracker({ sensors: [RADAR] });
  for (const look of plotByPlot()) {
    tracker.look(look);
    const serials = tracker.tracks(look.receivedMs).map(({ serial }) => serial);
    assert.equal(new Set(serials).size, serials.length, `at ${look.receivedMs} ms: ${serials}`);
  }
  assert.equal(tracker.tracks(8000).filter(({ confirmed }) => confirmed).length, 3);
});

test("they keep them when a late look and a snapshot have them taken again", () => {
  const looks = plotByPlot();
  const first = createTracker({ sensors: [RADAR] });
  for (const look of looks.slice(0, 5)) first.look(look);
  const placeOf = (tracker: typeof first): readonly (readonly [number, number])[] =>
    tracker.tracks(2000).map(({ serial, posEnuM: [e] }) => [serial, Math.round(e / 900)] as const);
  const before = placeOf(first);
  const tracker = createTracker({ sensors: [RADAR] }, first.snapshot());
  const elsewhere = { azimuthFromRad: -1.5, azimuthToRad: -1.4 };
  tracker.look({ sensor: "radar-1", measuredMs: 500, receivedMs: 1900, sector: elsewhere, detections: [] });
  assert.equal(before.length, 3);
  assert.deepEqual(placeOf(tracker), before);
});

test("a track keeps its number when a look comes late after a lull", () => {
  const tracker = createTracker({ sensors: [RADAR] });
  const see = (ms: number, receivedMs: number): void =>
    tracker.look({
      sensor: "radar-1",
      measuredMs: ms,
      receivedMs,
      detections: [polarOf([600, 1500 - ms / 100, 80], RADAR, () => 0.5)],
    });
  const first = (ms: number): number | undefined => tracker.tracks(ms).find(({ firstMs }) => firstMs === 0)?.serial;
  for (let ms = 0; ms < 6000; ms += 1000) see(ms, ms + 20);
  assert.equal(first(6000), 1);
  see(26_000, 26_020);
  assert.equal(first(26_020), 1);
  see(25_000, 26_040);
  assert.equal(first(26_040), 1);
  assert.equal(
    createTracker({ sensors: [RADAR] }, tracker.snapshot())
      .tracks(26_040)
      .find(({ firstMs }) => firstMs === 0)?.serial,
    1,
  );
});

const SHORT: TrackerSensor = {
  ...RADAR,
  fieldOfView: { rangeMinM: 0, rangeMaxM: 3000, azimuthFromRad: -1.5, azimuthToRad: 1.5, elevationMinRad: 0, elevationMaxRad: 1 },
};

/** A drone that flies out of the radar's field, which looks on. */
function flyOut(): Tracker {
  const tracker = createTracker({ sensors: [SHORT] });
  for (let s = 0; s < 20; s++)
    tracker.look({
      sensor: "radar-1",
      measuredMs: 1000 * s,
      receivedMs: 1000 * s + 20,
      detections: [polarOf([0, 2300 + 60 * s, 80], SHORT, () => 0.5)],
    });
  return tracker;
}
const NEWEST_MS = 19_000;
const STALE_MS = 120_000;

test("the end of a track is told once, as stale, when it is no longer told, whether sensors look on or are silent", () => {
  for (const isLooking of [true, false]) {
    let tracker = flyOut();
    const said: string[] = [];
    for (let s = 20; s < 200; s++) {
      const nowMs = 1000 * s + 500;
      if (isLooking) tracker.look({ sensor: "radar-1", measuredMs: 1000 * s, receivedMs: nowMs, detections: [] });
      const told = tracker.tracks(nowMs).length;
      assert.equal(told, nowMs - NEWEST_MS <= STALE_MS ? 1 : 0, `${nowMs} ms`);
      // A restart between being asked and telling the end changes nothing.
      tracker = createTracker({ sensors: [SHORT] }, tracker.snapshot());
      for (const { serial, endMs, reason } of tracker.takeEnded()) said.push(`${serial} ${endMs} ${reason}`);
    }
    assert.deepEqual(said, [`1 ${NEWEST_MS + STALE_MS + 500} stale`]);
  }
});

test("a track whose end was told, and which a late look brings back, has another number", () => {
  const tracker = flyOut();
  tracker.tracks(NEWEST_MS);
  const nowMs = NEWEST_MS + STALE_MS + 500;
  assert.deepEqual(tracker.tracks(nowMs), []);
  assert.deepEqual(
    tracker.takeEnded().map(({ serial }) => serial),
    [1],
  );
  const at = polarOf([0, 2300 + 60 * 22, 80], SHORT, () => 0.5);
  tracker.look({ sensor: "radar-1", measuredMs: 22_000, receivedMs: nowMs, detections: [at] });
  const [back] = tracker.tracks(nowMs);
  assert.deepEqual([back?.firstMs, back?.serial === 1], [0, false]);
  const again = createTracker({ sensors: [SHORT] }, tracker.snapshot());
  tracker.look({ sensor: "radar-1", measuredMs: 21_000, receivedMs: nowMs, detections: [] });
  for (const one of [tracker, again]) assert.equal(one.tracks(nowMs)[0]?.serial, back?.serial);
});

test("a time that is none is refused by name", () => {
  assert.throws(() => createTracker({ sensors: [RADAR] }).tracks(Number.NaN), /RangeError.*Unix milliseconds, got NaN/);
});

test("a track whose end was told, and that late looks bring back, has a number of its own", () => {
  const quick: TrackerSensor = { ...RADAR, revisitMs: 250 };
  const tracker = createTracker({ sensors: [quick, { ...quick, id: "radar-2" }] });
  const see = (sensor: string, ms: number, receivedMs: number, isSeen: boolean): void => {
    const detections = isSeen ? [polarOf([600, 1500 - ms / 100, 80], RADAR, () => 0.5)] : [];
    tracker.look({ sensor, measuredMs: ms, receivedMs, detections });
  };
  const ended: number[] = [];
  for (let ms = 0; ms <= 5500; ms += 250) {
    see("radar-1", ms, ms, ms <= 3000);
    tracker.tracks(ms);
    ended.push(...tracker.takeEnded().map(({ serial }) => serial));
  }
  assert.deepEqual(ended, [1]);
  // The other radar saw it all along.
  for (let ms = 3100; ms <= 5500; ms += 250) see("radar-2", ms, 5600, true);
  assert.deepEqual(
    tracker.tracks(5600).map(({ serial, firstMs }) => [serial, firstMs]),
    [[2, 0]],
  );
});
