import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type CotElement,
  type CotEvent,
  createCotStream,
  decodeDatagram,
  decodeXml,
  detailElements,
  encodeMeshFrame,
  encodeStreamFrame,
  encodeXml,
  formatXmlEvent,
  readDetail,
} from "./index.ts";
import { MAX_TIME_MS } from "./time.ts";

/** What XML 1.0 can carry, line ends as it normalises them. */
const text = fc
  .string({ unit: "grapheme" })
  .map((raw) => raw.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "?"));
const said = text.filter((value) => value.trim() !== "");
const name = fc.constantFrom(
  "a",
  "__b",
  "c-d",
  "e.f",
  "ñ",
  "x:y",
  "contact",
  "__group",
  "status",
  "track",
  "takv",
  "precisionlocation",
  "__proto__",
);
const attributes = fc
  .array(
    fc.tuple(
      fc.oneof(name, fc.constantFrom("callsign", "endpoint", "battery", "speed", "course", "role", "name")),
      fc.oneof(text, fc.constantFrom("100", "1.5", "-0.25", "NaN", "1e5")),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => Object.fromEntries(pairs));
const { element } = fc.letrec<{ element: CotElement }>((tie) => ({
  element: fc.record({
    name,
    attributes,
    children: fc.oneof(
      { depthSize: "small" },
      fc.constant([]),
      said.map((value) => [value]),
      fc.array(tie("element"), { maxLength: 3 }),
    ),
  }),
}));
const timeMs = fc.integer({ min: 1, max: MAX_TIME_MS });
const degrees = (limit: number) =>
  fc.double({ min: -limit, max: limit, noNaN: true }).map((value) => Math.round(value * 1e9) / 1e9 + 0);
const metres = (min: number) =>
  fc.option(
    fc.double({ min, max: 999_998, noNaN: true }).map((value) => Math.round(value * 1e3) / 1e3 + 0),
    { nil: undefined },
  );
const event = fc
  .record({
    uid: said,
    type: said.filter((value) => !/^t/i.test(value)),
    timeMs,
    startMs: timeMs,
    staleMs: timeMs,
    how: fc.option(said, { nil: undefined }),
    access: fc.option(said, { nil: undefined }),
    qos: fc.option(said, { nil: undefined }),
    opex: fc.option(said, { nil: undefined }),
    caveat: fc.option(said, { nil: undefined }),
    releasableTo: fc.option(said, { nil: undefined }),
    point: fc.record({
      latDeg: degrees(90),
      lonDeg: degrees(180),
      altHaeM: metres(-999_998),
      circularErrorM: metres(0),
      linearErrorM: metres(0),
    }),
    detail: fc.array(element, { maxLength: 6 }),
  })
  .map((draft) => withoutUndefined(draft) as CotEvent);

/** As a decoder makes it: what is unknown is not there. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => (child === undefined ? [] : [[key, withoutUndefined(child)]])),
  );
}

/** Protobuf gathers typed children first: the same elements, in another order. */
const sorted = (made: CotEvent): unknown => ({
  ...made,
  detail: made.detail.map((child) => JSON.stringify(sortAttributes(child))).sort(),
});
const sortAttributes = (made: CotElement): unknown => ({ ...made, attributes: Object.entries(made.attributes).sort() });

test("any event is the same after XML, and its XML the same octets", () => {
  fc.assert(
    fc.property(event, (made) => {
      const decoded = decodeXml(encodeXml(made));
      assert.ok(decoded.ok, JSON.stringify(decoded));
      assert.deepEqual(decoded.value, made);
      assert.equal(formatXmlEvent(decoded.value), formatXmlEvent(made));
    }),
    { numRuns: 300 },
  );
});

test("any event is the same after protobuf, in either frame, but for the order of its detail", () => {
  fc.assert(
    fc.property(event, (made) => {
      const control = { minVersion: 1, maxVersion: 1 };
      const mesh = decodeDatagram(encodeMeshFrame({ event: made, control }));
      assert.ok(mesh.ok && mesh.value.event, JSON.stringify(mesh));
      assert.deepEqual(sorted(numeric(mesh.value.event)), sorted(numeric(made)));
      assert.deepEqual(mesh.value.control, control);
      const [item] = createCotStream().push(encodeStreamFrame({ event: made, control }));
      assert.deepEqual(item, { kind: "message", at: 0, value: mesh.value });
    }),
    { numRuns: 300 },
  );
});

/** With the numbers of tracks as numbers: protobuf keeps the value, not how it was written. */
const numeric = (made: CotEvent): CotEvent => ({
  ...made,
  detail: made.detail.map((child) =>
    child.name === "track"
      ? {
          ...child,
          attributes: Object.fromEntries(
            Object.entries(child.attributes).map(([key, value]) => [
              key,
              value.trim() === "" || Number.isNaN(Number(value)) ? value : String(Number(value)),
            ]),
          ),
        }
      : child,
  ),
});

test("what XML cannot carry becomes U+FFFD, and stops nothing", () => {
  const made: CotEvent = {
    uid: "d\u0000\u001b-\ud800",
    type: "a-u-A",
    timeMs: 1,
    startMs: 1,
    staleMs: 1,
    point: { latDeg: 0, lonDeg: 0 },
    detail: [
      { name: "contact", attributes: { callsign: "\u0007" }, children: [] },
      { name: "remarks", attributes: { source: "\uffff" }, children: ["]]>\u0008</remarks>&#0;"] },
    ],
  };
  const decoded = decodeXml(encodeXml(made));
  assert.ok(decoded.ok);
  assert.equal(decoded.value.uid, "d\ufffd\ufffd-\ufffd");
  assert.deepEqual(decoded.value.detail, [
    { name: "contact", attributes: { callsign: "\ufffd" }, children: [] },
    { name: "remarks", attributes: { source: "\ufffd" }, children: ["]]>\ufffd</remarks>&#0;"] },
  ]);
  const mesh = decodeDatagram(encodeMeshFrame({ event: made }));
  assert.deepEqual(mesh.ok && mesh.value.event, decoded.value, "and so does protobuf");
});

test("numbers are written as decimals without exponent", () => {
  const point = { latDeg: 1e-7, lonDeg: -2.5e-9, altHaeM: -0, circularErrorM: 1e-21, linearErrorM: 123456.789 };
  const made: CotEvent = { uid: "1", type: "a-u-A", timeMs: 1, startMs: 1, staleMs: 1, point, detail: [] };
  assert.match(formatXmlEvent(made), /<point lat="0.0000001" lon="-0.0000000025" hae="0" ce="0" le="123456.789"\/>/);
  const [track] = detailElements({ track: { speedMps: 1e21, courseDeg: 3e-8 } });
  assert.deepEqual(track?.attributes, { course: "0.00000003", speed: "1000000000000000000000" });
});

const option = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const finite = (min: number, max: number): fc.Arbitrary<number | undefined> => option(degreesOf(min, max));
const degreesOf = (min: number, max: number): fc.Arbitrary<number> =>
  fc.double({ min, max, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6 + 0);

const share = degreesOf(0, 1);
const argb = fc.integer({ min: -2147483648, max: 2147483647 });

test("what a detail is made of is read in it again", () => {
  const detail = fc.record({
    contact: option(fc.record({ callsign: said, endpoint: option(said), phone: option(said) })),
    droid: option(said),
    group: option(fc.record({ name: said, role: said })),
    takv: option(fc.record({ device: said, platform: said, os: said, version: said })),
    status: option(fc.record({ batteryPercent: finite(0, 100), readiness: option(fc.boolean()) })),
    precisionLocation: option(fc.record({ geopointsrc: said, altsrc: said })),
    track: option(fc.record({ courseDeg: finite(0, 359), speedMps: finite(0, 1000), slopeDeg: finite(-90, 90) })),
    heightM: finite(-1000, 10_000),
    sensor: option(
      fc.record({
        azimuthDeg: finite(0, 359),
        elevationDeg: finite(-90, 90),
        rollDeg: finite(-180, 180),
        fieldOfViewDeg: finite(0, 360),
        verticalFieldOfViewDeg: finite(0, 180),
        northDeg: finite(0, 359),
        rangeM: finite(0, 50_000),
        type: option(said),
        model: option(said),
        fill: option(fc.record({ red: share, green: share, blue: share, alpha: share })),
      }),
    ),
    drawing: option(
      fc
        .record({
          outline: option(
            fc.array(fc.record({ latDeg: degreesOf(-90, 90), lonDeg: degreesOf(-180, 180) }), { minLength: 1, maxLength: 5 }),
          ),
          ellipse: option(fc.record({ majorM: finite(0, 50_000), minorM: finite(0, 50_000), angleDeg: finite(0, 360) })),
          strokeArgb: option(argb),
          strokeWidth: finite(0, 10),
          strokeStyle: option(said),
          fillArgb: option(argb),
          isLabelled: option(fc.boolean()),
          isEditable: option(fc.boolean()),
        })
        .filter(({ outline, ellipse }) => outline !== undefined || ellipse !== undefined),
    ),
    emergency: option(fc.record({ kind: said, isCancel: fc.boolean(), text: said })),
    colorArgb: option(argb),
    iconsetPath: option(said),
    isArchived: fc.boolean(),
    isForcedDelete: fc.boolean(),
    links: fc.array(
      fc.record({
        uid: said,
        type: option(said),
        relation: option(said),
        parentCallsign: option(said),
        callsign: option(said),
        productionTimeMs: option(timeMs),
      }),
      { maxLength: 3 },
    ),
    remarks: option(
      fc.record({ text: fc.oneof(said, fc.constant("")), source: option(said), to: option(said), timeMs: option(timeMs) }),
    ),
  });
  fc.assert(
    fc.property(detail, (draft) => {
      assert.deepEqual(withoutUndefined(readDetail(detailElements(draft))), withoutUndefined({ ...draft, unreadable: [] }));
    }),
    { numRuns: 300 },
  );
});
