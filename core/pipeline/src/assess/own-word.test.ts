import assert from "node:assert/strict";
import { test } from "node:test";
import { type Flyer, noise, radar, radarScan, START_MS, straight } from "../world.fixture.ts";
import { broadcast, hear, inbound, receiver, SERIAL } from "./own-word.fixture.ts";

test("where only a receiver listens, a drone's own word alarms its zone at the zone's level and warns whom it reaches", () => {
  const { frames, alerts, warnings } = hear(inbound, [receiver], 75);
  const entry = alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(entry?.level, "critical");
  assert.ok(entry?.reasons.some(({ code }) => code === "reason.byOwnWord"));
  assert.equal(
    alerts.find(({ kind }) => kind === "remoteIdContradicted"),
    undefined,
  );
  const [warning, ...more] = warnings;
  assert.deepEqual([more.length, warning?.possible], [0, false]);
  assert.ok(
    frames.some((frame) => frame.warnings.some(({ byOwnWord }) => byOwnWord)),
    "the phone says whose word it is",
  );
  assert.ok((warning?.raisedMs ?? Number.POSITIVE_INFINITY) < START_MS + 46_000, "before it is overhead");
  const worst = frames.flatMap((frame) => frame.warnings.map(({ level }) => level));
  assert.ok(worst.includes("warning") && !worst.includes("critical"), "sheltering, but on nobody's proof but its own");
  assert.ok(
    frames.every(({ tracks }) => tracks.every(({ confirmed }) => !confirmed)),
    "it stays unconfirmed",
  );
});

test("its own word alarms no zone while a radar that should see it sees nothing there", () => {
  const random = noise(7);
  const looks = (tS: number) => [radarScan(tS, [straight([3000, 3000, 80], [-10, 0, 0])], random)];
  const spoken: Flyer = (tS) => (tS < 10 ? undefined : [0, 100 + tS, 100]);
  const { alerts, warnings, frames } = hear(spoken, [radar, receiver], 60, looks);
  const [denied, ...more] = frames.at(-1)?.traces ?? [];
  assert.deepEqual([denied?.kind, denied?.label, more.length], ["broadcast", SERIAL, 0], "it stays on the map");
  assert.equal(
    alerts.find(({ kind }) => kind === "zoneEntry"),
    undefined,
  );
  assert.ok(alerts.some(({ kind }) => kind === "remoteIdContradicted"));
  assert.deepEqual(
    warnings.filter(({ possible }) => !possible),
    [],
  );
});

test("a drone that falls silent over a zone leaves lost contact behind, not an all-clear", () => {
  const { alerts, warnings, frames } = hear((tS) => (tS > 55 ? undefined : inbound(tS)), [receiver], 150);
  const entry = alerts.find(({ kind }) => kind === "zoneEntry");
  assert.ok(entry && entry.state !== "cleared" && entry.lostContactMs !== undefined);
  const last = frames.at(-1)?.warnings.find(({ id }) => id === warnings[0]?.id);
  assert.equal(last?.state, "lostContact");
});

test("whoever repeats its serial elsewhere does not silence a drone", () => {
  const liar = (tS: number) => (tS < 20 ? [] : [broadcast([3000, -2000 + 5 * tS, 80], tS, { transmitter: "cc:dd" })]);
  const { alerts, frames } = hear(inbound, [receiver], 70, liar);
  assert.ok(alerts.some(({ kind }) => kind === "remoteIdContradicted"));
  const inside = frames.slice(55).map((frame) => frame.alerts.find(({ kind }) => kind === "zoneEntry"));
  assert.ok(inside.every((row) => row?.level === "critical" && row.lostContactMs === undefined));
});

test("a receiver that hears farther than its sheet says silences nothing, and doubles nothing", () => {
  const { alerts, frames } = hear(inbound, [{ ...receiver, rangeMaxM: 100 }], 70);
  assert.ok(alerts.some(({ kind }) => kind === "zoneEntry"));
  assert.ok(frames.every(({ tracks }) => tracks.length <= 1));
});

test("a drone that says it flies off calls nobody out of cover, until it has said so for five minutes", () => {
  const leaving: Flyer = (tS) => (tS <= 55 ? inbound(tS) : [0, 240 - 12 * (tS - 55), 60]);
  const { frames, warnings } = hear(leaving, [receiver], 420);
  const states = frames.map((frame) => frame.warnings.find(({ id }) => id === warnings[0]?.id));
  assert.ok(states.slice(60, 340).every((warning) => warning?.state === "active"));
  const last = states.findLast((warning) => warning !== undefined);
  assert.deepEqual([last?.state, last?.basis], ["allClear", "saidToLeave"]);
});

test("advice does not weaken while nothing has got better", () => {
  const { frames, warnings } = hear((tS) => (tS > 50 ? undefined : inbound(tS)), [receiver], 90);
  const advice = frames.map((frame) => frame.warnings.find(({ id }) => id === warnings[0]?.id)?.advice.code);
  const cover = advice.indexOf("advice.takeCover");
  assert.ok(cover >= 0);
  assert.ok(
    advice.slice(cover).every((code) => code === "advice.takeCover" || code === "advice.lostContact"),
    advice.join(),
  );
});

test("a receiver that is late by twelve seconds alarms all the same", () => {
  const late = (tS: number) => [broadcast(inbound(tS - 12) ?? [0, 900, 60], tS, { lateS: 12 })];
  const { alerts } = hear(() => undefined, [receiver], 90, late);
  assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
});
