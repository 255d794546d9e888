import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { NOON_MS, SOURCE, scansOf, translate } from "./asterix.fixture.ts";

const track = (more: ItemsDraft<62> = {}): ItemsDraft<62> => ({
  i010: { sac: 25, sic: 100 },
  i070: { timeOfTrackInformationS: 43_200 },
  i105: { latDeg: 32.625, lonDeg: -117 },
  i040: { trackNumber: 7 },
  ...more,
});

test("a system track is a filtered position with its accuracies, and one that ends, coasts or is nowhere is none", () => {
  const [scan, ...rest] = scansOf(
    translate(
      encodeBlock(62, [
        track({
          i185: { vxMps: 10, vyMps: -5 },
          i130: { calculatedTrackGeometricAltitudeFt: 1000 },
          i380: { adr: "4ca7a8" },
          i080: { mon: 0, sim: 1 },
          i500: { apc: { xM: 30, yM: 40 }, atv: { xMps: 2, yMps: 2 }, agaFt: 50 },
        }),
        track({ i080: { mon: 0, tse: 1 } }),
        track({ i080: { mon: 0, cst: 1 } }),
        { i010: { sac: 25, sic: 100 }, i040: { trackNumber: 8 } },
      ]),
    ),
  );
  assert.deepEqual(rest, []);
  assert.equal(scan?.sensor, "sdps");
  assert.equal(scan.reality, "simulated");
  const [detection] = scan.detections;
  assert.equal(detection?.filtered, true);
  assert.deepEqual(detection?.claims, [{ kind: "icao", value: "4CA7A8" }]);
  assert.ok(detection?.measurement.kind === "position");
  const { horizontalSigmaM, ellipse, height, velocity } = detection.measurement;
  assert.equal(horizontalSigmaM, 40, "the greatest");
  assert.deepEqual(ellipse, { semiMajorM: 40, semiMinorM: 30, orientationDeg: 0 });
  assert.deepEqual(height, { valueM: 304.8, sigmaM: 15.24, reference: "hae" });
  assert.deepEqual(velocity, { eastMps: 10, northMps: -5, sigmaMps: 2 });
});

test("a system track without a geometric height has the pressure one", () => {
  const [scan] = scansOf(translate(encodeBlock(62, [track({ i136: { measuredFlightLevel: 10 } })])));
  const measurement = scan?.detections[0]?.measurement;
  assert.deepEqual(measurement?.kind === "position" && measurement.height, { valueM: 304.8, sigmaM: 20, reference: "pressure" });
});

test("a UAS report is a claim of who and a position of where", () => {
  const items: ItemsDraft<129> = {
    i010: { sac: 25, sic: 100 },
    i040: { serialNumber: "1581F5FHD229" },
    i070: { timeOfDayS: 43_200 },
    i080: { latDeg: 32.625, lonDeg: -117 },
    i090: { altMslM: 120 },
    i110: { accuracyM: 49 },
    i185: { eastMps: 3, northMps: 4 },
  };
  const { inputs } = translate(encodeBlock(129, [items]));
  assert.deepEqual(
    inputs.map((input) => input.kind),
    ["claim", "scan"],
  );
  const [claim, scan] = inputs;
  assert.deepEqual(claim?.kind === "claim" && claim.identities, [{ kind: "serial", value: "1581F5FHD229" }]);
  const measurement = scan?.kind === "scan" ? scan.detections[0]?.measurement : undefined;
  assert.ok(measurement?.kind === "position");
  assert.equal(measurement.horizontalSigmaM, 25);
  assert.deepEqual(measurement.height, { valueM: 120, sigmaM: 15, reference: "msl" });
  assert.deepEqual(measurement.velocity, { eastMps: 3, northMps: 4, sigmaMps: 1 });
});

const aircraft = (more: ItemsDraft<21> = {}): ItemsDraft<21> => ({
  i010: { sac: 25, sic: 100 },
  i080: { targetAddress: "4ca7a8" },
  i131: { latDeg: 32.625, lonDeg: -117 },
  i073: { timeOfMessageReceptionForPositionS: 43_199.5 },
  ...more,
});

test("an ADS-B station's report means what any receiver's does", () => {
  const { inputs } = translate(
    encodeBlock(21, [
      aircraft({
        i040: { atp: 0 },
        i090: { nucrnacv: 1, nucpnic: 7, nacp: 9 },
        i140: { geometricHeightFt: 1000 },
        i145: { flightLevelFl: 9 },
        i160: { gsNmPerS: 0.0625, taDeg: 90 },
        i157: { gvrFtPerMin: -600 },
        i170: { targetIdentification: "EZS14ZH" },
        i200: { ps: 0 },
        i210: { vn: 2 },
      }),
    ]),
  );
  const [claim, scan] = inputs;
  assert.ok(claim?.kind === "claim" && scan?.kind === "scan");
  assert.deepEqual(claim.identities, [
    { kind: "icao", value: "4CA7A8" },
    { kind: "callsign", value: "EZS14ZH" },
  ]);
  assert.equal(scan.measuredMs, NOON_MS - 500);
  const measurement = scan.detections[0]?.measurement;
  assert.ok(measurement?.kind === "position");
  assert.ok(Math.abs(measurement.latDeg - 32.625) < 180 / 2 ** 30, "within a step");
  assert.ok(Math.abs(measurement.horizontalSigmaM - 30 / 2.4477) < 0.01, "NACp 9 is 30 m of 95 %");
  assert.equal(measurement.height?.reference, "hae");
  assert.ok(Math.abs((measurement.velocity?.eastMps ?? 0) - 115.75) < 1e-9);
  assert.ok(Math.abs((measurement.velocity?.upMps ?? 0) + 3.048) < 1e-9);
});

