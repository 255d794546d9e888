import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { type Frame, feedId, sensorId } from "@picket/model";
import { journalPath } from "./record/journal-schema.ts";
import { restoreEngine } from "./restore.ts";
import {
  type Boot,
  boot,
  CONFIGURATION,
  flyThrough,
  hasEntryAlert,
  lookAt,
  named,
  RADAR,
  request,
  temporaryDir,
} from "./site.fixture.ts";

const START_MS = 1_700_000_000_000;

/** The process is killed: what was appended is on disk, nothing is sealed. */
const kill = ({ journal }: Boot) => journal.close();
const lastOf = (frames: readonly Frame[]): Frame => {
  const last = frames.at(-1);
  assert.ok(last);
  return last;
};

/** A first boot with an alert and a warning, killed; then a second one and its first frame. */
async function twoBoots(dir: string, between: (first: Boot, frame: Frame) => void = () => {}) {
  const first = await boot(dir, START_MS);
  const before = lastOf(flyThrough(first, START_MS, (frame) => hasEntryAlert(frame) && frame.warnings.length > 0));
  between(first, before);
  await kill(first);
  const nowMs = before.nowMs + 2000;
  const second = await boot(dir, nowMs);
  const after = second.decider.tick(nowMs);
  assert.ok(after);
  return { before, first, second, after, nowMs };
}

test("a restart shows no old track, restores the open alert and tells who was warned that contact is lost", async (t) => {
  const { before, second, after } = await twoBoots(temporaryDir(t));
  t.after(() => kill(second));
  assert.deepEqual(after.tracks, []);
  const [alert] = before.alerts.filter(({ kind }) => kind === "zoneEntry");
  const restored = after.alerts.find(({ id }) => id === alert?.id);
  assert.ok(restored, "the alert that nobody took is still there, under its id");
  assert.match(restored.state, /Unacknowledged$/);
  const warning = after.warnings.find(({ id }) => id === before.warnings[0]?.id);
  assert.equal(warning?.state, "lostContact");
});

test("a boot whose clock was put right after a boot a day ahead hears its sensors and warns at once", async (t) => {
  const dir = temporaryDir(t);
  const first = await boot(dir, START_MS + 86_400_000);
  flyThrough(first, START_MS + 86_400_000, hasEntryAlert);
  await kill(first);
  const second = await boot(dir, START_MS);
  t.after(() => kill(second));
  const isOfThisBoot = ({ tracks, warnings }: Frame) =>
    tracks.some(({ id }) => id.startsWith("t2-")) && warnings.some(({ state }) => state === "active");
  const frame = lastOf(flyThrough(second, START_MS, isOfThisBoot));
  assert.ok(isOfThisBoot(frame) && frame.nowMs < START_MS + 20_000);
  assert.ok(frame.alerts.some(({ kind, sensor }) => kind === "clockBad" && sensor === undefined));
});

test("boot numbers rise and no id is given twice", async (t) => {
  const dir = temporaryDir(t);
  const { before, second, first, nowMs } = await twoBoots(dir);
  t.after(() => kill(second));
  assert.equal(second.journal.bootNumber, first.journal.bootNumber + 1);
  const ofThisBoot = ({ alerts }: Frame) => alerts.some(({ tracks }) => tracks.some((id) => id.startsWith("t2-")));
  const again = flyThrough(second, nowMs + 100, ofThisBoot);
  const old = new Set(before.tracks.map(({ id }) => id));
  const now = again.flatMap(({ tracks }) => tracks.map(({ id }) => id));
  assert.ok(now.length > 0 && now.every((id) => !old.has(id) && id.startsWith(`t${second.journal.bootNumber}-`)));
  const alerts = new Map<string, number>();
  for (const { id, raisedMs } of again.flatMap((frame) => [...frame.alerts])) {
    assert.equal(alerts.get(id) ?? raisedMs, raisedMs, `${id} is one alert only`);
    alerts.set(id, raisedMs);
  }
});

test("what was acknowledged stays acknowledged", async (t) => {
  const { before, second, after } = await twoBoots(temporaryDir(t), ({ decider }, frame) => {
    for (const { id, revision } of frame.alerts)
      decider.command(named(request("acknowledge", { alert: id, revision }), "Ortega", frame.nowMs));
    assert.ok(decider.tick(frame.nowMs + 100));
  });
  t.after(() => kill(second));
  for (const { id } of before.alerts) {
    const alert = after.alerts.find((candidate) => candidate.id === id);
    assert.doesNotMatch(alert?.state ?? "cleared", /Unacknowledged$/, id);
  }
});

test("a command after the last clock mark is not lost", async (t) => {
  const { second } = await twoBoots(temporaryDir(t), ({ decider }, frame) => {
    decider.command(named(request("zoneRemove", { zone: "yard" as never }), "Reyes", frame.nowMs));
  });
  t.after(() => kill(second));
  assert.deepEqual(second.decider.site().zones, []);
});

test("an acknowledgement that came right after a segment was opened, before its first mark, is not lost", async (t) => {
  const { before, second, after } = await twoBoots(temporaryDir(t), ({ decider }, frame) => {
    decider.seal(frame.nowMs + 100);
    const [alert] = frame.alerts;
    assert.ok(alert);
    decider.command(named(request("acknowledge", { alert: alert.id, revision: alert.revision }), "Reyes", frame.nowMs + 120));
  });
  t.after(() => kill(second));
  const [taken] = before.alerts;
  assert.ok(taken && /Unacknowledged$/.test(taken.state));
  assert.doesNotMatch(after.alerts.find(({ id }) => id === taken.id)?.state ?? "cleared", /Unacknowledged$/);
});

