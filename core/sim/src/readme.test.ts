import assert from "node:assert/strict";
import { test } from "node:test";
import { createSimulation, demoScenario } from "./index.ts";

test("the example of the README runs as written", () => {
  const startMs = Date.UTC(2026, 8, 21, 20);
  const simulation = createSimulation(demoScenario(), 7, startMs);
  const events = simulation.step(startMs + 1000);
  assert.ok(events.length >= 3 && events.every(({ feed, bytes }) => feed.length > 0 && bytes.length > 0));
  const flying = simulation.truth(startMs + 60_000);
  assert.ok(flying.some(({ id }) => id === "reconnaissance"));
});