test("an aircraft on the ground has no position, an unsure speed no velocity, a field monitor is no aircraft", () => {
  const kinds = (more: ItemsDraft<21>) => translate(encodeBlock(21, [aircraft(more)])).inputs.map(({ kind }) => kind);
  assert.deepEqual(kinds({ i040: { atp: 0, gbs: 1 } }), ["claim"]);
  assert.deepEqual(kinds({ i040: { atp: 0, rab: 1 } }), []);
  const [, scan] = translate(encodeBlock(21, [aircraft({ i160: { re: 1, gsNmPerS: 1.9, taDeg: 0 } })])).inputs;
  const measurement = scan?.kind === "scan" ? scan.detections[0]?.measurement : undefined;
  assert.ok(measurement?.kind === "position" && measurement.velocity === undefined);
});

test("a simulated aircraft and a test one are no live ones, in claim and position", () => {
  for (const [more, reality] of [
    [{ sim: 1 }, "simulated"],
    [{ tst: 1 }, "test"],
  ] as const)
    for (const input of translate(encodeBlock(21, [aircraft({ i040: { atp: 0, ...more } })])).inputs)
      assert.equal(input.kind === "scan" || input.kind === "claim" ? input.reality : "", reality);
});

const seen = (more: ItemsDraft<15>): ItemsDraft<15> => ({
  i010: SOURCE,
  i000: { mt: 3 },
  i020: { momu: 0 },
  i145: { timeOfApplicabilityS: 43_200 },
  ...more,
});
const soleMeasurement = (more: ItemsDraft<15>) =>
  scansOf(translate(encodeBlock(15, [seen(more)])))[0]?.detections[0]?.measurement;

test("a non-cooperative sensor's plot has the accuracies it states, and else the sensor's", () => {
  const polar = soleMeasurement({
    i625: { rM: 1500, sdrM: 3, rrMps: -12, sdrr: { sdrrMps: 0.5, corrr: 0 } },
    i627: { azDeg: 90 },
  });
  assert.ok(polar?.kind === "polar");
  const { rangeM, rangeSigmaM, azimuthSigmaRad, rangeRateMps, rangeRateSigmaMps } = polar;
  assert.deepEqual(
    { rangeM, rangeSigmaM, rangeRateMps, rangeRateSigmaMps },
    { rangeM: 1500, rangeSigmaM: 3, rangeRateMps: -12, rangeRateSigmaMps: 0.5 },
  );
  assert.ok(Math.abs(azimuthSigmaRad - (0.5 * Math.PI) / 180) < 1e-12);
  const elevated = soleMeasurement({ i625: { rM: 1500 }, i627: { azDeg: 90 }, i628: { elDeg: 45, sdelDeg: 1 } });
  assert.ok(elevated?.kind === "polar" && Math.abs((elevated.elevationRad ?? 0) - Math.PI / 4) < 1e-9);
});

test("a bistatic range is no range: only the direction is taken", () => {
  assert.equal(soleMeasurement({ i020: { momu: 1 }, i625: { rM: 1500 }, i627: { azDeg: 90 } })?.kind, "bearing");
});

test("a non-cooperative sensor's position goes before its direction, and its tracks are filtered", () => {
  const items = seen({
    i000: { mt: 4 },
    i600: { p84: { latitudeDeg: 32.5625, longitudeDeg: -117.03125 }, hpp: { sdhpxM: 6, sdhpyM: 8, cosdhpxy: 0 } },
    i601: { ghM: 120, sdghM: 5 },
    i602: { hv: { xMps: 3, yMps: -4 }, sdhv: { xMps: 1, yMps: 1, cohvxy: 0 } },
    i627: { azDeg: 90 },
  });
  const [scan] = scansOf(translate(encodeBlock(15, [items])));
  assert.equal(scan?.detections[0]?.filtered, true);
  assert.ok(scan.sector, "a position too is a look at where it is");
  const measurement = scan.detections[0]?.measurement;
  assert.ok(measurement?.kind === "position");
  assert.deepEqual(measurement.ellipse, { semiMajorM: 8, semiMinorM: 6, orientationDeg: 0 });
  assert.deepEqual(measurement.height, { valueM: 120, sigmaM: 5, reference: "hae" });
  assert.deepEqual(measurement.velocity, { eastMps: 3, northMps: -4, sigmaMps: 1 });
});

test("a non-cooperative sensor's reference and synthetic targets are no live ones, and the end of a track is none", () => {
  const realities = [0, 1, 2, 3].map(
    (ttax) => scansOf(translate(encodeBlock(15, [seen({ i020: { momu: 0, ttax }, i627: { azDeg: 1 } })])))[0]?.reality,
  );
  assert.deepEqual(realities, ["live", "test", "simulated", "simulated"]);
  assert.deepEqual(translate(encodeBlock(15, [seen({ i000: { mt: 5 }, i627: { azDeg: 1 } })])).inputs, []);
});
