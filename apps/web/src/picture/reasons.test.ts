import assert from "node:assert/strict";
import test from "node:test";
import { alertOf } from "./picture.fixture.ts";
import { distinct, reasonsBeyondTrack } from "./reasons.ts";

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
  const lost = { code: "reason.lostContact", params: { lastSeenS: 4 } };
  const closed = { code: "closed.volumeWatched", params: { watchedS: 300 } };
  assert.deepEqual(reasonsBeyondTrack(alertOf(1, [], { reasons: [lost, swarm(39), inside("North"), closed] })), [lost, closed]);
});
