import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { decodeAlert, decodeDistribution } from "./index.ts";

const folder = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/cap");
const skip = existsSync(folder) ? false : "the shared vectors are not there";
const read = (name: string): Uint8Array => readFileSync(join(folder, name));

test("each published sample is taken or refused as xmllint takes or refuses it", { skip }, () => {
  const rows = readFileSync(join(folder, "xmllint-results.tsv"), "utf8")
    .trim()
    .split("\n")
    .map((row) => row.split("\t"));
  assert.ok(rows.length >= 9);
  for (const [name = "", , verdict = ""] of rows) {
    const decoded = decodeAlert(read(name));
    assert.equal(decoded.ok, verdict.endsWith(" validates"), `${name}: ${decoded.ok ? "taken" : decoded.error.detail}`);
  }
});

test("the sample that validates and still is wrong breaks a rule of the standard", { skip }, () => {
  const decoded = decodeAlert(read("canada_errors.cap"));
  assert.ok(decoded.ok);
  assert.deepEqual(
    decoded.value.breaches.map(({ code }) => code),
    ["missing-references"],
  );
});

test("an external entity is refused before it is read", { skip }, () => {
  const decoded = decodeAlert(read("xee.cap"));
  assert.ok(!decoded.ok);
  assert.equal(decoded.error.code, "doctype");
});

test("the alerts of an envelope are read each on its own", { skip }, () => {
  const sound = decodeDistribution(read("bushfire_valid.edxlde"));
  assert.ok(sound.ok, sound.ok ? "" : sound.error.detail);
  assert.ok(sound.value.alerts.length > 1 && sound.value.alerts.every(({ ok }) => ok));
  assert.equal(sound.value.senderId, "webmaster@rfs.nsw.gov.au");
  const [first] = sound.value.alerts;
  assert.equal(first?.ok && first.value.alert.infos[0]?.headline, "One Tree MVA (Unmapped Incident)");
});
