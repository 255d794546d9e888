import assert from "node:assert/strict";
import { test } from "node:test";
import { Command, type PersonId, validate, type Warning } from "@picket/model";
import { magneticHeadingDeg, trueHeadingDeg } from "./compass.ts";
import {
  countOthers,
  dueReceipts,
  foremost,
  hear,
  isSilent,
  NOTHING_HEARD,
  pageReality,
  realityWord,
  SILENT_MS,
  silenceMs,
  soundDue,
  UNTOLD_MS,
} from "./field-state.ts";
import { createOutbox, type Delivery, type Letter } from "./outbox.ts";
import { deliver } from "./session.ts";
import { NEW_DRAFT, sightingCommand } from "./sighting.ts";
import { windOf, wordsOf } from "./words.ts";

const who = { person: "agent-1" as PersonId, name: "Agent 1" };
const place = { latDeg: 32.55, lonDeg: -117.04, sigmaM: 8 };
const warning = (id: string, over: Partial<Warning>): Warning =>
  ({
    id,
    person: "agent-1",
    episode: 1,
    state: "active",
    level: "warning",
    reality: "live",
    revision: 1,
    distanceM: 500,
    ...over,
  }) as Warning;
const told = (...warnings: Warning[]) => toldOf(warnings, []);
const toldOf = (warnings: readonly Warning[], heard: readonly string[], reality = "live") =>
  ({
    type: "field",
    nowMs: 1,
    reality: "live",
    warnings,
    heard: heard.map((sensor) => ({ sensor, reality })),
    nearby: [],
    notWatched: false,
    person: { id: "agent-1" },
  }) as never;

/** A store in memory, as a phone's would be after the page closed and opened again. */
function memoryStore() {
  const letters = new Map<string, Letter>();
  return {
    letters,
    all: async () => [...letters.values()],
    put: async (letter: Letter) => void letters.set(letter.id, letter),
    remove: async (id: string) => void letters.delete(id),
  };
}

test("a report of three taps is a whole sighting with honest sigmas", () => {
  const draft = { ...NEW_DRAFT, direction: { bearingDeg: 225, by: "rose" } as const, seenAgoS: 60 as const };
  const command = sightingCommand(draft, place, who, "abc", 1_800_000_000_000, "live");
  assert.ok(validate(Command, { ...command, by: "agent-1", atMs: 1 }).ok);
  assert.equal(command.sighting.bearingSigmaDeg, 20);
  assert.equal(command.sighting.seenMs, 1_800_000_000_000 - 60_000);
  assert.equal(command.sighting.seenSigmaMs, 30_000);
});

test("a report without direction claims none", () => {
  const { sighting } = sightingCommand(NEW_DRAFT, place, who, "abc", 1_800_000_000_000, "live");
  assert.ok(!("bearingDeg" in sighting) && !("elevationDeg" in sighting));
});

test("what is said without a connection is kept in order and sent once when there is one", async () => {
  const store = memoryStore();
  let isOnline = false;
  const received: string[] = [];
  const send = async ({ id }: Letter): Promise<Delivery> => {
    if (!isOnline) return { kind: "again" };
    received.push(id);
    return { kind: "delivered" };
  };
  const before = createOutbox(store, send);
  await before.write("a", {}, 1);
  await before.write("b", {}, 2);
  assert.equal(await before.waiting(), 2);
  isOnline = true;
  const afterRestart = createOutbox(store, send);
  await Promise.all([afterRestart.flush(), afterRestart.flush(), afterRestart.write("c", {}, 3)]);
  assert.deepEqual(received, ["a", "b", "c"]);
  assert.equal(store.letters.size, 0);
});

test("a letter whose answer was lost is sent again under the same id", async () => {
  const store = memoryStore();
  const received: string[] = [];
  let isFirst = true;
  const outbox = createOutbox(store, async ({ id }) => {
    received.push(id);
    if (!isFirst) return { kind: "delivered" };
    isFirst = false;
    return { kind: "again" };
  });
  await outbox.write("a", {}, 1);
  await outbox.flush();
  assert.deepEqual(received, ["a", "a"]);
});

