import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { EnuM, TrackerDetection, TrackerMeasurement, TrackerSensor, TrackState } from "./types.ts";

const FINDER: TrackerSensor = {
  ...{ id: "finder", posEnuM: [-1500, 1500, 10], detectionProbability: 0.9, revisitMs: 1000, clutterPerLook: 0.5 },
  fieldOfView: {
    ...{ rangeMinM: 0, rangeMaxM: 6000, azimuthFromRad: -Math.PI, azimuthToRad: Math.PI },
    ...{ elevationMinRad: -Math.PI / 2, elevationMaxRad: Math.PI / 2 },
  },
};
const HOVER: EnuM = [0, 2000, 80];
const SIGMA_RAD = 0.02;

/** Ten plots of a hovering drone, then `missedLooks` of a radar that does not see it, with or without bearings to it. */
function afterMisses(missedLooks: number, heard?: TrackerDetection["emitter"]): TrackState | undefined {
  const random = seeded(3);
  const tracker = createTracker({ sensors: [RADAR, FINDER] });
  const azimuthRad = Math.atan2(HOVER[0] - FINDER.posEnuM[0], HOVER[1] - FINDER.posEnuM[1]);
  const bearing = { kind: "bearing", azimuthRad, azimuthSigmaRad: SIGMA_RAD } as const;
  for (let s = 0; s < 10 + missedLooks; s++) {
    const measuredMs = 1000 * s;
    const detections = s < 10 ? [polarOf(HOVER, RADAR, random)] : [];
    tracker.look({ sensor: "radar-1", measuredMs, receivedMs: measuredMs + 50, detections });
    if (heard && s >= 10)
      tracker.look({
        sensor: "finder",
        measuredMs: measuredMs + 500,
        receivedMs: measuredMs + 550,
        detections: [{ measurement: bearing, emitter: heard }],
      });
  }
  return tracker.tracks(1000 * (9 + missedLooks) + 600)[0];
}

test("a bearing to a drone weighs against a radar that misses it, and only for a while", () => {
  const [alone, heard] = [afterMisses(3), afterMisses(3, "aircraft")];
  assert.ok((alone?.existence ?? 0) < 0.6, `alone ${alone?.existence}`);
  assert.ok((heard?.existence ?? 0) > 0.95, `heard ${heard?.existence}`);
  assert.equal(heard?.measuredMs, 9000, "a bearing makes no place newer");
  assert.equal(heard?.contributions.find(({ sensor }) => sensor === "finder")?.hits, 3);
  assert.ok((afterMisses(60, "aircraft")?.existence ?? 1) < 0.4, "what keeps sending on that line may be somebody else");
  assert.equal(afterMisses(125, "aircraft"), undefined);
});

test("a bearing brings a track back to what was proven, and no farther", () => {
  const [proven, heard] = [afterMisses(0), afterMisses(5, "aircraft")];
  // The proof was 0.6 s old when it was told: as much as life takes in that time.
  const atProof = (proven?.existence ?? 0) * Math.exp(0.6 / 300);
  assert.ok((heard?.existence ?? 1) <= atProof + 1e-9 && (heard?.existence ?? 0) > 0.99, `${heard?.existence} of ${atProof}`);
});

test("what the pilot's controller sends keeps no track", () => {
  const [alone, heard] = [afterMisses(3), afterMisses(3, "controller")];
  assert.ok((heard?.existence ?? 0) <= (alone?.existence ?? 0), `${heard?.existence} and ${alone?.existence} alone`);
});

/** After ten plots of a hovering drone a radar misses it, and a finder sends `heard` of it every second. */
function whileHeard(looks: number, heard: readonly TrackerMeasurement[]): TrackState | undefined {
  const random = seeded(3);
  const tracker = createTracker({ sensors: [RADAR, FINDER] });
  for (let s = 0; s < 10 + looks; s++) {
    const measuredMs = 1000 * s;
    const plots = s < 10 ? [polarOf(HOVER, RADAR, random)] : [];
    tracker.look({ sensor: "radar-1", measuredMs, receivedMs: measuredMs + 50, detections: plots });
    const detections = heard.map((measurement): TrackerDetection => ({ measurement, emitter: "aircraft" }));
    if (s >= 10) tracker.look({ sensor: "finder", measuredMs: measuredMs + 500, receivedMs: measuredMs + 550, detections });
  }
  return tracker.tracks(1000 * (9 + looks) + 600)[0];
}

const [EAST_M, NORTH_M] = [HOVER[0] - FINDER.posEnuM[0], HOVER[1] - FINDER.posEnuM[1]];
const BEARING: TrackerMeasurement = { kind: "bearing", azimuthRad: Math.atan2(EAST_M, NORTH_M), azimuthSigmaRad: SIGMA_RAD };
const rangeOf = (rangeSigmaM: number): TrackerMeasurement => ({
  ...{ kind: "range", rangeM: Math.hypot(EAST_M, NORTH_M, HOVER[2] - FINDER.posEnuM[2]) },
  rangeSigmaM,
});

for (const vagueM of [1000, 1e4, 1e5])
  test(`a bearing beside a distance good to ${vagueM} m sustains a track no better than a bearing alone`, () => {
    for (const looks of [3, 20, 40, 60]) {
      const alone = whileHeard(looks, [BEARING]);
      const beside = whileHeard(looks, [BEARING, rangeOf(vagueM)]);
      assert.ok(alone && beside, `after ${looks} looks`);
      assert.ok(
        beside.existence <= alone.existence + 1e-9,
        `${beside.existence}, alone ${alone.existence}, after ${looks} looks`,
      );
      assert.equal(beside.measuredMs, 9000);
    }
  });

test("a distance places a track while it tells what time takes, and one that tells nothing new makes no place newer", () => {
  for (const goodM of [5, 20, 50]) {
    const track = whileHeard(60, [rangeOf(goodM)]);
    assert.equal(track?.measuredMs, 69_500, `good to ${goodM} m`);
    assert.ok(track.existence > 0.95, `${track.existence}, good to ${goodM} m`);
  }
  // Half a kilometre is no news of a track that was known to metres a moment ago, and is once it has become as vague.
  assert.equal(whileHeard(5, [rangeOf(500)])?.measuredMs, 9000);
  assert.equal(whileHeard(60, [rangeOf(500)])?.measuredMs, 69_500);
  assert.equal(whileHeard(60, [rangeOf(5000)]), undefined);
});
