import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as tracker from "./index.ts";

test("the example in README shows one confirmed track where the plots are", async () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const [, example = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const body = example.replace(/^import .*$/m, "").replaceAll(" as const", "");
  const printed: unknown[][] = [];
  const run = new Function("createTracker", "console", body) as (create: unknown, console: unknown) => void;
  run(tracker.createTracker, { log: (...values: unknown[]) => printed.push(values) });
  assert.equal(printed.length, 1);
  const [serial, confirmed, , pos] = printed[0] as [number, boolean, string, [number, number, number]];
  assert.equal(serial, 1);
  assert.equal(confirmed, true);
  // The sixth plot: range 1925, azimuth 0.55; half a second later, and smoothed.
  assert.ok(Math.hypot(pos[0] - 1925 * Math.sin(0.55), pos[1] - 1925 * Math.cos(0.55)) < 40);
});
