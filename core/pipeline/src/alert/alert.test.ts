import assert from "node:assert/strict";
import { test } from "node:test";
import { type Alert, alertId, sensorId, zoneId } from "@picket/model";
import { createDecisions, type Decisions, type Flying } from "../decisions.fixture.ts";
import { harmProbability } from "../identify/classes.ts";
import { circle, command, noise, post, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";

const yard = circle("yard", 0, 1000, 300);
const inYard = (id = "t1-1"): Flying => ({ id, at: [0, 1000, 60] });
const outside = (id = "t1-1", northM = 1500): Flying => ({ id, at: [0, northM, 60] });
/** An empty look of the radar, so that it is not silent. */
const look = (tS: number) => radarScan(tS, [], noise(1));

/** Steps once a second with the air of each second, and answers the alerts of every step. */
function play(decisions: Decisions, seconds: number, air: (tS: number) => readonly Flying[], fromS = 0): (readonly Alert[])[] {
  return Array.from({ length: seconds }, (_, i) => {
    const tS = fromS + i;
    return decisions.step(air(tS), START_MS + tS * 1000, { looks: [look(tS)] }).alerts;
  });
}
const last = <T>(list: readonly T[]): T => list.at(-1) as T;

test("a drone over the fence for eight seconds stays on the list until somebody has acknowledged it", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 60, (tS) => [tS >= 5 && tS < 13 ? inYard() : outside()]);
  assert.equal(frames[5]?.[0]?.state, "activeUnacknowledged");
  const [row] = last(frames);
  assert.equal(row?.state, "returnedUnacknowledged");
  const acknowledged = decisions.step([outside()], START_MS + 60_000, {
    inputs: [command({ kind: "acknowledge", alert: row?.id ?? alertId.parse("a1-1"), revision: row?.revision ?? 0 })],
  });
  assert.equal(acknowledged.alerts[0]?.state, "cleared");
  assert.deepEqual(decisions.step([outside()], START_MS + 61_000).alerts, []);
});

test("a track that flickers across the edge once a second for ten minutes is one alert that sounds once", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 600, (tS) => [outside("t1-1", tS % 2 === 0 ? 1295 : 1310)]);
  const rows = new Map(frames.flat().map((alert) => [alert.id, alert]));
  assert.equal(rows.size, 1);
  assert.equal([...rows.values()][0]?.annunciation, 1);
  assert.equal(last(frames)[0]?.state, "activeUnacknowledged");
});

test("what comes back before anybody took its row says since when it is there again", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 90, (tS) => [tS < 10 || tS >= 60 ? inYard() : outside()]);
  const [row] = last(frames);
  assert.deepEqual([row?.raisedMs, row?.againMs], [START_MS, START_MS + 60_000]);
});

test("a drone leaves only when it has been farther out than the margin for ten seconds", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const near = play(decisions, 60, (tS) => [tS < 5 ? inYard() : outside("t1-1", 1325)]);
  assert.equal(last(near)[0]?.state, "activeUnacknowledged", "25 m out is within the margin of 30 m");
  const far = play(decisions, 30, () => [outside("t1-1", 1340)], 60);
  const returned = far.findIndex(([row]) => row?.state === "returnedUnacknowledged");
  assert.equal(returned, 10);
});

test("a poorly known position has a wider margin", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 60, (tS) => [{ ...(tS < 5 ? inYard() : outside("t1-1", 1380)), sigmaM: 50 }]);
  assert.equal(last(frames)[0]?.state, "activeUnacknowledged", "80 m out is within two sigma of 50 m");
});

test("a track that ends inside makes the row lost contact, which is not clear", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 30, (tS) => (tS < 10 ? [inYard()] : []));
  const [row] = last(frames);
  assert.equal(row?.state, "activeUnacknowledged");
  assert.equal(row?.lostContactMs, START_MS + 10_000);
  assert.deepEqual(row?.tracks, []);
  assert.ok(row?.reasons.some(({ code }) => code === "reason.lostContact"));
});

test("a track that nothing has seen for fifteen seconds counts as lost, though it is still predicted", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 40, (tS) => [{ ...inYard(), seenAgoS: Math.max(0, tS - 10) }]);
  assert.equal(frames[24]?.[0]?.lostContactMs, undefined);
  assert.equal(frames[26]?.[0]?.lostContactMs, START_MS + 26_000);
});

