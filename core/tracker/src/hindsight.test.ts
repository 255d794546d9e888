import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./radars.fixture.ts";
import { defaultSettings } from "./settings.ts";
import {
  type Context,
  cloneState,
  createState,
  createWorkspace,
  type PlacedLook,
  setSensors,
  type TrackerState,
} from "./state.ts";
import { step } from "./step.ts";
import { DIM, MODES } from "./store.ts";
import { createTracker } from "./tracker.ts";
import type { Tracker, TrackerLook } from "./types.ts";

type Place = readonly [number, number, number];
const WITHOUT_NOISE = (): number => 0.5;

const lookAt = (s: number, places: readonly Place[], noise = WITHOUT_NOISE): PlacedLook => ({
  sensor: RADAR.id,
  measuredMs: 1000 * s,
  receivedMs: 1000 * s + 50,
  detections: places.map((at) => polarOf(at, RADAR, noise)),
  detectionsBefore: 0,
});

/** A square of drones, `apartM` between neighbours, that flies south at 12 m/s. */
const square = (side: number, apartM: number, s: number): readonly Place[] =>
  Array.from({ length: side * side }, (_, k) => [apartM * (k % side), 2300 + apartM * Math.floor(k / side) - 12 * s, 100]);

function startedWith(looks: readonly PlacedLook[]): { state: TrackerState; context: Context; undecided: readonly boolean[] } {
  const state = createState();
  const slots: Context["slots"] = { slotOf: new Map(), models: [] };
  const context: Context = {
    settings: defaultSettings,
    slots,
    serials: { next: 1, given: new Map(), over: new Map() },
    work: createWorkspace(),
  };
  setSensors(slots, state, [RADAR]);
  return { state, context, undecided: looks.map((look) => step(state, look, context)) };
}

/** How far east the southernmost confirmed track is of those west of `eastM`. */
function eastOfSouthernmost({ tracks }: TrackerState, eastM: number): number {
  let found = { east: Number.NaN, north: Number.POSITIVE_INFINITY };
  for (let row = 0; row < tracks.count; row++) {
    if (tracks.confirmed[row] === 0) continue;
    const mean = (axis: number): number =>
      Array.from({ length: MODES }, (_, m) => row * MODES + m).reduce(
        (sum, i) => sum + (tracks.weight[i] ?? 0) * (tracks.mean[i * DIM + axis] ?? 0),
        0,
      );
    if (mean(0) < eastM && mean(1) < found.north) found = { east: mean(0), north: mean(1) };
  }
  return found.east;
}

test("a track goes on with the plot that the next look bears out", () => {
  const looks = Array.from({ length: 12 }, (_, s) => lookAt(s, square(2, 60, s)));
  const { state, context } = startedWith(looks);
  const others = (s: number): readonly Place[] => square(2, 60, s).slice(1);
  const place = (s: number, east: number): Place => [east, 2300 - 12 * s, 100];
  const ends = [-18, 18].map((east) => {
    const again = cloneState(state);
    step(
      again,
      lookAt(12, [...others(12), place(12, -15), place(12, 15)]),
      context,
      lookAt(13, [...others(13), place(13, east)]),
    );
    return eastOfSouthernmost(again, 30);
  });
  // Both plots are as near to the track: without the next look both ends are one.
  assert.ok((ends[0] ?? 0) < -1.5 && (ends[1] ?? 0) > 1.5, `${ends}`);
});

test("a look is undecided where many fly nearer together than plots tell apart, and not where few do", () => {
  const random = seeded(3);
  const near = Array.from({ length: 20 }, (_, s) => lookAt(s, square(5, 22, s), random));
  const apart = Array.from({ length: 20 }, (_, s) => lookAt(s, square(5, 250, s), random));
  assert.ok(startedWith(near).undecided.slice(10).some(Boolean));
  assert.ok(!startedWith(apart).undecided.some(Boolean));
});

test("a swarm's looks that come late, or after a snapshot, give the same tracks as looks that come in time", () => {
  const random = seeded(5);
  const looks = Array.from({ length: 24 }, (_, s) => {
    const seen = square(5, 20, s).filter(() => random() < 0.9);
    return lookAt(s, seen, random);
  });
  const tracksAfter = (arriving: readonly TrackerLook[], cut = arriving.length) => {
    const first = createTracker({ sensors: [RADAR] });
    const hear = (tracker: Tracker, look: TrackerLook) => {
      tracker.look(look);
      // Asking settles what is late at once, so that what was decided must be undone.
      tracker.tracks(look.measuredMs);
    };
    for (const look of arriving.slice(0, cut)) hear(first, look);
    const then = createTracker({ sensors: [RADAR] }, first.snapshot());
    for (const look of arriving.slice(cut)) hear(then, look);
    return then.tracks(23_500).map(({ serial: _, ...track }) => track);
  };
  const byPlace = (a: { posEnuM: readonly number[] }, b: { posEnuM: readonly number[] }): number =>
    (a.posEnuM[0] ?? 0) - (b.posEnuM[0] ?? 0);
  const inTime = tracksAfter(looks).sort(byPlace);
  // Every fourth comes as late as a look may.
  const arrival = (look: TrackerLook): number => look.measuredMs + (look.measuredMs % 4000 === 1000 ? 3500 : 0);
  const late = looks.slice(0, -3).sort((a, b) => arrival(a) - arrival(b));
  assert.deepEqual(tracksAfter([...late, ...looks.slice(-3)]).sort(byPlace), inTime);
  for (const cut of [9, 13, 20]) assert.deepEqual(tracksAfter(looks, cut).sort(byPlace), inTime);
});
