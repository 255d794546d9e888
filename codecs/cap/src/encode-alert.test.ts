import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { fullAlert, octetsOf } from "./cap.fixture.ts";
import { type CapAlert, decodeAlert, encodeAlert } from "./index.ts";

const schema = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/cap/CAP-v1.2.xsd");
const cannot = !existsSync(schema)
  ? "the shared schema is not there"
  : spawnSync("xmllint", ["--version"]).error
    ? "xmllint is not installed"
    : false;

test("every element comes back as it was given", () => {
  const decoded = decodeAlert(octetsOf(encodeAlert(fullAlert)));
  assert.ok(decoded.ok, decoded.ok ? "" : decoded.error.detail);
  assert.deepEqual(decoded.value, { alert: fullAlert, breaches: [] });
});

test("every element of the standard is written as the vector has it", () => {
  const vector = readFileSync(resolve(import.meta.dirname, "../vectors/full.cap"), "utf8");
  assert.equal(encodeAlert(fullAlert), vector);
});

test("any text that XML can carry comes back unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (description) => {
      const [info] = fullAlert.infos;
      const alert: CapAlert = { ...fullAlert, infos: [{ ...(info as (typeof fullAlert.infos)[number]), description }] };
      const decoded = decodeAlert(octetsOf(encodeAlert(alert)));
      assert.ok(decoded.ok);
      assert.equal(decoded.value.alert.infos[0]?.description, description);
    }),
  );
});

test("what the standard forbids is not encoded", () => {
  const [info] = fullAlert.infos as [(typeof fullAlert.infos)[number]];
  const [area] = info.areas as [(typeof info.areas)[number]];
  const withArea = (more: object): CapAlert => ({ ...fullAlert, infos: [{ ...info, areas: [{ ...area, ...more }] }] });
  const open = [
    { latDeg: 1, lonDeg: 1 },
    { latDeg: 2, lonDeg: 2 },
    { latDeg: 3, lonDeg: 1 },
    { latDeg: 0, lonDeg: 0 },
  ];
  for (const alert of [
    { ...fullAlert, identifier: "two words" },
    { ...fullAlert, references: [] },
    { ...fullAlert, note: "\u0007" },
    { ...fullAlert, note: "\ud800" },
    { ...fullAlert, infos: [{ ...info, categories: [] }] },
    withArea({ polygons: [open] }),
    withArea({ circles: [{ centre: { latDeg: 99, lonDeg: 0 }, radiusKm: 1 }] }),
    withArea({ altitudeMslFt: Number.NaN }),
    withArea({ altitudeMslFt: undefined }),
  ])
    assert.throws(() => encodeAlert(alert as CapAlert), RangeError);
});

test("what is encoded validates against the standard's schema", { skip: cannot }, () => {
  const { status, stderr } = spawnSync("xmllint", ["--nonet", "--noout", "--schema", schema, "-"], {
    input: encodeAlert(fullAlert),
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
});
