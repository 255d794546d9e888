import assert from "node:assert/strict";
import { test } from "node:test";
import type { TrackerDetection, TrackerSensor } from "../types.ts";
import { createTriangulator, type Placed } from "./triangulator.ts";

const finder = (id: string, eastM: number, northM: number): TrackerSensor => ({
  id,
  posEnuM: [eastM, northM, 10],
  detectionProbability: 0.7,
});
const WEST = finder("west", -2000, 0);
const EAST = finder("east", 2000, 0);
const NORTH = finder("north", 0, 5000);
const RADIAN = Math.PI / 180;

/** A generator of numbers in [0, 1) that is the same everywhere. */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Sender = Readonly<{ at: (tS: number) => readonly [number, number]; emitter?: "aircraft" | "unknown" | "controller" }>;
const flying = (e: number, n: number, ve: number, vn: number): Sender => ({ at: (tS) => [e + ve * tS, n + vn * tS] });

type World = Readonly<{
  /** Every bearing comes as a message of its own. */
  isApart?: boolean;
  /** Share of looks that hear a sender. */
  hears?: number;
  finders: readonly TrackerSensor[];
  senders: readonly Sender[];
  seconds?: number;
  seed?: number;
  biasDeg?: number;
  /** Share of bearings that come by way of a wall. */
  gross?: number;
  known?: readonly Placed[];
}>;

/** Runs finders with 3° of noise that hear seven of ten, and answers every place that was told. */
function placesIn({
  finders,
  senders,
  seconds = 60,
  seed = 1,
  biasDeg = 0,
  gross = 0,
  known = [],
  isApart = false,
  hears = 0.7,
}: World) {
  const chance = chances(seed);
  const normal = (): number => Array.from({ length: 12 }, chance).reduce((sum, value) => sum + value, -6);
  const triangulator = createTriangulator(finders);
  const told: { tS: number; eastM: number; northM: number; sigmaM: number; covariance: Float64Array }[] = [];
  for (let s = 0; s < seconds; s++) {
    finders.forEach((sensor, k) => {
      const detections = senders.flatMap(({ at, emitter = "unknown" }): TrackerDetection[] => {
        if (chance() > hears) return [];
        const [e, n] = at(s + 0.1 * k);
        const trueRad = Math.atan2(e - sensor.posEnuM[0], n - sensor.posEnuM[1]);
        const bias = (k % 2 === 0 ? biasDeg : -biasDeg) * RADIAN;
        const azimuthRad = chance() < gross ? 2 * Math.PI * chance() - Math.PI : trueRad + bias + 3 * RADIAN * normal();
        return [{ measurement: { kind: "bearing", azimuthRad, azimuthSigmaRad: 3 * RADIAN }, emitter }];
      });
      for (const [i, message] of (isApart ? detections.map((one) => [one]) : [detections]).entries())
        triangulator.hear({
          sensor: sensor.id,
          measuredMs: 1000 * s + 100 * k + 20 * i,
          receivedMs: 1000 * s + 500,
          detections: message,
        });
    });
    for (const { posEnuM, covariance } of triangulator.advance(1000 * s + 600, known)) {
      const sigmaM = Math.sqrt(Math.max(covariance[0] ?? 0, covariance[7] ?? 0));
      told.push({ tS: s + 0.6, eastM: posEnuM[0], northM: posEnuM[1], sigmaM, covariance });
    }
  }
  return told;
}

const offM = ({ at }: Sender, place: { tS: number; eastM: number; northM: number }): number => {
  const [e, n] = at(place.tS);
  return Math.hypot(place.eastM - e, place.northM - n);
};

test("two finders place what flies, and the place is within what is said of its error", () => {
  const sender = flying(-800, 2500, 12, 3);
  let [inside, count] = [0, 0];
  for (let seed = 1; seed <= 10; seed++) {
    const told = placesIn({ finders: [WEST, EAST], senders: [sender], seed });
    const first = told[0] ?? assert.fail(`seed ${seed}: never placed`);
    assert.ok(first.tS < 40, `placed after ${first.tS} s`);
    for (const place of told) {
      count++;
      if (offM(sender, place) < 2 * place.sigmaM) inside++;
      assert.ok(place.sigmaM < 400);
    }
  }
  assert.ok(inside / count > 0.9, `${inside} of ${count} within two sigma`);
});

