import assert from "node:assert/strict";
import { test } from "node:test";
import type { Alert } from "@picket/model";
import { alert, NOW_MS } from "../share/share.fixture.ts";
import { createLedger, type LedgerState } from "./ledger.ts";

const OPTIONS = { site: "gate", sender: "a@b", fromLevel: "warning", expiresMs: 600_000 } as const;
/** A ledger, and what it says of one alert so many seconds after the start. */
function told(from?: LedgerState) {
  const ledger = createLedger(OPTIONS, from);
  const at = (seconds: number, over?: Partial<Alert>) => ledger.due(over ? [alert(over)] : [], NOW_MS + seconds * 1000);
  return { at, state: ledger.state };
}
const kinds = (drafts: readonly Readonly<{ msgType: string }>[]) => drafts.map(({ msgType }) => msgType);

test("an alert is told once, updated on news, and cancelled when it no longer stands, each naming what came before", () => {
  const { at } = told();
  const [first] = at(0, {});
  assert.deepEqual([first?.msgType, first?.references], ["Alert", []]);
  assert.deepEqual(at(1, {}), []);
  assert.deepEqual(at(10, { annunciation: 2 }), [], "news that are no rise wait half a minute");
  const [update] = at(30, { annunciation: 2 });
  assert.deepEqual([update?.msgType, update?.references.map(({ identifier }) => identifier)], ["Update", [first?.identifier]]);
  const [cancel] = at(40, { state: "returnedUnacknowledged" });
  assert.equal(cancel?.msgType, "Cancel");
  assert.deepEqual(
    cancel.references.map(({ identifier }) => identifier),
    [first?.identifier, update?.identifier],
  );
  assert.equal(new Set([first, update, cancel].map((draft) => draft?.identifier)).size, 3);
  assert.deepEqual(at(41), []);
});

test("a rise in level is told at once, in the same second too", () => {
  const { at } = told();
  const [first] = at(0, { level: "warning" });
  const [rise] = at(0.2, { level: "critical" });
  assert.equal(rise?.msgType, "Update");
  assert.notEqual(first?.identifier, rise.identifier);
  assert.deepEqual(at(5, { level: "warning" }), [], "a fall waits");
  assert.deepEqual(kinds(at(31, { level: "warning" })), ["Update"]);
});

test("what is below the level is not told, until it rises to it", () => {
  const { at } = told();
  assert.deepEqual(at(0, { level: "caution" }), []);
  assert.deepEqual(kinds(at(1, { level: "warning" })), ["Alert"]);
});

test("a message is renewed well before it expires", () => {
  const { at } = told();
  const sent = Array.from({ length: 1200 }, (_, second) => at(second, {})).flat();
  assert.deepEqual(kinds(sent), ["Alert", "Update", "Update", "Update"]);
});

test("after a restart what stands is said again with its references, and what ended meanwhile is cancelled", () => {
  const before = told();
  const [first] = before.at(0, {});
  const kept = JSON.parse(JSON.stringify(before.state())) as LedgerState;
  const [again] = told(kept).at(20, {});
  assert.deepEqual([again?.msgType, again?.references.map(({ identifier }) => identifier)], ["Update", [first?.identifier]]);
  assert.deepEqual(kinds(told(kept).at(20)), ["Cancel"]);
});