test("a track that nothing sees leave, but is predicted to, is lost contact and has not left", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 40, (tS) => {
    if (tS < 10) return [inYard()];
    return tS < 24 ? [{ ...outside("t1-1", 1000 + 60 * (tS - 9)), seenAgoS: tS - 9 }] : [];
  });
  assert.ok(frames.slice(0, 25).every(([row]) => row === undefined || row.state === "activeUnacknowledged"));
  assert.equal(last(frames)[0]?.lostContactMs, START_MS + 24_000);
});

test("lost contact ends when the volume was watched for five minutes, and says that it was", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 330, (tS) => (tS < 10 ? [inYard()] : []));
  const returned = frames.findIndex(([row]) => row?.state === "returnedUnacknowledged");
  assert.ok(returned >= 309 && returned <= 312, `returned after ${returned} s`);
  assert.ok(frames[returned]?.[0]?.reasons.some(({ code }) => code === "closed.volumeWatched"));
});

test("while the radar over it is silent lost contact stays, and after half an hour says why it is let go", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  play(decisions, 10, () => [inYard()]);
  const states: Alert["state"][] = [];
  for (let tS = 10; tS < 1900; tS += 5) {
    const row = decisions.step([], START_MS + tS * 1000).alerts.find(({ kind }) => kind === "zoneEntry");
    if (row) states.push(row.state);
    if (row?.state === "returnedUnacknowledged") {
      assert.ok(row.reasons.some(({ code }) => code === "closed.lostContactExpired"));
      assert.ok(tS >= 1800);
      return;
    }
  }
  assert.fail(`never returned: ${last(states)}`);
});

test("a track that goes on as another is not lost", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const frames = play(decisions, 20, (tS) => [tS < 10 ? { ...inYard(), mergedInto: "t1-2" } : inYard("t1-2")]);
  const [row] = last(frames);
  assert.deepEqual(row?.tracks, ["t1-2"]);
  assert.equal(row?.lostContactMs, undefined);
});

test("an acknowledgement of what has since grown worse is refused", () => {
  const zones = [circle("yard", 0, 1000, 300, { approachLevel: "caution", approachS: 60 })];
  const decisions = createDecisions(smallSite({ zones }));
  const coming: Flying = { id: "t1-1", at: [0, 1800, 60], velocity: [0, -15, 0] };
  const [approach] = decisions.step([coming], START_MS).alerts;
  assert.equal(approach?.kind, "zoneApproach");
  const [entry] = decisions.step([inYard()], START_MS + 1000).alerts;
  assert.equal(entry?.id, approach?.id, "approach and entry are one row");
  assert.equal(entry?.kind, "zoneEntry");
  assert.equal(entry?.annunciation, 2);
  const acknowledge = (revision: number) =>
    command({ kind: "acknowledge", alert: alertId.parse(entry?.id ?? ""), revision }, START_MS + 2000);
  const stale = decisions.step([inYard()], START_MS + 2000, { inputs: [acknowledge(approach?.revision ?? 0)] });
  assert.equal(stale.alerts[0]?.state, "activeUnacknowledged");
  assert.equal(decisions.rejections.get("stale-revision"), 1);
  const fresh = decisions.step([inYard()], START_MS + 3000, { inputs: [acknowledge(entry?.revision ?? 0)] });
  assert.equal(fresh.alerts[0]?.state, "activeAcknowledged");
  assert.equal(fresh.alerts[0]?.acknowledgement?.by, "Officer");
});

test("an acknowledged alert is cleared by itself when the drone has left", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const [row] = decisions.step([inYard()], START_MS).alerts;
  decisions.step([inYard()], START_MS + 1000, {
    inputs: [command({ kind: "acknowledge", alert: alertId.parse(row?.id ?? ""), revision: row?.revision ?? 0 })],
  });
  const frames = play(decisions, 20, () => [outside()], 2);
  const states = frames.map(([alert]) => alert?.state);
  assert.ok(states.includes("cleared"));
  assert.equal(last(states), undefined);
});

test("a shelved alert is quiet until its time is over, and no longer than eight hours", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const [row] = decisions.step([inYard()], START_MS).alerts;
  const shelve = (untilMs: number) =>
    command({ kind: "shelve", alert: alertId.parse(row?.id ?? ""), reason: "Contractor's drone", untilMs });
  decisions.step([inYard()], START_MS + 1000, { inputs: [shelve(START_MS + 9 * 3_600_000)] });
  assert.equal(decisions.rejections.get("shelf-too-long"), 1);
  const shelved = decisions.step([inYard()], START_MS + 2000, { inputs: [shelve(START_MS + 60_000)] }).alerts[0];
  assert.equal(shelved?.state, "shelved");
  assert.equal(shelved?.shelf?.reason, "Contractor's drone");
  const quiet = play(decisions, 57, () => [inYard()], 3);
  assert.ok(quiet.every(([alert]) => alert?.state === "shelved" && alert.annunciation === 1));
  const after = play(decisions, 5, () => [inYard()], 60);
  assert.equal(last(after)[0]?.state, "activeUnacknowledged");
  assert.equal(last(after)[0]?.annunciation, 2);
});

