import assert from "node:assert/strict";
import { test } from "node:test";
import { normals } from "../testing/normals.ts";
import { polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerDetection, TrackerSensor } from "../types.ts";

const RECEIVER: TrackerSensor = { id: "rid-1", posEnuM: [0, 0, 5], detectionProbability: 0.9 };
type Place = readonly [number, number, number];
const SECONDS = 60;
/** A radar that detects seven of ten looks for the first time at this second. */
const RADAR_FROM_S = 5;

/** Who says where he is, and where what flies there really is, metres from a point that moves west. */
type Scene = Readonly<{ said: readonly Place[]; real: readonly Place[] }>;

/** Of each second from the first look on, the places of the confirmed tracks, metres from that point. */
function confirmedIn({ said, real }: Scene, seed: number): readonly (readonly Place[])[] {
  const tracker = createTracker({ sensors: [{ ...RADAR, detectionProbability: 0.7 }, RECEIVER] });
  const [chance, errors] = [seeded(seed), normals(seed)];
  const at = (ms: number, [e, n, u]: Place): Place => [1200 - ms / 80 + e, 2500 + n, 80 + u];
  const seconds: Place[][] = [];
  for (let ms = 0; ms < 1000 * SECONDS; ms += 1000) {
    const spoken = said.map((from, k): TrackerDetection => {
      const [e, n, u] = at(ms, from);
      const posEnuM: Place = [e + 3 * errors(), n + 3 * errors(), u + 5 * errors()];
      return { measurement: { kind: "position", posEnuM, horizontalSigmaM: 5, verticalSigmaM: 10 }, claim: `serial:${k}` };
    });
    tracker.look({ sensor: RECEIVER.id, measuredMs: ms, receivedMs: ms, detections: spoken });
    if (ms < 1000 * RADAR_FROM_S) continue;
    const seenMs = ms + 500;
    const detections = real.filter(() => chance() < 0.7).map((from) => polarOf(at(seenMs, from), RADAR, chance));
    tracker.look({ sensor: RADAR.id, measuredMs: seenMs, receivedMs: seenMs, detections });
    const [e, n, u] = at(seenMs, [0, 0, 0]);
    const confirmed = tracker.tracks(seenMs).filter((track) => track.confirmed);
    seconds.push(confirmed.map(({ posEnuM }): Place => [posEnuM[0] - e, posEnuM[1] - n, posEnuM[2] - u]));
  }
  return seconds;
}

/** So many within `radiusM`, on a spiral. */
const around = (count: number, radiusM: number): readonly Place[] =>
  Array.from({ length: count }, (_, k) => {
    const r = radiusM * Math.sqrt((k + 1) / count);
    return [r * Math.cos(2.4 * k), r * Math.sin(2.4 * k), 0] as const;
  });

test("two names of one drone, or twenty about it, keep it from being confirmed no longer than a plot or two take", () => {
  for (const [count, radiusM] of [
    [2, 5],
    [20, 20],
  ] as const)
    for (let seed = 1; seed <= 8; seed++) {
      const seconds = confirmedIn({ said: around(count, radiusM), real: [[0, 0, 0]] }, seed);
      const first = seconds.findIndex((places) => places.length > 0);
      assert.ok(first >= 0 && first <= 4, `${count} names, seed ${seed}: after ${first} s`);
      const held = seconds.slice(first).filter((places) => places.length > 0).length;
      assert.equal(held, seconds.length - first, `${count} names, seed ${seed}`);
    }
});

test("those that fly close together and all say who they are stay as many", () => {
  const three = [0, 10, 20].map((east): Place => [east, 0, 0]);
  let held = 0;
  for (let seed = 1; seed <= 8; seed++)
    for (const places of confirmedIn({ said: three, real: three }, seed).slice(5))
      held += Math.min(3, places.length) / (3 * 50 * 8);
  assert.ok(held > 0.9, `${held}`);
});

/** Seconds that confirmed tracks last which twenty names, others every four seconds, and a minute's false alarms among them make. */
function phantomSeconds(seed: number): number {
  const tracker = createTracker({ sensors: [{ ...RADAR, detectionProbability: 0.7, clutterPerLook: 20 }, RECEIVER] });
  const random = seeded(seed);
  let seconds = 0;
  for (let ms = 0; ms < 1000 * SECONDS; ms += 1000) {
    const spoken = around(20, 60).map(
      ([e, n], k): TrackerDetection => ({
        measurement: { kind: "position", posEnuM: [500 + e, 2000 + n, 80], horizontalSigmaM: 5, verticalSigmaM: 10 },
        claim: `serial:${k + 20 * Math.floor(ms / 4000)}`,
      }),
    );
    tracker.look({ sensor: RECEIVER.id, measuredMs: ms, receivedMs: ms, detections: spoken });
    const alarms = Array.from({ length: 20 }, () =>
      polarOf([1000 * random(), 1500 + 1000 * random(), 300 * random()], RADAR, random),
    );
    tracker.look({ sensor: RADAR.id, measuredMs: ms + 500, receivedMs: ms + 500, detections: alarms });
    seconds += tracker.tracks(ms + 500).filter(({ confirmed, claims }) => confirmed && claims.length > 0).length;
  }
  return seconds;
}

/**
 * Two false alarms beside words that are believed confirm a track now and then, whatever goes over from name to name: in these sixteen minutes in nine,
 * for 437 s together. If all names gave, it would be in fourteen, for 1146 s.
 */
test("false alarms among many new names confirm no more of them than if nothing went over from name to name", () => {
  const seconds = Array.from({ length: 16 }, (_, k) => phantomSeconds(k + 1));
  const confirmed = seconds.filter((s) => s > 0).length;
  const sum = seconds.reduce((a, b) => a + b, 0);
  assert.ok(confirmed <= 10, `confirmed in ${confirmed} of 16`);
  assert.ok(sum <= 437, `for ${sum} s`);
});
