import assert from "node:assert/strict";
import { test } from "node:test";
import { feedId, Input, type Reality, type Sensor, sensorId, validate } from "@picket/model";
import { createTranslator, type Translated } from "./index.ts";
import { trueNorth } from "./true-north.ts";

const NOW_MS = 1_790_000_000_000;
const RADAR: Sensor = {
  id: sensorId.parse("radar-1"),
  name: "Hill radar",
  kind: "radar",
  latDeg: 32.55,
  lonDeg: -117.04,
  rangeMaxM: 5000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.5,
  elevationSigmaDeg: 1,
};
const rad = (deg: number) => (deg * Math.PI) / 180;

function translate(
  lines: readonly (object | string)[],
  sensors: readonly Sensor[] = [RADAR],
  reality: Reality = "live",
): Translated {
  const translator = createTranslator({ feed: feedId.parse("udp-1"), protocol: "detections", sensors, reality });
  const text = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
  const translated = translator.bytes(new TextEncoder().encode(text), NOW_MS, "192.0.2.7:9000", 42);
  for (const input of translated.inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
  return translated;
}
/** Angles are compared to a nanoradian: adding an offset rounds. */
const rounded = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_key, part) => (typeof part === "number" ? Number(part.toFixed(9)) : part)));
const codes = ({ rejected }: Translated) => rejected.map(({ code, item }) => `${code} ${item}`);

function soleScan({ inputs }: Translated) {
  assert.equal(inputs.length, 1);
  const scan = inputs[0];
  assert.ok(scan?.kind === "scan");
  return scan;
}

test("a polar detection becomes radians with the sensor's configured sigmas", () => {
  const line = {
    sensor: "radar-1",
    measuredMs: NOW_MS - 40,
    detections: [{ kind: "polar", rangeM: 900, azimuthDeg: -90, elevationDeg: 5 }],
  };
  const scan = soleScan(translate([line]));
  assert.deepEqual(
    rounded(scan),
    rounded({
      kind: "scan",
      sensor: "radar-1",
      measuredMs: NOW_MS - 40,
      measuredSigmaMs: 100,
      receivedMs: NOW_MS,
      clockOffsetMs: -40,
      reality: "live",
      detections: [
        {
          measurement: {
            kind: "polar",
            rangeM: 900,
            rangeSigmaM: 5,
            azimuthRad: 1.5 * Math.PI,
            azimuthSigmaRad: rad(0.5),
            elevationRad: rad(5),
            elevationSigmaRad: rad(1),
          },
        },
      ],
      raw: { feed: "udp-1", sequence: 42 },
    }),
  );
});

test("a stated sigma goes before the configured one", () => {
  const detection = {
    kind: "polar",
    rangeM: 900,
    rangeSigmaM: 2,
    azimuthDeg: 10,
    azimuthSigmaDeg: 3,
    rangeRateMps: -4,
    rangeRateSigmaMps: 0.2,
  };
  const { measurement } = soleScan(translate([{ sensor: "radar-1", detections: [detection] }])).detections[0] ?? {};
  assert.deepEqual(
    rounded(measurement),
    rounded({
      kind: "polar",
      rangeM: 900,
      rangeSigmaM: 2,
      azimuthRad: rad(10),
      azimuthSigmaRad: rad(3),
      rangeRateMps: -4,
      rangeRateSigmaMps: 0.2,
    }),
  );
});

