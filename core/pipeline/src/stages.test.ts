import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "@picket/model";
import { createPipeline, type Pipeline } from "./pipeline.ts";
import { decodeState, encodeState } from "./snapshot.ts";
import { circle, command, noise, placeAt, post, radarScan, START_MS, smallSite, straight } from "./world.fixture.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const site = smallSite({ zones: [circle("yard", 1000, 0, 300)], persons: [post("ana", 1000, 0), post("ben", -6000, 0)] });
const overAna = straight([1000, 20, 60], [0, 0, 0]);

/** Seconds of a drone that hovers over Ana, seen by the radar, on a clock that is `aheadMs` ahead; answers the last frame. */
function hover(pipeline: Pipeline, fromS: number, toS: number, aheadMs = 0, flyers = [overAna]): Frame {
  const random = noise(1 + fromS);
  let frame: Frame | undefined;
  for (let tS = fromS; tS < toS; tS++) {
    const look = radarScan(tS, flyers, random);
    const scan = { ...look, measuredMs: look.measuredMs + aheadMs, receivedMs: look.receivedMs + aheadMs };
    frame = pipeline.tick([scan], START_MS + tS * 1000 + 60 + aheadMs);
  }
  assert.ok(frame);
  return frame;
}

/** A pipeline of the second boot, after a first one whose clock was a day ahead, with the last frame of that. */
function afterDayAhead(more: (first: Pipeline, frame: Frame) => void = () => {}) {
  const first = createPipeline(site, { bootNumber: 1 });
  const before = hover(first, 0, 20, DAY_MS);
  more(first, before);
  return { before, second: createPipeline(site, { bootNumber: 2 }, first.snapshot()) };
}

test("a site whose clock was a day ahead before a restart sees and warns at once after it, and says that its clock was wrong", () => {
  const idle = createPipeline(site, { bootNumber: 1 });
  idle.tick([], START_MS + 60 + DAY_MS);
  const second = createPipeline(site, { bootNumber: 2 }, idle.snapshot());
  const frame = hover(second, 0, 20);
  assert.equal(frame.nowMs, START_MS + 19_060);
  assert.equal(frame.tracks.length, 1);
  assert.equal(frame.warnings.find(({ person }) => person === "ana")?.state, "active");
  assert.equal(frame.sensors[0]?.state, "watching");
  const clock = frame.alerts.find(({ kind }) => kind === "clockBad");
  assert.deepEqual(clock?.reasons, [{ code: "reason.ownClockSetBack", params: { backS: 86_400 } }]);
  assert.equal(clock?.annunciation, 1);
});

test("what is carried over to a clock that was set back keeps its age, and nothing lies ahead of now", () => {
  const { before, second } = afterDayAhead();
  const frame = second.tick([], START_MS + 25_000);
  assert.deepEqual(
    frame.ended.map(({ id, endMs }) => [id, endMs]),
    before.tracks.map(({ id }) => [id, START_MS + 25_000]),
  );
  const [row, warning] = [frame.alerts.find(({ kind }) => kind === "zoneEntry"), frame.warnings[0]];
  const was = before.alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(frame.nowMs - (row?.raisedMs ?? 0), before.nowMs - (was?.raisedMs ?? 0));
  assert.equal(warning?.state, "lostContact");
  for (const atMs of [row?.raisedMs, row?.changedMs, row?.lostContactMs, warning?.raisedMs, warning?.changedMs])
    assert.ok(atMs !== undefined && atMs <= frame.nowMs && atMs > frame.nowMs - 60_000, `${atMs} is not of the last minute`);
});

test("a shelf and the watch of a lost track end on time by the clock that was set back", () => {
  const { second } = afterDayAhead((first, frame) => {
    const row = frame.alerts.find(({ kind }) => kind === "zoneEntry");
    assert.ok(row);
    const untilMs = frame.nowMs + HOUR_MS;
    first.tick([command({ kind: "shelve", alert: row.id, reason: "known", untilMs }, frame.nowMs)], frame.nowMs + 10);
  });
  const rowOf = (frame: Frame) => frame.alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(rowOf(hover(second, 25, 30, 0, []))?.state, "shelved");
  const watched = hover(second, 30, 340, 0, []);
  assert.equal(rowOf(watched)?.reasons[0]?.code, "closed.volumeWatched");
  assert.notEqual(rowOf(second.tick([], START_MS + 26_000 + HOUR_MS))?.state, "shelved");
});

