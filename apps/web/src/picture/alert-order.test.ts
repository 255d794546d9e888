import assert from "node:assert/strict";
import test from "node:test";
import { countUnacknowledged, listAlerts } from "./alert-order.ts";
import { alertOf } from "./picture.fixture.ts";

const live = alertOf(1, [], { reality: "live", level: "caution" });
const drill = alertOf(2, [], { reality: "exercise", level: "critical" });

test("on a live page no drill stands before what is live; on a drill's page the graver does", () => {
  const order = (page: "live" | "exercise") => listAlerts([drill, live], page).open.map(({ reality }) => reality);
  assert.deepEqual(order("live"), ["live", "exercise"]);
  assert.deepEqual(order("exercise"), ["exercise", "live"]);
});

test("the tally of a live page counts what is live, that of a drill's page both", () => {
  const none = { watch: 0, caution: 0, warning: 0, critical: 0 };
  assert.deepEqual(countUnacknowledged([drill, live], "live"), { ...none, caution: 1 });
  assert.deepEqual(countUnacknowledged([drill, live], "exercise"), { ...none, caution: 1, critical: 1 });
});