test("what two finders place is told with the long ellipse of their crossing, which holds it", () => {
  const finders = [finder("a", -700, 0), finder("b", 700, 0)];
  const sender = flying(-300, 2400, 12, 3);
  let [inside, long, count] = [0, 0, 0];
  for (let seed = 1; seed <= 20; seed++)
    for (const place of placesIn({ finders, senders: [sender], seed, biasDeg: 2 })) {
      const [ee = 0, en = 0, nn = 0] = [place.covariance[0], place.covariance[1], place.covariance[7]];
      const [e, n] = sender.at(place.tS);
      const [x, y] = [place.eastM - e, place.northM - n];
      const [middle, spread] = [(ee + nn) / 2, Math.sqrt(((ee - nn) / 2) ** 2 + en * en)];
      long += middle + spread > 4 * (middle - spread) ? 1 : 0;
      count++;
      if ((nn * x * x - 2 * en * x * y + ee * y * y) / (ee * nn - en * en) < 5.99) inside++;
    }
  assert.equal(long, count, "twice as long as wide, or longer");
  assert.ok(inside / count > 0.9, `${inside} of ${count} within the ellipse of 95 %`);
});

test("a bias of 2° and one bearing in twenty by way of a wall still place it", () => {
  const sender = flying(-800, 2500, 12, 3);
  for (let seed = 1; seed <= 5; seed++) {
    const told = placesIn({ finders: [WEST, EAST, NORTH], senders: [sender], seed, biasDeg: 2, gross: 0.05 });
    assert.ok(told.length > 5, `seed ${seed}: placed ${told.length} times`);
    const far = told.filter((place) => offM(sender, place) > 3 * place.sigmaM);
    assert.ok(far.length <= told.length / 10, `seed ${seed}: ${far.length} of ${told.length} beyond three sigma`);
  }
});

test("of two senders before three finders the ghosts are not told", () => {
  const senders = [flying(-900, 2600, 10, 0), flying(900, 2000, -6, 8)];
  let [real, ghosts] = [0, 0];
  for (let seed = 1; seed <= 5; seed++)
    for (const place of placesIn({ finders: [WEST, EAST, NORTH], senders, seed, seconds: 60 })) {
      const near = Math.min(...senders.map((sender) => offM(sender, place)));
      if (near < 3 * place.sigmaM) real++;
      else ghosts++;
    }
  assert.ok(real > 50, `${real} places of what is there`);
  assert.ok(ghosts < 0.05 * real, `${ghosts} ghosts beside ${real}`);
});

test("of two senders before two finders ghosts are told in hardly any run, be they heard often or seldom, at once or one by one", () => {
  const senders = [flying(-600, 1600, 10, 4), flying(900, 3000, -10, -3)];
  for (const isApart of [false, true])
    for (const hears of [0.5, 0.7, 0.9]) {
      let runs = 0;
      for (let seed = 1; seed <= 8; seed++) {
        const told = placesIn({ finders: [WEST, EAST], senders, seed, seconds: 120, isApart, hears });
        if (told.some((place) => Math.min(...senders.map((sender) => offM(sender, place))) > 3 * place.sigmaM)) runs++;
      }
      assert.ok(runs <= 1, `${runs} of 8 runs with a ghost, ${hears} heard${isApart ? ", one by one" : ""}`);
    }
});

