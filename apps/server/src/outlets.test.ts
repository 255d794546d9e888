import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decodeDatagram } from "@picket/cot";
import { parseConfiguration } from "./config/read-configuration.ts";
import { freePort } from "./feeds/mosquitto.fixture.ts";
import { startTestHttp } from "./http/http.fixture.ts";
import { CONFIGURATION, flyInByUdp, temporaryDir, until } from "./site.fixture.ts";

/** The test site with these ways out. */
const withOutlets = (outlets: object): typeof CONFIGURATION => {
  const site = { id: "test", name: "Test", latDeg: 0, lonDeg: 0 };
  const { share = [], deliver = [] } = parseConfiguration(JSON.stringify({ site, ...outlets }), "site.yaml");
  return { ...CONFIGURATION, share, deliver };
};
const share = (over: object) => ({ id: "tak", protocol: "cot", partner: "County", ...over });

test("what a site sees reaches a partner while a delivery that fails is told, counted, and holds up nothing", async (t) => {
  const heard = createSocket("udp4").bind(0, "127.0.0.1");
  t.after(() => heard.close());
  await once(heard, "listening");
  const uids = new Set<string>();
  heard.on("message", (bytes) => {
    const message = decodeDatagram(bytes);
    if (message.ok && message.value.event) uids.add(message.value.event.uid);
  });
  const url = `http://127.0.0.1:${await freePort()}/cap`;
  const configuration = withOutlets({
    share: [share({ transport: { kind: "udp", host: "127.0.0.1", port: heard.address().port } })],
    deliver: [{ id: "eoc", protocol: "cap", partner: "County", transport: { kind: "httpPost", url }, cap: { sender: "a@b" } }],
  });
  const dir = temporaryDir(t);
  const http = await startTestHttp(t, { dir, configuration });
  t.after(await flyInByUdp(http.site));
  await until(() => [...uids].some((uid) => /^picket-test-t\d+-\d+$/.test(uid)) && [...uids].some((uid) => /-9-1-1$/.test(uid)));
  const failing = await until(() => http.site.outlets().find(({ id, state }) => id === "eoc" && state === "failing"));
  assert.match(failing.detail ?? "", /^tries again in \d+ s: nothing listens there/);
  const [day = ""] = await until(() => existsSync(join(dir, "released")) && readdirSync(join(dir, "released")));
  assert.match(
    readFileSync(join(dir, "released", day), "utf8"),
    /"outlet":"tak","partner":"County","fields":\[\],"what":"t\d+-\d+"/,
  );
  const get = async (path: string) => (await http.call("GET", path)).text;
  assert.deepEqual(
    (JSON.parse(await get("/api/outlets")) as { id: string; state: string }[]).map(({ id, state }) => [id, state]),
    [
      ["tak", "working"],
      ["eoc", "failing"],
    ],
  );
  const health = JSON.parse(await get("/healthz")) as { state: string; outletsFailing: number };
  assert.deepEqual([health.state, health.outletsFailing], ["degraded", 1]);
  const metrics = await get("/metrics");
  assert.match(metrics, /picket_outlet_working\{outlet="tak"\} 1/);
  assert.match(metrics, /picket_outlet_working\{outlet="eoc"\} 0/);
  assert.match(metrics, /picket_outlet_sent\{outlet="tak"\} [1-9]/);
});