test("every kind of detection and every feature comes through", () => {
  const features = {
    emitter: "controller",
    propagation: "light",
    signal: { rssiDbm: -70, frequencyMhz: 2437 },
    rcsDbsm: -18,
    microDoppler: 0,
    classLikelihoods: { multirotor: 0.8, bird: 0.1 },
    claims: [{ kind: "serial", value: "1581F45T7228K00D1234" }],
    origin: "burst-7",
    filtered: true,
  };
  const height = { valueM: 120, sigmaM: 4, reference: "agl" };
  const scan = soleScan(
    translate([
      {
        sensor: "radar-1",
        detections: [
          { kind: "bearing", azimuthDeg: 45, azimuthSigmaDeg: 2, elevationDeg: 1, elevationSigmaDeg: 3, ...features },
          {
            kind: "position",
            latDeg: 32.5,
            lonDeg: -117,
            horizontalSigmaM: 8,
            height,
            eastMps: 3,
            northMps: 4,
            upMps: 0,
            velocitySigmaMps: 1,
          },
          { kind: "position", latDeg: 32.5, lonDeg: -117, ellipse: { semiMajorM: 90, semiMinorM: 7, orientationDeg: 37 } },
          { kind: "range", rangeM: 900, rangeSigmaM: 4 },
          { kind: "rangeDifference", otherSensor: "radar-2", differenceM: -120, sigmaM: 6 },
          { kind: "sector", azimuthFromDeg: 350, azimuthToDeg: 10, rangeMaxM: 800 },
          { kind: "sector", azimuthFromDeg: 0, azimuthToDeg: 360 },
          { kind: "presence", radiusM: 300 },
        ],
      },
    ]),
  );
  assert.deepEqual(
    rounded(scan.detections.map(({ measurement }) => measurement)),
    rounded([
      { kind: "bearing", azimuthRad: rad(45), azimuthSigmaRad: rad(2), elevationRad: rad(1), elevationSigmaRad: rad(3) },
      {
        kind: "position",
        latDeg: 32.5,
        lonDeg: -117,
        horizontalSigmaM: 8,
        height,
        velocity: { eastMps: 3, northMps: 4, upMps: 0, sigmaMps: 1 },
      },
      {
        kind: "position",
        latDeg: 32.5,
        lonDeg: -117,
        horizontalSigmaM: 90,
        ellipse: { semiMajorM: 90, semiMinorM: 7, orientationDeg: 37 },
      },
      { kind: "range", rangeM: 900, rangeSigmaM: 4 },
      { kind: "rangeDifference", otherSensor: "radar-2", differenceM: -120, sigmaM: 6 },
      { kind: "sector", azimuthFromRad: rad(350), azimuthToRad: rad(10), rangeMaxM: 800 },
      { kind: "sector", azimuthFromRad: 0, azimuthToRad: 2 * Math.PI },
      { kind: "presence", radiusM: 300 },
    ]),
  );
  const { measurement: _, ...carried } = scan.detections[0] ?? {};
  assert.deepEqual(carried, features);
});

test("a radar that measures and names no class is taken at what such things measure", () => {
  const plot = { kind: "polar", rangeM: 900, rangeSigmaM: 5, azimuthDeg: 10, azimuthSigmaDeg: 1 };
  const likelihoodsOf = (features: object) =>
    soleScan(translate([{ sensor: "radar-1", detections: [{ ...plot, ...features }] }])).detections[0]?.classLikelihoods;
  // A bird's mean lies 5 dB below a multirotor's, with the same spread of 8 dB.
  const byBulk = likelihoodsOf({ rcsDbsm: -18 });
  assert.ok(Math.abs((byBulk?.bird ?? 0) / (byBulk?.multirotor ?? 1) - Math.exp(-((5 / 8) ** 2) / 2)) < 1e-12);
  const byRotor = likelihoodsOf({ microDoppler: 0.7 });
  assert.ok(Math.abs((byRotor?.bird ?? 0) / (byRotor?.multirotor ?? 1) - Math.exp(-2)) < 1e-12);
  const byBoth = likelihoodsOf({ rcsDbsm: -18, microDoppler: 0.7 });
  assert.ok((byBoth?.multirotor ?? 0) > 8 * (byBoth?.bird ?? 1));
  assert.ok((byBoth?.mannedAircraft ?? 1) < 0.01);
  for (const weak of [{ microDoppler: 0 }, { rcsDbsm: -28 }, { rcsDbsm: -20, microDoppler: 0.2 }]) {
    const said = likelihoodsOf(weak) ?? {};
    const most = Math.max(...Object.values(said));
    assert.ok((said.multirotor ?? 0) >= 0.7 * most && (said.other ?? 0) >= 0.7 * most, "what is weak is not acquitted");
  }
  assert.deepEqual(likelihoodsOf({ rcsDbsm: -18, classLikelihoods: { bird: 1 } }), { bird: 1 });
  assert.equal(likelihoodsOf({}), undefined);
});

