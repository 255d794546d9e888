import assert from "node:assert/strict";
import { test } from "node:test";
import { type Detection, type Measurement, OBJECT_CLASSES, type Sensor } from "@picket/model";
import type { DetectionReport, RangeBearing, Registration } from "@picket/sapient";
import {
  FINDER,
  FINDER_NODE,
  framed,
  NOON_MS,
  OWN_NODE,
  RADAR,
  RADAR_NODE,
  registered,
  report,
  scansOf,
  translate,
  ULID,
} from "./sapient.fixture.ts";

type Told = Omit<DetectionReport, "reportId" | "objectId">;
type Mode = Partial<Registration["modeDefinition"][number]>;

/** What one report of the radar comes to, and the codes it was refused by. */
function tell(told: Told, mode: Mode = {}, sensor: Sensor = RADAR) {
  const translator = registered(RADAR_NODE, mode, { sensors: [sensor, FINDER] });
  const translated = translate(translator, framed(RADAR_NODE, NOON_MS, report(told)), NOON_MS + 10);
  return { detection: scansOf(translated).at(-1)?.detections[0], codes: translated.rejected.map(({ code }) => code) };
}
const placed = (told: Told, mode?: Mode, sensor?: Sensor): Measurement | undefined =>
  tell(told, mode, sensor).detection?.measurement;
