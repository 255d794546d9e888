import assert from "node:assert/strict";
import test from "node:test";
import type { PersonId, PersonState, Warning, WarningId } from "@picket/model";
import { NOON_MS } from "./picture.fixture.ts";
import { rollCall } from "./roll-call.ts";

const ana: PersonState = { id: "ana" as PersonId, name: "Ana", language: "en", reachable: "connected" };
const warning = (id: string, change: Partial<Warning>): Warning =>
  ({
    id,
    person: "ana",
    state: "active",
    level: "warning",
    reality: "live",
    episode: 1,
    changedMs: NOON_MS,
    ...change,
  }) as Warning;

/** Ana's line on a page that is `page`, given these warnings. */
function line(warnings: readonly Warning[], page: "live" | "exercise" = "live", person = ana) {
  const byId = new Map(warnings.map((one) => [one.id as WarningId, one]));
  const [entry] = rollCall({ persons: new Map([[person.id, person]]), warnings: byId }, page);
  assert.ok(entry);
  return { shown: entry.warning?.id, isInDanger: entry.isInDanger, isAccounted: entry.isAccounted };
}

test("a drill that comes later hides no live warning on the roll call", () => {
  const live = warning("live", { raisedMs: NOON_MS });
  const drill = warning("drill", { reality: "exercise", episode: 2, level: "critical", changedMs: NOON_MS + 60_000 });
  assert.deepEqual(line([live, drill]), { shown: "live", isInDanger: true, isAccounted: false });
});

test("on a live page a drill puts nobody in danger; on a drill's page it does", () => {
  const drill = warning("drill", { reality: "exercise", raisedMs: NOON_MS });
  assert.deepEqual(line([drill]), { shown: "drill", isInDanger: false, isAccounted: true });
  assert.deepEqual(line([drill], "exercise"), { shown: "drill", isInDanger: true, isAccounted: false });
});

test("what is open stands before what is over, and the newest of it first", () => {
  const over = warning("over", { state: "allClear", episode: 9, changedMs: NOON_MS + 9 });
  const first = warning("first", { seenMs: NOON_MS });
  const second = warning("second", { episode: 2, seenMs: NOON_MS });
  assert.deepEqual(line([over, first]), { shown: "first", isInDanger: true, isAccounted: true });
  assert.equal(line([first, second]).shown, "second");
  assert.deepEqual(line([over]), { shown: "over", isInDanger: false, isAccounted: true });
});

test("a word of safety from before the warning vouches for nothing, and who needs help is never accounted for", () => {
  const open = warning("w", { raisedMs: NOON_MS });
  const said = (state: "safe" | "needHelp", atMs: number): PersonState => ({ ...ana, wellbeing: { state, atMs } });
  assert.equal(line([open], "live", said("safe", NOON_MS - 1)).isAccounted, false);
  assert.equal(line([open], "live", said("safe", NOON_MS + 1)).isAccounted, true);
  assert.deepEqual(line([], "live", said("needHelp", NOON_MS)), { shown: undefined, isInDanger: true, isAccounted: false });
});
