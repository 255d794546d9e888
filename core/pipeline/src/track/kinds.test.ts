import assert from "node:assert/strict";
import { test } from "node:test";
import { createLocalFrame, toEnu } from "@picket/geo";
import { type AssessedTrack, type Detection, type Frame, type Scan, type Sensor, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { noise, placeAt, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";

type Place = readonly [number, number, number];

const receiver = (id: string, eastM: number, northM: number): Sensor => ({
  ...{ id: sensorId.parse(id), name: id, kind: "other", rangeMaxM: 8000, detectionProbability: 0.8, clutterPerLook: 0.1 },
  ...placeAt(eastM, northM),
  height: { valueM: 8, sigmaM: 1, reference: "hae" },
});
const STANDS: readonly Place[] = [
  [-2500, 500, 8],
  [2600, 300, 8],
  [300, 5000, 8],
  [-400, -1500, 8],
];
const receivers = STANDS.map(([eastM, northM], k) => receiver(`tdoa-${k}`, eastM, northM));
/** Hears that something is about, once a second. */
const ear: Sensor = { ...receiver("ear-1", 200, 2000), kind: "acoustic", rangeMaxM: 2500, revisitMs: 1000 };
/** A hill hides whatever flies between 1.5 and 3 km from the radar. */
const shaded: Sensor = {
  ...radar,
  shadows: [{ azimuthFromDeg: -60, azimuthToDeg: 60, rangeFromM: 1500, rangeToM: 3000, elevationBelowDeg: 30 }],
};
const isHidden = ([e, n]: Place): boolean => Math.hypot(e, n) > 1500 && Math.hypot(e, n) < 3000;

const at = (tS: number): Place => [-300 + 6 * tS, 3600 - 18 * tS, 100];
const away = (a: Place, b: Place): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const scan = (sensor: string, tS: number, detections: readonly Detection[]): Scan => {
  const measuredMs = START_MS + Math.round(1000 * tS);
  const times = { measuredMs, measuredSigmaMs: 20, receivedMs: measuredMs + 60 };
  return { kind: "scan", sensor: sensorId.parse(sensor), ...times, reality: "live", detections: [...detections] };
};

/** Each receiver's range to what flies, less the first one's. */
const differences = (tS: number, random: () => number): Scan[] =>
  STANDS.slice(1).map((stand, k) => {
    const differenceM = away(at(tS), stand) - away(at(tS), STANDS[0] as Place) + 20 * (random() - 0.5);
    return scan(`tdoa-${k + 1}`, tS, [
      { measurement: { kind: "rangeDifference", otherSensor: "tdoa-0", differenceM, sigmaM: 6 } },
    ]);
  });

const FRAME = createLocalFrame({ latDeg: 32.55, lonDeg: -117.04, altHaeM: 0 });
const offM = ({ latDeg, lonDeg }: AssessedTrack, tS: number): number => {
  const [e, n] = toEnu(FRAME, { latDeg, lonDeg, altHaeM: 0 });
  return Math.hypot(e - at(tS)[0], n - at(tS)[1]);
};

const seen = (tS: number, random: () => number): Scan => radarScan(tS, isHidden(at(tS)) ? [] : [at], random, { sensor: shaded });

test("what range differences and a radar tell of one drone is one track, which the differences lead through the radar's shadow", () => {
  const pipeline = createPipeline(smallSite({ sensors: [shaded, ...receivers] }), { bootNumber: 1 });
  const random = noise(8);
  const ids = new Set<string>();
  for (let s = 0; s < 100; s++) {
    const { tracks } = pipeline.tick([seen(s, random), ...differences(s, random)], START_MS + 1000 * s + 100);
    if (s < 10) continue;
    for (const { id } of tracks) ids.add(id);
    const [track] = tracks;
    assert.ok(track && tracks.length === 1, `${s} s: ${tracks.map(({ id }) => id).join()}`);
    assert.ok(offM(track, s + 0.1) < 60, `${s} s: ${offM(track, s + 0.1)} m off`);
  }
  assert.equal(ids.size, 1, [...ids].join());
});

test("a presence keeps a drone alive in a radar's shadow, and moves it nowhere", () => {
  const fly = (hears: boolean): readonly Frame[] => {
    const pipeline = createPipeline(smallSite({ sensors: [shaded, ear] }), { bootNumber: 1 });
    const random = noise(9);
    return Array.from({ length: 90 }, (_, s) => {
      // An ear that hears nothing here says nothing either: it is the silence of a broadcast's receiver, no look.
      const heard = hears ? [scan("ear-1", s + 0.02, [{ measurement: { kind: "presence" } }])] : [];
      return pipeline.tick([seen(s, random), ...heard], START_MS + 1000 * s + 100);
    });
  };
  const [deaf, hearing] = [fly(false), fly(true)];
  const deep = 85;
  const [alone, kept] = [deaf[deep]?.tracks[0], hearing[deep]?.tracks[0]];
  assert.ok(isHidden(at(deep)) && alone && kept);
  assert.ok(kept.existence > 0.98 && kept.existence > alone.existence + 0.05, `${kept.existence} ${alone.existence}`);
  assert.equal(kept.measuredMs, alone.measuredMs);
  const apartM = Math.hypot((kept.latDeg - alone.latDeg) * 111_000, (kept.lonDeg - alone.lonDeg) * 93_000);
  assert.ok(apartM < 1, `${apartM} m`);
});

test("what only range differences tell of is placed, with what is not known of its height, and a snapshot goes on byte for byte", () => {
  const site = smallSite({ sensors: receivers });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(10);
  for (let s = 0; s < 40; s++) pipeline.tick(differences(s, random), START_MS + 1000 * s + 200);
  const same = createPipeline(site, { bootNumber: 1 }, pipeline.snapshot());
  for (let s = 40; s < 60; s++) {
    const inputs = differences(s, random);
    const frame = pipeline.tick(inputs, START_MS + 1000 * s + 200);
    assert.deepEqual(same.tick(inputs, START_MS + 1000 * s + 200), frame);
    const [track] = frame.tracks;
    assert.ok(track && frame.tracks.length === 1 && track.height === undefined && track.confirmed);
    assert.ok(offM(track, s + 0.2) < 60, `${s} s: ${offM(track, s + 0.2)} m off`);
  }
});

test("a range difference to a sensor that is not configured is counted and harms nothing", () => {
  const pipeline = createPipeline(smallSite({ sensors: receivers }), { bootNumber: 1 });
  const stray: Detection = { measurement: { kind: "rangeDifference", otherSensor: "nobody", differenceM: 100, sigmaM: 5 } };
  for (let s = 0; s < 5; s++) pipeline.tick([scan("tdoa-1", s, [stray])], START_MS + 1000 * s + 200);
  const { tracks } = pipeline.tick([], START_MS + 6000);
  assert.deepEqual(tracks, []);
});
