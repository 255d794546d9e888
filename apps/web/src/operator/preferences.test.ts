import assert from "node:assert/strict";
import test from "node:test";
import { readPreferences } from "./preferences.ts";

test("without anything kept the browser's language, metres and the dark theme hold", () => {
  assert.deepEqual(readPreferences(null, "es-MX"), { language: "es", units: "metric", theme: "dark" });
  assert.deepEqual(readPreferences(null, "fr"), { language: "en", units: "metric", theme: "dark" });
});

test("what a person chose is kept before the browser's word", () => {
  const kept = JSON.stringify({ language: "en", units: "imperial", theme: "night" });
  assert.deepEqual(readPreferences(kept, "es"), { language: "en", units: "imperial", theme: "night" });
});

test("text that is not ours is ignored", () => {
  for (const kept of ["{", "null", "[]", '{"theme":"neon","units":7}'])
    assert.deepEqual(readPreferences(kept, "en"), { language: "en", units: "metric", theme: "dark" });
});
