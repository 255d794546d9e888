import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./radars.fixture.ts";
import { normals } from "./testing/normals.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerDetection, TrackerSensor } from "./types.ts";

const RECEIVER: TrackerSensor = { id: "rid-1", posEnuM: [0, 0, 5], detectionProbability: 0.9 };
const CLAIM = "serial:A1";
type Place = readonly [number, number, number];

/** Along a leg of 1.5 km across the radar's line of sight, and back. */
const placeAt = (ms: number): Place => [1200 - Math.abs(1500 - ms / 80), 3000, 80];
const spoken = (posEnuM: Place): TrackerDetection => ({
  measurement: { kind: "position", posEnuM, horizontalSigmaM: 10, verticalSigmaM: 20 },
  claim: CLAIM,
});

/**
 * Flies for two minutes before a radar that detects seven of ten, and answers the root of the mean squared error on the ground from the tenth second
 * on. `said` is where the sender says to be.
 */
function flyRmseM(seed: number, said?: (ms: number, errors: () => number) => Place): number {
  const tracker = createTracker({ sensors: [{ ...RADAR, detectionProbability: 0.7 }, RECEIVER] });
  const [chance, errors] = [seeded(seed), normals(seed)];
  let [sum, count] = [0, 0];
  for (let ms = 0; ms < 120_000; ms += 1000) {
    const plots = chance() < 0.7 ? [polarOf(placeAt(ms), RADAR, chance)] : [];
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections: plots });
    if (said)
      tracker.look({
        sensor: "rid-1",
        measuredMs: ms + 500,
        receivedMs: ms + 500,
        detections: [spoken(said(ms + 500, errors))],
      });
    const track = tracker.tracks(ms + 500).find(({ confirmed }) => confirmed);
    const [east, north] = placeAt(ms + 500);
    if (ms < 10_000 || track === undefined) continue;
    sum += (track.posEnuM[0] - east) ** 2 + (track.posEnuM[1] - north) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

/** The mean over twelve flights; the same looks each time, whoever speaks. */
const meanRmseM = (said?: Parameters<typeof flyRmseM>[1]): number => {
  let sum = 0;
  for (let seed = 1; seed <= 12; seed++) sum += flyRmseM(seed, said) / 12;
  return sum;
};

const offBy =
  (east: number, north: number) =>
  (ms: number, errors: () => number): Place => {
    const [e, n, u] = placeAt(ms);
    return [e + east + 5 * errors(), n + north + 5 * errors(), u + 10 * errors()];
  };

test("a sender whose datum is off, or whose link is slow, does not draw the track from where a radar sees it", () => {
  const alone = meanRmseM();
  // What is left is of the first messages: believed as they state, these cost 8 m and 32 m.
  assert.ok(meanRmseM(offBy(60, 50)) < alone + 2.5, `datum: ${meanRmseM(offBy(60, 50))} m for ${alone} m`);
  const late = meanRmseM((ms, errors) => offBy(0, 0)(Math.max(0, ms - 5000), errors));
  assert.ok(late < alone + 2.5, `slow link: ${late} m for ${alone} m`);
});

test("a sender that is where it says makes the track better than a radar does by itself", () => {
  const alone = meanRmseM();
  const exact = meanRmseM(offBy(0, 0));
  assert.ok(exact < alone - 1, `${exact} m for ${alone} m`);
});

test("one plot beside where somebody says to be confirms nothing, and a second does", () => {
  const tracker = createTracker({ sensors: [RADAR, RECEIVER] });
  const [e, n, u]: Place = [500, 2000, 80];
  for (let ms = 0; ms < 3000; ms += 1000)
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [spoken([e, n, u])] });
  const confirmedAfter = (ms: number): boolean => {
    const plot = polarOf([e + 15, n + 10, u], RADAR, () => 0.5);
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections: [plot] });
    return tracker.tracks(ms).some(({ confirmed }) => confirmed);
  };
  assert.equal(confirmedAfter(2500), false);
  assert.ok((tracker.tracks(2500)[0]?.existence ?? 0) > 0.995, "though it is as good as sure");
  assert.equal(confirmedAfter(3500), true);
});
