import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, SECOND, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { TrackerDetection, TrackerLook } from "./types.ts";

/** Two radars that see four drones fly past each other, with clutter; radar 2 reports up to 2.5 s late. */
function raid(seconds = 40): TrackerLook[] {
  const random = seeded(7);
  const looks: TrackerLook[] = [];
  for (const sensor of [RADAR, SECOND])
    for (let ms = sensor === RADAR ? 0 : 370; ms < seconds * 1000; ms += sensor.revisitMs ?? 1000) {
      const detections: TrackerDetection[] = [];
      for (let k = 0; k < 4; k++) {
        const t = ms / 1000;
        const at = [-500 + 300 * k + (k % 2 === 0 ? 12 : -12) * t, 2500 - 15 * t + 60 * k, 80 + 10 * k] as const;
        if (random() < 0.9) detections.push(polarOf(at, sensor, random));
      }
      for (let k = 0; k < 5; k++)
        detections.push(polarOf([4000 * (random() - 0.5), 600 + 4500 * random(), 20 + 900 * random()], sensor, random));
      const delayMs = sensor === RADAR ? 50 : 2500 * random();
      looks.push({ sensor: sensor.id, measuredMs: ms, receivedMs: ms + delayMs, detections });
    }
  return looks.sort((a, b) => a.receivedMs - b.receivedMs);
}

const run = (looks: readonly TrackerLook[], snapshot?: Uint8Array) => {
  const tracker = createTracker({ sensors: [RADAR, SECOND] }, snapshot);
  for (const look of looks) tracker.look(look);
  return tracker;
};

test("four drones become four confirmed tracks, each near where one flies", () => {
  const confirmed = run(raid())
    .tracks(40_000)
    .filter((track) => track.confirmed && track.existence > 0.5);
  assert.equal(confirmed.length, 4);
  for (let k = 0; k < 4; k++) {
    const at = [-500 + 300 * k + (k % 2 === 0 ? 12 : -12) * 40, 2500 - 600 + 60 * k, 80 + 10 * k];
    const nearest = Math.min(...confirmed.map(({ posEnuM }) => Math.hypot(...posEnuM.map((value, i) => value - (at[i] ?? 0)))));
    // Cross-range spread of one plot is 10 m here; a track does not do worse than three of them.
    assert.ok(nearest < 30, `drone ${k} is ${nearest} m from the nearest track`);
  }
});

test("looks that come late give the same tracks as looks that come in time", () => {
  const looks = raid();
  const inTime = [...looks].sort((a, b) => a.measuredMs - b.measuredMs);
  const strip = (tracks: ReturnType<typeof run>) =>
    tracks
      .tracks(41_000)
      .map(({ serial: _, ...state }) => state)
      .sort((a, b) => a.posEnuM[0] - b.posEnuM[0]);
  assert.deepEqual(strip(run(looks)), strip(run(inTime)));
});

test("a track keeps its number when a late look makes its past anew", () => {
  const tracker = createTracker({ sensors: [RADAR, SECOND] });
  const placed = new Map<number, number>();
  for (const look of raid()) {
    tracker.look(look);
    for (const { serial, firstMs, confirmed } of tracker.tracks(look.receivedMs)) {
      if (!confirmed) continue;
      assert.equal(placed.get(serial) ?? firstMs, firstMs);
      placed.set(serial, firstMs);
    }
  }
  assert.ok(placed.size >= 4);
});

test("the order of detections in a look changes nothing", () => {
  const random = seeded(3);
  const shuffled = raid().map((look) => ({
    ...look,
    detections: look.detections
      .map((detection) => ({ detection, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ detection }) => detection),
  }));
  assert.deepEqual(run(shuffled).tracks(40_000), run(raid()).tracks(40_000));
});

test("going on from a snapshot is the same, byte for byte, as never having stopped, late looks and all", () => {
  const looks = raid();
  for (const cut of [0, 1, 17, 40, looks.length]) {
    const whole = run(looks.slice(0, cut));
    const restored = run([], whole.snapshot());
    assert.deepEqual(restored.snapshot(), whole.snapshot());
    assert.deepEqual(restored.tracks(20_000), whole.tracks(20_000));
    for (const look of looks.slice(cut)) {
      whole.look(look);
      restored.look(look);
      assert.deepEqual(restored.tracks(look.receivedMs), whole.tracks(look.receivedMs));
      assert.deepEqual(restored.takeEnded(), whole.takeEnded());
    }
    assert.deepEqual(restored.snapshot(), whole.snapshot());
  }
});

test("a snapshot of another version is refused by name", () => {
  const bytes = Buffer.from(run([]).snapshot());
  bytes.write('"version":99', bytes.indexOf('"version":'));
  assert.throws(() => createTracker({ sensors: [RADAR] }, bytes), /version \d+, got 99/);
});

