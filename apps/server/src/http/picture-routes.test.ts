import assert from "node:assert/strict";
import { test } from "node:test";
import { entryAlert, flyInByUdp, until } from "../site.fixture.ts";
import { PASSWORD, problemOf, startTestHttp } from "./http.fixture.ts";

const LISTS = ["tracks", "alerts", "warnings", "sensors", "feeds", "outlets", "persons", "sightings", "replay/ranges"];

test("everything of now can be read: what flies, what is alarmed, who is warned", async (t) => {
  const http = await startTestHttp(t);
  const land = await flyInByUdp(http.site);
  t.after(land);
  const alert = await entryAlert(http.site);
  const get = async (path: string) => {
    const { status, text, json } = await http.call("GET", path);
    assert.equal(status, 200, text);
    return json();
  };
  for (const list of LISTS) assert.ok(Array.isArray(await get(`/api/${list}`)), list);
  const [id] = alert.tracks;
  assert.equal(((await get(`/api/tracks/${id}`)) as { id: string }).id, id);
  assert.ok(((await get("/api/alerts")) as { id: string }[]).some((one) => one.id === alert.id));
  assert.ok(((await get("/api/warnings")) as { person: string }[]).some(({ person }) => person === "ana"));
  const [sensor] = (await get("/api/sensors")) as { id: string; now: { state: string } }[];
  assert.deepEqual([sensor?.id, sensor?.now.state], ["radar", "watching"]);
  const zones = (await get("/api/zones")) as { type: string; features: { geometry: object; properties: { id: string } }[] };
  assert.deepEqual(
    zones.features.map(({ geometry }) => geometry),
    [{ type: "Point", coordinates: [-117.04, 32.55] }],
  );
  assert.equal(((await get("/api/record")) as { state: string }).state, "recording");
  assert.equal(((await get("/healthz")) as { state: string }).state, "working");
  await until(() => http.site.history(id as never, 0, Number.MAX_SAFE_INTEGER).length > 1);
  const past = (await get(`/api/tracks/${id}/history?fromMs=0`)) as { nowMs: number; latDeg: number; altHaeM: number }[];
  assert.ok(past.length > 1 && past.every(({ latDeg, altHaeM }) => latDeg > 32.55 && altHaeM > 0));
  assert.deepEqual(await get(`/api/tracks/${id}/history?fromMs=0&toMs=1`), []);
  const { text } = await http.call("GET", "/metrics");
  assert.match(text, /picket_feed_records\{feed="radar"\} [1-9]/);
  assert.match(text, /picket_decision_faults 0/);
});

test("what is not there, or not asked for rightly, is a problem document", async (t) => {
  const http = await startTestHttp(t);
  const problem = async (path: string) => problemOf(await http.call("GET", path));
  assert.equal(await problem("/api/tracks/t9-9"), "404 no-such-track");
  assert.equal(await problem("/api/tracks/Not%20an%20id/history"), "404 no-such-track");
  assert.equal(await problem("/api/tracks/t1-1/history?fromMs=yesterday"), "400 invalid-request");
  assert.equal(await problem("/api/tracks/t1-1/history?since=1"), "400 invalid-request");
  assert.equal(await problem("/api/nothing"), "404 no-such-page");
  assert.equal(problemOf(await http.call("PUT", "/api/tracks")), "404 no-such-page");
});

test("nothing of it is read without signing in once there are accounts", async (t) => {
  const http = await startTestHttp(t);
  await http.accounts.addUser("Reyes", "administrator", PASSWORD, Date.now());
  for (const path of [...LISTS, "zones", "record", "tracks/t1-1", "tracks/t1-1/history"])
    assert.equal(problemOf(await http.call("GET", `/api/${path}`)), "401 not-signed-in", path);
  assert.equal(problemOf(await http.call("GET", "/metrics")), "401 not-signed-in");
  assert.deepEqual(Object.keys((await http.call("GET", "/healthz")).json() as object), [
    "state",
    "recording",
    "sensorsNotWatching",
    "outletsFailing",
  ]);
});
