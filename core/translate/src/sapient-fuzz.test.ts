import assert from "node:assert/strict";
import { test } from "node:test";
import { Input, validate } from "@picket/model";
import fc from "fast-check";
import { FINDER_NODE, FROM, framed, NOON_MS, RADAR_NODE, registered, report } from "./sapient.fixture.ts";

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ min: -400, max: 400, noNaN: true }),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324),
);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const rangeBearing = fc.record({
  azimuth: maybe(number),
  elevation: maybe(number),
  range: maybe(number),
  azimuthError: maybe(number),
  elevationError: maybe(number),
  rangeError: maybe(number),
  coordinateSystem: fc.constantFrom("DEGREES_M", "RADIANS_M", "DEGREES_KM", "RADIANS_KM"),
  datum: fc.constantFrom("TRUE", "MAGNETIC", "GRID", "PLATFORM"),
});
const location = fc.record({
  x: number,
  y: number,
  z: maybe(number),
  xError: maybe(number),
  yError: maybe(number),
  zError: maybe(number),
  coordinateSystem: fc.constantFrom("LAT_LNG_DEG_M", "LAT_LNG_RAD_M", "UTM_M"),
  datum: fc.constantFrom("WGS84_E", "WGS84_G"),
  utmZone: maybe(fc.constantFrom("11S", "60X", "1C", "0", "north")),
});
const enuVelocity = maybe(
  fc.record({
    eastRate: number,
    northRate: number,
    upRate: maybe(number),
    eastRateError: maybe(number),
    northRateError: maybe(number),
  }),
);
const confidence = maybe(fc.float({ noNaN: true, noDefaultInfinity: true }));
const classification = fc.array(
  fc.record({
    type: fc.constantFrom("Air Vehicle", "Animal", "Unknown", "Equipment", "?"),
    confidence,
    subClass: fc.array(
      fc.record({ type: fc.constantFrom("UAV Rotary Wing", "Bird", "RF Transmitter"), confidence, level: fc.constant(1) }),
    ),
  }),
);
const signal = fc.array(
  fc.record({
    amplitude: fc.float({ noNaN: true, noDefaultInfinity: true }),
    centreFrequency: fc.float({ noNaN: true, noDefaultInfinity: true }),
  }),
);

test("whatever numbers a node reports, what it comes to is what the model allows", () => {
  const place = fc.oneof(
    rangeBearing.map((it) => ({ rangeBearing: it })),
    location.map((it) => ({ location: it })),
  );
  const more = fc.record({
    enuVelocity,
    classification,
    signal,
    id: maybe(fc.string()),
    offsetMs: fc.integer({ min: -1e9, max: 1e9 }),
  });
  let scans = 0;
  fc.assert(
    fc.property(place, more, fc.constantFrom(RADAR_NODE, FINDER_NODE), (where, { offsetMs, ...rest }, nodeId) => {
      const told = JSON.parse(JSON.stringify({ ...where, ...rest }));
      const { inputs } = registered(nodeId).bytes(framed(nodeId, NOON_MS + offsetMs, report(told)), NOON_MS, FROM, 1);
      for (const input of inputs) {
        if (input.kind === "scan") scans++;
        const answer = validate(Input, input);
        assert.ok(answer.ok, JSON.stringify({ told, answer }));
      }
      return true;
    }),
    { numRuns: 1500, seed: 335 },
  );
  assert.ok(scans > 100, `${scans} scans`);
});
