import assert from "node:assert/strict";
import { test } from "node:test";
import type { Zone } from "@picket/model";
import { openJournalReader } from "../record/journal-reader.ts";
import { CONFIGURATION, entryAlert, flyInByUdp, temporaryDir, until } from "../site.fixture.ts";
import { enrolledPhone, problemOf, signIn, startTestHttp, type TestHttp } from "./http.fixture.ts";

type Taken = Readonly<{ sequence: number; recorded: boolean }>;
const wellbeing = (id: string, state = "needHelp") => ({ kind: "personWellbeing", id, person: "ben", state });
const sighting = (id: string, more: object = {}) => ({
  kind: "sighting",
  id,
  reality: "live",
  sighting: {
    id: `s-${id}`,
    by: "somebody",
    seenMs: Date.now(),
    seenSigmaMs: 1000,
    latDeg: 32.55,
    lonDeg: -117.04,
    placeSigmaM: 10,
    count: 1,
    moving: "towardMe",
    ...more,
  },
});
const send = (http: TestHttp, body: unknown, headers = {}) => http.call("POST", "/api/commands", { body, headers });
const phone = (http: TestHttp, body: unknown, headers = {}) => http.call("POST", "/api/field/commands", { body, headers });

test("an acknowledgement is answered once it is on disk, under the server's own name and time", async (t) => {
  const http = await startTestHttp(t);
  const headers = await signIn(http, "Reyes", "administrator");
  t.after(await flyInByUdp(http.site));
  const { id: alert, revision } = await entryAlert(http.site);
  const answer = await send(http, { kind: "acknowledge", id: "ack-1", alert, revision }, headers);
  assert.equal(answer.status, 202);
  const { sequence, recorded } = answer.json() as Taken;
  assert.ok(recorded && http.site.journal.committed >= sequence);
  const taken = await until(() => http.site.frame()?.alerts.find(({ acknowledgement }) => acknowledgement));
  assert.equal(taken.acknowledgement?.by, "Reyes");
});

test("the same id twice is journalled once and answered alike", async (t) => {
  const http = await startTestHttp(t);
  const first = (await send(http, wellbeing("w-1"))).json();
  assert.deepEqual((await send(http, wellbeing("w-1"))).json(), first);
  const reader = openJournalReader(`${http.dir}/journal`);
  t.after(() => reader.close());
  const given = [...reader.entries({ fromSequence: 1 })].filter(
    ({ entry }) => entry?.kind === "command" && (entry.command as { id: string }).id === "w-1",
  );
  assert.equal(given.length, 1);
});

test("the same id again after a restart changes nothing", async (t) => {
  const dir = temporaryDir(t);
  const before = await startTestHttp(t, { dir });
  await send(before, wellbeing("w-1"));
  await send(before, wellbeing("w-2", "safe"));
  await before.stop();
  const after = await startTestHttp(t, { dir });
  assert.equal((await send(after, wellbeing("w-1"))).status, 202);
  const tick = after.site.frame()?.tick ?? 0;
  await until(() => (after.site.frame()?.tick ?? 0) > tick + 1);
  assert.equal(after.site.frame()?.persons.find(({ id }) => id === "ben")?.wellbeing?.state, "safe");
});

test("what is not a command is refused in words", async (t) => {
  const http = await startTestHttp(t);
  for (const [body, words] of [
    [{ kind: "fire", id: "f-1" }, /\/kind must be one of acknowledge/],
    [{ kind: "acknowledge", id: "a-1" }, /\/alert must be there/],
    [{ ...wellbeing("Not An Id") }, /\/id /],
    [{ ...wellbeing("w-1"), extra: 1 }, /\/extra is not known here/],
    [[wellbeing("w-1")], /must be a command object, got a list/],
  ] as const) {
    const answer = await send(http, body);
    assert.equal(problemOf(answer), "400 invalid-command");
    assert.match((answer.json() as { detail: string }).detail, words);
  }
  const poisoned = await http.call("POST", "/api/commands", {
    body: '{"__proto__":{}}',
    headers: { "content-type": "application/json" },
  });
  assert.match((poisoned.json() as { detail: string }).detail, /nothing in it may be called __proto__/);
  const forged = (await send(http, { ...wellbeing("w-9"), by: "Somebody else", atMs: 1 })).json() as Taken;
  assert.ok(forged.recorded, "a name and time that came along are overwritten");
});

