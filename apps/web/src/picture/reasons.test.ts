import assert from "node:assert/strict";
import test from "node:test";
import { sensorId } from "@picket/model";
import { alertOf, NOON_MS, snapshotOf } from "./picture.fixture.ts";
import { nextPicture } from "./picture.ts";
import { distinct, hasLostOthers, namingSensors, reasonsBeyondTrack, reasonsNow } from "./reasons.ts";

const picture = nextPicture(undefined, snapshotOf({ nowMs: NOON_MS + 60_000 }));
assert.ok(picture);

const swarm = (about: number) => ({ code: "reason.swarm", params: { about, atLeast: 30 } });
const inside = (zone: string) => ({ code: "reason.insideZone", params: { zone } });

test("a sentence whose figures alone have changed is said once, one about another zone is another sentence", () => {
  assert.deepEqual(distinct([swarm(39), inside("North"), swarm(40), inside("South"), inside("North")]), [
    swarm(39),
    inside("North"),
    inside("South"),
  ]);
});

test("beside a track an alert says only what the track cannot: a level's reasons are the track's own", () => {
  const closed = { code: "closed.volumeWatched", params: { watchedS: 300 } };
  assert.deepEqual(reasonsBeyondTrack(alertOf(1, [], { reasons: [swarm(39), inside("North"), closed] }), picture), [closed]);
});

test("how long a sensor has been silent grows while its alert is not sent anew", () => {
  const reasons = [{ code: "reason.sensorSilent", params: { sensor: "Radar", silentS: 8 } }];
  const alert = alertOf(1, [], { kind: "sensorSilent", sensor: sensorId.parse("radar"), reasons });
  assert.equal(reasonsNow(alert, picture)[0]?.params["silentS"], 60);
});

test("of what is over it is not said that a warning is still open", () => {
  const reasons = [{ code: "reason.warningOpen", params: { person: "Ana" } }];
  assert.equal(reasonsNow(alertOf(1, [], { reasons }), picture).length, 1);
  assert.equal(reasonsNow(alertOf(1, [], { reasons, state: "returnedUnacknowledged" }), picture).length, 0);
});

test("lost contact of one drone is not laid to another that is seen", () => {
  const reasons = [{ code: "reason.lostContact", params: { lastSeenS: 4 } }];
  assert.equal(hasLostOthers(alertOf(1, [], { reasons })), true);
  assert.equal(hasLostOthers(alertOf(1, [], { reasons, lostContactMs: NOON_MS })), false);
});

test("a sensor is called by its name, and one that is not known any more by its id", () => {
  const agrees = (sensor: string) => ({ code: "truth.sensorAgrees", params: { sensor, looks: 3 } });
  const [known, gone] = namingSensors([agrees("radar"), agrees("mast")], picture.site.sensors);
  assert.deepEqual([known?.params["sensor"], gone?.params["sensor"]], ["Radar", "mast"]);
});