test("a shelved alert comes off the shelf when it becomes worse", () => {
  const zones = [circle("yard", 0, 1000, 300, { approachLevel: "caution", approachS: 60 })];
  const decisions = createDecisions(smallSite({ zones }));
  const [row] = decisions.step([{ id: "t1-1", at: [0, 1800, 60], velocity: [0, -15, 0] }], START_MS).alerts;
  decisions.step([{ id: "t1-1", at: [0, 1785, 60], velocity: [0, -15, 0] }], START_MS + 1000, {
    inputs: [command({ kind: "shelve", alert: alertId.parse(row?.id ?? ""), reason: "Noise", untilMs: START_MS + 3_600_000 })],
  });
  const [entered] = decisions.step([inYard()], START_MS + 2000).alerts;
  assert.equal(entered?.state, "activeUnacknowledged");
  assert.equal(entered?.level, "warning");
});

test("what comes back worse than what was shelved comes off the shelf and sounds", () => {
  const zones = [circle("yard", 0, 1000, 300, { approachLevel: "caution", approachS: 60 })];
  const decisions = createDecisions(smallSite({ zones }));
  const approach: Flying = { id: "t1-1", at: [0, 1800, 60], velocity: [0, -15, 0] };
  const [row] = decisions.step([approach], START_MS).alerts;
  const away = play(decisions, 60, (tS) => [{ ...approach, at: [0, 1800 + 40 * tS, 60], velocity: [0, 40, 0] }], 1);
  assert.equal(last(away)[0]?.state, "returnedUnacknowledged");
  const untilMs = START_MS + 3_600_000;
  const [shelved] = decisions.step([], START_MS + 62_000, {
    inputs: [command({ kind: "shelve", alert: alertId.parse(row?.id ?? ""), reason: "Noise", untilMs })],
  }).alerts;
  assert.equal(shelved?.state, "shelved");
  const [entered] = decisions.step([inYard("t1-2")], START_MS + 63_000).alerts;
  assert.equal(entered?.id, row?.id);
  assert.deepEqual([entered?.state, entered?.level, entered?.annunciation], ["activeUnacknowledged", "warning", 2]);
});

test("a bird alarms nobody, and what is probably one is only watched, without a sound", () => {
  const sure = createDecisions(smallSite({ zones: [yard] }));
  assert.deepEqual(sure.step([{ ...inYard(), bird: 0.97 }], START_MS).alerts, []);
  const doubtful = createDecisions(smallSite({ zones: [yard] }));
  const [row] = doubtful.step([{ ...inYard(), bird: 0.75 }], START_MS).alerts;
  assert.equal(row?.level, "watch");
  assert.equal(row?.annunciation, 0);
});

test("a track that is not confirmed is a possible drone to a zone, worth a caution at most, and lost without a word", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const tentative = { ...inYard(), confirmed: false };
  assert.deepEqual(decisions.step([{ ...tentative, existence: 0.2 }], START_MS).alerts, []);
  const [row] = decisions.step([{ ...tentative, existence: 0.6 }], START_MS + 1000).alerts;
  assert.equal(row?.kind, "possibleDrone");
  assert.equal(row?.level, "caution");
  assert.ok(row?.reasons.some(({ code }) => code === "reason.notConfirmed"));
  assert.equal(decisions.step([], START_MS + 2000).alerts[0]?.state, "returnedUnacknowledged");
});

test("a possible drone in a zone becomes an entry once a sensor confirms it", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  decisions.step([{ ...inYard(), confirmed: false, existence: 0.6 }], START_MS);
  const [row, ...others] = decisions.step([inYard()], START_MS + 1000).alerts;
  assert.equal(row?.kind, "zoneEntry");
  assert.equal(row?.level, yard.entryLevel);
  assert.equal(others.length, 0);
});

test("what may enter a zone within half a minute is told before it is confirmed, what may do so later is not", () => {
  const approached = circle("yard", 0, 0, 300, { entryLevel: "warning", approachLevel: "warning" });
  for (const [northM, kind] of [
    [600, "possibleDrone"],
    [1200, undefined],
  ] as const) {
    const decisions = createDecisions(smallSite({ zones: [approached] }));
    const coming = { id: "t1-1", at: [0, northM, 60], velocity: [0, -20, 0], confirmed: false, existence: 0.6 } as const;
    const [row] = decisions.step([coming], START_MS).alerts;
    assert.equal(row?.kind, kind);
    if (kind) assert.equal(row?.level, "caution");
  }
});

