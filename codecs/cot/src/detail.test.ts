import assert from "node:assert/strict";
import { test } from "node:test";
import { type CotElement, detailElements, readDetail } from "./index.ts";

const element = (name: string, attributes: Readonly<Record<string, string>> = {}, text = ""): CotElement => ({
  name,
  attributes,
  children: text === "" ? [] : [text],
});
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("an empty detail says nothing", () => {
  assert.deepEqual(plain(readDetail([])), { isArchived: false, isForcedDelete: false, links: [], unreadable: [] });
  assert.deepEqual(detailElements({}), []);
});

test("what cannot be read is named, and the rest is read", () => {
  const detail = readDetail([
    element("track", { speed: "fast", course: "12" }),
    element("status", { battery: "101", readiness: "maybe" }),
    element("link", { uid: "1", production_time: "yesterday" }),
    element("remarks", { time: "2026-13-01T00:00:00Z" }, "text"),
    element("sensor", { range: "0x10" }),
  ]);
  assert.deepEqual(detail.unreadable.toSorted(), [
    "link@production_time",
    "remarks@time",
    "sensor@range",
    "status@battery",
    "status@readiness",
    "track@speed",
  ]);
  assert.equal(detail.track?.courseDeg, 12);
  assert.equal(detail.remarks?.text, "text");
});

test("what the wire calls unknown is unknown, and readable", () => {
  const detail = readDetail([
    element("track", { speed: "-1.0", course: "NaN", slope: "Infinity" }),
    element("height", { value: "9999999.0" }),
    element("status", { battery: "" }),
    element("sensor", { range: "999999" }),
  ]);
  assert.deepEqual(plain([detail.track, detail.heightM ?? null, detail.status, detail.sensor, detail.unreadable]), [
    {},
    null,
    {},
    {},
    [],
  ]);
});

for (const [course, courseDeg] of [
  ["-108.90", 251.1],
  ["360", 0],
  ["431.25", 71.25],
  ["-360", 0],
  ["-1e-20", 0],
] as const)
  test(`a course of ${course} is ${courseDeg} degrees`, () => {
    const read = readDetail([element("track", { course })]).track?.courseDeg ?? Number.NaN;
    // One subtraction of numbers up to 360: half a unit in their last place.
    assert.ok(Math.abs(read - courseDeg) < 1e-13, String(read));
    assert.ok(read >= 0 && read < 360);
  });

test("of an element that is there twice the first is read, of links all", () => {
  const detail = readDetail([
    element("contact", { callsign: "A" }),
    element("contact", { callsign: "B" }),
    element("link", { uid: "1" }),
    element("link", { uid: "2" }),
  ]);
  assert.equal(detail.contact?.callsign, "A");
  assert.deepEqual(
    detail.links.map(({ uid }) => uid),
    ["1", "2"],
  );
});

test("a number that no element may hold is refused by name", () => {
  assert.throws(
    () => detailElements({ status: { batteryPercent: 101 } }),
    /^RangeError: batteryPercent must be from 0 to 100, got 101$/,
  );
  assert.throws(() => detailElements({ track: { speedMps: -1 } }), /^RangeError: speedMps must be at least 0, got -1$/);
  assert.throws(
    () => detailElements({ track: { courseDeg: Number.NaN } }),
    /^RangeError: track@course must be a finite number, got NaN$/,
  );
  assert.throws(() => detailElements({ remarks: { text: "", timeMs: -5 } }), RangeError);
});