test("a look that saw nothing is a scan without detections", () => {
  assert.deepEqual(soleScan(translate([{ sensor: "radar-1", detections: [] }])).detections, []);
});

test("a sector that was looked at is turned as the sensor is, and a full circle is the whole field of view", () => {
  const turned = { ...RADAR, headingOffsetDeg: 20 };
  const sector = { azimuthFromDeg: 350, azimuthToDeg: 30 };
  const looked = soleScan(translate([{ sensor: "radar-1", sector, detections: [] }], [turned])).sector;
  assert.deepEqual(rounded(looked), rounded({ azimuthFromRad: rad(10), azimuthToRad: rad(50) }));
  const full = { sensor: "radar-1", sector: { azimuthFromDeg: -180, azimuthToDeg: 180 }, detections: [] };
  assert.equal(soleScan(translate([full], [turned])).sector, undefined);
});

test("a detection without a time has the time of arrival and a large sigma", () => {
  const { measuredMs, measuredSigmaMs, clockOffsetMs } = soleScan(translate([{ sensor: "radar-1", detections: [] }]));
  assert.deepEqual(
    { measuredMs, measuredSigmaMs, clockOffsetMs },
    { measuredMs: NOW_MS, measuredSigmaMs: 500, clockOffsetMs: undefined },
  );
});

test("a clock that runs ahead is said and never believed", () => {
  const line = { sensor: "radar-1", measuredMs: NOW_MS + 30_000, measuredSigmaMs: 5, detections: [] };
  const { measuredMs, measuredSigmaMs, clockOffsetMs } = soleScan(translate([line]));
  assert.deepEqual(
    { measuredMs, measuredSigmaMs, clockOffsetMs },
    { measuredMs: NOW_MS, measuredSigmaMs: 500, clockOffsetMs: 30_000 },
  );
});

test("a time that lies behind stands, because a slow way looks the same as a slow clock", () => {
  const { measuredMs, clockOffsetMs } = soleScan(translate([{ sensor: "radar-1", measuredMs: NOW_MS - 9_000, detections: [] }]));
  assert.deepEqual({ measuredMs, clockOffsetMs }, { measuredMs: NOW_MS - 9_000, clockOffsetMs: -9_000 });
});

test("a line may say less real than its feed, never more", () => {
  assert.equal(
    soleScan(translate([{ sensor: "radar-1", reality: "exercise", detections: [] }], [RADAR], "live")).reality,
    "exercise",
  );
  assert.equal(
    soleScan(translate([{ sensor: "radar-1", reality: "live", detections: [] }], [RADAR], "simulated")).reality,
    "simulated",
  );
});

test("a state becomes a sensor report, with or without a look", () => {
  const alone = translate([{ sensor: "radar-1", state: "degraded", detail: "fan" }]);
  assert.deepEqual(alone.inputs, [
    { kind: "sensorReport", sensor: "radar-1", receivedMs: NOW_MS, reality: "live", state: "degraded", detail: "fan" },
  ]);
  const both = translate([{ sensor: "radar-1", state: "working", detections: [] }]);
  assert.deepEqual(
    both.inputs.map(({ kind }) => kind),
    ["sensorReport", "scan"],
  );
  assert.equal(both.records, 1);
});

test("each bad line is refused by code and the next goes on", () => {
  const translated = translate([
    "not json",
    { sensor: "Bad Id" },
    { sensor: "radar-9", detections: [] },
    { sensor: "radar-1" },
    { sensor: "radar-1", detections: [] },
  ]);
  assert.deepEqual(codes(translated), ["not-json line", "schema /sensor", "unknown-sensor sensor", "nothing-said line"]);
  assert.equal(translated.records, 1);
  assert.deepEqual(
    translated.rejected.map(({ at }) => at),
    [0, 9, 29, 66],
  );
});

