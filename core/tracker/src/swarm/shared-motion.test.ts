import assert from "node:assert/strict";
import { test } from "node:test";
import { plotAt, polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { Tracker, TrackerLook, TrackState } from "../types.ts";

type Place = readonly [number, number, number];

const lookAt = (s: number, places: readonly Place[], noise: () => number): TrackerLook => ({
  sensor: RADAR.id,
  measuredMs: 1000 * s,
  receivedMs: 1000 * s + 50,
  detections: places.map((at) => polarOf(at, RADAR, noise)),
});

/** A square of drones, `apartM` between neighbours, that flies south at 12 m/s and from `turnS` on accelerates east by 3 m/s². */
const square = (side: number, apartM: number, s: number, turnS = Number.POSITIVE_INFINITY): readonly Place[] => {
  const turning = Math.max(0, s - turnS);
  return Array.from({ length: side * side }, (_, k) => [
    apartM * (k % side) + 1.5 * turning * turning,
    2300 + apartM * Math.floor(k / side) - 12 * s,
    100,
  ]);
};

type Told = Pick<TrackState, "posEnuM" | "confirmed">;

const distanceM = ({ posEnuM }: Told, [e, n]: Place): number => Math.hypot(posEnuM[0] - e, posEnuM[1] - n);

/** How far from `place` the nearest confirmed track is. */
const nearestM = (tracks: readonly Told[], place: Place): number =>
  Math.min(...tracks.filter(({ confirmed }) => confirmed).map((track) => distanceM(track, place)));

/** How far a drone's track is from it that has not been seen for two looks, while it turned, in a swarm of sixteen or alone. */
function unseenM(isAlone: boolean, mostPairsAgain: number): number {
  const hidden = 7;
  const tracker = createTracker({ sensors: [RADAR], settings: { mostPairsAgain } });
  const random = seeded(11);
  for (let s = 0; s <= 18; s++) {
    // What is missed now and then is not thought gone at once.
    const isSeen = (k: number): boolean => (k === hidden ? s <= 16 && s % 5 > 0 : !isAlone && random() < 0.85);
    const seen = square(4, 70, s, 15).filter((_, k) => isSeen(k));
    tracker.look(lookAt(s, seen, random));
  }
  return nearestM(tracker.tracks(18_000), square(4, 70, 18, 15)[hidden] as Place);
}

test("a member that is not seen turns with the others", () => {
  // In three seconds they have come 13.5 m from where they were flying to.
  assert.ok(unseenM(true, 20_000) > 16, `${unseenM(true, 20_000)}`);
  for (const mostPairsAgain of [20_000, 0]) {
    const errorM = unseenM(false, mostPairsAgain);
    assert.ok(errorM < 13, `${errorM} with ${mostPairsAgain} pairs worked out again`);
  }
});

test("one that turns beside another takes nobody with it", () => {
  const straight = (s: number): Place => [0, 2300 - 12 * s, 100];
  const turning = (s: number): Place => [70 + 1.5 * Math.max(0, s - 12) ** 2, 2300 - 12 * s, 100];
  const tracker = createTracker({ sensors: [RADAR] });
  const alone = createTracker({ sensors: [RADAR] });
  for (let s = 0; s <= 18; s++) {
    tracker.look(lookAt(s, [straight(s), turning(s)], () => 0.5));
    alone.look(lookAt(s, [straight(s)], () => 0.5));
  }
  const east = (from: Tracker): number =>
    from.tracks(18_000).find((track) => distanceM(track, straight(18)) < 20)?.posEnuM[0] ?? Number.NaN;
  assert.ok(Math.abs(east(tracker) - east(alone)) < 0.01, `${east(tracker)} and ${east(alone)}`);
});

test("a plot that lies aside moves its own track as it would alone: nothing is counted twice", () => {
  const east = (others: readonly (readonly [number, number])[]): number => {
    const tracker = createTracker({ sensors: [{ ...RADAR, posEnuM: [0, 0, 0] }] });
    for (let s = 0; s <= 14; s++) {
      const north = 2500 - 12 * s;
      const detections = [plotAt(s === 14 ? 25 : 0, north, 80), ...others.map(([e, n]) => plotAt(e, north + n, 80))];
      tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    return (
      tracker.tracks(14_000).find((track) => track.confirmed && distanceM(track, [0, 2332, 80]) < 20)?.posEnuM[0] ?? Number.NaN
    );
  };
  const swarm = [
    [-60, 0],
    [-60, 60],
    [-60, -60],
    [0, 70],
    [0, -70],
  ] as const;
  // The others flew straight on, and say that it did too.
  assert.ok(Math.abs(east(swarm) - east([])) < 0.5, `${east(swarm)} m in a swarm, ${east([])} m alone`);
});

/** Tracks of a close swarm that turns, without their numbers, from west to east. */
function tracksAfter(arriving: readonly TrackerLook[], cut = arriving.length, mostPairsAgain = 20_000) {
  const options = { sensors: [RADAR], settings: { mostPairsAgain } };
  const first = createTracker(options);
  const hear = (tracker: Tracker, look: TrackerLook) => {
    tracker.look(look);
    // Asking settles what is late at once, so that what came after it must be undone.
    tracker.tracks(look.measuredMs);
  };
  for (const look of arriving.slice(0, cut)) hear(first, look);
  const then = createTracker(options, first.snapshot());
  for (const look of arriving.slice(cut)) hear(then, look);
  const tracks = then.tracks(23_500).map(({ serial: _, ...track }) => track);
  return tracks.sort((a, b) => a.posEnuM[0] - b.posEnuM[0]);
}

function turningSwarm(): readonly TrackerLook[] {
  const random = seeded(5);
  return Array.from({ length: 24 }, (_, s) => {
    const seen = square(5, 20, s, 14).filter(() => random() < 0.9);
    return lookAt(s, seen, random);
  });
}

test("a swarm's looks that come late, or after a snapshot, give the same tracks as looks that come in time", () => {
  const looks = turningSwarm();
  const inTime = tracksAfter(looks);
  // Every fourth comes as late as a look may.
  const arrival = (look: TrackerLook): number => look.measuredMs + (look.measuredMs % 4000 === 1000 ? 3500 : 0);
  const late = looks.slice(0, -3).sort((a, b) => arrival(a) - arrival(b));
  assert.deepEqual(tracksAfter([...late, ...looks.slice(-3)]), inTime);
  for (const cut of [9, 13, 20]) assert.deepEqual(tracksAfter(looks, cut), inTime);
});

test("whose plot is whose is worked out again where tracks have moved together to, unless a look has too many pairs", () => {
  const looks = turningSwarm();
  assert.notDeepEqual(tracksAfter(looks, looks.length, 0), tracksAfter(looks));
  assert.deepEqual(tracksAfter(looks, looks.length, Number.POSITIVE_INFINITY), tracksAfter(looks));
});
