import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  createLocalFrame,
  type EnuM,
  ecefFromGeodetic,
  enuBetweenInto,
  fromEnu,
  fromEnuInto,
  type GeoPosition,
  rotateInto,
  rotationBetween,
  toEnu,
  toEnuInto,
} from "./index.ts";

type Row = Readonly<{ name: string; frame: GeoPosition; point: GeoPosition; enuM: EnuM }>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/enu.json", import.meta.url), "utf8"));

const separationM = (a: readonly number[] | Float64Array, b: readonly number[] | Float64Array): number =>
  Math.hypot(...[0, 1, 2].map((i) => (a[i] as number) - (b[i] as number)));

const position = fc.record({
  latDeg: fc.double({ min: -90, max: 90, noNaN: true }),
  lonDeg: fc.double({ min: -180, max: 180, noNaN: true }),
  altHaeM: fc.double({ min: -500, max: 100_000, noNaN: true }),
});

for (const { name, frame, point, enuM } of rows) {
  test(`ENU of ${name} is GeographicLib's`, () => {
    // Differences of ECEF coordinates lose what lies below 1 nm each.
    assert.ok(separationM(toEnu(createLocalFrame(frame), point), enuM) < 1e-8);
  });
}

test("geodetic to ENU and back is within a micrometre for any two places on the globe", () => {
  fc.assert(
    fc.property(position, position, (origin, point) => {
      const frame = createLocalFrame(origin);
      const back = fromEnu(frame, toEnu(frame, point));
      assert.ok(separationM(ecefFromGeodetic(back), ecefFromGeodetic(point)) <= 1e-6);
    }),
    { numRuns: 5_000 },
  );
});

test("the kernels write what the skins return", () => {
  const frame = createLocalFrame({ latDeg: 31.76, lonDeg: -106.487, altHaeM: 1150.25 });
  const out = new Float64Array(3);
  toEnuInto(frame, 31.8, -106.4, 1300, out);
  assert.deepEqual([...out], [...toEnu(frame, { latDeg: 31.8, lonDeg: -106.4, altHaeM: 1300 })]);
  fromEnuInto(frame, 100, 200, 30, out);
  const { latDeg, lonDeg, altHaeM } = fromEnu(frame, [100, 200, 30]);
  assert.deepEqual([...out], [latDeg, lonDeg, altHaeM]);
});

test("a rotation between frames is orthonormal and agrees with moving both ends of an arrow through ECEF", () => {
  const arrow = fc.tuple(...[0, 1, 2].map(() => fc.double({ min: -1000, max: 1000, noNaN: true })));
  fc.assert(
    fc.property(position, position, arrow, (a, b, [e = 0, n = 0, u = 0]) => {
      const from = createLocalFrame(a);
      const to = createLocalFrame(b);
      const rotation = rotationBetween(from, to);
      for (const [i, j] of [
        [0, 0],
        [1, 1],
        [2, 2],
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const) {
        const dot = [0, 1, 2].reduce((sum, k) => sum + (rotation[3 * i + k] as number) * (rotation[3 * j + k] as number), 0);
        assert.ok(Math.abs(dot - (i === j ? 1 : 0)) < 1e-14);
      }
      const turned = new Float64Array(3);
      rotateInto(rotation, e, n, u, turned);
      const tail = new Float64Array(3);
      const head = new Float64Array(3);
      enuBetweenInto(from, to, [0, 0, 0], tail);
      enuBetweenInto(from, to, [e, n, u], head);
      assert.ok(
        separationM(
          turned,
          head.map((value, i) => value - (tail[i] as number)),
        ) < 1e-7,
      );
    }),
    { numRuns: 2_000 },
  );
});

test("an origin off the globe is refused with what came", () => {
  for (const origin of [
    { latDeg: 91, lonDeg: 0, altHaeM: 0 },
    { latDeg: 0, lonDeg: Number.NaN, altHaeM: 0 },
    { latDeg: 0, lonDeg: 0, altHaeM: Number.POSITIVE_INFINITY },
  ]) {
    assert.throws(() => createLocalFrame(origin), {
      name: "RangeError",
      message: /latitude ±90°, longitude ±180° and a finite height, got/,
    });
  }
});
