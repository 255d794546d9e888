import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { enuFromPolar } from "@picket/geo";
import { DAY_MS, make, NOON_MS, RADAR, SOURCE, scansOf, translate } from "./asterix.fixture.ts";
import type { Translated } from "./index.ts";

const codes = ({ rejected }: Translated): readonly string[] => rejected.map(({ code, item }) => `${code} ${item}`);

const plot = (more: ItemsDraft<48> = {}): ItemsDraft<48> => ({
  i010: SOURCE,
  i140: { timeOfDayS: 43_200 },
  i020: { typ: 1 },
  i040: { rhoNm: 2, thetaDeg: 90 },
  ...more,
});
const sector = (sectorDeg: number, timeOfDayS: number): Uint8Array =>
  encodeBlock(34, [{ i010: SOURCE, i000: { messageType: 2 }, i030: { timeOfDayS }, i020: { sectorDeg } }]);

function solePolar(translated: Translated) {
  const measurement = scansOf(translated)[0]?.detections[0]?.measurement;
  assert.ok(measurement?.kind === "polar");
  return measurement;
}

test("a plot is a polar detection with the sensor's sigmas and the steps of the wire", () => {
  const translated = translate(encodeBlock(48, [plot({ i130: { pamDbm: -70 } })]));
  const { rangeM, rangeSigmaM, azimuthRad, azimuthSigmaRad, elevationRad } = solePolar(translated);
  assert.equal(rangeM, 3704);
  assert.ok(Math.abs(azimuthRad - Math.PI / 2) < 1e-12);
  assert.ok(Math.abs(rangeSigmaM ** 2 - (5 ** 2 + (1852 / 256) ** 2 / 12)) < 1e-9, "range steps of 7.2 m");
  const degree = Math.PI / 180;
  assert.ok(Math.abs(azimuthSigmaRad ** 2 - ((0.5 * degree) ** 2 + ((360 / 65_536) * degree) ** 2 / 12)) < 1e-15);
  assert.equal(elevationRad, undefined, "a 2-D plot has no height");
  const [scan] = scansOf(translated);
  assert.equal(scan?.sensor, "radar-1");
  assert.equal(scan?.measuredMs, NOON_MS);
  assert.equal(scan?.reality, "live");
  assert.deepEqual(scan?.raw, { feed: "asterix", sequence: 42 });
  assert.deepEqual(scan?.detections[0]?.signal, { rssiDbm: -70 });
});

test("a height of a 3D radar becomes the elevation at which the target has it", () => {
  const { rangeM, azimuthRad, elevationRad, elevationSigmaRad } = solePolar(
    translate(encodeBlock(48, [plot({ i110: { height3dFt: 1000 } })])),
  );
  assert.ok(elevationRad !== undefined && elevationSigmaRad !== undefined);
  const up = enuFromPolar({ rangeM, azimuthRad, elevationRad })[2];
  // Above the radar's level, with the drop of the earth over 3.7 km, 1.08 m; compared to a centimetre.
  assert.ok(Math.abs(up - (304.8 - 100 - (rangeM * rangeM) / (2 * 6_371_000))) < 0.01, `${up}`);
  assert.ok(Math.abs(elevationSigmaRad * rangeM - 50) < 1);
});

test("a height below a radar whose own height nobody knows stays unknown", () => {
  const { height: _, ...low } = RADAR;
  const translated = translate(encodeBlock(48, [plot({ i110: { height3dFt: 1000 } })]), NOON_MS, make({ sensors: [low] }));
  assert.equal(solePolar(translated).elevationRad, undefined);
});

test("a Doppler speed is receding unless the sensor's sheet says otherwise, and a doubtful one is left", () => {
  const block = (d: number) => encodeBlock(48, [plot({ i120: { cal: { d, calMps: -12 } } })]);
  assert.equal(solePolar(translate(block(0))).rangeRateMps, -12);
  assert.equal(solePolar(translate(block(1))).rangeRateMps, undefined);
  const other = make({ sensors: [{ ...RADAR, asterix: { ...SOURCE, dopplerPositive: "approaching" } }] });
  assert.equal(solePolar(translate(block(0), NOON_MS, other)).rangeRateMps, 12);
});

