import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { decodeAlert } from "@picket/cap";
import type { Alert } from "@picket/model";
import type { DeliverConfig } from "../config/deliver.ts";
import { createOutletMonitor } from "../outlet-monitor.ts";
import { alert, frame, NOW_MS, SITE } from "../share/share.fixture.ts";
import { temporaryDir, until } from "../site.fixture.ts";
import { type Courier, type Message, Refused } from "./courier.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createDispatch } from "./dispatch.ts";

/** Runs a delivery until the test stops it or ends. */
function run(t: TestContext, dataDir: string, transport: DeliverConfig["transport"], over: Partial<DeliverConfig> = {}) {
  const config = {
    id: "county",
    protocol: "cap",
    partner: "County",
    transport,
    cap: { sender: "a@b" },
    ...over,
  } as DeliverConfig;
  const common = {
    context: { siteReality: "live", hearsay: new Set<never>() },
    nowMs: () => NOW_MS,
    told: () => undefined,
  } as const;
  const delivery = createDelivery({ config, dataDir, ...common });
  const stopping = new AbortController();
  const ended = delivery.run(stopping.signal);
  const stop = async () => {
    stopping.abort();
    await ended;
  };
  t.after(stop);
  return { delivery, stop };
}
const take = (delivery: Delivery, seconds: number, ...alerts: readonly Alert[]) =>
  delivery.take(frame({ nowMs: NOW_MS + seconds * 1000, alerts: [...alerts] }), SITE);
const parsed = (octets: Uint8Array) => {
  const decoded = decodeAlert(octets);
  assert.ok(decoded.ok);
  return decoded.value.alert;
};

test("each message is a file that is whole once it is there, and only the newest of ours are kept", async (t) => {
  const dir = temporaryDir(t);
  const path = join(dir, "out");
  mkdirSync(path);
  writeFileSync(join(path, "somebody-elses.xml"), "x");
  const { delivery } = run(t, dir, { kind: "directory", path, keep: 2 });
  for (const [seconds, id] of [
    [0, "a1-1"],
    [1, "a1-2"],
    [2, "a1-3"],
  ] as const)
    take(delivery, seconds, alert({ id: id as never }));
  // Each alert is cancelled when the next frame is without it: five messages in all.
  await until(() => delivery.health().sent === 5);
  const names = readdirSync(path).sort();
  assert.equal(names.length, 3);
  assert.ok(names.includes("somebody-elses.xml"));
  const kept = names.filter((name) => name.startsWith("picket")).map((name) => parsed(readFileSync(join(path, name))));
  assert.deepEqual(kept.map(({ msgType }) => msgType).sort(), ["Alert", "Cancel"]);
  assert.equal(delivery.health().state, "working");
});

test("a post is tried again until it is taken, in order, and what fails is told in words", async (t) => {
  const heard: { status: number; type: string; body: Buffer; secret: string }[] = [];
  const answers = [503, 500, 202, 202];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const status = answers[heard.length] ?? 202;
      const { "content-type": type = "", authorization: secret = "" } = request.headers;
      heard.push({ status, type, body: Buffer.concat(parts), secret });
      response.writeHead(status).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  t.after(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cap`;
  const { delivery } = run(t, temporaryDir(t), { kind: "httpPost", url, bearer: { inClear: "s3cret" } });
  take(delivery, 0, alert());
  const detail = await until(() => delivery.health().state === "failing" && delivery.health().detail);
  assert.match(detail, /^tries again in [12] s: http:\/\/127\.0\.0\.1:\d+\/cap answers 503 Service Unavailable$/);
  take(delivery, 1);
  await until(() => delivery.health().sent === 2, 15_000);
  assert.deepEqual(
    heard.map(({ status, body }) => [status, parsed(body).msgType]),
    [
      [503, "Alert"],
      [500, "Alert"],
      [202, "Alert"],
      [202, "Cancel"],
    ],
  );
  assert.ok(heard.every(({ type, secret }) => type === "application/cap+xml; charset=utf-8" && secret === "Bearer s3cret"));
  assert.equal(delivery.health().state, "working");
});

const message = (over: Partial<Message> = {}): Message => ({
  identifier: "m",
  about: "a",
  title: "t",
  text: "x",
  sentMs: 0,
  expiresMs: 1e15,
  ...over,
});

/** A dispatch to a courier, and the monitor it counts on. */
function dispatched(t: TestContext, deliver: Courier["deliver"]) {
  const monitor = createOutletMonitor({ id: "d" as never, kind: "delivery", protocol: "cap", transport: "t", partner: "p" });
  const dispatch = createDispatch({ courier: { where: "t", deliver }, monitor, nowMs: () => NOW_MS, firstWaitMs: 10 });
  const stopping = new AbortController();
  t.after(() => stopping.abort());
  return { monitor, dispatch, start: () => void dispatch.run(stopping.signal) };
}

test("what is refused for good, expired, or more than there is room for is dropped and counted", async (t) => {
  const taken: string[] = [];
  const { monitor, dispatch, start } = dispatched(t, ({ identifier }) => {
    if (identifier === "bad") return Promise.reject(new Refused("answers 400"));
    taken.push(identifier);
    return Promise.resolve();
  });
  for (let i = 0; i < 201; i++) dispatch.put(message({ identifier: `m${i}` }));
  dispatch.put(message({ identifier: "bad" }));
  dispatch.put(message({ identifier: "old", expiresMs: NOW_MS }));
  dispatch.put(message({ identifier: "last" }));
  start();
  await until(() => taken.at(-1) === "last");
  assert.deepEqual(monitor.health().dropped, { "no-room": 4, refused: 1, stale: 1 });
  assert.equal(taken[0], "m4");
  assert.equal(monitor.health().waiting, 0);
});

test("waits between tries grow", async (t) => {
  const tries: number[] = [];
  const { dispatch, start } = dispatched(t, () => {
    tries.push(performance.now());
    return Promise.reject(new Error("no"));
  });
  dispatch.put(message());
  start();
  await until(() => tries.length > 5);
  const waits = tries.slice(1).map((at, i) => at - (tries[i] ?? 0));
  assert.ok((waits[4] ?? 0) > 120, `sixteen times 10 ms, less the jitter of a fifth: ${waits}`);
});

test("what was said is known after a restart, and a file of it that cannot be read is told", async (t) => {
  const dir = temporaryDir(t);
  const path = join(dir, "out");
  const first = run(t, dir, { kind: "directory", path });
  take(first.delivery, 0, alert());
  await until(() => first.delivery.health().sent === 1);
  await first.stop();
  const second = run(t, dir, { kind: "directory", path });
  take(second.delivery, 5);
  await until(() => second.delivery.health().sent === 1);
  await second.stop();
  const types = readdirSync(path).map((name) => parsed(readFileSync(join(path, name))));
  assert.deepEqual(types.map(({ msgType }) => msgType).sort(), ["Alert", "Cancel"]);
  writeFileSync(join(dir, "deliver", "county.json"), "{");
  const third = run(t, dir, { kind: "directory", path });
  take(third.delivery, 10);
  assert.match(third.delivery.health().detail ?? "", /what was said before the start cannot be read/);
});

test("a name that XML cannot carry keeps no warning from leaving", (t) => {
  const { delivery } = run(t, temporaryDir(t), { kind: "httpFeed" });
  take(delivery, 0, alert({ title: { code: "alert.zoneEntry", params: { zone: "Yard\u0007\ud800" } } }));
  assert.deepEqual(delivery.health().dropped, {});
  assert.equal(delivery.health().waiting, 1);
});
