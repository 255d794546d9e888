import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { degFromRad, wrapTurnRad } from "@picket/geo";
import { make, NOON_MS, RADAR, SOURCE, scansOf, translate } from "./asterix.fixture.ts";

const near = (value: number | undefined, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((value ?? Number.NaN) - expected) <= within, `${value} is not ${expected}`);

function measure(octets: Uint8Array, translator = make()) {
  const translated = translate(octets, NOON_MS, translator);
  const detection = scansOf(translated)[0]?.detections[0];
  assert.ok(detection?.measurement.kind === "position");
  return { detection, ...detection.measurement, codes: translated.rejected.map(({ code, item }) => `${code} ${item}`) };
}
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

/** I010/042: 300 m east, 400 m north. I010/500: 5 m and 10 m (20 and 40 quarters), -20 m² (-80 quarters). */
const SURFACE = "0a0012c3010180190301012c01901428ffb0";

test("a surface sensor's standard deviations and covariance are an ellipse", () => {
  // [25 -20; -20 100] has the eigenvalues 105, along (-1, 4), and 20.
  const { horizontalSigmaM, ellipse, codes } = measure(bytes(SURFACE));
  near(ellipse?.semiMajorM, Math.sqrt(105));
  near(ellipse?.semiMinorM, Math.sqrt(20));
  near(ellipse?.orientationDeg, 180 - degFromRad(Math.atan2(1, 4)));
  near(horizontalSigmaM, Math.sqrt(105));
  assert.deepEqual(codes, []);
});

test("the axes of a sensor that is turned are turned with it, and of one whose north is not known nothing is", () => {
  const turned = make({ sensors: [{ ...RADAR, headingOffsetDeg: 30 }] });
  near(measure(bytes(SURFACE), turned).ellipse?.orientationDeg, 210 - degFromRad(Math.atan2(1, 4)) - 180);
  const item = { i010: SOURCE, i000: { messageType: 1 }, i041: { latDeg: 45, lonDeg: -90 } };
  const octets = encodeBlock(10, [{ ...item, i500: { devxM: 5, devyM: 10, covxyM2: -20 } }]);
  const onGrid = measure(octets, make({ sensors: [{ ...RADAR, northReference: "grid" }] }));
  assert.equal(onGrid.ellipse, undefined);
  near(onGrid.horizontalSigmaM, Math.sqrt(105));
});

test("a covariance that cannot be is counted by its item, and the target is still placed", () => {
  // 1 m and 2 m with -20 m².
  const { horizontalSigmaM, ellipse, codes } = measure(bytes(SURFACE.replace("1428ffb0", "0408ffb0")));
  assert.deepEqual(codes, ["impossible-covariance I010/500"]);
  near(horizontalSigmaM, Math.sqrt(5));
  assert.equal(ellipse, undefined);
});

test("a system track's covariance is told by its root with its sign", () => {
  // I062/500 APC 16.5 m and 17.5 m (33 and 35 halves), COV 12 m (24 halves): [272.25 144; 144 306.25] has 434.25 along (8, 9) and 144.25.
  const { ellipse, detection } = measure(bytes("3e001a89090104196400800000ff0000000007c0002100230018"));
  near(ellipse?.semiMajorM, Math.sqrt(434.25));
  near(ellipse?.semiMinorM, Math.sqrt(144.25));
  near(ellipse?.orientationDeg, degFromRad(Math.atan2(8, 9)));
  assert.equal(detection.filtered, true);
  const opposite = measure(bytes("3e001a89090104196400800000ff0000000007c000210023ffe8"));
  near(opposite.ellipse?.orientationDeg, 180 - degFromRad(Math.atan2(8, 9)));
});

test("a non-cooperative sensor's correlation is one of its standard deviations", () => {
  // I015/600 HPP: 8 m and 8 m (32 quarters), -0.5 (-64 of 128): 96 m² to the south-east and 32 m² across.
  const { ellipse } = measure(bytes("0f0016c104190302a020000000c000000000200020c0"));
  near(ellipse?.semiMajorM, Math.sqrt(96));
  near(ellipse?.semiMinorM, Math.sqrt(32));
  near(ellipse?.orientationDeg, 135);
});

test("a multilateration system's ellipse lies along its axes, with an address or without", () => {
  const located = { i010: SOURCE, i020: { ssr: 1 }, i041: { latDeg: 32.6, lonDeg: -117.02 } };
  const i500 = { sdp: { xM: 30, yM: 4, xy: 0 } };
  for (const i220 of [undefined, { targetAddress: "a1b2c3" }]) {
    const { ellipse } = measure(encodeBlock(20, [{ ...located, i500, ...(i220 && { i220 }) }]));
    assert.deepEqual(ellipse, { semiMajorM: 30, semiMinorM: 4, orientationDeg: 90 });
  }
});

test("a radar's track is as long and wide as it says, and else as its plots are", () => {
  const tracked = (i210?: ItemsDraft<48>["i210"]) => {
    const items = { i010: SOURCE, i161: { trn: 3 }, i042: { xNm: 2, yNm: 2 }, ...(i210 && { i210 }) };
    return measure(encodeBlock(48, [items]), make({ asterix: { use: "tracks" } })).ellipse;
  };
  const said = tracked({ sigxNm: 1 / 64, sigyNm: 1 / 32, sigvNmPerS: 0, sighDeg: 0 });
  assert.deepEqual(said, { semiMajorM: 57.875, semiMinorM: 28.9375, orientationDeg: 0 });
  // Seen to the north-east at 5238 m: half a degree across, 5 m along.
  const unsaid = tracked();
  near(unsaid?.semiMajorM, (Math.sqrt(8) * 1852 * Math.PI) / 360, 1e-6);
  near(unsaid?.semiMinorM, 5);
  near(unsaid?.orientationDeg, 135, 1e-6);
});

test("a place that is long along the line of sight is a look no wider than it is across", () => {
  // Due north at some 2 km: 2 m to the east and 300 m to the north, so that the look is half a beam of 1° and three sigma of 0.06° to each side.
  const p84 = { latitudeDeg: RADAR.latDeg + 0.018, longitudeDeg: RADAR.lonDeg };
  const items = { i010: SOURCE, i000: { mt: 1 }, i600: { p84, hpp: { sdhpxM: 2, sdhpyM: 300, cosdhpxy: 0 } } };
  const { sector } = scansOf(translate(encodeBlock(15, [items])))[0] ?? {};
  assert.ok(sector);
  const widthDeg = degFromRad(wrapTurnRad(sector.azimuthToRad - sector.azimuthFromRad));
  assert.ok(widthDeg > 2 && widthDeg < 2.5, `${widthDeg}°`);
});
