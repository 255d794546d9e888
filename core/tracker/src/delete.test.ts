import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerLook } from "./types.ts";

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
