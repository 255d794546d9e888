import assert from "node:assert/strict";
import test from "node:test";
import { destination } from "@picket/geo";
import type { AssessedTrack } from "@picket/model";
import { NOON_MS, SITE, snapshotOf, trackOf } from "../picture/picture.fixture.ts";
import { nextPicture, type Picture } from "../picture/picture.ts";
import { createInstances, type Emphasis } from "./instances.ts";
import { anchorAt } from "./mercator.ts";
import { type Palette, readPalette } from "./palette.ts";
import { writeScene } from "./scene-rows.ts";
import { strengthAt } from "./track-rows.ts";

const palette: Palette = { ...readPalette(() => "#808080"), critical: [1, 0, 0] };
const emphasis: Emphasis = {
  anchor: anchorAt(SITE.latDeg, SITE.lonDeg),
  palette,
  nowMs: NOON_MS,
  metresPerPx: 10,
  selected: undefined,
  unacknowledged: new Set(),
};

function pictureOf(tracks: readonly AssessedTrack[]): Picture {
  const picture = nextPicture(undefined, snapshotOf({ tracks: [...tracks] }));
  assert.ok(picture);
  return picture;
}

function iconsOf(tracks: readonly AssessedTrack[]): ReturnType<typeof createInstances>["icons"] {
  const rows = createInstances();
  writeScene(rows, pictureOf(tracks), emphasis);
  return rows.icons;
}

for (const count of [1, 50, 1000]) {
  test(`${count} tracks are ${count} icons, wherever they are`, () => {
    const tracks = Array.from({ length: count }, (_, serial) => trackOf(serial, destination(SITE, serial, 10 * serial)));
    assert.equal(iconsOf(tracks).count, count);
  });

  test(`${count} tracks at the very same place are still ${count} icons`, () => {
    const icons = iconsOf(Array.from({ length: count }, (_, serial) => trackOf(serial)));
    assert.equal(icons.count, count);
    for (let row = 0; row < count; row++) assert.ok((icons.data[row * icons.stride + 3] ?? 0) >= 19, "an icon has its full size");
  });
}

test("tracks that are only possible, old, friendly or alarming all have their icon", () => {
  const tracks = [
    trackOf(1, { confirmed: false, existence: 0.01 }),
    trackOf(2, { measuredMs: NOON_MS - 60_000 }),
    trackOf(3, { affiliation: "friend" }),
    trackOf(4, { assessment: { level: "critical", reasons: [], refutedBy: [], zones: [], behaviours: [] } }),
  ];
  assert.equal(iconsOf(tracks).count, tracks.length);
});

test("the most urgent track is written last and so lies on top", () => {
  const critical = trackOf(1, {
    ...destination(SITE, 0, 500),
    assessment: { level: "critical", reasons: [], refutedBy: [], zones: [], behaviours: [] },
  });
  const icons = iconsOf([critical, trackOf(2), trackOf(3)]);
  const last = (icons.count - 1) * icons.stride;
  assert.ok((icons.data[last + 1] ?? 0) < -500, "north of the others");
  assert.deepEqual([...icons.data.slice(last + 8, last + 11)], [1, 0, 0]);
});

test("beside live tracks a drill has a symbol of its own and no alarm's colour; on the page of a drill it has both as live ones do", () => {
  const assessment = { level: "critical" as const, reasons: [], refutedBy: [], zones: [], behaviours: [] };
  const lookOf = (tracks: readonly AssessedTrack[]) => {
    const { data } = iconsOf(tracks);
    return { cell: data[2], fill: [...data.slice(8, 11)] };
  };
  const drill = trackOf(1, { reality: "exercise", assessment });
  const alone = lookOf([drill]);
  assert.deepEqual(alone.fill, [1, 0, 0]);
  const live = lookOf([trackOf(1, { reality: "live", assessment })]);
  assert.deepEqual(live, alone);
  const beside = lookOf([drill, trackOf(2, { reality: "live", assessment })]);
  assert.notEqual(beside.cell, live.cell);
  assert.notDeepEqual(beside.fill, [1, 0, 0]);
});

test("rows of an earlier, larger picture are gone from the next", () => {
  const rows = createInstances();
  writeScene(rows, pictureOf(Array.from({ length: 300 }, (_, serial) => trackOf(serial))), emphasis);
  writeScene(rows, pictureOf([trackOf(1)]), emphasis);
  assert.equal(rows.icons.count, 1);
});

test("an ended track is drawn faintly for a while and is no icon of a live one", () => {
  const before = pictureOf([trackOf(1), trackOf(2)]);
  const end = { id: trackOf(1).id, endMs: NOON_MS, reason: "stale" as const };
  const after = nextPicture(before, {
    type: "delta",
    serial: 2,
    nowMs: NOON_MS,
    tracks: [],
    ended: [end],
    alerts: [],
    alertsGone: [],
    warnings: [],
  });
  assert.ok(after);
  const rows = createInstances();
  writeScene(rows, after, emphasis);
  assert.equal(rows.icons.count, 2);
  assert.equal(after.ended.length, 1);
  assert.equal(after.tracks.size, 1);
});

test("a position fades from two seconds of age to less than half at twenty, and no further", () => {
  assert.equal(strengthAt(0), 1);
  assert.equal(strengthAt(2000), 1);
  assert.ok(Math.abs(strengthAt(20_000) - 0.45) < 1e-12);
  assert.equal(strengthAt(60_000), strengthAt(20_000));
});

test("a group's circle is drawn once, about its own middle, and each of its tracks keeps its icon", () => {
  const centre = destination(SITE, Math.PI / 2, 400);
  const group = { leader: trackOf(2).id, tracks: 3, about: 3, atLeast: 2, ...centre, radiusM: 500 };
  const rows = createInstances();
  writeScene(rows, pictureOf([trackOf(1, { group }), trackOf(2, { group }), trackOf(3, { group })]), emphasis);
  assert.equal(rows.icons.count, 3);
  assert.equal(rows.ellipses.count, 1);
  assert.ok(Math.abs((rows.ellipses.data[0] ?? 0) - 400 / Math.cos((SITE.latDeg * Math.PI) / 180)) < 5, "east of the tracks");
});
