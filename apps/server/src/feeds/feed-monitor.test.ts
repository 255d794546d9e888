import assert from "node:assert/strict";
import { test } from "node:test";
import { feedId } from "@picket/model";
import { createFeedMonitor } from "./feed-monitor.ts";

const CONFIG = { id: feedId.parse("in"), protocol: "detections", transport: { kind: "stdin" } } as const;
const REFUSAL = { code: "not-json", item: "line", at: 0, detail: "x" };

test("a feed that was heard and falls silent is seen within ten seconds, also when it is connected anew", () => {
  const monitor = createFeedMonitor(CONFIG, "tcp");
  monitor.state({ kind: "listening", where: "here" });
  assert.equal(monitor.health(60_000).state, "listening");
  monitor.heard(10, 60_000);
  assert.equal(monitor.health(68_000).state, "receiving");
  assert.equal(monitor.health(70_000).state, "silent");
  monitor.state({ kind: "reconnecting", inMs: 500, why: "gone" });
  assert.equal(monitor.health(71_000).state, "reconnecting");
  monitor.state({ kind: "listening", where: "here" });
  assert.equal(monitor.health(71_500).state, "silent");
  monitor.heard(10, 72_000);
  assert.equal(monitor.health(72_000).state, "receiving");
});

test("a feed may be quiet for as long as its configuration says", () => {
  const monitor = createFeedMonitor({ ...CONFIG, silentAfterS: 60 }, "poll");
  monitor.heard(10, 0);
  assert.equal(monitor.health(59_000).state, "receiving");
  assert.equal(monitor.health(61_000).state, "silent");
});

test("a page that is asked for once a minute is not silent in between", () => {
  const transport = { kind: "httpPoll", url: "http://receiver", intervalS: 60 } as const;
  const monitor = createFeedMonitor({ ...CONFIG, transport }, "poll");
  monitor.heard(10, 0);
  assert.equal(monitor.health(100_000).state, "receiving");
  assert.equal(monitor.health(140_000).state, "silent");
});

test("a feed of which nothing is understood has failed, though octets come, until a record does", () => {
  const monitor = createFeedMonitor(CONFIG, "serial");
  for (let atMs = 0; atMs <= 10_000; atMs += 1000) {
    monitor.heard(10, atMs);
    monitor.ingested(0, [REFUSAL], atMs);
  }
  const { state, detail, rejected } = monitor.health(10_000);
  assert.equal(state, "failed");
  assert.match(detail ?? "", /^nothing is understood; newest refusal: line at byte 0: not-json/);
  assert.deepEqual(rejected, { "not-json": 11 });
  monitor.ingested(1, [REFUSAL], 10_500);
  assert.equal(monitor.health(10_500).state, "receiving");
});

test("a long reason is cut to what the page takes", () => {
  const monitor = createFeedMonitor(CONFIG, "tcp");
  monitor.state({ kind: "reconnecting", inMs: 500, why: "x".repeat(1000) });
  assert.equal(monitor.health(0).detail?.length, 256);
});