test("what nothing tells the class of counts in full as what may harm", () => {
  const even = 1 / 6;
  const unknown = { multirotor: even, fixedWing: even, bird: even, mannedAircraft: even, balloon: even, other: even };
  assert.equal(harmProbability(unknown), 1);
  assert.ok(Math.abs(harmProbability({ ...unknown, bird: even + 0.02, other: even - 0.02 }) - (0.5 - 0.02)) < 1e-9);
});

test("a sensor that covered and fell silent is an alarm, and its return clears it once acknowledged", () => {
  const decisions = createDecisions(smallSite());
  play(decisions, 10, () => []);
  const silent = decisions.step([], START_MS + 20_000).alerts[0];
  assert.equal(silent?.kind, "sensorSilent");
  assert.equal(silent?.annunciation, 1);
  decisions.step([], START_MS + 21_000, {
    inputs: [command({ kind: "acknowledge", alert: alertId.parse(silent?.id ?? ""), revision: silent?.revision ?? 0 })],
  });
  const states = play(decisions, 3, () => [], 22).map(([row]) => row?.state);
  assert.deepEqual(states, ["cleared", undefined, undefined]);
});

test("a sensor never heard is an alarm that says so once it had time to start, as is one whose clock runs ahead", () => {
  const never = createDecisions(smallSite());
  never.step([], START_MS);
  assert.deepEqual(never.step([], START_MS + 20_000).alerts, []);
  assert.equal(never.step([], START_MS + 21_000).alerts[0]?.title.code, "alert.sensorNeverHeard");
  const ahead = createDecisions(smallSite());
  const scan = { ...look(0), measuredMs: START_MS + 30_000 };
  const [row] = ahead.step([], START_MS + 100, { looks: [scan] }).alerts;
  assert.equal(row?.kind, "clockBad");
  assert.equal(row?.reasons[0]?.code, "reason.clockAhead");
});

test("the bad clock of a silent sensor is suppressed by design: the silence says enough", () => {
  const decisions = createDecisions(smallSite());
  decisions.step([], START_MS + 100, { looks: [{ ...look(0), measuredMs: START_MS + 30_000 }] });
  const rows = decisions.step([], START_MS + 10_000).alerts;
  assert.equal(rows.find(({ kind }) => kind === "clockBad")?.state, "suppressedByDesign");
  assert.equal(rows.find(({ kind }) => kind === "sensorSilent")?.state, "activeUnacknowledged");
});

test("ten sensors that fall silent at once are ten rows and not ten sounds", () => {
  const sensors = Array.from({ length: 10 }, (_, i) => ({ ...radar, id: sensorId.parse(`radar-${i}`), name: `Radar ${i}` }));
  const decisions = createDecisions(smallSite({ sensors }));
  decisions.step([], START_MS);
  const rows = decisions.step([], START_MS + 21_000).alerts;
  assert.equal(rows.length, 10);
  assert.ok(rows.reduce((sum, { annunciation }) => sum + annunciation, 0) <= 3);
});

test("a row whose zone is removed goes out of service and waits for its acknowledgement", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const [row] = decisions.step([inYard()], START_MS).alerts;
  const [gone] = decisions.step([inYard()], START_MS + 1000, {
    inputs: [command({ kind: "zoneRemove", zone: zoneId.parse("yard") })],
  }).alerts;
  assert.equal(gone?.state, "outOfService");
  const [closed] = decisions.step([inYard()], START_MS + 2000, {
    inputs: [command({ kind: "acknowledge", alert: alertId.parse(row?.id ?? ""), revision: gone?.revision ?? 0 })],
  }).alerts;
  assert.equal(closed?.state, "cleared");
});

test("a returned alarm that nobody owned is closed after a day, and says so", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  play(decisions, 20, (tS) => [tS < 5 ? inYard() : outside()]);
  const dayLater = START_MS + 86_400_000;
  assert.equal(decisions.step([], dayLater).alerts.find(({ kind }) => kind === "zoneEntry")?.state, "returnedUnacknowledged");
  const closed = decisions.step([], dayLater + 60_000).alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(closed?.state, "cleared");
  assert.ok(closed?.reasons.some(({ code }) => code === "closed.unownedExpired"));
});

