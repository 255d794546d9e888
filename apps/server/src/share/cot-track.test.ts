import assert from "node:assert/strict";
import { test } from "node:test";
import { type CotEvent, parseAtomType, readDetail } from "@picket/cot";
import type { AssessedTrack } from "@picket/model";
import { heldShare, NOW_MS, SITE, track } from "./share.fixture.ts";

const remarksOf = (event: CotEvent | undefined): string => readDetail(event?.detail ?? []).remarks?.text ?? "";
const nameOf = (event: CotEvent | undefined): string => readDetail(event?.detail ?? []).contact?.callsign ?? "";

test("a track is an air marker that says where, how well, by whom, what is known and what is not", () => {
  const [event, ...others] = heldShare().take({ tracks: [track()] });
  assert.ok(event && others.length === 0);
  assert.equal(event.uid, "picket-north-gate-t3-7");
  assert.equal(event.type, "a-u-A-M-H-Q");
  assert.deepEqual([event.how, event.opex, event.timeMs, event.staleMs], ["m-f", "o", NOW_MS, NOW_MS + 20_000]);
  assert.deepEqual(event.point, { latDeg: 32.551, lonDeg: -117.041, altHaeM: 112, circularErrorM: 18, linearErrorM: 8 });
  const { contact, track: motion } = readDetail(event.detail);
  assert.equal(contact?.callsign, "Drone t3-7");
  assert.deepEqual([motion?.courseDeg, motion?.speedMps], [217, 5]);
  const text = remarksOf(event);
  for (const part of [
    "North gate, track t3-7: 97 % sure that it is there.",
    "Last measured 1 s ago by Radar <east>.",
    "Place ± 17 m (one sigma).",
    "Height 112 ± 16 m HAE (two sigma).",
    "Most likely multirotor (84 %).",
    "Whose it is, is not known.",
    "Not engagement quality.",
    "Predicted to enter Yard in 20 s (80 % likely).",
    "What would refute it: It turns away.",
  ])
    assert.ok(text.includes(part), `${part} in ${text}`);
});

test("every track says how well, how old, what it is not good for and what would refute it, however much else there is to say", () => {
  const quiet = { reasons: [], refutedBy: [], zones: [], behaviours: [] };
  const [event] = heldShare().take({ tracks: [track({ assessment: quiet })] });
  assert.match(remarksOf(event), /What would refute it: Sensors that would see it see nothing\.$/);
  const sensors = Array.from({ length: 60 }, (_, i) => ({
    ...SITE.sensors[0],
    id: `s${i}`,
    name: `Sensor ${i} ${"x".repeat(50)}`,
  }));
  const contributions = sensors.map(({ id }) => ({ sensor: id, lastMs: NOW_MS - 1000, hits: 1 }));
  const identities = Array.from({ length: 40 }, () => track().identities[0]);
  const many = track({ contributions, identities } as unknown as Partial<AssessedTrack>);
  const [crowded] = heldShare({ release: { fields: ["identity", "selfId"] } }).take({ tracks: [many] }, {
    ...SITE,
    sensors,
  } as never);
  const text = remarksOf(crowded);
  assert.ok(text.length <= 1200);
  for (const part of [
    /97 % sure/,
    /Last measured 1 s ago/,
    /± 17 m/,
    /Not engagement quality\./,
    /What would refute it: It turns away\./,
  ])
    assert.match(text, part);
});

test("no track is more than unknown without a named person, and none is ever hostile", () => {
  const named = { by: "Reyes", atMs: NOW_MS, expiresMs: NOW_MS + 60_000, confidence: 0.9, affiliation: "suspect" as const };
  const typeOf = (over: Partial<AssessedTrack>) =>
    parseAtomType(heldShare({ release: { unconfirmed: true } }).take({ tracks: [track(over)] })[0]?.type ?? "")?.affiliation;
  assert.equal(typeOf({ confirmed: false }), "pending");
  assert.equal(typeOf({}), "unknown");
  for (const affiliation of ["neutral", "friend", "suspect"] as const) {
    assert.equal(typeOf({ affiliation }), "unknown", "without a declaration");
    assert.equal(typeOf({ affiliation, declaration: { ...named, affiliation } }), affiliation);
    assert.equal(typeOf({ confirmed: false, affiliation, declaration: { ...named, affiliation, by: "" } }), "pending");
  }
  assert.equal(typeOf({ affiliation: "suspect", declaration: { ...named, expiresMs: NOW_MS - 1 } }), "unknown", "run out");
  assert.equal(typeOf({ affiliation: "suspect", declaration: { ...named, by: "" } }), "unknown", "nobody's word");
  const [event] = heldShare().take({
    tracks: [track({ affiliation: "suspect", declaration: { ...named, reason: "Seen to drop something" } })],
  });
  assert.match(
    remarksOf(event),
    /Declared suspect by Reyes at 2026-01-02 03:04Z \(90 % sure\)\. Reason given: Seen to drop something\./,
  );
});

