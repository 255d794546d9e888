import assert from "node:assert/strict";
import test from "node:test";
import { alertOf, NOON_MS } from "../picture/picture.fixture.ts";
import { NO_SOUND_YET, nextSound, silence, toneOf } from "./annunciator.ts";

test("a fault of the system never sounds like a drone", () => {
  assert.equal(toneOf(alertOf(1, [], { kind: "sensorSilent", level: "critical" })), "fault");
  assert.equal(toneOf(alertOf(1, [], { kind: "zoneEntry", level: "critical" })), "warning");
  assert.equal(toneOf(alertOf(1, [], { kind: "zoneApproach", level: "caution" })), "caution");
});

test("two hundred alerts at once sound three times within the first minute", () => {
  let state = NO_SOUND_YET;
  let sounds = 0;
  for (let tMs = 0; tMs < 60_000; tMs += 500) {
    const alerts = Array.from({ length: Math.min(200, 1 + tMs / 250) }, (_, serial) => alertOf(serial, []));
    const next = nextSound(state, alerts, "simulated", NOON_MS + tMs);
    state = next.state;
    sounds += Number(next.play !== undefined);
  }
  assert.equal(sounds, 3);
});

test("a rise in severity sounds at once, through a silence too", () => {
  const first = nextSound(NO_SOUND_YET, [alertOf(1, [], { level: "caution" })], "simulated", NOON_MS);
  assert.ok(first.play);
  const hushed = silence(first.state, NOON_MS);
  const same = nextSound(hushed, [alertOf(2, [], { level: "caution" })], "simulated", NOON_MS + 1000);
  assert.equal(same.play, undefined);
  const worse = nextSound(same.state, [alertOf(3, [], { level: "critical" })], "simulated", NOON_MS + 2000);
  assert.equal(worse.play?.tone, "warning");
});

test("at a live site a drill is silent, and what was acknowledged is too", () => {
  assert.equal(nextSound(NO_SOUND_YET, [alertOf(1, [], { reality: "exercise" })], "live", NOON_MS).play, undefined);
  assert.equal(nextSound(NO_SOUND_YET, [alertOf(1, [], { state: "activeAcknowledged" })], "simulated", NOON_MS).play, undefined);
});
