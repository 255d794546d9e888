import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Sensor } from "@picket/model";
import { rankOf } from "./levels.ts";
import { createPipeline } from "./pipeline.ts";
import { circle, type Flyer, noise, post, radar, radarScan, START_MS, smallSite } from "./world.fixture.ts";

const CELL_M = 40;
const coarse: Sensor = { ...radar, resolution: { rangeM: CELL_M, azimuthDeg: 1.7, elevationDeg: 5 } };

/** How far apart they fly at a time: they come abreast, fly for half a minute as one plot, and part again. */
const MERGED_FROM_S = 25;
const PARTING_S = 60;
const END_S = 85;
function spacingM(tS: number): number {
  if (tS < MERGED_FROM_S) return 4 + 5 * (MERGED_FROM_S - tS);
  return tS < PARTING_S ? 4 : 4 + 5 * (tS - PARTING_S);
}

/** `count` drones in line abreast that come in at 8 m/s, as they are and as the radar can tell them apart. */
function flyersAt(tS: number, count: number): readonly Flyer[] {
  const gapM = spacingM(tS);
  const places = Array.from({ length: count }, (_, k) => [(k - (count - 1) / 2) * gapM, 1800 - 8 * tS, 90] as const);
  if (gapM >= CELL_M) return places.map((place) => () => place);
  // The cell holds those that are within its width: neighbours, from one end of the line on.
  const merged: Flyer[] = [];
  const inCell = Math.max(1, Math.floor(CELL_M / gapM));
  for (let from = 0; from < count; from += inCell) {
    const own = places.slice(from, from + inCell);
    const east = own.reduce((sum, [e]) => sum + e, 0) / own.length;
    merged.push(() => [east, 1800 - 8 * tS, 90]);
  }
  return merged;
}

const idsAt = (frames: readonly Frame[], s: number): string[] => (frames[s]?.tracks ?? []).map(({ id }) => id as string).sort();

function fly(count: number, seed: number): readonly Frame[] {
  const site = smallSite({ sensors: [coarse], zones: [circle("yard", 0, 1300, 900)], persons: [post("gate", 0, 1200)] });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(seed);
  const frames: Frame[] = [];
  for (let s = 0; s <= END_S; s++)
    frames.push(
      pipeline.tick([radarScan(s, flyersAt(s, count), random, { sensor: coarse, pD: 0.95 })], START_MS + 1000 * s + 100),
    );
  return frames;
}

for (const count of [2, 5])
  test(`${count} drones in a zone whose plots merge for half a minute keep ids, alert, warning and number`, () => {
    for (let seed = 1; seed <= 4; seed++) {
      const frames = fly(count, seed);
      const flown = idsAt(frames, MERGED_FROM_S - 5);
      assert.equal(flown.length, count, `seed ${seed}`);
      const highest = new Map<string, number>();
      frames.slice(MERGED_FROM_S - 5).forEach(({ alerts, warnings, tracks, ended }, k) => {
        const when = `seed ${seed}, ${k + MERGED_FROM_S - 5} s`;
        assert.deepEqual(ended, [], when);
        assert.deepEqual(tracks.map(({ id }) => id).sort(), flown, when);
        const air = alerts.filter(({ zone, person }) => zone !== undefined || person !== undefined);
        assert.ok(
          air.some(({ zone }) => zone === "yard"),
          when,
        );
        for (const { zone, person, level, state, count: told } of air) {
          const whose = `${zone ?? person}`;
          assert.equal(state, "activeUnacknowledged", when);
          assert.ok(rankOf(level) >= (highest.get(whose) ?? 0), `${when}: ${whose} fell to ${level}`);
          highest.set(whose, rankOf(level));
          if (zone === undefined) continue;
          assert.equal(told?.about, count, when);
          assert.ok(told.atLeast >= 1 && told.atLeast <= count, when);
        }
        assert.ok(
          warnings.every(({ state }) => state === "active"),
          when,
        );
        assert.ok(k < 20 || warnings.length === 1, when);
      });
    }
  });

test("what is one plot is told as one group, by every member alike, and no longer once it has parted", () => {
  const frames = fly(5, 1);
  const { tracks } = frames[PARTING_S - 5] ?? assert.fail();
  const [group] = tracks.map((track) => track.group);
  assert.ok(group && tracks.every((track) => JSON.stringify(track.group) === JSON.stringify(group)));
  assert.equal(group.tracks, 5);
  assert.equal(group.leader, "t1-1");
  assert.ok(group.about > 4 && group.about <= 5.1, `about ${group.about}`);
  assert.ok(group.atLeast >= 2 && group.atLeast <= 5, `at least ${group.atLeast}`);
  assert.ok(group.radiusM > 8 && group.radiusM < 60, `${group.radiusM} m`);
  assert.ok(frames.at(-1)?.tracks.every((track) => track.group === undefined));
});

test("one that comes alone and is never parted is one, and no group", () => {
  for (const { tracks } of fly(1, 2).slice(5))
    assert.deepEqual(
      tracks.map(({ group }) => group),
      [undefined],
    );
});