test("a phone's place keeps its age on a clock that was set back", () => {
  const { second } = afterDayAhead((first, frame) => {
    const atMs = frame.nowMs - 5000;
    const place = { ...placeAt(-6000, 100), sigmaM: 5, measuredMs: atMs };
    first.tick([command({ kind: "personPosition", person: site.persons[1]?.id as never, ...place }, atMs)], frame.nowMs + 10);
  });
  const ben = second.tick([], START_MS + 25_000).persons.find(({ id }) => id === "ben");
  assert.ok(Math.abs(START_MS + 20_000 - (ben?.position?.measuredMs ?? 0)) < 50, `${ben?.position?.measuredMs}`);
});

test("a restart a moment before the last mark is no alarm", () => {
  const first = createPipeline(site, { bootNumber: 1 });
  hover(first, 0, 5, 0, []);
  const frame = createPipeline(site, { bootNumber: 2 }, first.snapshot()).tick([], START_MS + 3900);
  assert.equal(frame.nowMs, START_MS + 3900);
  assert.deepEqual(frame.alerts, []);
});

test("within one boot time never goes backwards", () => {
  const first = createPipeline(site, { bootNumber: 1 });
  first.tick([], START_MS + 5000);
  assert.equal(first.tick([], START_MS).nowMs, START_MS + 5000);
  assert.equal(createPipeline(site, { bootNumber: 1 }, first.snapshot()).tick([], START_MS).nowMs, START_MS + 5000);
});

/** The snapshot as another version would have written it. */
function ofOtherVersion(pipeline: Pipeline, change: (saved: Record<string, unknown>) => void = () => {}): Uint8Array {
  const saved = decodeState(pipeline.snapshot()) as Record<string, unknown>;
  Object.assign(saved, { version: 99 });
  change(saved);
  return encodeState(saved);
}

test("another version's snapshot restores zones, authorisations and who needs help, and the site says what it has lost", () => {
  const first = createPipeline(site, { bootNumber: 1 });
  const drawn = circle("drawn", 0, 500, 50);
  const help = command({ kind: "personWellbeing", person: site.persons[0]?.id as never, state: "needHelp" });
  first.tick([command({ kind: "zonePut", zone: drawn }), help], START_MS);
  hover(first, 0, 20);
  const second = createPipeline(site, { bootNumber: 2 }, ofOtherVersion(first));
  assert.deepEqual(
    second.site().zones.map(({ id }) => id),
    ["yard", "drawn"],
  );
  const frame = second.tick([], START_MS + 30_000);
  assert.deepEqual(
    frame.alerts.map(({ kind, reasons, annunciation }) => [kind, reasons[0]?.code, annunciation]),
    [
      ["stateLost", "reason.stateLostDecisions", 1],
      ["personNeedsHelp", "reason.needsHelp", 1],
    ],
  );
  assert.equal(hover(second, 40, 60).warnings[0]?.state, "active");
});

test("what another version wrote and is no zone here is left out, and nonsense in its place is no fault", () => {
  const first = createPipeline(site, { bootNumber: 1 });
  first.tick([], START_MS);
  const odd = ofOtherVersion(first, (saved) => {
    const { site: was } = saved["standing"] as { site: { zones: unknown[] } };
    was.zones.push({ id: "cube", shape: { kind: "cube" } });
  });
  const zonesOf = (snapshot: Uint8Array) => createPipeline(site, { bootNumber: 2 }, snapshot).site().zones;
  assert.deepEqual(zonesOf(odd), site.zones);
  const none = ofOtherVersion(first, (saved) => Object.assign(saved, { standing: "none" }));
  assert.deepEqual(zonesOf(none), site.zones);
});

test("the same boot does not go on from another version's snapshot", () => {
  const first = createPipeline(site, { bootNumber: 1 });
  first.tick([], START_MS);
  assert.throws(() => createPipeline(site, { bootNumber: 1 }, ofOtherVersion(first)), TypeError);
});

test("a start without its state says so until somebody has acknowledged it", () => {
  const pipeline = createPipeline(site, { bootNumber: 2, isStateLost: true });
  const [alert] = pipeline.tick([], START_MS).alerts;
  assert.equal(alert?.reasons[0]?.code, "reason.stateLostAll");
  const [later] = hover(pipeline, 3700, 3702, 0, []).alerts;
  assert.equal(later?.state, "returnedUnacknowledged");
});
