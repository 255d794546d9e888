import assert from "node:assert/strict";
import { test } from "node:test";
import { type Detection, type EndedTrack, type Frame, type Scan, type Sensor, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { noise, placeAt, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";

const finder = (id: string, eastM: number, northM: number): Sensor => ({
  ...{ id: sensorId.parse(id), name: id, kind: "directionFinder", rangeMaxM: 8000, detectionProbability: 0.7 },
  ...placeAt(eastM, northM),
});
const PLACES = [
  [-2000, 0],
  [2000, 0],
  [0, 5000],
] as const;
const finders = PLACES.map(([eastM, northM], k) => finder(`df-${k}`, eastM, northM));
const at = (tS: number): readonly [number, number, number] => [-800 + 12 * tS, 2500 + 3 * tS, 100];

/** What each finder hears of the one drone: 2° of noise, and now and then nothing. */
const heard = (tS: number, random: () => number): Scan[] =>
  PLACES.map(([eastM, northM], k): Scan => {
    const [e, n] = at(tS);
    const azimuthRad = Math.atan2(e - eastM, n - northM) + 0.12 * (random() - 0.5);
    const bearing: Detection = { measurement: { kind: "bearing", azimuthRad, azimuthSigmaRad: 0.035 }, emitter: "unknown" };
    const measuredMs = START_MS + Math.round(1000 * tS) + k;
    const times = { measuredMs, measuredSigmaMs: 20, receivedMs: measuredMs + 100 };
    return {
      kind: "scan",
      sensor: sensorId.parse(`df-${k}`),
      ...times,
      reality: "live",
      detections: random() < 0.2 ? [] : [bearing],
    };
  });

test("what only direction finders hear becomes one track of unknown height, far wider than a radar's", () => {
  const pipeline = createPipeline(smallSite({ sensors: finders }), { bootNumber: 1 });
  const random = noise(3);
  const ids = new Set<string>();
  let frame: Frame | undefined;
  for (let s = 0; s < 60; s++) {
    frame = pipeline.tick(heard(s, random), START_MS + 1000 * s + 200);
    for (const { id } of frame.tracks) ids.add(id);
  }
  assert.deepEqual([...ids].length, 1, [...ids].join());
  const [track] = frame?.tracks ?? [];
  assert.ok(track && track.height === undefined && track.ellipse.semiMajorM > 50);
});

test("what a radar tracks is not placed a second time by those who hear it", () => {
  const pipeline = createPipeline(smallSite({ sensors: [radar, ...finders] }), { bootNumber: 1 });
  const random = noise(4);
  for (let s = 0; s < 60; s++) {
    const { tracks } = pipeline.tick([...heard(s, random), radarScan(s, [at], random)], START_MS + 1000 * s + 200);
    if (s > 10) assert.ok(!tracks.some(({ id }) => id.includes("-b")), `${s} s: ${tracks.map(({ id }) => id).join()}`);
  }
});

test("a snapshot goes on byte for byte in the midst of bearings", () => {
  const site = smallSite({ sensors: finders });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(5);
  for (let s = 0; s < 40; s++) pipeline.tick(heard(s, random), START_MS + 1000 * s + 200);
  const same = createPipeline(site, { bootNumber: 1 }, pipeline.snapshot());
  for (let s = 40; s < 45; s++) {
    const inputs = heard(s, random);
    assert.deepEqual(same.tick(inputs, START_MS + 1000 * s + 200), pipeline.tick(inputs, START_MS + 1000 * s + 200));
  }
});

test("a site that moves far ends what was placed, and tells nothing of it any more", () => {
  const site = smallSite({ sensors: finders });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(3);
  const before = new Set<string>();
  for (let s = 0; s < 60; s++)
    for (const { id } of pipeline.tick(heard(s, random), START_MS + 1000 * s + 200).tracks) before.add(id);
  assert.equal(before.size, 1);
  const moved = { ...site, latDeg: site.latDeg + 3 };
  const frame = pipeline.tick([{ kind: "configuration", site: moved }], START_MS + 60_200);
  assert.deepEqual(frame.tracks, []);
  assert.deepEqual(
    frame.ended.map(({ id }) => id),
    [...before],
  );
});

test("two that were placed apart and become one place have merged, into the one that is still told", () => {
  const pipeline = createPipeline(smallSite({ sensors: finders }), { bootNumber: 1 });
  const random = noise(1);
  const ends: { end: EndedTrack; told: readonly string[] }[] = [];
  for (let s = 0; s < 70; s++) {
    const halfM = Math.max(0, 900 - 15 * s);
    const looks = PLACES.map(([eastM, northM], k): Scan => {
      const detections = [-halfM, halfM].flatMap((e): Detection[] => {
        const azimuthRad = Math.atan2(e - eastM, 1500 + 10 * s - northM) + 0.06 * (random() - 0.5);
        const bearing = { kind: "bearing", azimuthRad, azimuthSigmaRad: 0.0175 } as const;
        return random() < 0.2 ? [] : [{ measurement: bearing, emitter: "aircraft" }];
      });
      const measuredMs = START_MS + 1000 * s + 100 * k;
      const times = { measuredMs, measuredSigmaMs: 20, receivedMs: measuredMs + 100 };
      return { kind: "scan", sensor: sensorId.parse(`df-${k}`), ...times, reality: "live", detections };
    });
    const { ended, tracks } = pipeline.tick(looks, START_MS + 1000 * s + 600);
    for (const end of ended) ends.push({ end, told: tracks.map(({ id }) => id) });
  }
  const [{ end, told } = assert.fail("nothing ended"), ...more] = ends;
  assert.equal(more.length, 0);
  assert.equal(end.reason, "merged");
  assert.ok(end.mergedInto !== undefined && end.mergedInto !== end.id && told.includes(end.mergedInto), JSON.stringify(end));
});
