import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { decodeAlert } from "@picket/cap";
import { parseConfiguration } from "../config/read-configuration.ts";
import { CONFIGURATION, entryAlert, flyInByUdp } from "../site.fixture.ts";
import { problemOf, signIn, startTestHttp } from "./http.fixture.ts";

const TOKEN = "a-token-for-neighbours";
const { deliver } = parseConfiguration(
  JSON.stringify({
    site: { id: "test", name: "Test", latDeg: 0, lonDeg: 0 },
    deliver: [
      {
        id: "neighbours",
        protocol: "cap",
        partner: "Neighbours <east>",
        transport: { kind: "httpFeed", token: { inClear: TOKEN } },
        cap: { sender: "watch@test" },
      },
      {
        id: "files",
        protocol: "cap",
        partner: "x",
        transport: { kind: "directory", path: "/nowhere" },
        cap: { sender: "a" },
        fromLevel: "critical",
      },
    ],
  }),
  "site.yaml",
);
const configuration = { ...CONFIGURATION, ...(deliver && { deliver }) };

test("a warning can be fetched: the index names it, and it is what CAP says", async (t) => {
  const http = await startTestHttp(t, { configuration });
  const empty = await http.call("GET", "/api/cap/neighbours");
  assert.equal(empty.headers["content-type"], "application/atom+xml; charset=utf-8");
  assert.match(empty.text, /<title>Warnings for Neighbours &lt;east&gt;<\/title>/);
  assert.doesNotMatch(empty.text, /<entry>/);
  t.after(await flyInByUdp(http.site));
  await entryAlert(http.site);
  const index = await (async () => {
    for (;;) {
      const { text } = await http.call("GET", "/api/cap/neighbours");
      if (text.includes("<entry>")) return text;
      await sleep(20);
    }
  })();
  const [, path = ""] =
    /href="https:\/\/picket\.example(\/api\/cap\/neighbours\/picket-[a-z0-9-]+)"\/><\/entry>/.exec(index) ?? [];
  const answer = await http.call("GET", path);
  assert.equal(answer.headers["content-type"], "application/cap+xml; charset=utf-8");
  const decoded = decodeAlert(new TextEncoder().encode(answer.text));
  assert.ok(decoded.ok);
  assert.deepEqual([decoded.value.alert.status, decoded.value.alert.infos[0]?.areas[0]?.areaDesc], ["Actual", "Yard"]);
});

test("a feed is read by who is signed in, or with its own token; there is no other", async (t) => {
  const http = await startTestHttp(t, { configuration });
  const ana = await signIn(http, "ana", "operator");
  await signIn(http, "root", "administrator");
  const get = (path: string, headers = {}) => http.call("GET", path, { headers });
  assert.equal(problemOf(await get("/api/cap/neighbours")), "401 not-signed-in");
  assert.equal(problemOf(await get("/api/cap/neighbours", { authorization: "Bearer wrong" })), "403 not-allowed");
  assert.equal((await get("/api/cap/neighbours", { authorization: `Bearer ${TOKEN}` })).status, 200);
  assert.equal((await get("/api/cap/neighbours", ana)).status, 200);
  assert.equal(problemOf(await get("/api/cap/files", { authorization: `Bearer ${TOKEN}` })), "401 not-signed-in");
  assert.equal(problemOf(await get("/api/cap/files", ana)), "404 no-such-feed");
  assert.equal(problemOf(await get("/api/cap/neighbours/none", ana)), "404 no-such-message");
});
