import assert from "node:assert/strict";
import { test } from "node:test";
import { seeded } from "../testing/radars.fixture.ts";
import type { EnuM, TrackerDetection, TrackerLook, TrackerSensor, TrackState } from "../types.ts";
import { createMultilaterator, type Multilaterator } from "./multilaterator.ts";

const receiver = (id: string, posEnuM: EnuM): TrackerSensor => ({
  ...{ id, posEnuM, detectionProbability: 0.7 },
  fieldOfView: {
    ...{ rangeMinM: 0, rangeMaxM: 6000, azimuthFromRad: -Math.PI, azimuthToRad: Math.PI },
    ...{ elevationMinRad: -Math.PI / 2, elevationMaxRad: Math.PI / 2 },
  },
});
const [A, B, C, D] = [
  receiver("a", [-2000, 0, 10]),
  receiver("b", [2000, 200, 20]),
  receiver("c", [0, 4000, 15]),
  receiver("d", [300, 900, 5]),
] as const;
const IN_LINE = [receiver("x", [-2000, 0, 10]), receiver("y", [0, 0, 10]), receiver("z", [2000, 0, 10])];

type Path = (tS: number) => EnuM;
const drone: Path = (tS) => [-900 + 13 * tS, 2200 - 6 * tS, 120];
const away = ([e, n, u]: EnuM, { posEnuM: [se, sn, su] }: TrackerSensor): number => Math.hypot(e - se, n - sn, u - su);
const SIGMA_M = 8;

type Hears = (sensor: TrackerSensor, at: EnuM, noiseM: number) => TrackerDetection;
const range: Hears = (sensor, at, noiseM) => ({
  measurement: { kind: "range", rangeM: Math.max(1, away(at, sensor) + noiseM), rangeSigmaM: SIGMA_M },
});
const differenceTo =
  (other: TrackerSensor): Hears =>
  (sensor, at, noiseM) => ({
    measurement: {
      kind: "rangeDifference",
      otherSensor: other.id,
      differenceM: away(at, sensor) - away(at, other) + noiseM,
      sigmaM: SIGMA_M,
    },
  });

type Scene = Readonly<{
  sensors: readonly TrackerSensor[];
  hears: Hears;
  paths?: readonly Path[];
  multipath?: number;
  more?: Partial<TrackerDetection>;
  seconds?: number;
}>;

/** Each second each sensor measures everything with seven chances in ten. */
function play(
  { sensors, hears, paths = [drone], multipath = 0, more = {}, seconds = 60 }: Scene,
  seed: number,
  poses: readonly TrackerSensor[] = sensors,
) {
  const random = seeded(seed);
  const normal = () => 2 * (random() + random() + random() - 1.5);
  const multilaterator = createMultilaterator(poses);
  const frames: (readonly TrackState[])[] = [];
  for (let s = 0; s < seconds; s++) {
    sensors.forEach((sensor, k) => {
      const measuredMs = 1000 * s + 20 * k;
      const detections = paths.flatMap((path) => {
        if (random() > 0.7) return [];
        const longer = random() < multipath ? 200 + 400 * random() : 0;
        return [{ ...hears(sensor, path(measuredMs / 1000), SIGMA_M * normal() + longer), ...more }];
      });
      multilaterator.hear(lookOf(sensor.id, measuredMs, detections));
    });
    frames.push(multilaterator.advance(1000 * s + 500, []));
  }
  return { multilaterator, frames };
}

const lookOf = (sensor: string, measuredMs: number, detections: readonly TrackerDetection[]): TrackerLook => ({
  sensor,
  measuredMs,
  receivedMs: measuredMs + 50,
  detections,
});

const offM = (track: TrackState, [e, n]: EnuM): number => Math.hypot(track.posEnuM[0] - e, track.posEnuM[1] - n);

for (const [name, scene] of [
  ["three ranges", { sensors: [A, B, C], hears: range }],
  ["three ranges with one in twenty by way of a wall", { sensors: [A, B, C, D], hears: range, multipath: 0.05 }],
  ["the differences of four receivers", { sensors: [B, C, D], hears: differenceTo(A) }],
] as const satisfies readonly (readonly [string, Scene])[])
  test(`${name} place a drone that nothing else tells of, within what is said of its error`, () => {
    let [told, within] = [0, 0];
    for (let seed = 1; seed <= 8; seed++) {
      const { frames } = play(scene, seed, [A, B, C, D]);
      assert.ok(
        frames.slice(0, 30).some((tracks) => tracks.length > 0),
        `seed ${seed} placed nothing in 30 s`,
      );
      frames.forEach((tracks, s) => {
        for (const track of tracks) {
          told++;
          const at = drone(s + 0.5);
          const [e, n] = [track.posEnuM[0] - at[0], track.posEnuM[1] - at[1]];
          const [ee = 0, en = 0, nn = 0] = [track.covariance[0], track.covariance[1], track.covariance[7]];
          // 95 % of an ellipse of two dimensions.
          if (nn * e * e - 2 * en * e * n + ee * n * n < 5.99 * (ee * nn - en * en)) within++;
        }
      });
      assert.ok(new Set(frames.flat().map(({ serial }) => serial)).size === 1, "one drone is one track");
      assert.ok(frames.at(-1)?.every((track) => track.confirmed && !track.heightKnown && offM(track, drone(59.5)) < 100));
    }
    assert.ok(told > 200 && within / told > 0.93, `${within} of ${told}`);
  });

