import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import {
  createLocalFrame,
  type EnuM,
  enuFromPolar,
  type GeoPosition,
  polarFromEnu,
  radFromDeg,
  siteEnuFromPolar,
} from "./index.ts";

type Row = Readonly<{
  name: string;
  sensor: GeoPosition;
  site: GeoPosition;
  rangeM: number;
  azimuthDeg: number;
  elevationDeg: number;
  enuM: EnuM;
}>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/polar.json", import.meta.url), "utf8"));

test("a polar measurement at 5, 30 and 100 km lands where GeographicLib puts it in the site's frame", () => {
  for (const row of rows) {
    const polar = { rangeM: row.rangeM, azimuthRad: radFromDeg(row.azimuthDeg), elevationRad: radFromDeg(row.elevationDeg) };
    const posEnuM = siteEnuFromPolar(createLocalFrame(row.sensor), polar, createLocalFrame(row.site));
    // The promise is 0.1 m; two ECEF computations agree far better.
    assert.ok(Math.hypot(posEnuM[0] - row.enuM[0], posEnuM[1] - row.enuM[1], posEnuM[2] - row.enuM[2]) < 1e-6, row.name);
  }
});

test("taking the frames for parallel would be wrong by more than 0.1 m already at 5 km", () => {
  const sensor = createLocalFrame({ latDeg: 31.8, lonDeg: -106.5, altHaeM: 1180 });
  const site = createLocalFrame({ latDeg: 31.76, lonDeg: -106.487, altHaeM: 1150.25 });
  const polar = { rangeM: 5000, azimuthRad: 0.7, elevationRad: 0.03 };
  const here = siteEnuFromPolar(sensor, polar, site);
  const origin = siteEnuFromPolar(sensor, { ...polar, rangeM: 0 }, site);
  const parallel = enuFromPolar(polar);
  assert.ok(
    Math.hypot(here[0] - origin[0] - parallel[0], here[1] - origin[1] - parallel[1], here[2] - origin[2] - parallel[2]) > 0.1,
  );
});

test("polar to ENU and back gives the same range and angles", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 1e5, noNaN: true }),
      fc.double({ min: 0, max: 6.28, noNaN: true }),
      fc.double({ min: -1.5, max: 1.5, noNaN: true }),
      (rangeM, azimuthRad, elevationRad) => {
        const back = polarFromEnu(enuFromPolar({ rangeM, azimuthRad, elevationRad }));
        assert.ok(Math.abs(back.rangeM - rangeM) < 1e-9 * rangeM);
        assert.ok(Math.abs(Math.sin(back.azimuthRad - azimuthRad)) < 1e-12);
        assert.ok(Math.abs(back.elevationRad - elevationRad) < 1e-12);
      },
    ),
  );
});

test("east is a quarter turn, north is zero, and azimuth is never negative", () => {
  assert.equal(polarFromEnu([10, 0, 0]).azimuthRad, Math.PI / 2);
  assert.equal(polarFromEnu([0, 10, 0]).azimuthRad, 0);
  assert.equal(polarFromEnu([-10, 0, 0]).azimuthRad, 1.5 * Math.PI);
});