/** Two finders with 1° of noise that tell of each sender every `periodMs`, for a minute: every place told, and how far it is from a sender. */
function placesAtPace(periodMs: number, senders: readonly Sender[], isApart: boolean, finders = [WEST, EAST]) {
  const chance = chances(5);
  const triangulator = createTriangulator(finders);
  const told: { atMs: number; isGhost: boolean }[] = [];
  let nextMs = 0;
  for (let atMs = 0; atMs < 60_000; atMs += periodMs) {
    for (const { id: sensor, posEnuM } of finders) {
      const bearings = senders.map(({ at }): TrackerDetection => {
        const [e, n] = at(atMs / 1000);
        const noiseRad = 2 * RADIAN * (chance() + chance() + chance() - 1.5);
        const azimuthRad = Math.atan2(e - posEnuM[0], n - posEnuM[1]) + noiseRad;
        return { measurement: { kind: "bearing", azimuthRad, azimuthSigmaRad: RADIAN }, emitter: "aircraft" };
      });
      for (const detections of isApart ? bearings.map((one) => [one]) : [bearings])
        triangulator.hear({ sensor, measuredMs: atMs, receivedMs: atMs, detections });
    }
    if (atMs < nextMs) continue;
    nextMs += 1000;
    for (const place of triangulator.advance(atMs, [])) {
      const [eastM, northM] = place.posEnuM;
      const sigmaM = Math.sqrt(Math.max(place.covariance[0] ?? 0, place.covariance[7] ?? 0));
      const near = Math.min(...senders.map((sender) => offM(sender, { tS: atMs / 1000, eastM, northM })));
      told.push({ atMs, isGhost: near > 3 * sigmaM });
    }
  }
  return told;
}

test("a pair of finders that speak ten or twenty times a second places one sender, and of two tells no ghost", () => {
  const senders = [flying(-600, 1600, 10, 4), flying(900, 3000, -10, -3)];
  for (const periodMs of [110, 100, 70, 50, 40]) {
    const told = placesAtPace(periodMs, senders.slice(0, 1), false);
    assert.ok((told[0]?.atMs ?? Number.POSITIVE_INFINITY) < 5000, `every ${periodMs} ms: first told at ${told[0]?.atMs} ms`);
    assert.ok(told.length > 50 && told.every(({ isGhost }) => !isGhost), `every ${periodMs} ms: ${told.length} places`);
    for (const isApart of [false, true])
      assert.ok(!placesAtPace(periodMs, senders, isApart).some(({ isGhost }) => isGhost), `a ghost every ${periodMs} ms`);
  }
});

test("many finders that speak often are all heard", () => {
  const finders = Array.from({ length: 10 }, (_, k) => finder(`f${k}`, 500 * k - 2250, 0));
  const told = placesAtPace(110, [flying(-600, 1600, 10, 4)], false, finders);
  assert.ok(told.length > 50 && told.every(({ isGhost }) => !isGhost), `${told.length} places`);
});

test("what stands still may be the pilot: it is placed only when the finders say that an aircraft sends", () => {
  const still: Sender = { at: () => [300, 2400] };
  assert.equal(placesIn({ finders: [WEST, EAST, NORTH], senders: [still] }).length, 0);
  assert.ok(placesIn({ finders: [WEST, EAST, NORTH], senders: [{ ...still, emitter: "aircraft" }] }).length > 5);
  const pilot = { ...flying(300, 2400, 10, 0), emitter: "controller" as const };
  assert.equal(placesIn({ finders: [WEST, EAST, NORTH], senders: [pilot] }).length, 0);
});

