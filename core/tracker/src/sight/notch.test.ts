import assert from "node:assert/strict";
import { test } from "node:test";
import { plotAt } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerSensor } from "../types.ts";

const RADAR: TrackerSensor = {
  id: "radar",
  posEnuM: [0, 0, 0],
  detectionProbability: 0.9,
  revisitMs: 1000,
  clutterPerLook: 5,
  notch: { belowMps: 2, pD: 0.1 },
};
const SPEED_MPS = 12;
const TURN_RADIUS_M = 60;

/** Comes in from the north, turns east within a quarter circle and goes on across the radar's line of sight, where it is not seen. */
function placeAt(s: number): { east: number; north: number; isSeen: boolean } {
  const turned = (SPEED_MPS * (s - 15)) / TURN_RADIUS_M;
  if (turned < 0) return { east: 0, north: 2000 - SPEED_MPS * (s - 15), isSeen: true };
  const quarter = Math.PI / 2;
  const angle = Math.min(turned, quarter);
  const straight = Math.max(0, turned - quarter) * TURN_RADIUS_M;
  const east = TURN_RADIUS_M * (1 - Math.cos(angle)) + straight;
  return { east, north: 2000 - TURN_RADIUS_M * Math.sin(angle), isSeen: SPEED_MPS * Math.cos(angle) > 2 };
}

test("what a radar is blind to is looked for across its line of sight", () => {
  const tracker = createTracker({ sensors: [RADAR] });
  for (let s = 0; s <= 30; s++) {
    const { east, north, isSeen } = placeAt(s);
    const rangeM = Math.sqrt(east * east + north * north + 80 * 80);
    const later = placeAt(s + 0.01);
    const rateMps = (Math.sqrt(later.east * later.east + later.north * later.north + 80 * 80) - rangeM) / 0.01;
    const measurement = {
      kind: "polar",
      rangeM,
      rangeSigmaM: 5,
      azimuthRad: Math.atan2(east, north),
      azimuthSigmaRad: 0.005,
      elevationRad: Math.asin(80 / rangeM),
      elevationSigmaRad: 0.008,
      rangeRateMps: rateMps,
      rangeRateSigmaMps: 0.3,
    } as const;
    tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections: isSeen ? [{ measurement }] : [] });
  }
  const [track] = tracker.tracks(30_000);
  assert.ok(track?.confirmed && track.existence > 0.5, `existence ${track?.existence}`);
  const [ve, vn] = track.velEnuMps;
  assert.ok(ve > 2 * Math.abs(vn), `flies ${ve} east, ${vn} north`);
  const { east, north } = placeAt(30);
  const [e, n] = track.posEnuM;
  assert.ok(Math.sqrt((e - east) * (e - east) + (n - north) * (n - north)) < 75);
});

test("a drone that comes in and is no longer seen has stopped where a radar is blind, and is gone where none is", () => {
  for (const { notch, isThere } of [
    { notch: RADAR.notch, isThere: true },
    { notch: undefined, isThere: false },
  ]) {
    const { notch: _, ...sighted } = RADAR;
    const tracker = createTracker({ sensors: [notch ? { ...sighted, notch } : sighted] });
    for (let s = 0; s < 18; s++) {
      const detections = s < 12 ? [plotAt(0, 2000 - SPEED_MPS * s, 80)] : [];
      tracker.look({ sensor: "radar", measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    const [track] = tracker.tracks(17_000);
    assert.equal((track?.existence ?? 0) > 0.2, isThere, `existence ${track?.existence}`);
    if (isThere) assert.ok(Math.hypot(...(track?.velEnuMps ?? [])) < 1, `${track?.velEnuMps}`);
  }
});
