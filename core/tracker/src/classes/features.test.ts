import assert from "node:assert/strict";
import { test } from "node:test";
import { createDetections } from "../looks/detections.ts";
import { addRow, createTrackStore } from "../store/store.ts";
import { plotAt } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerDetection, TrackerSensor } from "../types.ts";
import { createWorkspace } from "../workspace.ts";
import { weighFeatures } from "./features.ts";

const RADAR: TrackerSensor = { id: "radar", posEnuM: [0, 0, 0], detectionProbability: 0.9, revisitMs: 1000, clutterPerLook: 5 };

/** A plot whose features are so many times likelier for a drone than for a bird. */
const featured = (e: number, n: number, droneToBird: number): TrackerDetection => ({
  ...plotAt(e, n, 0.04 * Math.sqrt(e * e + n * n)),
  classLikelihoods: { multirotor: droneToBird, fixedWing: 0, bird: 1, mannedAircraft: 0, balloon: 0, other: 0 },
  clutterLikelihood: 0.5,
});

/** Probability of a drone for the track nearest to the middle after `looks` looks at what `seen` gives. */
function droneAfter(looks: number, seen: (s: number) => readonly TrackerDetection[]): number {
  const tracker = createTracker({ sensors: [RADAR] });
  for (let s = 0; s < looks; s++)
    tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections: seen(s) });
  const [nearest] = [...tracker.tracks(1000 * looks)].sort((a, b) => Math.abs(a.posEnuM[0]) - Math.abs(b.posEnuM[0]));
  return nearest?.classProbabilities.multirotor ?? Number.NaN;
}

test("a drone that looks like one is named within a few looks", () => {
  assert.ok(droneAfter(6, (s) => [featured(0, 2000 - 10 * s, 8)]) > 0.99);
});

test("a bird that looks a little like a drone throughout is never named one", () => {
  assert.ok(droneAfter(100, (s) => [featured(0, 2000 - 10 * s, 2)]) < 0.98);
});

test("a bird in a flock is not made a drone by the flock's most drone-like plots", () => {
  // Three abreast, 12 m apart; in turn one of them looks a little like a drone, the others like birds.
  const flock = (s: number): readonly TrackerDetection[] =>
    [-12, 0, 12].map((e, k) => featured(e, 2000 - 10 * s, s % 3 === k ? 2.6 : 0.1));
  assert.ok(droneAfter(60, flock) < 0.5);
});

test("features say the same whatever factor their likelihoods have in common", () => {
  const times = (factor: number): number =>
    droneAfter(3, (s) => {
      const plot = featured(0, 2000 - 10 * s, 3);
      const likelihoods = Object.entries(plot.classLikelihoods ?? {}).map(([name, value]) => [name, value * factor]);
      return [{ ...plot, classLikelihoods: Object.fromEntries(likelihoods), clutterLikelihood: 0.5 * factor }];
    });
  const one = times(1);
  assert.ok(one > 0.9 && one < 0.999);
  // A factor costs a bit of the mantissa here and there.
  for (const factor of [1e-300, 1e-9, 7, 1e9, 1e300]) assert.ok(Math.abs(times(factor) - one) < 1e-9, `times ${factor}`);
});

test("features are used where clutter would look just as often so", () => {
  const { clutterLikelihood: _, ...plot } = featured(0, 2000, 9);
  const alike = { multirotor: 9, fixedWing: 0, bird: 1, mannedAircraft: 0, balloon: 0, other: 1 };
  assert.ok(droneAfter(4, () => [{ ...plot, classLikelihoods: alike }]) > 0.95);
});

test("what a track is known to be is not forgotten because a stray plot lies in its gate", () => {
  const tracks = createTrackStore();
  addRow(tracks);
  tracks.classLog.set([0, -4, -4, -4, -4, -4]);
  tracks.hits[0] = 8;
  tracks.described[0] = 8;
  const detections = createDetections();
  detections.count = 1;
  detections.hasFeatures[0] = 1;
  const work = createWorkspace();
  work.edges.count = 1;
  work.edges.marginal[0] = 1e-4;
  work.association.missed[0] = 1 - 1e-4;
  for (let look = 0; look < 40; look++) weighFeatures(work, tracks, detections);
  // 40 looks at a ten-thousandth of a plot are less than a hundredth of one of the eight.
  assert.ok(Math.abs((tracks.classLog[1] ?? 0) - (tracks.classLog[0] ?? 0) + 4) < 0.01);
});

test("a plot says as much of a class as it is probably the track's", () => {
  const tracks = createTrackStore();
  const work = createWorkspace();
  const d = createDetections();
  const row = addRow(tracks);
  d.count = 1;
  d.hasFeatures[0] = 1;
  d.classLog.set([3, 1, 1, 1, 1, 1].map(Math.log));
  work.edges.count = 1;
  work.edges.track[0] = row;
  work.edges.detection[0] = 0;
  for (const marginal of [1, 0.5, 0.1]) {
    tracks.classLog.fill(0);
    tracks.described[row] = 0;
    work.edges.marginal[0] = marginal;
    work.association.missed[row] = 1 - marginal;
    weighFeatures(work, tracks, d);
    // Under classes that are alike probable f is (3 + 5) / 6.
    const likelihoodOf = (f: number): number => 1 - marginal + (marginal * f) / (8 / 6);
    const expected = Math.log(likelihoodOf(3) / likelihoodOf(1));
    const [first = 0, second = 0] = tracks.classLog;
    assert.ok(Math.abs(first - second - expected) < 1e-12, `${marginal}: ${first - second} for ${expected}`);
  }
});
