import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { limitFigures, type ScoreScene } from "./limits.ts";
import { secondOf, type TrackLine, type TruthLine } from "./lines.ts";
import { scoreTracks } from "./score.ts";

type Golden = Readonly<{
  scene: ScoreScene;
  truth: readonly TruthLine[];
  tracks: readonly TrackLine[];
  expect: Readonly<Record<string, number>>;
  expectGospaOfDrones: number;
}>;
const golden = JSON.parse(readFileSync(new URL("golden.json", import.meta.url), "utf8")) as Golden;
const { scene, truth, tracks } = golden;
const options = { cutoffM: 50, fromS: scene.fromS, toS: scene.toS };

test("every figure is the reference scorer's to six digits", () => {
  const { score, holds } = scoreTracks(truth, tracks, options);
  const ours: Readonly<Record<string, number | undefined>> = { ...score, ...limitFigures(truth, tracks, holds, scene) };
  for (const [name, expected] of Object.entries(golden.expect)) {
    const value = ours[name];
    assert.ok(value !== undefined, name);
    assert.ok(Math.abs(value - expected) <= 1e-6 * Math.max(1, Math.abs(expected)), `${name}: ${value} against ${expected}`);
  }
});

test("one class alone is scored against its own tracks alone", () => {
  const { score } = scoreTracks(truth, tracks, { ...options, truthClass: "drone", trackClass: "drone" });
  assert.ok(Math.abs(score.gospa - golden.expectGospaOfDrones) < 1e-9);
});

test("no tracks at all cost c²/2 for every truth", () => {
  const { score, holds } = scoreTracks(truth, [], options);
  const there = truth.filter(({ t }) => t >= 3).length / 28;
  assert.ok(Math.abs(score.missedPerSecond - there) < 1e-9);
  assert.equal(score.completeness, 0);
  assert.equal(score.locRmse, undefined);
  assert.equal(limitFigures(truth, [], holds, scene).neverTrackedVis, 3);
});

test("a line counts for the whole second that it is within 0.05 s of", () => {
  assert.deepEqual([2.04, 1.96, 2.06, 2.5, 3].map(secondOf), [2, 2, undefined, undefined, 3]);
});