test("what the radar calls simulated or for test is no live detection, also in one datagram with live ones", () => {
  const block = encodeBlock(48, [
    plot(),
    plot({ i020: { typ: 1, sim: 1 } }),
    plot({ i020: { typ: 1, tst: 1 } }),
    plot({ i020: { typ: 1, rab: 1 } }),
  ]);
  assert.deepEqual(
    scansOf(translate(block)).map(({ reality, detections }) => [reality, detections.length]),
    [
      ["live", 1],
      ["simulated", 1],
      ["test", 2],
    ],
  );
});

test("a report without a detection and the end of a track are no plots; ghosts are refused and counted", () => {
  const translated = translate(
    encodeBlock(48, [
      plot({ i020: { typ: 0 } }),
      { i010: SOURCE, i161: { trn: 7 }, i170: { cnf: 0, tre: 1 } },
      plot({ i030: [13, 4] }),
      plot({ i030: [5] }),
    ]),
  );
  assert.deepEqual(codes(translated), ["ghost I048/030"]);
  assert.equal(scansOf(translated)[0]?.detections.length, 1);
  assert.equal(translated.records, 4);
});

test("what a transponder says becomes claims, and a bird's condition evidence", () => {
  const [scan] = scansOf(
    translate(
      encodeBlock(48, [plot({ i220: { aircraftAddress: "4ca7a8" }, i240: { aircraftIdentification: "RYR174C" }, i030: [19] })]),
    ),
  );
  assert.deepEqual(scan?.detections[0]?.claims, [
    { kind: "icao", value: "4CA7A8" },
    { kind: "callsign", value: "RYR174C" },
  ]);
  assert.ok((scan?.detections[0]?.classLikelihoods?.bird ?? 0) > 0.5);
});

test("a radar cross section is told on", () => {
  const [scan] = scansOf(translate(encodeBlock(48, [plot({ re: { gen48: { rcsdb: { rcsdbDbsm: -18.5 } } } })])));
  assert.equal(scan?.detections[0]?.rcsDbsm, -18.5);
});

test("a plot is refused where the sensor's sheet lacks a sigma or has grid azimuths", () => {
  const { rangeSigmaM: _, ...blunt } = RADAR;
  assert.deepEqual(codes(translate(encodeBlock(48, [plot()]), NOON_MS, make({ sensors: [blunt] }))), ["no-sigma rangeSigmaM"]);
  const grid = make({ sensors: [{ ...RADAR, northReference: "grid" }] });
  assert.deepEqual(codes(translate(encodeBlock(48, [plot()]), NOON_MS, grid)), ["north-reference sensor"]);
});

test("a source that no sensor names is refused, unless the feed stands for a sensor", () => {
  const block = encodeBlock(48, [plot({ i010: { sac: 1, sic: 1 } })]);
  assert.deepEqual(codes(translate(block)), ["unknown-sensor i010"]);
  const { asterix: _, ...own } = RADAR;
  assert.equal(scansOf(translate(block, NOON_MS, make({ sensor: own }))).length, 1);
});

for (const { why, timeOfDayS, receivedMs, measuredMs, offsetMs } of [
  {
    why: "a stamp from before midnight, heard after it",
    timeOfDayS: 86_399.5,
    receivedMs: NOON_MS + DAY_MS / 2 + 250,
    measuredMs: NOON_MS + DAY_MS / 2 - 500,
    offsetMs: -750,
  },
  { why: "a stamp a second old", timeOfDayS: 43_199, receivedMs: NOON_MS, measuredMs: NOON_MS - 1000, offsetMs: -1000 },
  { why: "a stamp of a clock that runs ahead", timeOfDayS: 43_202, receivedMs: NOON_MS, measuredMs: NOON_MS, offsetMs: 2000 },
  {
    why: "a stamp of a clock that is an hour off",
    timeOfDayS: 39_600,
    receivedMs: NOON_MS,
    measuredMs: NOON_MS,
    offsetMs: -3_600_000,
  },
])
  test(`time: ${why}`, () => {
    const [scan] = scansOf(translate(encodeBlock(48, [plot({ i140: { timeOfDayS } })]), receivedMs));
    assert.equal(scan?.measuredMs, measuredMs);
    assert.equal(scan.clockOffsetMs, offsetMs);
    assert.equal(scan.receivedMs, receivedMs);
  });