test("a stopped recording, the machine's bad clock and a person who needs help are alarms", () => {
  const post = { id: "ana", name: "Ana", language: "es" } as never;
  const decisions = createDecisions(smallSite({ persons: [post] }));
  const { alerts } = decisions.step([], START_MS, {
    looks: [look(0)],
    inputs: [
      command({ kind: "recordingState", state: "stopped" }),
      command({ kind: "clockState", state: "bad", aheadMs: 5000 }),
      command({ kind: "personWellbeing", person: "ana" as never, state: "needHelp" }),
    ],
  });
  assert.deepEqual(alerts.map(({ kind }) => kind).sort(), ["clockBad", "personNeedsHelp", "recordingStopped"]);
  assert.equal(alerts.find(({ kind }) => kind === "personNeedsHelp")?.level, "critical");
});

test("a warning that nobody opens calls the operator again, also one who had acknowledged the row, and only once", () => {
  const decisions = createDecisions(smallSite({ persons: [post("ana", 1000, 0)] }));
  const over: Flying = { id: "t1-1", at: [1000, 100, 60] };
  const [first] = last(play(decisions, 10, () => [over]));
  assert.ok(first);
  const acknowledge = command({ kind: "acknowledge", alert: first.id, revision: first.revision });
  const [taken] = decisions.step([over], START_MS + 10_000, { inputs: [acknowledge], looks: [look(10)] }).alerts;
  assert.equal(taken?.state, "activeAcknowledged");
  const rows = play(decisions, 110, () => [over], 11).map(([row]) => row);
  const again = rows.findIndex((row) => row?.reasons.some(({ code }) => code === "reason.warningUnseen"));
  assert.ok(again > 15 && again < 25, `unseen ${again + 11} s after the warning`);
  assert.equal(rows[again]?.state, "activeUnacknowledged");
  assert.ok((rows[again]?.revision ?? 0) > (taken?.revision ?? 0), "a screen hears of it");
  assert.equal(rows[again]?.annunciation, (taken?.annunciation ?? 0) + 1);
  assert.equal(last(rows)?.annunciation, rows[again]?.annunciation);
});

test("a possible drone's warning that nobody opens calls the operator too", () => {
  const decisions = createDecisions(smallSite({ persons: [post("ana", 1000, 0)] }));
  const over: Flying = { id: "t1-1", at: [1000, 100, 60], confirmed: false, existence: 0.7 };
  const rows = play(decisions, 60, () => [over]).map(([row]) => row);
  assert.ok(rows.every((row) => row?.kind === "possibleDrone"));
  assert.ok(last(rows)?.reasons.some(({ code }) => code === "reason.warningUnseen"));
});

/** Acknowledges the only row, and answers it as it is then. */
function take(decisions: Decisions, air: readonly Flying[], tS: number): Alert {
  const before = decisions.step(air, START_MS + tS * 1000).alerts[0];
  const inputs = [command({ kind: "acknowledge", alert: before?.id ?? alertId.parse("a1-1"), revision: before?.revision ?? 0 })];
  const row = decisions.step(air, START_MS + tS * 1000 + 500, { inputs }).alerts[0];
  assert.equal(row?.state, "activeAcknowledged");
  return row;
}

test("a row that only a loss holds up calls again for another drone, and not for the same one found", () => {
  const decisions = createDecisions(smallSite({ sensors: [], zones: [yard] }));
  play(decisions, 10, () => [inYard("t1-1")]);
  play(decisions, 10, () => [], 10);
  take(decisions, [], 20);
  const same = last(play(decisions, 10, () => [inYard("t1-2")], 21))[0];
  assert.equal(same?.state, "activeAcknowledged", "within 30 s and its reach it may be the one that was lost");
  play(decisions, 600, () => [], 31);
  const { annunciation } = take(decisions, [], 631);
  const another = last(play(decisions, 5, () => [inYard("t1-3")], 632))[0];
  assert.deepEqual([another?.state, another?.annunciation], ["activeUnacknowledged", annunciation + 1]);
});

test("a row that was taken while only a broadcast told of it calls again when a sensor confirms one", () => {
  const decisions = createDecisions(smallSite({ zones: [yard] }));
  const spoken: Flying = { ...inYard("t1-1"), confirmed: false, byOwnWord: "1581F" };
  play(decisions, 10, () => [spoken]);
  const { annunciation } = take(decisions, [spoken], 10);
  assert.equal(last(play(decisions, 70, () => [spoken], 11))[0]?.state, "activeAcknowledged");
  const row = last(play(decisions, 5, () => [spoken, inYard("t1-2")], 81))[0];
  assert.deepEqual([row?.state, row?.annunciation], ["activeUnacknowledged", annunciation + 1]);
});