test("a friend's word that the site no longer goes by calms nobody", () => {
  const word = { by: "Reyes", atMs: NOW_MS, expiresMs: NOW_MS + 60_000, confidence: 0.9, affiliation: "friend" as const };
  const [event] = heldShare().take({ tracks: [track({ affiliation: "unknown", declaration: word })] });
  assert.equal(parseAtomType(event?.type ?? "")?.affiliation, "unknown");
  assert.match(remarksOf(event), /Whose it is, is not known\. That Reyes declared it friend counts no more\./);
  assert.doesNotMatch(remarksOf(event), /Declared friend/);
});

test("of what is not confirmed a partner hears what alarms here by its own broadcast, as pending, and nothing else", () => {
  const quiet = { reasons: [], refutedBy: [], zones: [], behaviours: [] };
  const sent = (over: Partial<AssessedTrack>) => heldShare().take({ tracks: [track({ confirmed: false, ...over })] });
  assert.deepEqual(
    sent({}).map(({ type }) => parseAtomType(type)?.affiliation),
    ["pending"],
  );
  assert.deepEqual(sent({ identities: [] }), []);
  assert.deepEqual(sent({ assessment: quiet }), []);
});

test("what is not known is not said: no class, no course of what stands still, no height above another reference", () => {
  const even = { multirotor: 0.3, fixedWing: 0.2, bird: 0.2, mannedAircraft: 0.1, balloon: 0.1, other: 0.1 };
  const over: Partial<AssessedTrack> = { classes: even, eastMps: 0.3, northMps: 0.2 };
  const [event] = heldShare().take({ tracks: [track({ ...over, height: { valueM: 80, sigmaM: 5, reference: "agl" } })] });
  assert.ok(event);
  assert.equal(event.type, "a-u-A");
  assert.equal(nameOf(event), "Aircraft t3-7");
  assert.equal(readDetail(event.detail).track?.courseDeg, undefined);
  assert.deepEqual(event.point, { latDeg: 32.551, lonDeg: -117.041, circularErrorM: 18 });
  assert.match(remarksOf(event), /Height 80 ± 10 m AGL \(two sigma\)\. What it is, is not known\./);
  const { height: _unknown, ...rest } = track(over);
  assert.match(remarksOf(heldShare().take({ tracks: [rest] })[0]), /Height not known\./);
});

test("the text says of a drone that only its own broadcast tells of it, and names it not", () => {
  const receiver = { ...SITE, sensors: SITE.sensors.map((sensor) => ({ ...sensor, kind: "remoteId" as const })) };
  const [event] = heldShare().take({ tracks: [track({ confirmed: false })] }, receiver);
  assert.match(remarksOf(event), /Not confirmed: only its own broadcast tells of it\./);
  assert.doesNotMatch(remarksOf(event), /SERIAL-1/);
});

test("of a group the one that stands for it bears the number in its name, and every track says that it is one of them", () => {
  const group = { leader: "t3-7", tracks: 2, about: 3, atLeast: 2, latDeg: 32.551, lonDeg: -117.041, radiusM: 40 };
  const members = [track({ group } as Partial<AssessedTrack>), track({ id: "t3-8", group } as unknown as Partial<AssessedTrack>)];
  const events = heldShare().take({ tracks: members });
  assert.deepEqual(events.map(nameOf), ["About 3 drones t3-7", "Drone t3-8"]);
  for (const event of events)
    assert.match(remarksOf(event), /One of a group that sensors cannot tell apart: about 3 objects, at least 2\./);
});