test("a letter that the site refuses is not sent for ever, and its reason is told", async () => {
  const refused: string[] = [];
  const outbox = createOutbox(memoryStore(), async () => ({ kind: "refused", why: "too old" }), {
    refused: (id, why) => refused.push(`${id} ${why}`),
  });
  await outbox.write("a", {}, 1);
  assert.deepEqual(refused, ["a too old"]);
  assert.equal(await outbox.waiting(), 0);
});

test("what must not be sent any more leaves the outbox, and that it did is told", async () => {
  const store = memoryStore();
  const gone: string[] = [];
  const outbox = createOutbox(store, async () => ({ kind: "tooLate" }), { tooLate: (id) => gone.push(id) });
  await outbox.write("safe", {}, 1);
  assert.deepEqual(gone, ["safe"]);
  assert.equal(await outbox.waiting(), 0);
});

test("a word of safety from before the connection broke is not sent later, a call for help is", async (t) => {
  const sent: string[] = [];
  t.mock.method(globalThis, "fetch", async (_: string, { body }: { body: string }) => {
    sent.push((JSON.parse(body) as { state: string }).state);
    return new Response(null, { status: 204 });
  });
  const letter = (state: string, agoMs: number): Letter => ({
    id: state,
    body: { kind: "personWellbeing", state },
    writtenMs: Date.now() - agoMs,
  });
  assert.equal((await deliver(letter("safe", 600_000))).kind, "tooLate");
  assert.equal((await deliver(letter("safe", 5000))).kind, "delivered");
  assert.equal((await deliver(letter("needHelp", 600_000))).kind, "delivered");
  assert.deepEqual(sent, ["safe", "needHelp"]);
});

test("an open warning stands before a lost contact, and that before an all-clear", () => {
  const list = [
    warning("w1", { state: "allClear", level: "critical" }),
    warning("w2", { state: "lostContact", level: "critical" }),
    warning("w3", { state: "active", level: "caution" }),
    warning("w4", { state: "active", level: "warning", distanceM: 900 }),
    warning("w5", { state: "active", level: "warning", distanceM: 300 }),
  ];
  assert.equal(foremost(list)?.id, "w5");
  assert.equal(foremost(list.slice(0, 2))?.id, "w2");
  assert.equal(foremost(list.slice(0, 1))?.id, "w1");
});

test("whatever is live stands before every drill", () => {
  const drills = (["active", "lostContact", "allClear"] as const).map((state) =>
    warning(`drill-${state}`, { state, level: "critical", reality: "exercise", distanceM: 10 }),
  );
  for (const state of ["active", "lostContact", "allClear"] as const) {
    const live = warning("live", { state, level: "caution", distanceM: 900 });
    assert.equal(foremost([...drills, live])?.id, "live", state);
  }
  assert.equal(foremost(drills)?.id, "drill-active");
});

test("beside a live warning no drill is counted among the others", () => {
  const [live, other, drill, clear] = [
    warning("w1", {}),
    warning("w2", {}),
    warning("w3", { reality: "exercise" }),
    warning("w4", { state: "allClear" }),
  ] as const;
  assert.equal(countOthers([live, other, drill, clear], live), 1);
  assert.equal(countOthers([drill], drill), 0);
});

test("the page is called a drill only while nothing on it is live, and each thing only what the page does not say", () => {
  const [live, drill] = [warning("w1", {}), warning("w2", { reality: "exercise" })];
  assert.equal(pageReality("live", [drill]), "live");
  assert.equal(pageReality("exercise", [drill]), "exercise");
  assert.equal(pageReality("exercise", [drill, live]), "live");
  assert.equal(realityWord("exercise", "live"), "exercise");
  assert.equal(realityWord("simulated", "exercise"), "simulated");
  assert.equal(realityWord("exercise", "exercise"), undefined);
  assert.equal(realityWord("live", "exercise"), undefined);
});

