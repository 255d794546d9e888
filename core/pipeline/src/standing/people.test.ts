import assert from "node:assert/strict";
import { test } from "node:test";
import type { PersonState } from "@picket/model";
import { createDecisions } from "../decisions.fixture.ts";
import { command, noise, placeAt, post, radarScan, START_MS, smallSite } from "../world.fixture.ts";
import { hearOfPerson, type People, peopleNow } from "./people.ts";

const ana = post("ana", 1000, 0);
const { fixed: _, ...walker } = ana;
const at = (tS: number) => START_MS + tS * 1000;

/** Ana's phone tells a place that it measured at `measuredS` by its own clock, and that arrives at `arrivesS` by ours. */
const tells = (measuredS: number, arrivesS: number, eastM = 1000) =>
  command({ kind: "personPosition", person: ana.id, ...placeAt(eastM, 0), sigmaM: 5, measuredMs: at(measuredS) }, at(arrivesS));

/** Where Ana is taken to be at `nowS` after what her phone told. */
function placed(told: readonly ReturnType<typeof tells>[], nowS: number, person = walker): PersonState["position"] {
  const people: People = new Map();
  for (const input of told) hearOfPerson(people, [person], input.command);
  return peopleNow(people, [person], at(nowS))[0]?.position;
}

for (const ageS of [0, 120, 300, 1800])
  test(`a phone that last told its place ${ageS} s ago is warned of a drone over that place`, () => {
    const decisions = createDecisions(smallSite({ persons: [walker] }));
    decisions.step([], at(0), { inputs: [tells(0, 0)], looks: [radarScan(0, [], noise(1))] });
    const { warnings, alerts } = decisions.step([{ id: "t1-1", at: [1000, 0, 60], sigmaM: 5 }], at(ageS + 1));
    assert.equal(warnings[0]?.state, "active");
    const row = alerts.find(({ kind }) => kind === "personThreatened");
    assert.equal(row?.reasons.find(({ code }) => code === "reason.placeOld")?.params["ageS"], ageS > 60 ? ageS + 1 : undefined);
  });

test("age adds risk: a drone that passes beside an old place may reach who has walked since", () => {
  const risk = (ageS: number) => {
    const decisions = createDecisions(smallSite({ persons: [walker], policy: { possibleDroneProbability: 0.001 } }));
    decisions.step([], at(0), { inputs: [tells(0, 0)] });
    const { tracks } = decisions.step([{ id: "t1-1", at: [1000, 400, 60], velocity: [0, 5, 0] }], at(ageS));
    return tracks[0]?.threats[0]?.risk ?? 0;
  };
  assert.ok(risk(100) > risk(0) && risk(0) > 0, `${risk(0)}, then ${risk(100)}`);
});

test("a post whose phone fell quiet is looked for at the post, and until then where the phone was", () => {
  const told = [tells(0, 0, 1500)];
  assert.equal(placed(told, 100, ana)?.fixed, false);
  assert.equal(placed(told, 121, ana)?.fixed, true);
  assert.equal(placed(told, 3600, walker)?.fixed, false, "who has no post is looked for at the last place");
});

for (const aheadS of [-3600, -300, 300, 3600])
  test(`a phone whose clock is ${aheadS} s ahead tells a place of now, and the place ages`, () => {
    const told = [tells(aheadS, 0), tells(aheadS + 15, 15.5)];
    assert.equal(placed(told, 16)?.measuredMs, at(15));
    assert.equal(placed(told, 16)?.sigmaM, Math.sqrt(29));
  });

for (const aheadS of [-3600, 3600, 300])
  test(`a phone whose clock was ${aheadS} s ahead and is put right goes on telling its place`, () => {
    const place = placed([tells(aheadS, 0), tells(15, 15, 1200)], 15);
    assert.equal(place?.measuredMs, at(15));
    assert.ok(Math.abs((place?.lonDeg ?? 0) - placeAt(1200, 0).lonDeg) < 1e-9);
  });

test("a place from before this machine's own clock was put right does not stand in the way", () => {
  assert.equal(placed([tells(86_400, 86_400), tells(0, 0)], 0)?.measuredMs, at(0));
});

test("a place that came late is as old as it is, and one overtaken by a newer is not taken", () => {
  assert.equal(placed([tells(0, 0), tells(15, 35)], 35)?.measuredMs, at(15));
  const place = placed([tells(0, 0), tells(30, 30, 1100), tells(15, 35, 1500)], 35);
  assert.ok(Math.abs((place?.lonDeg ?? 0) - placeAt(1100, 0).lonDeg) < 1e-9);
});

test("the same place told again does not grow young", () => {
  assert.equal(placed([tells(0, 0), ...[15, 30, 45, 60, 75, 90].map((tS) => tells(0, tS))], 90)?.measuredMs, at(0));
});

test("a phone that knows its place badly says less of a post than the post, and hides nobody who has none", () => {
  const vague = (sigmaM: number) =>
    command({ kind: "personPosition", person: ana.id, ...placeAt(1400, 0), sigmaM, measuredMs: at(0) }, at(0));
  assert.equal(placed([vague(50)], 1, ana)?.fixed, false);
  assert.equal(placed([vague(300)], 1, ana)?.fixed, true);
  for (const sigmaM of [200, 300, 1500]) {
    const decisions = createDecisions(smallSite({ persons: [walker] }));
    const over = { id: "t1-1", at: [1400, 20, 60], sigmaM: 5 } as const;
    const { warnings } = decisions.step([over], at(1), { inputs: [vague(sigmaM)], looks: [radarScan(0, [], noise(1))] });
    assert.equal(warnings[0]?.state, "active", `known to ${sigmaM} m`);
  }
});
