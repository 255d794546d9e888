import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { distanceM, formatMgrs, type GeoPoint, parseMgrs } from "./index.ts";

type Row = GeoPoint & Readonly<{ name: string; digits: 0 | 3 | 5; mgrs: string }>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/mgrs.json", import.meta.url), "utf8"));

for (const row of rows) {
  test(`the MGRS square of ${row.name} is ${row.mgrs}, and names it back`, () => {
    assert.equal(formatMgrs(row, row.digits), row.mgrs);
    const square = parseMgrs(row.mgrs.toLowerCase().replace(/^(.{3,5})(..)/, "$1 $2"));
    assert.ok(square);
    assert.equal(square.sideM, { 5: 1, 3: 100, 0: 100_000 }[row.digits]);
    assert.ok(distanceM(square.centre, row) <= square.sideM);
  });
}

test("any point's 1 m square has its middle within a metre of it", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -79.9, max: 83.9, noNaN: true }),
      fc.double({ min: -179.9, max: 179.9, noNaN: true }),
      (latDeg, lonDeg) => {
        const square = parseMgrs(formatMgrs({ latDeg, lonDeg }) as string);
        assert.ok(square && distanceM(square.centre, { latDeg, lonDeg }) < 1);
      },
    ),
  );
});

test("beyond the bands and off the globe there is no name", () => {
  for (const [latDeg, lonDeg] of [
    [84.1, 0],
    [-80.1, 0],
    [91, 0],
    [0, 181],
    [Number.NaN, 0],
  ] as const) {
    assert.equal(formatMgrs({ latDeg, lonDeg }), undefined);
  }
});

test("text that names no square gives undefined and never throws", () => {
  for (const text of [
    "",
    "13",
    "13R",
    "61RCR12",
    "00RCR12",
    "13ICR12",
    "13RIR12",
    "13RCW12",
    "13RCR123",
    "13RCR123456123456",
    "BAN1234",
    "hello",
  ]) {
    assert.equal(parseMgrs(text), undefined, text);
  }
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,2}[A-Z]{3}\d{0,10}$/), (text) => assert.doesNotThrow(() => parseMgrs(text))),
    { numRuns: 2000 },
  );
});
