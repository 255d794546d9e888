import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { Tracker, TrackerLook } from "../types.ts";

/** Nine drones, `apartM` between neighbours, that fly south for twenty looks, and are missed now and then. */
function swarm(apartM: number): readonly TrackerLook[] {
  const random = seeded(1);
  return Array.from({ length: 20 }, (_, s) => {
    const places = Array.from(
      { length: 9 },
      (_, k) => [apartM * (k % 3), 2300 + apartM * Math.floor(k / 3) - 12 * s, 100] as const,
    );
    const detections = places.filter(() => random() < 0.8).map((at) => polarOf(at, RADAR, random));
    return { sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s + 50, detections };
  });
}

const trackerAfter = (looks: readonly TrackerLook[], mostPairsAgain?: number, from?: Tracker): Tracker => {
  const settings = mostPairsAgain === undefined ? {} : { mostPairsAgain };
  const tracker = createTracker({ sensors: [RADAR], settings }, from?.snapshot());
  for (const look of looks) {
    tracker.look(look);
    // Asking settles what is late at once, so that what came after it must be undone.
    tracker.tracks(look.measuredMs);
  }
  return tracker;
};

test("a swarm that is easily told apart leaves nothing to tell of", () => {
  assert.deepEqual(trackerAfter(swarm(60)).crowding(), new Map());
});

test("looks of too many pairs are counted while their tracks move together, from the first to the last", () => {
  const { pairedOnce, unsettled } = trackerAfter(swarm(60), 0).crowding().get(RADAR.id) ?? {};
  assert.equal(unsettled, undefined);
  assert.ok(pairedOnce && pairedOnce.count > 5 && pairedOnce.sinceMs > 1050, "who flies together is not known at once");
  assert.equal(pairedOnce.lastMs, 19_050);
  assert.ok(pairedOnce.count <= (pairedOnce.lastMs - pairedOnce.sinceMs) / 1000 + 1, "a look is counted once");
});

test("looks in which whose plot is whose stays open are counted", () => {
  const { pairedOnce, unsettled } = trackerAfter(swarm(3)).crowding().get(RADAR.id) ?? {};
  assert.equal(pairedOnce, undefined);
  assert.deepEqual(unsettled, { count: 2, sinceMs: 4050, lastMs: 9050 });
});

test("a look taken again is counted once, and a snapshot goes on counting", () => {
  const looks = swarm(3);
  const inTime = trackerAfter(looks, 10).crowding();
  assert.ok(inTime.get(RADAR.id)?.pairedOnce && inTime.get(RADAR.id)?.unsettled);
  // Every fourth comes as late as a look may.
  const arrival = ({ measuredMs }: TrackerLook): number => measuredMs + (measuredMs % 4000 === 1000 ? 2500 : 0);
  const late = looks.slice(0, -3).sort((a, b) => arrival(a) - arrival(b));
  assert.deepEqual(trackerAfter([...late, ...looks.slice(-3)], 10).crowding(), inTime);
  assert.deepEqual(trackerAfter(looks.slice(9), 10, trackerAfter(looks.slice(0, 9), 10)).crowding(), inTime);
});

test("of a sensor that is gone nothing is told", () => {
  const tracker = trackerAfter(swarm(3));
  assert.equal(tracker.crowding().size, 1);
  tracker.sensors([{ ...RADAR, id: "another" }]);
  assert.deepEqual(tracker.crowding(), new Map());
});
