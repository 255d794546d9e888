import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { type EcefM, ecefFromGeodetic, type GeoPosition, geodeticFromEcef } from "./index.ts";

type Row = GeoPosition & Readonly<{ name: string; ecefM: EcefM }>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/ecef.json", import.meta.url), "utf8"));

const MICROMETRE_M = 1e-6;
const separationM = (a: EcefM, b: EcefM): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

for (const row of rows) {
  test(`ECEF of ${row.name} is GeographicLib's, both ways`, () => {
    // 5 nm: six units in the last place of an earth radius.
    assert.ok(separationM(ecefFromGeodetic(row), row.ecefM) < 5e-9);
    assert.ok(separationM(ecefFromGeodetic(geodeticFromEcef(row.ecefM)), row.ecefM) < MICROMETRE_M);
    assert.ok(Math.abs(geodeticFromEcef(row.ecefM).altHaeM - row.altHaeM) < 1e-8);
  });
}

test("geodetic to ECEF and back is within a micrometre everywhere from -500 m to 100 km", () => {
  const latDeg = fc.oneof(
    fc.double({ min: -90, max: 90, noNaN: true }),
    fc.constantFrom(-90, 90, 0, 1e-9, -89.9999999, 89.9999999),
  );
  const lonDeg = fc.oneof(fc.double({ min: -180, max: 180, noNaN: true }), fc.constantFrom(-180, 180, 0, 179.9999999));
  const altHaeM = fc.double({ min: -500, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(latDeg, lonDeg, altHaeM, (lat, lon, alt) => {
      const ecefM = ecefFromGeodetic({ latDeg: lat, lonDeg: lon, altHaeM: alt });
      const back = geodeticFromEcef(ecefM);
      assert.ok(separationM(ecefFromGeodetic(back), ecefM) <= MICROMETRE_M);
      assert.ok(Math.abs(back.altHaeM - alt) <= MICROMETRE_M);
      // A micrometre of latitude is 9e-12 degrees.
      assert.ok(Math.abs(back.latDeg - lat) <= 9e-12);
    }),
    { numRuns: 20_000 },
  );
});

test("the polar axis has longitude 0 and its height is measured from the pole", () => {
  const pole = geodeticFromEcef([0, 0, 6356752.314245179 + 250]);
  assert.equal(pole.latDeg, 90);
  assert.equal(pole.lonDeg, 0);
  assert.ok(Math.abs(pole.altHaeM - 250) < 2e-9);
});