test("seen is said only of the warning that stands on a visible screen, and each revision once", () => {
  const [shown, hidden] = [warning("w1", { revision: 3 }), warning("w2", { revision: 1 })] as const;
  const state = { warnings: [shown, hidden] };
  const due = (...[at, done = []]: [Warning | undefined, string[]?]) =>
    dueReceipts(state, at, new Set(done)).map(({ key }) => key);
  assert.deepEqual(due(undefined), ["w1 3 delivered", "w2 1 delivered"]);
  assert.deepEqual(due(shown), ["w1 3 delivered", "w1 3 seen", "w2 1 delivered"]);
  assert.deepEqual(due(shown, ["w1 3 delivered", "w2 1 delivered"]), ["w1 3 seen"]);
  assert.deepEqual(due(shown, ["w1 3 delivered", "w1 3 seen", "w2 1 delivered"]), []);
});

test("a new warning and a worse one sound, the same one and an all-clear do not", () => {
  const first = told(warning("w1", { revision: 1 }));
  assert.equal(soundDue(undefined, first), "warning");
  assert.equal(soundDue(first, told(warning("w1", { revision: 1, distanceM: 300 }))), undefined);
  assert.equal(soundDue(first, told(warning("w1", { revision: 2 }))), "warning");
  assert.equal(soundDue(first, told(warning("w1", { revision: 3, state: "allClear" }))), undefined);
});

test("what is newly heard around the person sounds once", () => {
  const quiet = told();
  const heard = toldOf([], ["ears"]);
  assert.ok(soundDue(quiet, heard) === "warning" && soundDue(undefined, heard) === "warning");
  assert.ok(!soundDue(heard, heard) && !soundDue(heard, quiet));
  assert.equal(soundDue(heard, toldOf([], ["ears", "yard"])), "warning");
});

test("nothing but what is live sounds as live", () => {
  const drills = (["exercise", "simulated", "replay", "test"] as const).map((reality) => warning(reality, { reality }));
  for (const drill of drills) assert.equal(soundDue(told(), told(drill)), "drill", drill.reality);
  assert.equal(soundDue(told(), toldOf([], ["ears"], "exercise")), "drill");
  assert.equal(soundDue(told(), told(...drills, warning("w1", {}))), "warning");
  assert.equal(soundDue(told(warning("w1", {})), told(...drills, warning("w1", {}))), "drill", "the live one is no news");
});

test("a phone is silent from three seconds without a word on, or while its line is closed", () => {
  const heard = hear(NOTHING_HEARD, told(), 1000);
  assert.equal(isSilent(heard, 1000 + SILENT_MS), false);
  assert.equal(isSilent(heard, 1001 + SILENT_MS), true);
  assert.equal(isSilent({ ...heard, isOpen: false }, 1000), true);
  assert.equal(isSilent(NOTHING_HEARD, 0), true);
});

test("a heart that beats on and tells the person nothing is silence from five seconds on, and ever longer", () => {
  const beat = (state: typeof NOTHING_HEARD, nowMs: number) => hear(state, { type: "heartbeat", nowMs }, nowMs);
  assert.equal(isSilent(beat(NOTHING_HEARD, 1000), 1000), true, "nothing was told yet");
  let state = hear(NOTHING_HEARD, told(), 1000);
  for (let nowMs = 2000; nowMs <= 20_000; nowMs += 1000) {
    state = beat(state, nowMs);
    assert.equal(isSilent(state, nowMs), nowMs > 1000 + UNTOLD_MS, `${nowMs}`);
  }
  assert.equal(silenceMs(state, 20_000), 20_000 - 1000 - UNTOLD_MS + SILENT_MS);
});

test("the compass is read in both dialects and turned to true north", () => {
  assert.equal(magneticHeadingDeg({ alpha: 90, absolute: true }), 270);
  assert.equal(magneticHeadingDeg({ alpha: 90, absolute: false }), undefined);
  assert.equal(magneticHeadingDeg({ alpha: null, webkitCompassHeading: 45 }), 45);
  const trueDeg = trueHeadingDeg(0, place, Date.UTC(2026, 5, 1));
  assert.ok(trueDeg > 10 && trueDeg < 12, `San Diego's declination is about 11° east in 2026, got ${trueDeg}`);
});

test("the winds are named in both languages", () => {
  assert.equal(windOf(359, "en"), "NORTH");
  assert.equal(windOf(230, "es"), "SUROESTE");
  assert.notEqual(wordsOf("es").safe, wordsOf("en").safe);
});