test("one bad detection is refused alone and names its place", () => {
  const good = { kind: "polar", rangeM: 900, azimuthDeg: 10 };
  const translated = translate([
    { sensor: "radar-1", detections: [good, { kind: "polar", rangeM: -1, azimuthDeg: 10 }, { ...good, video: "…" }, good] },
  ]);
  assert.equal(soleScan(translated).detections.length, 2);
  assert.deepEqual(codes(translated), ["schema /detections/1/rangeM", "schema /detections/2/video"]);
});

test("one with more claims than it may carry is refused alone and counted", () => {
  const claims = Array.from({ length: 9 }, (_, i) => ({ kind: "serial", value: `S${i}` }));
  const good = { kind: "polar", rangeM: 900, azimuthDeg: 10 };
  assert.deepEqual(codes(translate([{ sensor: "radar-1", detections: [good, { ...good, claims }] }])), [
    "schema /detections/1/claims",
  ]);
  assert.deepEqual(codes(translate([{ sensor: "radar-1", detections: [{ ...good, claims }] }])), ["schema /detections/0/claims"]);
});

test("a line nested deeper than a program can follow is refused by its place, as any other that does not fit", () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const lines = [`{"sensor":${deep}}`, `{"sensor":"radar-1","detections":[${deep}]}`, deep];
  assert.deepEqual(codes(translate(lines)), ["schema /sensor", "schema /detections/0", "schema /"]);
});

test("a look whose every detection was refused is no look, but its state is told", () => {
  const bad = { kind: "polar", rangeM: -1, azimuthDeg: 10 };
  assert.deepEqual(translate([{ sensor: "radar-1", detections: [bad] }]).inputs, []);
  const { inputs } = translate([{ sensor: "radar-1", state: "failed", detections: [bad] }]);
  assert.deepEqual(
    inputs.map(({ kind }) => kind),
    ["sensorReport"],
  );
});

test("a number too large for a number is refused", () => {
  const translated = translate(['{"sensor":"radar-1","detections":[{"kind":"polar","rangeM":1e999,"azimuthDeg":3}]}']);
  assert.deepEqual(codes(translated), ["schema /detections/0/rangeM"]);
});

test("more detections than a line may carry are refused together", () => {
  const detections = Array.from({ length: 5001 }, () => ({ kind: "presence" }));
  assert.deepEqual(codes(translate([{ sensor: "radar-1", detections }])), ["schema /detections"]);
});

test("without any sigma a measurement is refused, or only its elevation, range rate or velocity", () => {
  const { rangeSigmaM: _r, azimuthSigmaDeg: _a, elevationSigmaDeg: _e, ...bare } = RADAR;
  const translated = translate(
    [
      {
        sensor: "radar-1",
        detections: [
          { kind: "polar", rangeM: 1, azimuthDeg: 1 },
          { kind: "bearing", azimuthDeg: 1, azimuthSigmaDeg: 0 },
          { kind: "position", latDeg: 1, lonDeg: 1 },
          { kind: "polar", rangeM: 1, rangeSigmaM: 1, azimuthDeg: 0, azimuthSigmaDeg: 1, elevationDeg: 1, rangeRateMps: 2 },
          { kind: "position", latDeg: 1, lonDeg: 1, horizontalSigmaM: 3, eastMps: 1, northMps: 1 },
          { kind: "position", latDeg: 1, lonDeg: 1, horizontalSigmaM: 3, upMps: 1 },
        ],
      },
    ],
    [bare],
  );
  assert.deepEqual(codes(translated), [
    "no-sigma /detections/0/rangeSigmaM",
    "no-sigma /detections/0/azimuthSigmaDeg",
    "no-sigma /detections/1/azimuthSigmaDeg",
    "no-sigma /detections/2/horizontalSigmaM",
    "no-sigma /detections/3/elevationSigmaDeg",
    "no-sigma /detections/3/rangeRateSigmaMps",
    "no-sigma /detections/4/velocitySigmaMps",
    "velocity-incomplete /detections/5/eastMps",
  ]);
  assert.deepEqual(
    soleScan(translated).detections.map(({ measurement }) => Object.keys(measurement).length),
    [5, 4, 4],
  );
});