test("what cannot be used is refused by name and counted, and harms nothing", () => {
  const good = raid(10);
  const bad = (change: Partial<Extract<TrackerDetection["measurement"], { kind: "polar" }>>): TrackerDetection => ({
    measurement: { kind: "polar", rangeM: 900, rangeSigmaM: 5, azimuthRad: 0, azimuthSigmaRad: 0.01, ...change },
  });
  const tracker = createTracker({ sensors: [RADAR, SECOND] });
  for (const look of good) {
    const worse = [
      bad({ rangeM: Number.NaN }),
      bad({ azimuthSigmaRad: 0 }),
      bad({ rangeM: -5 }),
      bad({ azimuthRad: Number.POSITIVE_INFINITY }),
    ];
    tracker.look({ ...look, detections: [...look.detections, ...worse] });
    tracker.look({ ...look, measuredMs: Number.NaN });
    tracker.look({ ...look, measuredMs: look.receivedMs + 3_600_000 });
    tracker.look({ ...look, sensor: "nobody" });
    tracker.look({ ...look, measuredMs: look.measuredMs - 60_000 });
  }
  const n = good.length;
  const counts = Object.fromEntries(tracker.takeRejections().map(({ code, sensor, count }) => [`${code} ${sensor}`, count]));
  const looks1 = good.filter(({ sensor }) => sensor === "radar-1").length;
  assert.equal(counts["not-finite radar-1"], 3 * looks1);
  assert.equal(counts["absurd radar-1"], 3 * looks1);
  assert.equal(counts["unknown-sensor nobody"], n);
  assert.equal((counts["too-late radar-1"] ?? 0) + (counts["too-late radar-2"] ?? 0), n);
  assert.deepEqual(tracker.takeRejections(), []);
  assert.deepEqual(tracker.tracks(10_000), run(good).tracks(10_000));
});

test("a drone that is no longer detected where it would be ends, and its end is told once", () => {
  const looks = raid(20);
  const tracker = run(looks);
  const before = tracker
    .tracks(20_000)
    .filter((track) => track.confirmed)
    .map(({ serial }) => serial);
  assert.equal(before.length, 4);
  for (let ms = 20_000; ms < 32_000; ms += 1000)
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms + 50, detections: [] });
  const ended = tracker.takeEnded();
  for (const serial of before) assert.equal(ended.find((end) => end.serial === serial)?.reason, "existence");
  assert.deepEqual(tracker.takeEnded(), []);
});

test("a radar that sees farther than its sheet says makes one track of one drone", () => {
  const short = {
    ...RADAR,
    fieldOfView: {
      rangeMinM: 0,
      rangeMaxM: 1000,
      azimuthFromRad: 0,
      azimuthToRad: 2 * Math.PI,
      elevationMinRad: 0,
      elevationMaxRad: 1,
    },
  };
  const tracker = createTracker({ sensors: [short] });
  for (let ms = 0; ms < 15_000; ms += 1000)
    tracker.look({
      sensor: "radar-1",
      measuredMs: ms,
      receivedMs: ms,
      detections: [polarOf([600 + ms / 100, 1500, 80], RADAR, () => 0.5)],
    });
  const tracks = tracker.tracks(15_000);
  assert.deepEqual([tracks.length, tracks[0]?.confirmed], [1, true]);
});

test("a sensor that is moved while tracks fly keeps them", () => {
  const tracker = run(raid(20));
  const before = tracker.tracks(20_000).map(({ serial }) => serial);
  tracker.sensors([RADAR]);
  assert.deepEqual(
    tracker.tracks(20_000).map(({ serial }) => serial),
    before,
  );
  tracker.look({ sensor: "radar-2", measuredMs: 20_000, receivedMs: 20_010, detections: [] });
  assert.deepEqual(tracker.takeRejections(), [{ code: "unknown-sensor", sensor: "radar-2", count: 1 }]);
});

test("a look at another sector was no chance to see a track: empty looks at its own still end it", () => {
  const tracker = createTracker({ sensors: [RADAR] });
  const at = polarOf([600, 1500, 80], RADAR, () => 0.5);
  for (let ms = 0; ms < 8000; ms += 1000) tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections: [at] });
  assert.ok((tracker.tracks(8000)[0]?.existence ?? 0) > 0.99);
  for (let ms = 8000; ms < 20_000; ms += 1000) {
    const beside = { azimuthFromRad: -1.5, azimuthToRad: 0 };
    const own = { azimuthFromRad: 0, azimuthToRad: 1.5 };
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, sector: beside, detections: [] });
    tracker.look({ sensor: "radar-1", measuredMs: ms + 500, receivedMs: ms + 500, sector: own, detections: [] });
  }
  assert.ok((tracker.tracks(20_000)[0]?.existence ?? 0) < 0.01);
});

test("a track keeps its number though nobody asks for a long time and a late look makes its past anew", () => {
  const looks = raid();
  const late = looks.findIndex(({ receivedMs, measuredMs }) => receivedMs > 15_000 && receivedMs - measuredMs > 2000);
  const tracker = createTracker({ sensors: [RADAR, SECOND] });
  for (const look of looks.slice(0, late)) tracker.look(look);
  const told = tracker.tracks(looks[late]?.receivedMs ?? 0).filter(({ confirmed }) => confirmed);
  for (const look of looks.slice(late)) tracker.look(look);
  const after = tracker.tracks(40_000);
  assert.equal(told.length, 4);
  for (const { serial, firstMs } of told) assert.equal(after.find((track) => track.serial === serial)?.firstMs, firstMs);
});

test("a look is used that is 3 s late, and one that is later is counted", () => {
  const empty = (measuredMs: number): TrackerLook => ({ sensor: "radar-1", measuredMs, receivedMs: 10_000, detections: [] });
  const tracker = run([empty(10_000), empty(7000), empty(6999)]);
  assert.deepEqual(tracker.takeRejections(), [{ code: "too-late", sensor: "radar-1", count: 1 }]);
});

test("nothing was seen after it was heard of: a clock that is ahead is set back to then", () => {
  const detections = [polarOf([600, 1500, 80], RADAR, () => 0.5)];
  const tracker = run([{ sensor: "radar-1", measuredMs: 4000, receivedMs: 1000, detections }]);
  assert.equal(tracker.tracks(1000)[0]?.measuredMs, 1000);
});
