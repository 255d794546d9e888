import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  convertHeight,
  geoidHeight,
  type Height,
  type HeightReference,
  type HeightSources,
  pressureAltitudeM,
  QNH_MAX_AGE_MS,
  type Terrain,
} from "./index.ts";

const at = { latDeg: 31.76, lonDeg: -106.487 };
/** A round hill 300 m high on a plain at 1,130 m above the sea, 2 km across. */
const hill: Terrain = (latDeg, lonDeg) => {
  const northM = (latDeg - 31.76) * 110_900;
  const eastM = (lonDeg + 106.487) * 94_700;
  return { valueM: 1130 + 300 * Math.exp(-(northM * northM + eastM * eastM) / 1e6), sigmaM: 4, reference: "msl" };
};
const everything: HeightSources = {
  terrain: hill,
  qnh: { pressureHpa: 1020, ageMs: 600_000 },
  takeoff: { at: { latDeg: 31.8, lonDeg: -106.487 }, ground: { valueM: 1125, sigmaM: 3, reference: "msl" } },
};
const references: readonly HeightReference[] = ["hae", "msl", "agl", "pressure", "takeoff"];
const height = (valueM: number, reference: HeightReference, sigmaM = 2): Height => ({ valueM, sigmaM, reference });

test("sea level to ellipsoid adds the geoid and its sigma", () => {
  const { undulationM, sigmaM } = geoidHeight(at.latDeg, at.lonDeg);
  assert.deepEqual(convertHeight(height(1200, "msl"), "hae", at, {}), {
    valueM: 1200 + undulationM,
    sigmaM: Math.sqrt(4 + sigmaM * sigmaM),
    reference: "hae",
  });
});

test("on top of a hill 50 m above ground is 1,480 m above the sea, and the geoid takes no part", () => {
  const said = convertHeight(height(50, "agl"), "msl", at, { terrain: hill });
  assert.deepEqual(said, { valueM: 1480, sigmaM: Math.sqrt(4 + 16), reference: "msl" });
  const beside = convertHeight(height(50, "agl"), "msl", { ...at, latDeg: 31.86 }, { terrain: hill });
  assert.ok(beside && Math.abs(beside.valueM - 1180) < 1e-3);
});

test("a missing source gives undefined, in both directions, and never a height", () => {
  for (const other of ["hae", "msl"] as const) {
    for (const reference of ["agl", "pressure", "takeoff"] as const) {
      assert.equal(convertHeight(height(100, reference), other, at, {}), undefined);
      assert.equal(convertHeight(height(100, other), reference, at, {}), undefined);
    }
  }
  assert.equal(convertHeight(height(100, "agl"), "hae", at, { terrain: () => undefined }), undefined);
  assert.equal(convertHeight(height(100, "agl"), "hae", at, { terrain: () => height(Number.NaN, "hae") }), undefined);
  assert.equal(convertHeight(height(100, "agl"), "hae", at, { terrain: () => height(100, "takeoff") }), undefined);
  assert.equal(convertHeight(height(100, "takeoff"), "hae", at, { takeoff: { at } }), undefined);
});

test("a height that is not finite, or has no sigma, is unknown", () => {
  assert.equal(convertHeight(height(Number.NaN, "msl"), "hae", at, {}), undefined);
  assert.equal(convertHeight(height(Number.POSITIVE_INFINITY, "msl"), "msl", at, {}), undefined);
  assert.equal(convertHeight(height(5, "msl", Number.NaN), "hae", at, {}), undefined);
  assert.equal(convertHeight(height(5, "msl", -1), "hae", at, {}), undefined);
});

test("converting there and back returns the value, and sigma never shrinks", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...references),
      fc.constantFrom(...references),
      fc.double({ min: -500, max: 9000, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (from, to, valueM, sigmaM) => {
        const there = convertHeight({ valueM, sigmaM, reference: from }, to, at, everything);
        assert.ok(there && there.reference === to && there.sigmaM >= sigmaM);
        const back = convertHeight(there, from, at, everything);
        assert.ok(back && Math.abs(back.valueM - valueM) < 1e-9 && back.sigmaM >= there.sigmaM);
      },
    ),
  );
});

test("the standard atmosphere's table heights come out for its pressures", () => {
  // ICAO Doc 7488 table of geopotential altitude against pressure.
  for (const [pressureHpa, altitudeM] of [
    [1013.25, 0],
    [954.608, 500],
    [898.746, 1000],
    [701.085, 3000],
    [540.199, 5000],
    [264.363, 10_000],
  ] as const) {
    assert.ok(Math.abs(pressureAltitudeM(pressureHpa) - altitudeM) < 0.05);
  }
});

test("a QNH 10 hPa above standard lifts a pressure altitude by 83 m", () => {
  const said = convertHeight(height(1000, "pressure", 0), "msl", at, { qnh: { pressureHpa: 1023.25, ageMs: 0 } });
  assert.ok(said && Math.abs(said.valueM - 1000 - 83) < 0.5);
  // Half a hectopascal of rounding and 3.5 % of a 1,000 m column.
  assert.ok(Math.abs(said.sigmaM - Math.hypot(0.5 * 8.325, 35)) < 0.01);
});

test("an ageing QNH is trusted less, and after three hours not at all", () => {
  const sigmaAfter = (ageMs: number) =>
    convertHeight(height(100, "pressure", 0), "msl", at, { qnh: { pressureHpa: 1020, ageMs } })?.sigmaM;
  assert.ok((sigmaAfter(2 * 3_600_000) as number) > (sigmaAfter(0) as number) + 5);
  assert.notEqual(sigmaAfter(QNH_MAX_AGE_MS), undefined);
  assert.equal(sigmaAfter(QNH_MAX_AGE_MS + 1), undefined);
  assert.equal(sigmaAfter(Number.NaN), undefined);
});

test("a QNH that no weather has is no source", () => {
  for (const pressureHpa of [0, 29.92, 800, 1200, Number.NaN]) {
    assert.equal(convertHeight(height(100, "pressure"), "msl", at, { qnh: { pressureHpa, ageMs: 0 } }), undefined);
  }
});

test("a column measured from the station is trusted more than one from the sea", () => {
  const sigma = (qnh: HeightSources["qnh"]) =>
    convertHeight(height(1300, "pressure", 0), "msl", at, { ...(qnh && { qnh }) })?.sigmaM as number;
  assert.ok(sigma({ pressureHpa: 1013.25, ageMs: 0, stationAltMslM: 1200 }) < sigma({ pressureHpa: 1013.25, ageMs: 0 }) / 4);
});

test("take-off height stands on the stated ground, else on the terrain where it took off", () => {
  const place = { latDeg: 31.9, lonDeg: -106.3 };
  const stated = convertHeight(height(60, "takeoff"), "msl", at, { takeoff: { at: place, ground: height(1125, "msl", 3) } });
  assert.deepEqual(stated, { valueM: 1185, sigmaM: Math.sqrt(4 + 9), reference: "msl" });
  const asked = convertHeight(height(60, "takeoff"), "msl", at, { terrain: hill, takeoff: { at: place } });
  assert.ok(asked && Math.abs(asked.valueM - 1190) < 1e-6);
  const barometric = convertHeight(height(60, "takeoff"), "msl", at, {
    qnh: { pressureHpa: 1013.25, ageMs: 0 },
    takeoff: { at: place, ground: height(1100, "pressure", 1) },
  });
  assert.ok(barometric && Math.abs(barometric.valueM - 1160) < 1.5);
});