test("one sender is one track, which ends when it is heard no more", () => {
  const triangulator = createTriangulator([WEST, EAST, NORTH]);
  const { at } = flying(-800, 2500, 12, 3);
  const chance = chances(3);
  const serials = new Set<number>();
  for (let s = 0; s < 60; s++) {
    for (const sensor of [WEST, EAST, NORTH]) {
      const [e, n] = at(s);
      const azimuthRad = Math.atan2(e - sensor.posEnuM[0], n - sensor.posEnuM[1]) + 0.08 * (chance() - 0.5);
      const detection = { measurement: { kind: "bearing", azimuthRad, azimuthSigmaRad: 0.05 } } as const;
      const detections = s < 40 ? [detection] : [];
      triangulator.hear({ sensor: sensor.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    for (const track of triangulator.advance(1000 * s + 100, [])) {
      serials.add(track.serial);
      assert.ok(!track.heightKnown && track.existence > 0.4);
    }
  }
  assert.equal(serials.size, 1);
  assert.deepEqual(triangulator.advance(60_000, []), []);
  assert.deepEqual(
    triangulator.takeEnded().map(({ serial }) => serial),
    [...serials],
  );
});

test("one finder places nothing, and bearings to what is known place nothing new", () => {
  const sender = flying(-800, 2500, 12, 3);
  assert.equal(placesIn({ finders: [WEST], senders: [sender] }).length, 0);
  const still: Sender = { at: () => [300, 2400], emitter: "aircraft" };
  const known = [{ eastM: 300, northM: 2400, sigmaM: 20 }];
  assert.equal(placesIn({ finders: [WEST, EAST, NORTH], senders: [still], known }).length, 0);
});

test("sound is placed where its source is now, not where it was heard from", () => {
  const finders = [finder("a", -400, 0), finder("b", 400, 0), finder("c", 0, 1500)];
  const at = (tS: number): readonly [number, number] => [-300 + 25 * tS, 700];
  const triangulator = createTriangulator(finders);
  const errors: number[] = [];
  for (let s = 0; s < 25; s++) {
    finders.forEach((sensor, k) => {
      const [e, n] = at(s);
      const leftS = Math.hypot(e - sensor.posEnuM[0], n - sensor.posEnuM[1]) / 343;
      const [then, north] = at(s - leftS);
      const azimuthRad = Math.atan2(then - sensor.posEnuM[0], north - sensor.posEnuM[1]);
      const detection = { measurement: { kind: "bearing", azimuthRad, azimuthSigmaRad: RADIAN }, propagation: "sound" } as const;
      triangulator.hear({ sensor: sensor.id, measuredMs: 1000 * s + k, receivedMs: 1000 * s, detections: [detection] });
    });
    const [track] = triangulator.advance(1000 * s + 500, []);
    if (track) errors.push(track.posEnuM[0] - at(s + 0.5)[0]);
  }
  // Unretarded it would lie some two seconds of flight, fifty metres, behind.
  assert.ok(errors.length > 8);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  assert.ok(Math.abs(mean) < 15, `${mean} m behind`);
});

test("a state that was written out and read in goes on alike", () => {
  const triangulator = createTriangulator([WEST, EAST]);
  const hear = (one: typeof triangulator, s: number): void => {
    for (const sensor of [WEST, EAST]) {
      const azimuthRad = Math.atan2(10 * s - sensor.posEnuM[0], 2500 - sensor.posEnuM[1]);
      const detections = [{ measurement: { kind: "bearing", azimuthRad, azimuthSigmaRad: 0.05 } as const }];
      one.hear({ sensor: sensor.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    one.advance(1000 * s + 100, []);
  };
  for (let s = 0; s < 10; s++) hear(triangulator, s);
  const restored = createTriangulator([WEST, EAST], structuredClone(triangulator.state()));
  for (let s = 10; s < 20; s++) for (const one of [triangulator, restored]) hear(one, s);
  assert.deepEqual(restored.state(), triangulator.state());
});

test("a bearing that is no number is refused by name, and what was placed stays placed", () => {
  const triangulator = createTriangulator([WEST, EAST]);
  for (let s = 0; s < 30; s++) {
    for (const sensor of [WEST, EAST]) {
      const azimuthRad = s === 10 ? Number.NaN : Math.atan2(500 + 10 * s - sensor.posEnuM[0], 1500);
      const measurement = { kind: "bearing", azimuthRad, azimuthSigmaRad: 3 * RADIAN } as const;
      const detections = [{ measurement, emitter: "aircraft" }] as const;
      triangulator.hear({ sensor: sensor.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    triangulator.advance(1000 * s, []);
  }
  const [placed, ...others] = triangulator.advance(30_000, []);
  assert.ok(placed && others.length === 0, "one is placed");
  assert.ok([...placed.posEnuM, ...placed.velEnuMps, ...placed.covariance].every(Number.isFinite), `${placed.posEnuM}`);
  assert.deepEqual(triangulator.takeRejections(), [
    { code: "not-finite", sensor: "west", count: 1 },
    { code: "not-finite", sensor: "east", count: 1 },
  ]);
});