test("two ranges place nothing, nor do three from one line: nobody knows on which side it flies", () => {
  for (let seed = 1; seed <= 5; seed++) {
    assert.deepEqual(play({ sensors: [A, B], hears: range }, seed).frames.flat(), []);
    assert.deepEqual(play({ sensors: IN_LINE, hears: range }, seed).frames.flat(), []);
  }
});

test("two differences place one drone, unconfirmed, and nothing when two fly", () => {
  const sensors = [B, C] as const;
  const one = play({ sensors, hears: differenceTo(A) }, 3, [A, B, C]).frames.flat();
  assert.ok(one.length > 10 && one.every(({ confirmed }) => !confirmed));
  const paths: readonly Path[] = [drone, (tS) => [700 - 8 * tS, 1500 + 11 * tS, 90]];
  assert.deepEqual(
    play({ sensors, hears: differenceTo(A), paths }, 3, [A, B, C])
      .frames.slice(10)
      .flat(),
    [],
  );
});

test("of two drones before four sensors the ghosts are not told", () => {
  const paths: readonly Path[] = [drone, (tS) => [700 - 8 * tS, 1500 + 11 * tS, 90]];
  let [told, ghosts] = [0, 0];
  for (let seed = 1; seed <= 6; seed++)
    play({ sensors: [A, B, C, D], hears: range, paths }, seed).frames.forEach((tracks, s) => {
      for (const track of tracks) {
        told++;
        if (paths.every((path) => offM(track, path(s + 0.5)) > 150)) ghosts++;
      }
    });
  assert.ok(told > 300 && ghosts / told < 0.05, `${ghosts} ghosts of ${told}`);
});

test("what stands still may be the pilot: it is placed only when its sensors say that an aircraft sends", () => {
  const still = { sensors: [A, B, C, D], hears: range, paths: [() => [400, 2000, 60] as EnuM] };
  assert.deepEqual(play(still, 2).frames.flat(), []);
  assert.ok(play({ ...still, more: { emitter: "aircraft" } }, 2).frames.flat().length > 20);
  assert.deepEqual(play({ sensors: [A, B, C, D], hears: range, more: { emitter: "controller" } }, 2).frames.flat(), []);
});

test("what is known already is not placed a second time, and what is heard no more ends once", () => {
  const known = (multilaterator: Multilaterator, s: number) =>
    multilaterator.advance(1000 * s + 500, [
      {
        posEnuM: drone(s + 0.5),
        velEnuMps: [13, -6, 0],
        covariance: Float64Array.from({ length: 36 }, (_, k) => (k % 7 === 0 ? 400 : 0)),
      },
    ]);
  const multilaterator = createMultilaterator([A, B, C]);
  for (let s = 0; s < 40; s++) {
    for (const sensor of [A, B, C]) multilaterator.hear(lookOf(sensor.id, 1000 * s, [range(sensor, drone(s), 0)]));
    assert.deepEqual(known(multilaterator, s), []);
  }
  const { multilaterator: heard, frames } = play({ sensors: [A, B, C], hears: range }, 1);
  const serial = frames.at(-1)?.[0]?.serial;
  assert.ok(serial !== undefined);
  assert.deepEqual(heard.advance(90_000, []), []);
  assert.deepEqual(
    heard.takeEnded().map((end) => end.serial),
    [serial],
  );
});

test("sound is placed where its source is now, not where it was heard from", () => {
  const near = [
    receiver("p", [-300, 0, 2]),
    receiver("q", [350, 50, 2]),
    receiver("r", [0, 500, 2]),
    receiver("s", [40, 60, 2]),
  ] as const;
  const fast: Path = (tS) => [-450 + 25 * tS, 300 - 4 * tS, 60];
  const multilaterator = createMultilaterator(near);
  let last: readonly TrackState[] = [];
  for (let s = 0; s < 35; s++) {
    for (const sensor of near.slice(1)) {
      // What is heard now left a little while ago, as seen from the receiver that hears it.
      const delayS = away(fast(s), sensor) / 343;
      const detection = { ...differenceTo(near[0])(sensor, fast(s - delayS), 0), propagation: "sound" } as const;
      multilaterator.hear(lookOf(sensor.id, 1000 * s, [detection]));
    }
    last = multilaterator.advance(1000 * s + 2001, []);
  }
  const [track] = last;
  assert.ok(track && offM(track, fast(36)) < 5, `${track && offM(track, fast(36))}`);
});

test("a state that was written out and read in goes on alike", () => {
  const { multilaterator } = play({ sensors: [A, B, C, D], hears: range, seconds: 20 }, 5);
  const same = createMultilaterator([A, B, C, D], structuredClone(multilaterator.state()));
  for (let s = 20; s < 30; s++)
    for (const one of [multilaterator, same]) {
      for (const sensor of [A, B, C, D]) one.hear(lookOf(sensor.id, 1000 * s, [range(sensor, drone(s), 1)]));
      one.advance(1000 * s + 500, []);
    }
  assert.deepEqual(same.state(), multilaterator.state());
});
