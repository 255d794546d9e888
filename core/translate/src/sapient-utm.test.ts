import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceM, formatMgrs } from "@picket/geo";
import { placeOfUtm } from "./sapient-utm.ts";

const SQUARE_M = 100_000;
/** Easting and northing within their square of 100 km, in whole metres, by a library that is not ours. */
const withinSquare = (latDeg: number, lonDeg: number): readonly [zone: string, eastM: number, northM: number] => {
  const name = formatMgrs({ latDeg, lonDeg }) ?? assert.fail("no square");
  const [, zone = "", east = "", north = ""] = /^(\d+[A-Z])[A-Z]{2}(\d{5})(\d{5})$/.exec(name) ?? assert.fail(name);
  return [zone, Number(east), Number(north)];
};

for (const [latDeg, lonDeg] of [
  [32.55, -117.04],
  [51.17397, -1.82238],
  [-33.9, 151.2],
  [0.5, 8.9],
  [-0.5, 3.1],
  [70.2, 28.4],
] as const)
  test(`the coordinates of ${latDeg}°, ${lonDeg}° lead back to it`, () => {
    const [zone, eastM, northM] = withinSquare(latDeg, lonDeg);
    const central = 6 * Number.parseInt(zone, 10) - 183;
    // Which square: near enough by the sphere.
    const roughEastM = 500_000 + (lonDeg - central) * 111_320 * Math.cos((latDeg * Math.PI) / 180);
    const roughNorthM = (latDeg < 0 ? 10_000_000 : 0) + latDeg * 110_900;
    const nearest = (rest: number, rough: number) => rest + SQUARE_M * Math.round((rough - rest) / SQUARE_M);
    const place = placeOfUtm(zone, nearest(eastM, roughEastM) + 0.5, nearest(northM, roughNorthM) + 0.5);
    assert.ok(place);
    // The square of a metre is named by its corner, so its middle lies within 0.71 m of any place in it.
    assert.ok(distanceM(place, { latDeg, lonDeg }) < 0.72, `${distanceM(place, { latDeg, lonDeg })} m off`);
  });

test("a published example comes out to the centimetre", () => {
  // GeographicLib, GeoConvert's manual: 33.3° 44.4° is 38n 444140.54 3684706.36.
  const place = placeOfUtm("38S", 444_140.54, 3_684_706.36);
  assert.ok(place);
  assert.ok(distanceM(place, { latDeg: 33.3, lonDeg: 44.4 }) < 0.01);
});

test("what is no zone or lies in none has no place", () => {
  assert.equal(placeOfUtm("61U", 500_000, 0), undefined);
  assert.equal(placeOfUtm("", 500_000, 0), undefined);
  assert.equal(placeOfUtm("30U", 51.17, -1.82), undefined, "degrees where metres are read");
});
