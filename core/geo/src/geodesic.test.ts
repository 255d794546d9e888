import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  alongGeodesic,
  bearingRad,
  degFromRad,
  destination,
  distanceM,
  type GeoPoint,
  geodesicInverse,
  radFromDeg,
} from "./index.ts";

type Row = Readonly<{ name: string; from: GeoPoint; to: GeoPoint; bearingDeg: number; distanceM: number }>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/geodesic.json", import.meta.url), "utf8"));

for (const row of rows) {
  test(`the geodesic from ${row.name} has GeographicLib's length and bearing`, () => {
    const { distanceM: lengthM, bearingRad: startRad } = geodesicInverse(row.from, row.to);
    // 15 nm is the method's own stated error; the bearing's error shrinks with length.
    assert.ok(Math.abs(lengthM - row.distanceM) < 2e-8);
    assert.ok(Math.abs(Math.sin(startRad - radFromDeg(row.bearingDeg))) * row.distanceM < 1e-6);
    assert.ok(startRad >= 0 && startRad < 2 * Math.PI);
    assert.equal(distanceM(row.from, row.to), lengthM);
    assert.equal(bearingRad(row.from, row.to), startRad);
  });
}

test("going to the destination and measuring back gives the same distance and bearing", () => {
  const lat = fc.double({ min: -89, max: 89, noNaN: true });
  const lon = fc.double({ min: -180, max: 180, noNaN: true });
  fc.assert(
    fc.property(
      lat,
      lon,
      fc.double({ min: 0, max: 6.28, noNaN: true }),
      fc.double({ min: 1, max: 1e7, noNaN: true }),
      (latDeg, lonDeg, startRad, lengthM) => {
        const from = { latDeg, lonDeg };
        const back = geodesicInverse(from, destination(from, startRad, lengthM));
        assert.ok(Math.abs(back.distanceM - lengthM) < 1e-7);
        assert.ok(
          Math.abs(Math.sin(back.bearingRad - startRad)) * Math.min(lengthM, 1e6) < 1e-5,
          `${degFromRad(back.bearingRad - startRad)}`,
        );
      },
    ),
  );
});

test("points along a geodesic are evenly spaced and keep both ends", () => {
  const from = { latDeg: 32.5343, lonDeg: -117.1239 };
  const to = { latDeg: 32.7187, lonDeg: -114.7196 };
  const points = alongGeodesic(from, to, 1000);
  const stepM = distanceM(from, to) / (points.length - 1);
  assert.ok(stepM <= 1000 && stepM > 990);
  assert.deepEqual([points[0], points.at(-1)], [from, to]);
  for (const [i, point] of points.slice(1).entries()) assert.ok(Math.abs(distanceM(points[i] as GeoPoint, point) - stepM) < 1e-6);
});
