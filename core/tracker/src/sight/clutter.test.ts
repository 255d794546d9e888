import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerDetection } from "../types.ts";

const LOOKS = 51;
/** Where the sheet lies most. */
const SECTOR_RAD = Math.PI / 3;

/** Looks at nothing but false alarms: as many as stated, thrice as many in a sector. */
function falseAlarms(random: () => number, perLook: number): TrackerDetection[] {
  const out: TrackerDetection[] = [];
  for (let k = 0; k < 3 * perLook; k++) {
    const azimuthRad = 3 * random() - 1.5;
    const rangeM = 100 + 5900 * random();
    const elevationRad = 0.5 * random();
    if (azimuthRad > SECTOR_RAD && random() < 2 / 3) continue;
    out.push({
      measurement: {
        kind: "polar",
        ...{ rangeM, rangeSigmaM: 5, azimuthRad, azimuthSigmaRad: 0.005, elevationRad, elevationSigmaRad: 0.008 },
      },
    });
  }
  return out;
}

test("a sheet that states a third of the clutter and too high a detection probability makes few false tracks, and what is vague goes", () => {
  const random = seeded(11);
  const tracker = createTracker({ sensors: [{ ...RADAR, clutterPerLook: 100 }] });
  const born = new Set<number>();
  const sizes: number[] = [];
  for (let s = 0; s < LOOKS; s++) {
    const detections = falseAlarms(random, 100);
    // Drones that are seen at seven looks of ten teach that the sheet lies about that too.
    for (let k = 0; k < 20; k++)
      if (random() < 0.7) detections.push(polarOf([250 * k - 2500, 2500 + 12 * s, 300], RADAR, random));
    tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    for (const { serial, confirmed, posEnuM } of tracker.tracks(1000 * s))
      if (confirmed && Math.abs(posEnuM[1] - 2500 - 12 * s) > 100) born.add(serial);
    if (s % 20 === 10) sizes.push(tracker.snapshot().length);
  }
  assert.ok(born.size <= 2, `${born.size} false tracks in a minute`);
  assert.ok((sizes.at(-1) ?? 0) < 1.5 * (sizes[0] ?? 0), `${sizes.join(", ")} bytes`);
});

test("a raid that appears in one place at once is not taken for clutter there", () => {
  const random = seeded(5);
  const tracker = createTracker({ sensors: [RADAR] });
  const raid = Array.from({ length: 64 }, (_, k) => [40 * (k % 8), 3000 + 40 * Math.floor(k / 8), 120] as const);
  for (let s = 0; s < 12; s++) {
    const detections = s < 5 ? [] : raid.map(([e, n, u]) => polarOf([e, n - 12 * s, u], RADAR, random));
    tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
  }
  const held = tracker.tracks(11_000).filter(({ confirmed, existence }) => confirmed && existence > 0.5).length;
  assert.ok(held >= 60, `${held} of 64`);
});