test("a heading offset turns every azimuth", () => {
  const { measurement } =
    soleScan(
      translate(
        [{ sensor: "radar-1", detections: [{ kind: "bearing", azimuthDeg: 350 }] }],
        [{ ...RADAR, headingOffsetDeg: 15 }],
      ),
    ).detections[0] ?? {};
  assert.ok(measurement?.kind === "bearing");
  assert.ok(Math.abs(measurement.azimuthRad - rad(5)) < 1e-12);
});

test("magnetic azimuths become true ones by the declination at the sensor's place, with the model's own error", () => {
  const magnetic: Sensor = { ...RADAR, northReference: "magnetic" };
  const bearing = { sensor: "radar-1", detections: [{ kind: "bearing", azimuthDeg: 0, azimuthSigmaDeg: 0.3 }] };
  const { measurement } = soleScan(translate([bearing], [magnetic])).detections[0] ?? {};
  assert.ok(measurement?.kind === "bearing");
  // At San Diego a compass points some 11° east of true north in 2026.
  assert.ok(Math.abs(measurement.azimuthRad - rad(11)) < rad(0.7), `${measurement.azimuthRad}`);
  assert.ok(measurement.azimuthSigmaRad > rad(0.35) && measurement.azimuthSigmaRad < rad(0.8));
  const later = trueNorth(magnetic, Date.UTC(2031, 5));
  assert.ok(later.ok && later.sigmaRad > rad(1), "an expired model is believed less");
});

test("grid azimuths are refused by name, and positions of the same sensor are not", () => {
  const grid: Sensor = { ...RADAR, northReference: "grid" };
  const bearing = { sensor: "radar-1", detections: [{ kind: "bearing", azimuthDeg: 350 }] };
  const sector = { sensor: "radar-1", sector: { azimuthFromDeg: 0, azimuthToDeg: 90 }, detections: [] };
  const position = { sensor: "radar-1", detections: [{ kind: "position", latDeg: 1, lonDeg: 1 }] };
  const translated = translate([bearing, sector, position], [grid]);
  assert.deepEqual(codes(translated), ["north-reference sensor", "north-reference sensor"]);
  assert.equal(soleScan(translated).detections.length, 1);
});

test("a translator restored between two halves of a line goes on as the first would have", () => {
  const options = { feed: feedId.parse("tcp-1"), protocol: "detections", sensors: [RADAR], reality: "live" } as const;
  const whole = new TextEncoder().encode('{"sensor":"radar-1","detections":[{"kind":"polar","rangeM":5,"azimuthDeg":3}]}\n');
  for (let cut = 0; cut <= whole.length; cut++) {
    const first = createTranslator(options);
    const before = first.bytes(whole.subarray(0, cut), NOW_MS, "a", 1);
    const second = createTranslator(options, JSON.parse(JSON.stringify(first.snapshot())));
    const after = first.bytes(whole.subarray(cut), NOW_MS, "a", 2);
    assert.deepEqual(second.bytes(whole.subarray(cut), NOW_MS, "a", 2), after);
    assert.equal(before.records + after.records, 1);
  }
});

test("a snapshot of another protocol is refused by name", () => {
  const options = { feed: feedId.parse("tcp-1"), protocol: "detections", sensors: [RADAR], reality: "live" } as const;
  assert.throws(() => createTranslator(options, { protocol: "remote-id" }), /Snapshot must be of a detections translator/);
  assert.throws(() => createTranslator({ ...options, protocol: "morse" as "detections" }), /Protocol must be one of/);
});
