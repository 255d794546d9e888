import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { type GeoPoint, geoidHeight } from "./index.ts";

type Row = GeoPoint & Readonly<{ name: string; undulationM: number; origin: string }>;
const rows: readonly Row[] = JSON.parse(readFileSync(new URL("../vectors/geoid.json", import.meta.url), "utf8"));

for (const { name, latDeg, lonDeg, undulationM, origin } of rows) {
  test(`the geoid at ${name} is ${undulationM} m within the error it states (${origin})`, () => {
    const said = geoidHeight(latDeg, lonDeg);
    // The grid's share of the sigma: what is left when the model's own metre is taken away.
    const gridSigmaM = Math.sqrt(said.sigmaM * said.sigmaM - 1);
    assert.ok(gridSigmaM > 0.04 && gridSigmaM < 3.2);
    assert.ok(Math.abs(said.undulationM - undulationM) < Math.max(0.06, 3 * gridSigmaM), `${said.undulationM}`);
  });
}

test("at a node of the bundled grid only the rounding to decimetres is left", () => {
  for (const { latDeg, lonDeg, undulationM } of rows) {
    if (Number.isInteger(latDeg) && Number.isInteger(lonDeg)) {
      assert.ok(Math.abs(geoidHeight(latDeg, lonDeg).undulationM - undulationM) < 0.0501);
    }
  }
});

test("the surface has no seam: at the antimeridian, at Greenwich and round the poles", () => {
  fc.assert(
    fc.property(fc.double({ min: -90, max: 90, noNaN: true }), (latDeg) => {
      assert.equal(geoidHeight(latDeg, 180).undulationM, geoidHeight(latDeg, -180).undulationM);
      assert.ok(Math.abs(geoidHeight(latDeg, 1e-9).undulationM - geoidHeight(latDeg, -1e-9).undulationM) < 1e-6);
    }),
  );
  for (const latDeg of [90, -90]) {
    for (const lonDeg of [-180, -77.7, 0.5, 90, 179.3]) {
      assert.ok(Math.abs(geoidHeight(latDeg, lonDeg).undulationM - geoidHeight(latDeg, 0).undulationM) < 1e-9);
      assert.ok(Math.abs(geoidHeight(latDeg * (1 - 1e-9), lonDeg).undulationM - geoidHeight(latDeg, 0).undulationM) < 1e-4);
    }
  }
});

test("every height lies in EGM96's range and every sigma is at least the model's own", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (latDeg, lonDeg) => {
        const { undulationM, sigmaM } = geoidHeight(latDeg, lonDeg);
        assert.ok(undulationM > -108 && undulationM < 87 && sigmaM >= 1 && sigmaM < 3.4);
      },
    ),
    { numRuns: 2000 },
  );
});