test("a plot without a time is of when it was heard", () => {
  const { i140: _, ...timeless } = plot();
  const [scan] = scansOf(translate(encodeBlock(48, [timeless])));
  assert.equal(scan?.measuredMs, NOON_MS);
  assert.equal(scan.clockOffsetMs, undefined);
});

test("a sector that passed with no plots is a look that saw nothing, one sector late", () => {
  const translator = make();
  const looks = [0, 11.25, 22.5, 33.75, 45].map((deg, i) =>
    scansOf(translate(sector(deg, 43_200 + i / 32), NOON_MS + (i * 1000) / 32, translator)),
  );
  assert.deepEqual(
    looks.map((scans) => scans.map((scan) => [scan.sector?.azimuthFromRad, scan.sector?.azimuthToRad, scan.detections.length])),
    [[], [], [[0, Math.PI / 16, 0]], [[Math.PI / 16, Math.PI / 8, 0]], [[Math.PI / 8, (3 * Math.PI) / 16, 0]]],
  );
  assert.deepEqual(
    looks.flat().map(({ measuredMs }) => Math.round((measuredMs - NOON_MS) * 32) / 1000),
    [1, 2, 3],
    "at the time when the antenna left it",
  );
});

test("sectors with a gap between them are no look", () => {
  const translator = make();
  for (const [deg, s] of [
    [0, 43_200],
    [180, 43_201],
    [190, 43_230],
    [200, 43_260],
  ] as const)
    assert.deepEqual(scansOf(translate(sector(deg, s), NOON_MS + (s - 43_200) * 1000, translator)), []);
});

test("a plot tells of its own beam alone, so that one a datagram says nothing against another object", () => {
  const [scan] = scansOf(translate(encodeBlock(48, [plot()])));
  assert.ok(scan?.sector);
  const { azimuthFromRad, azimuthToRad } = scan.sector;
  assert.ok(azimuthFromRad < Math.PI / 2 && azimuthToRad > Math.PI / 2 && azimuthToRad - azimuthFromRad < 0.1);
});

test("plots to both sides of north are of one beam, and plots all around of none", () => {
  const at = (...degrees: readonly number[]) =>
    scansOf(
      translate(
        encodeBlock(
          48,
          degrees.map((thetaDeg) => plot({ i040: { rhoNm: 2, thetaDeg } })),
        ),
      ),
    )[0]?.sector;
  const north = at(359, 1);
  assert.ok(north && north.azimuthFromRad > 6 && north.azimuthToRad < 0.3);
  assert.equal(at(0, 90, 180, 270), undefined);
});

test("a radar without sector messages is taken to have looked once each revisit, at the newest plot of the one before", () => {
  const translator = make();
  const at = (ms: number) =>
    scansOf(translate(encodeBlock(48, [plot({ i140: { timeOfDayS: 43_200 + ms / 1000 } })]), NOON_MS + ms, translator)).map(
      (scan) => [Math.round(scan.measuredMs - NOON_MS), scan.detections.length, scan.sector === undefined],
    );
  assert.deepEqual(at(0), [[0, 1, false]]);
  assert.deepEqual(at(500), [[500, 1, false]]);
  assert.deepEqual(at(1000), [
    [500, 0, true],
    [1000, 1, false],
  ]);
  assert.deepEqual(at(1500), [[1500, 1, false]]);
});

test("values beyond the standard are counted", () => {
  const beyond = Uint8Array.from(Buffer.from("3e000e8819647fffffff00000000", "hex"));
  assert.deepEqual(codes(translate(beyond)), ["out-of-range I062/105/latDeg"]);
});
