import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { destination, type GeoPosition, geoidHeight, lineOfSight, radarHorizonM, type Terrain } from "./index.ts";

const sensor: GeoPosition = { latDeg: 31.76, lonDeg: -106.487, altHaeM: 1110 };
const plainM = 1100;
const plain: Terrain = () => ({ valueM: plainM, sigmaM: 1, reference: "hae" });
const awayAt = (bearingRad: number, metres: number, altHaeM: number): GeoPosition => ({
  ...destination(sensor, bearingRad, metres),
  altHaeM,
});
/** A wall 100 m high that stands between 2.0 and 2.4 km north of the sensor. */
const ridge: Terrain = (latDeg) => {
  const northM = (latDeg - sensor.latDeg) * 110_890;
  return { valueM: northM > 2000 && northM < 2400 ? plainM + 100 : plainM, sigmaM: 1, reference: "hae" };
};

test("a ridge hides what flies low behind it, and says where and by how much", () => {
  const behind = lineOfSight(sensor, awayAt(0, 5000, plainM + 60), ridge);
  assert.equal(behind.kind, "blocked");
  assert.ok(behind.kind === "blocked" && behind.atM >= 2000 && behind.atM < 2100 && behind.byM > 65 && behind.byM < 75);
  assert.equal(lineOfSight(sensor, awayAt(0, 5000, plainM + 400), ridge).kind, "visible");
  assert.equal(lineOfSight(sensor, awayAt(Math.PI, 5000, plainM + 60), ridge).kind, "visible");
});

test("over a plain the sight ends at the radar horizon of the two heights", () => {
  for (const aboveM of [10, 50, 120]) {
    const horizonM = radarHorizonM(10, aboveM);
    assert.equal(lineOfSight(sensor, awayAt(1, 0.97 * horizonM, plainM + aboveM), plain).kind, "visible");
    assert.equal(lineOfSight(sensor, awayAt(1, 1.03 * horizonM, plainM + aboveM), plain).kind, "blocked");
  }
});

test("the radar horizon of 100 m is 41 km, and heights below ground add nothing", () => {
  assert.ok(Math.abs(radarHorizonM(100, 0) - 41_219) < 10);
  assert.equal(radarHorizonM(100, -5), radarHorizonM(100, 0));
});

test("terrain above the sea is lifted by the geoid before it is compared", () => {
  const { undulationM } = geoidHeight(sensor.latDeg, sensor.lonDeg);
  const asMsl: Terrain = () => ({ valueM: plainM - undulationM, sigmaM: 1, reference: "msl" });
  const target = awayAt(2, 4000, plainM + 30);
  const [a, b] = [lineOfSight(sensor, target, plain), lineOfSight(sensor, target, asMsl)];
  assert.ok(a.kind === "visible" && b.kind === "visible" && Math.abs(a.clearanceM - b.clearanceM) < 0.5);
});

test("without terrain, or with a gap on the way, the terrain is not considered; a known hill still blocks", () => {
  const target = awayAt(0, 5000, plainM + 60);
  const gap: Terrain = (latDeg, lonDeg) => (latDeg > sensor.latDeg + 0.03 ? undefined : plain(latDeg, lonDeg));
  const ridgeAndGap: Terrain = (latDeg, lonDeg) => (latDeg > sensor.latDeg + 0.03 ? undefined : ridge(latDeg, lonDeg));
  assert.equal(lineOfSight(sensor, target, undefined).kind, "terrain-not-considered");
  assert.equal(lineOfSight(sensor, target, gap).kind, "terrain-not-considered");
  assert.equal(lineOfSight(sensor, target, ridgeAndGap).kind, "blocked");
});

test("straight overhead nothing is in the way", () => {
  assert.deepEqual(lineOfSight(sensor, { ...sensor, altHaeM: 1500 }, plain), { kind: "visible", clearanceM: 205 });
});

test("a target higher up is never hidden where a lower one is seen", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 6, noNaN: true }),
      fc.double({ min: 100, max: 30_000, noNaN: true }),
      fc.double({ min: 0, max: 300, noNaN: true }),
      fc.double({ min: 0, max: 500, noNaN: true }),
      (bearing, metres, aboveM, moreM) => {
        const low = lineOfSight(sensor, awayAt(bearing, metres, plainM + aboveM), ridge);
        const high = lineOfSight(sensor, awayAt(bearing, metres, plainM + aboveM + moreM), ridge);
        assert.ok(!(low.kind === "visible" && high.kind === "blocked"));
      },
    ),
  );
});