test("a zone that would protect nothing, or nobody could say what, is refused in words", async (t) => {
  const http = await startTestHttp(t);
  const { shape: _shape, ...yard } = CONFIGURATION.site.zones[0] as Zone;
  const height = (valueM: number, reference = "agl") => ({ valueM, sigmaM: 0, reference });
  const circle = { kind: "circle", centre: { latDeg: 48.1, lonDeg: 11.5 }, radiusM: 100 };
  const rings = [
    [11.5, 48.1],
    [11.51, 48.11],
    [11.51, 48.1],
    [11.5, 48.11],
    [11.5, 48.1],
  ];
  const give = (id: string, zone: object) => send(http, { kind: "zonePut", id, zone: { ...yard, ...zone } });
  const over = await give("z-1", { shape: circle, floor: height(120), ceiling: height(60) });
  assert.equal(problemOf(over), "400 zone-floor-above-ceiling");
  assert.equal((over.json() as { detail: string }).detail, "The floor must lie below the ceiling of 60 m agl, got 120 m");
  const bow = { kind: "polygon", rings: [rings] };
  assert.equal(problemOf(await give("z-2", { shape: bow })), "400 zone-crosses-itself");
  const from = { id: "survey", holder: "Survey", identity: { kind: "serial", value: "S" }, fromMs: 1, toMs: 2, area: bow };
  assert.equal(
    problemOf(await send(http, { kind: "authorisationPut", id: "a-1", authorisation: from })),
    "400 zone-crosses-itself",
  );
  assert.equal((await give("z-3", { shape: circle, floor: height(120, "msl"), ceiling: height(60) })).status, 202);
  const open = await give("z-4", { shape: { kind: "polygon", rings: [rings.slice(0, 3)] } });
  assert.match((open.json() as { detail: string }).detail, /^\/zone\/shape\/rings\/0 must be a list of at least 4/);
});

test("nobody speaks in Picket's own name, nor takes the ids of its own commands", async (t) => {
  const http = await startTestHttp(t);
  const stopped = { kind: "recordingState", id: "r-1", state: "stopped" };
  assert.equal(problemOf(await send(http, stopped)), "403 not-allowed");
  assert.equal(problemOf(await send(http, wellbeing("own-1-2"))), "403 not-allowed");
});

test("zones and authorisations are the administrator's, all else the operator's too", async (t) => {
  const http = await startTestHttp(t);
  const administrator = await signIn(http, "Reyes", "administrator");
  const operator = await signIn(http, "Ortega", "operator");
  const zonePut = { kind: "zonePut", id: "z-1", zone: { ...CONFIGURATION.site.zones[0], id: "annex" } };
  assert.equal(problemOf(await send(http, zonePut, operator)), "403 not-allowed");
  assert.equal((await send(http, { kind: "zoneRemove", id: "z-0", zone: "annex" }, operator)).status, 403);
  assert.equal((await send(http, wellbeing("w-1"), operator)).status, 202);
  assert.equal((await send(http, zonePut, administrator)).status, 202);
  await until(() => http.site.site().zones.some(({ id }) => id === "annex"));
  assert.equal(problemOf(await send(http, wellbeing("w-2"))), "401 not-signed-in");
});

test("a phone speaks of its own person only, and only what phones may", async (t) => {
  const http = await startTestHttp(t);
  const ben = enrolledPhone(http, "ben");
  const position = {
    kind: "personPosition",
    id: "p-1",
    person: "ben",
    latDeg: 32.55,
    lonDeg: -117.04,
    sigmaM: 5,
    measuredMs: Date.now(),
  };
  assert.equal((await phone(http, position, ben)).status, 202);
  await until(() => http.site.frame()?.persons.find(({ id, position: at }) => id === "ben" && at));
  assert.equal(problemOf(await phone(http, { ...position, id: "p-2", person: "ana" }, ben)), "403 not-allowed");
  assert.equal(problemOf(await phone(http, { kind: "zoneRemove", id: "z-1", zone: "yard" }, ben)), "403 not-allowed");
  assert.equal(problemOf(await phone(http, sighting("x-1", { person: "ana" }), ben)), "403 not-allowed");
  assert.equal(problemOf(await phone(http, wellbeing("w-1"))), "401 not-enrolled");
  assert.equal(problemOf(await phone(http, wellbeing("w-1"), { cookie: ben.cookie.replace("-phone", "") })), "401 not-enrolled");
  const carried = { feed: "tak", uid: "spot-1" };
  assert.equal(problemOf(await phone(http, sighting("x-3", { carried }), ben)), "403 not-allowed");
  assert.equal((await phone(http, sighting("x-2"), ben)).status, 202);
  const seen = await until(() => http.site.sightings()[0]);
  assert.deepEqual([seen.person, seen.by, seen.reality], ["ben", "Ben", "live"], "whatever name was typed");
});

test("a phone answers for its own warnings only", async (t) => {
  const http = await startTestHttp(t);
  t.after(await flyInByUdp(http.site));
  const { id: warning, revision } = await until(() => http.site.frame()?.warnings.find(({ person }) => person === "ana"));
  const receipt = (id: string) => ({ kind: "warningReceipt", id, warning, revision, receipt: "seen" });
  assert.equal(problemOf(await phone(http, receipt("r-1"), enrolledPhone(http, "ben"))), "403 not-allowed");
  assert.equal((await phone(http, receipt("r-2"), enrolledPhone(http, "ana"))).status, 202);
  await until(() => http.site.frame()?.warnings.find(({ id, seenMs }) => id === warning && seenMs));
});