test("the same command again after a restart is done once", async (t) => {
  const put = request("personWellbeing", { person: "ben" as never, state: "needHelp" });
  const { second, after, nowMs } = await twoBoots(temporaryDir(t), ({ decider }, frame) => {
    decider.command(named(put, "ben", frame.nowMs));
    const safe = request("personWellbeing", { person: "ben" as never, state: "safe" });
    decider.tick(frame.nowMs + 100);
    decider.command(named(safe, "ben", frame.nowMs + 150));
    decider.tick(frame.nowMs + 200);
  });
  t.after(() => kill(second));
  const stateOf = (frame: Frame | undefined) => frame?.persons.find(({ id }) => id === "ben")?.wellbeing?.state;
  assert.equal(stateOf(after), "safe");
  second.decider.command(named(put, "ben", nowMs + 50));
  assert.equal(stateOf(second.decider.tick(nowMs + 100)), "safe");
});

test("a boot that was killed before its first tick loses nothing of the boot before", async (t) => {
  const dir = temporaryDir(t);
  const { before, second, nowMs } = await twoBoots(dir);
  await kill(second);
  const third = await boot(dir, nowMs + 500);
  await kill(third);
  const fourth = await boot(dir, nowMs + 1000);
  t.after(() => kill(fourth));
  const frame = fourth.decider.tick(nowMs + 1000);
  assert.ok(frame?.alerts.some(({ id }) => id === before.alerts[0]?.id));
  assert.equal(fourth.journal.bootNumber, 4);
});

test("an entry that fails the engine does not keep a site from starting: it begins at the snapshot before, and says so", async (t) => {
  const { before, second, after } = await twoBoots(temporaryDir(t), ({ decider, journal }, frame) => {
    decider.seal(frame.nowMs + 100);
    journal.append({
      kind: "command",
      receivedMs: frame.nowMs,
      command: { kind: "zonePut", id: "poison", by: "Reyes", atMs: 0 },
    });
    journal.append({ kind: "mark", nowMs: frame.nowMs + 200 });
  });
  t.after(() => kill(second));
  assert.match(second.fault ?? "", /TypeError/);
  assert.ok(after.alerts.some(({ id }) => id === before.alerts[0]?.id));
  assert.ok(after.alerts.some(({ kind }) => kind === "stateLost"));
});

test("a snapshot of another version, or that is none, does not keep a site from starting, and is told in a sentence", async (t) => {
  for (const damage of [
    (text: string) => text.replace(/"version":\d+/, '"version":0'),
    () => "??",
    () => "a snapshot of nothing",
  ]) {
    const dir = temporaryDir(t);
    const first = await boot(dir, START_MS);
    first.decider.tick(START_MS);
    await kill(first);
    const database = new DatabaseSync(journalPath(`${dir}/journal`));
    const put = database.prepare("UPDATE segments SET snapshot = ? WHERE segment = ?");
    for (const { segment, snapshot } of database.prepare("SELECT segment, snapshot FROM segments").all())
      put.run(Buffer.from(damage(Buffer.from(snapshot as Uint8Array).toString("latin1")), "latin1"), Number(segment));
    database.close();
    const second = await boot(dir, START_MS + 1000);
    t.after(() => kill(second));
    assert.match(second.fault ?? "", /^[^\n]*another version of Picket/);
    assert.ok(second.decider.tick(START_MS + 1000)?.alerts.some(({ kind }) => kind === "stateLost"));
  }
});

test("a datagram after the last mark counts as heard", async (t) => {
  const dir = temporaryDir(t);
  const first = await boot(dir, START_MS);
  first.decider.tick(START_MS);
  first.decider.bytes(RADAR, Buffer.from(lookAt(2000)), START_MS + 50, "test");
  await kill(first);
  const second = await boot(dir, START_MS + 1000);
  t.after(() => kill(second));
  assert.equal(second.decider.tick(START_MS + 1000)?.tracks.length, 0);
  assert.equal(second.fault, undefined);
});

test("half a line of one boot is not the beginning of the next one's, nor is a feed that speaks another protocol now a fault", async (t) => {
  const dir = temporaryDir(t);
  const line = Buffer.from(lookAt(2000));
  const first = await boot(dir, START_MS);
  const alerts = flyThrough(first, START_MS, hasEntryAlert).at(-1)?.alerts ?? [];
  first.decider.bytes(feedId.parse("piped"), line.subarray(0, 40), START_MS + 9000, "standard input");
  first.decider.seal(START_MS + 9100);
  await kill(first);

  const second = await boot(dir, START_MS + 10_000);
  const heard = second.decider.bytes(feedId.parse("piped"), line, START_MS + 10_100, "standard input");
  assert.deepEqual(heard, { records: 1, rejected: [] });
  second.decider.bytes(feedId.parse("piped"), line.subarray(0, 40), START_MS + 10_200, "standard input");
  second.decider.seal(START_MS + 10_300);
  await kill(second);

  const feeds = CONFIGURATION.feeds.map((feed) =>
    feed.id === "piped" ? { ...feed, protocol: "remote-id" as const, sensor: sensorId.parse("radar") } : feed,
  );
  const { engine, fault } = restoreEngine({ site: CONFIGURATION.site, feeds, bootNumber: 3 }, `${dir}/journal`);
  assert.equal(fault, undefined);
  assert.deepEqual(
    engine
      .tick(START_MS + 11_000)
      .alerts.filter(({ kind }) => kind === "zoneEntry")
      .map(({ id }) => id),
    alerts.filter(({ kind }) => kind === "zoneEntry").map(({ id }) => id),
  );
});
