import assert from "node:assert/strict";
import test from "node:test";
import { NOON_MS, trackOf } from "./picture.fixture.ts";
import { COASTING_AFTER_MS, certaintyOf, courseDeg, likelyClass } from "./track-kind.ts";

test("a track that nothing measures any more is said to coast, and an unconfirmed one to be possible", () => {
  const track = trackOf(1);
  assert.equal(certaintyOf(track, NOON_MS + COASTING_AFTER_MS), "firm");
  assert.equal(certaintyOf(track, NOON_MS + COASTING_AFTER_MS + 1), "coasting");
  assert.equal(certaintyOf({ ...track, confirmed: false }, NOON_MS), "possible");
});

test("a class is named only when it is likelier than all others together, unless a person said so", () => {
  const classes = { multirotor: 0.4, fixedWing: 0.3, bird: 0.3, mannedAircraft: 0, balloon: 0, other: 0 };
  assert.equal(likelyClass(trackOf(1, { classes })), undefined);
  const declaration = { by: "Ana", atMs: NOON_MS, expiresMs: NOON_MS + 1000, confidence: 0.9, objectClass: "bird" as const };
  assert.equal(likelyClass(trackOf(1, { classes, declaration })), "bird");
});

test("what hovers has no course", () => {
  assert.equal(courseDeg(trackOf(1, { eastMps: 0.3, northMps: 0.2 })), undefined);
  assert.ok(Math.abs((courseDeg(trackOf(1, { eastMps: 10, northMps: 0 })) ?? 0) - 90) < 1e-9);
});
