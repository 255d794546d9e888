import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Declination,
  decimalYear,
  declination,
  degFromRad,
  type GeoPosition,
  inclination,
  magneticField,
  trueFromMagneticRad,
} from "./index.ts";

type Row = GeoPosition &
  Readonly<{
    name: string;
    year: number;
    declinationDeg: number;
    inclinationDeg?: number;
    northNt?: number;
    eastNt?: number;
    downNt?: number;
  }>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/magnetic.json", import.meta.url), "utf8"));

for (const row of rows) {
  test(`the field at ${row.name} is the reference's`, () => {
    const { latDeg, lonDeg, altHaeM, year } = row;
    const declinationDeg = degFromRad(declination(latDeg, lonDeg, altHaeM, year).declinationRad);
    if (row.northNt === undefined || row.eastNt === undefined || row.downNt === undefined || row.inclinationDeg === undefined) {
      // Published to two decimals.
      assert.ok(Math.abs(declinationDeg - row.declinationDeg) <= 0.0051, `${declinationDeg}`);
      return;
    }
    const { northNt, eastNt, downNt } = magneticField(row, year);
    // Two evaluations of one series in double precision.
    assert.ok(Math.hypot(northNt - row.northNt, eastNt - row.eastNt, downNt - row.downNt) < 1e-6);
    assert.ok(Math.abs(declinationDeg - row.declinationDeg) < 2e-7);
    assert.ok(Math.abs(degFromRad(inclination(latDeg, lonDeg, altHaeM, year).inclinationRad) - row.inclinationDeg) < 2e-8);
  });
}

test("the error is a third of a degree where compasses work and a straight angle where they do not", () => {
  const border = declination(31.76, -106.49, 1150, 2026.9);
  assert.ok(degFromRad(border.sigmaRad) > 0.26 && degFromRad(border.sigmaRad) < 0.36);
  assert.ok(degFromRad(declination(80, 0, 0, 2025).sigmaRad) > 0.8);
  // Along this meridian the field passes the north dip pole of 2025.
  const worst = Math.max(...Array.from({ length: 400 }, (_, i) => declination(84 + i * 0.01, 139.3, 0, 2025).sigmaRad));
  assert.ok(degFromRad(worst) > 20 && worst <= Math.PI);
  assert.equal(inclination(0, 0, 0, 2026).sigmaRad, (0.2 * Math.PI) / 180);
});

test("the model says when it is out of its five years, and whose answer it is", () => {
  for (const [year, expired] of [
    [2024.999, true],
    [2025, false],
    [2029.9999, false],
    [2030, true],
    [Number.NaN, true],
  ] as const) {
    const said = declination(31.76, -106.49, 1150, year);
    assert.equal(said.expired, expired);
    assert.equal(said.model, "WMM2025");
    assert.equal(inclination(31.76, -106.49, 1150, year).expired, expired);
  }
});

test("a compass bearing turns east by an easterly declination, round north too", () => {
  const east: Declination = { declinationRad: 0.2, sigmaRad: 0, model: "WMM2025", expired: false };
  assert.ok(Math.abs(trueFromMagneticRad(1, east) - 1.2) < 1e-15);
  assert.ok(Math.abs(trueFromMagneticRad(2 * Math.PI - 0.1, east) - 0.1) < 1e-15);
});

test("the decimal year is the calendar's, for every day from 1970 to 2106", () => {
  for (let day = 0; day < 50_000; day++) {
    const nowMs = day * 86_400_000 + 43_200_000;
    const year = new Date(nowMs).getUTCFullYear();
    const from = Date.UTC(year, 0);
    assert.ok(Math.abs(decimalYear(nowMs) - (year + (nowMs - from) / (Date.UTC(year + 1, 0) - from))) < 1e-9);
  }
  assert.equal(decimalYear(Date.UTC(2026, 0)), 2026);
});

test("the field is finite and of the earth's strength everywhere, and continuous over the poles", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (latDeg, lonDeg) => {
        const { northNt, eastNt, downNt } = magneticField({ latDeg, lonDeg, altHaeM: 0 }, 2027);
        const strength = Math.hypot(northNt, eastNt, downNt);
        assert.ok(strength > 20_000 && strength < 70_000);
      },
    ),
  );
  const [a, b] = [
    magneticField({ latDeg: 90, lonDeg: 30, altHaeM: 0 }, 2026),
    magneticField({ latDeg: 89.9999999, lonDeg: 30, altHaeM: 0 }, 2026),
  ];
  assert.ok(Math.hypot(a.northNt - b.northNt, a.eastNt - b.eastNt, a.downNt - b.downNt) < 0.01);
});
