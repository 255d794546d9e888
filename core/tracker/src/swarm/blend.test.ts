import assert from "node:assert/strict";
import { test } from "node:test";
import { plotAt, RADAR } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";

const MET_S = 20;

test("of two that meet head on and give one plot, whose it is and which way that goes on is unsure, until plots tell", () => {
  const tracker = createTracker({ sensors: [{ ...RADAR, posEnuM: [0, 0, 0] }] });
  const sigmaMps: number[] = [];
  for (let s = 0; s <= MET_S + 6; s++) {
    // Three metres are nothing to plots that are 10 m wide.
    const east = 10 * (s - MET_S) + 3;
    const detections = s === MET_S ? [plotAt(east, 2000, 80)] : [plotAt(east, 2000, 80), plotAt(-east, 2000, 80)];
    tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    const tracks = tracker.tracks(1000 * s).filter(({ confirmed }) => confirmed);
    if (s >= 3) assert.equal(tracks.length, 2, `at ${s} s`);
    sigmaMps.push(Math.max(...tracks.map(({ covariance }) => Math.sqrt(covariance[21] ?? Number.NaN))));
  }
  // 10 m/s one way or the other, each about as likely, is a spread of 10 m/s.
  assert.ok((sigmaMps[MET_S - 1] ?? 0) < 2.5 && (sigmaMps[MET_S] ?? 0) > 7, `${sigmaMps}`);
  assert.ok((sigmaMps[MET_S + 6] ?? 0) < 4, `${sigmaMps}`);
});
