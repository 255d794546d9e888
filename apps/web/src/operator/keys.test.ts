import assert from "node:assert/strict";
import test from "node:test";
import { alertToTake, listAlerts } from "../picture/alert-order.ts";
import { alertOf } from "../picture/picture.fixture.ts";
import { actionOf, KEY_MAP, keepsKey } from "./keys.ts";

const press = { ctrlKey: false, metaKey: false, altKey: false, repeat: false };

test("A takes an alert, in capitals too, but never with a modifier nor while it is held down", () => {
  assert.equal(actionOf({ ...press, key: "a" }), "acknowledge");
  assert.equal(actionOf({ ...press, key: "A" }), "acknowledge");
  assert.equal(actionOf({ ...press, key: "a", ctrlKey: true }), undefined);
  assert.equal(actionOf({ ...press, key: "a", repeat: true }), undefined);
});

test("every key on the key map does something", () => {
  for (const { keys } of KEY_MAP)
    for (const key of keys) assert.ok(actionOf({ ...press, key: key === "Esc" ? "Escape" : key }), `${JSON.stringify(key)}`);
});

test("pressing A again and again takes alerts one by one, the most severe first, without waiting for the server", () => {
  const alerts = [
    alertOf(1, [], { level: "caution" }),
    alertOf(2, [], { level: "critical" }),
    alertOf(3, [], { level: "warning", state: "returnedUnacknowledged" }),
    alertOf(4, [], { level: "critical", state: "activeAcknowledged" }),
  ];
  const { open } = listAlerts(alerts, "simulated");
  const onTheirWay = new Set<(typeof open)[number]["id"]>();
  const taken: string[] = [];
  for (let alert = alertToTake(open, undefined, onTheirWay); alert; alert = alertToTake(open, undefined, onTheirWay)) {
    taken.push(alert.id);
    onTheirWay.add(alert.id);
  }
  assert.deepEqual(taken, ["a1-2", "a1-3", "a1-1"]);
});

test("the selected alert is taken first while it waits", () => {
  const { open } = listAlerts([alertOf(1, [], { level: "critical" }), alertOf(2, [], { level: "caution" })], "simulated");
  const selected = open[1]?.id;
  assert.equal(alertToTake(open, selected, new Set())?.id, "a1-2");
  assert.equal(alertToTake(open, selected, new Set(selected ? [selected] : []))?.id, "a1-1");
});

test("of alerts that wait at one level, what still holds comes before what is over, however soon that was to arrive", () => {
  const { open } = listAlerts(
    [
      alertOf(1, [], { state: "returnedUnacknowledged", arrivalMs: 1 }),
      alertOf(2, [], { state: "activeAcknowledged", arrivalMs: 1 }),
      alertOf(3, [], { state: "activeUnacknowledged" }),
    ],
    "simulated",
  );
  assert.deepEqual(
    open.map(({ id }) => id),
    ["a1-3", "a1-1", "a1-2"],
  );
});

test("what was reached by the keyboard is pressed by the space bar, what a mouse pressed leaves it to the alerts", () => {
  const button = { tag: "BUTTON", type: "", isEditable: false, isByKeyboard: true };
  assert.equal(keepsKey(button, " "), true);
  assert.equal(keepsKey({ ...button, isByKeyboard: false }, " "), false);
  assert.equal(keepsKey(button, "a"), false, "an alarm is taken by its key wherever the focus is");
});

test("a field that is written in keeps every key, the time line of a replay only what moves it", () => {
  const field = { tag: "INPUT", type: "text", isEditable: false, isByKeyboard: true };
  assert.equal(keepsKey(field, "a"), true);
  assert.equal(keepsKey({ ...field, type: "range" }, "r"), false);
  assert.equal(keepsKey({ ...field, type: "radio" }, " "), true);
});
