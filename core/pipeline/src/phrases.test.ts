import assert from "node:assert/strict";
import { test } from "node:test";
import { Phrase, validate } from "@picket/model";
import { PHRASES, phrase } from "./phrases.ts";

test("every phrase of the table is a valid phrase of the model", () => {
  for (const [code, row] of Object.entries(PHRASES)) {
    const params = Object.fromEntries(Object.entries(row).map(([name, kind]) => [name, kind === "number" ? 1 : "x"]));
    assert.deepEqual(validate(Phrase, { code, params }), { ok: true, value: { code, params } }, code);
  }
});

test("numbers are rounded to three decimals and long text is cut to what a phrase may carry", () => {
  const made = phrase("reason.sightingNote", { by: "Ana", note: "x".repeat(300) });
  assert.equal(made.params["note"], "x".repeat(128));
  assert.equal(phrase("reason.overPerson", { person: "Ana", distanceM: 12.34567 }).params["distanceM"], 12.346);
});