const PLOT = { azimuth: 90, range: 1.5, coordinateSystem: "DEGREES_KM", datum: "TRUE" } as const;
const HERE = { x: -117.03, y: 32.55, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" } as const;
const near = (value: number | undefined, expected: number, tolerance: number) =>
  assert.ok(value !== undefined && Math.abs(value - expected) <= tolerance, `${value} is not within ${tolerance} of ${expected}`);

test("range and bearing become polar in metres and radians, with the stated errors before the sensor's", () => {
  const own = placed({ rangeBearing: PLOT });
  assert.ok(own?.kind === "polar");
  assert.deepEqual([own.rangeM, own.rangeSigmaM], [1500, 5]);
  near(own.azimuthRad, Math.PI / 2, 1e-12);
  near(own.azimuthSigmaRad, (0.5 * Math.PI) / 180, 1e-12);
  const stated = placed({ rangeBearing: { ...PLOT, rangeError: 0.02, azimuthError: 1, elevation: 5, elevationError: 2 } });
  assert.ok(stated?.kind === "polar");
  near(stated.rangeSigmaM, 20, 1e-9);
  near(stated.azimuthSigmaRad, Math.PI / 180, 1e-12);
  near(stated.elevationRad, (5 * Math.PI) / 180, 1e-12);
});

test("a bearing alone is a bearing, a range alone a range, and neither is refused", () => {
  const { range: _, ...only } = PLOT;
  assert.equal(placed({ rangeBearing: only })?.kind, "bearing");
  assert.equal(placed({ rangeBearing: { range: 800, coordinateSystem: "RADIANS_M", datum: "TRUE" } })?.kind, "range");
  assert.deepEqual(tell({ rangeBearing: { coordinateSystem: "RADIANS_M", datum: "TRUE" } }).codes, ["missing"]);
});

test("azimuths from magnetic and grid north are turned to true ones, and a platform's only where its heading is configured", () => {
  const azimuthDeg = (datum: RangeBearing["datum"], sensor: Sensor = RADAR) => {
    const measurement = placed({ rangeBearing: { ...PLOT, datum } }, {}, sensor);
    return measurement?.kind === "polar" ? (measurement.azimuthRad * 180) / Math.PI : undefined;
  };
  // WMM2025 near San Diego: about 11° east.
  near(azimuthDeg("MAGNETIC"), 101, 0.6);
  // Zone 11's middle lies at 117° west: at 117.04° west the grid is turned by -0.04° · sin 32.55°.
  near(azimuthDeg("GRID"), 90 - 0.0215, 0.0005);
  assert.equal(azimuthDeg("PLATFORM"), undefined);
  assert.deepEqual(tell({ rangeBearing: { ...PLOT, datum: "PLATFORM" } }).codes, ["north-reference"]);
  near(azimuthDeg("PLATFORM", { ...RADAR, headingOffsetDeg: 30 }), 120, 1e-9);
});

test("a location is longitude first, its errors in its own units unless the registration says metres", () => {
  const degrees = placed({ location: { ...HERE, z: 120, zError: 9, xError: 0.0001, yError: 0.0001 } });
  assert.ok(degrees?.kind === "position");
  assert.deepEqual(
    [degrees.latDeg, degrees.lonDeg, degrees.height],
    [32.55, -117.03, { valueM: 120, sigmaM: 9, reference: "hae" }],
  );
  // A ten-thousandth of a degree is 11.132 m of latitude and, at 32.55°, 9.383 m of longitude.
  near(degrees.horizontalSigmaM, 11.132, 1e-3);
  near(degrees.ellipse?.semiMinorM, 9.383, 1e-3);
  near(degrees.ellipse?.orientationDeg, 0, 1e-9);
  const inMetres = { geometricError: { type: "Standard Deviation", units: "metres", variationType: "None" } };
  const mode: Mode = {
    detectionDefinition: [{ locationType: { locationUnits: "LAT_LNG_DEG_M", locationDatum: "WGS84_E" }, ...inMetres }],
  };
  const metres = placed({ location: { ...HERE, datum: "WGS84_G", z: 80, xError: 4, yError: 4 } }, mode);
  assert.ok(metres?.kind === "position");
  assert.deepEqual([metres.horizontalSigmaM, metres.height?.reference], [4, "msl"]);
  assert.deepEqual(tell({ location: { ...HERE, xError: 4, yError: 4 } }).codes, ["no-sigma"], "4° is no place");
});

test("UTM coordinates are read in the zone that comes with them, or that was registered, with errors in metres", () => {
  const utm = { x: 496_244.5, y: 3_601_402.5, xError: 6, yError: 6, coordinateSystem: "UTM_M", datum: "WGS84_E" } as const;
  const told = placed({ location: { ...utm, utmZone: "11S" } });
  assert.ok(told?.kind === "position");
  near(told.latDeg, 32.55, 1e-5);
  near(told.lonDeg, -117.04, 1e-5);
  assert.equal(told.horizontalSigmaM, 6);
  const long = placed({ location: { ...utm, xError: 60, utmZone: "11S" } });
  assert.ok(long?.kind === "position" && long.ellipse);
  assert.deepEqual([long.ellipse.semiMajorM, long.ellipse.semiMinorM], [60, 6]);
  // Along the easting of the grid, which is turned as above.
  near(long.ellipse.orientationDeg, 90 - 0.0215, 0.0005);
  const registeredIn = { locationUnits: "UTM_M", locationDatum: "WGS84_E", zone: "11S" } as const;
  assert.deepEqual(placed({ location: utm }, { detectionDefinition: [{ locationType: registeredIn }] }), told);
});

test("a location that cannot be read is refused by name", () => {
  assert.deepEqual(tell({ location: { ...HERE, coordinateSystem: "UTM_M" } }).codes, ["utm"]);
  assert.deepEqual(
    tell({ location: { ...HERE, x: 32.55, y: -117.03 } }).codes,
    ["bad-value"],
    "latitude and longitude exchanged",
  );
});

test("a velocity comes in the unit that was registered", () => {
  const mode: Mode = {
    detectionDefinition: [
      {
        locationType: { locationUnits: "LAT_LNG_DEG_M", locationDatum: "WGS84_E" },
        velocityType: { enuVelocityUnits: { eastNorthRateUnits: "KPH" }, locationDatum: "WGS84_E" },
      },
    ],
  };
  const measurement = placed(
    { location: HERE, enuVelocity: { eastRate: 36, northRate: -18, eastRateError: 3.6, northRateError: 3.6 } },
    mode,
  );
  assert.ok(measurement?.kind === "position" && measurement.velocity);
  near(measurement.velocity.eastMps, 10, 1e-9);
  near(measurement.velocity.northMps, -5, 1e-9);
  near(measurement.velocity.sigmaMps, 1, 1e-9);
});

test("a node that stands elsewhere than configured cannot be measured from", () => {
  const translator = registered(RADAR_NODE);
  const statusReport = { reportId: ULID, system: "OK", info: "UNCHANGED", mode: "Default", nodeLocation: HERE } as const;
  const { inputs } = translate(translator, framed(RADAR_NODE, NOON_MS - 100, { statusReport }), NOON_MS - 90);
  const [said] = inputs;
  assert.ok(said?.kind === "sensorReport");
  assert.match(said.detail ?? "", /stands 939 m from where it is configured/);
  const refused = translate(translator, framed(RADAR_NODE, NOON_MS, report({ rangeBearing: PLOT })), NOON_MS);
  assert.deepEqual(
    refused.rejected.map(({ code }) => code),
    ["misplaced"],
  );
  const kept = translate(translator, framed(RADAR_NODE, NOON_MS + 100, report({ location: HERE })), NOON_MS + 100);
  assert.equal(scansOf(kept).at(-1)?.detections.length, 1, "a location needs no place of the node");
});

test("classes of the taxonomy are evidence, as sure as the report", () => {
  const likelihoods = (classification: DetectionReport["classification"]) =>
    tell({ rangeBearing: PLOT, ...(classification && { classification }) }).detection?.classLikelihoods;
  const rotary = likelihoods([
    { type: "Air Vehicle", confidence: 0.9, subClass: [{ type: "UAV Rotary Wing", level: 1, confidence: 0.8 }] },
  ]);
  // Confidences are 32-bit floats on the wire.
  near(rotary?.multirotor, 0.8 + 0.2 / 6, 1e-7);
  near(rotary?.bird, 0.2 / 6, 1e-7);
  assert.ok(
    OBJECT_CLASSES.every((name) => (rotary?.[name] ?? 0) > 0),
    "nothing is ruled out",
  );
  const two = likelihoods([
    { type: "Air Vehicle", confidence: 0.5, subClass: [{ type: "UAV Fixed Wing", level: 1 }] },
    { type: "Animal", confidence: 0.5, subClass: [{ type: "Bird", level: 1 }] },
  ]);
  near(two?.fixedWing, two?.bird ?? 0, 1e-9);
  assert.ok((two?.fixedWing ?? 0) > 0.4);
  assert.equal(likelihoods([{ type: "Unknown" }]), undefined);
});

test("a transmitter's class says what sends, and nothing of the kind of aircraft", () => {
  const { detection } = tell({
    rangeBearing: PLOT,
    classification: [
      {
        type: "Equipment",
        subClass: [{ type: "RF Transmitter", level: 1, subClass: [{ type: "UAS Control Station", level: 2 }] }],
      },
    ],
  });
  assert.equal(detection?.emitter, "controller");
  assert.equal(detection?.classLikelihoods, undefined);
});

test("sound travels as sound, and a finder does not know what it hears", () => {
  const acoustic: Sensor = { ...RADAR, kind: "acoustic" };
  assert.equal(tell({ rangeBearing: PLOT }, {}, acoustic).detection?.propagation, "sound");
  const translated = translate(
    registered(FINDER_NODE),
    framed(FINDER_NODE, NOON_MS, report({ rangeBearing: PLOT_WITHOUT_RANGE })),
    NOON_MS,
  );
  assert.equal(scansOf(translated)[0]?.detections[0]?.emitter, "unknown");
});
const { range: _, ...PLOT_WITHOUT_RANGE } = PLOT;

test("a signal's units are those that were registered, and what has none is unknown", () => {
  const told: Told = {
    rangeBearing: PLOT,
    signal: [{ amplitude: -71, centreFrequency: 2.437, startFrequency: 2.427, stopFrequency: 2.447 }],
  };
  assert.equal(tell(told).detection?.signal, undefined);
  const declared = (type: string, units: string) => ({ category: "SIGNAL", type, units }) as const;
  const mode: Mode = {
    detectionDefinition: [
      {
        locationType: { rangeBearingUnits: "DEGREES_M", rangeBearingDatum: "TRUE" },
        detectionReport: [declared("centre_frequency", "GHz"), declared("amplitude", "dBm")],
      },
    ],
  };
  const signal = tell(told, mode).detection?.signal;
  assert.equal(signal?.rssiDbm, -71);
  // Frequencies are 32-bit floats on the wire.
  near(signal?.frequencyMhz, 2437, 1e-3);
  near(signal?.bandwidthMhz, 20, 1e-3);
});

test("what a node's tracker made is filtered, and its evidence of class counts once in a while", () => {
  const translator = registered(RADAR_NODE, { trackingType: "TRACK" });
  const classification = [{ type: "Air Vehicle", subClass: [{ type: "UAV Rotary Wing", level: 1 }] }];
  const seen = [0, 1000, 21_000].map((laterMs): Detection | undefined => {
    const octets = framed(RADAR_NODE, NOON_MS + laterMs, report({ location: HERE, classification }));
    return scansOf(translate(translator, octets, NOON_MS + laterMs)).at(-1)?.detections[0];
  });
  assert.deepEqual(
    seen.map((detection) => [detection?.filtered, detection?.classLikelihoods !== undefined]),
    [
      [true, true],
      [true, false],
      [true, true],
    ],
  );
});

test("a lost object is no detection, and what is made of our own tracks is dropped and counted", () => {
  assert.equal(tell({ rangeBearing: PLOT, state: "object lost" }).detection, undefined);
  const back = tell({ location: HERE, derivedDetection: [{ nodeId: OWN_NODE, objectId: ULID }] });
  assert.deepEqual([back.detection, back.codes], [undefined, ["own-track"]]);
});

test("an aircraft's own name is a claim, and an id that only a node gave is none", () => {
  assert.deepEqual(tell({ location: HERE, id: "N172SP" }).detection?.claims, [{ kind: "registration", value: "N172SP" }]);
  assert.equal(tell({ location: HERE, id: ULID }).detection?.claims, undefined);
});
