import assert from "node:assert/strict";
import { test } from "node:test";
import { plotAt, polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerSensor } from "../types.ts";

const RECEIVER: TrackerSensor = { id: "rid-1", posEnuM: [0, 0, 5], detectionProbability: 0.9 };

test("one broadcast heard by five receivers is one piece of evidence", () => {
  const receivers = [1, 2, 3, 4, 5].map(
    (k): TrackerSensor => ({ id: `rid-${k}`, posEnuM: [100 * k, 0, 5], detectionProbability: 0.9 }),
  );
  const heardBy = (count: number) => {
    const tracker = createTracker({ sensors: receivers });
    for (let ms = 0; ms < 5000; ms += 1000)
      for (const { id } of receivers.slice(0, count))
        tracker.look({
          sensor: id,
          measuredMs: ms,
          receivedMs: ms + 300,
          detections: [
            {
              measurement: { kind: "position", posEnuM: [500, 700 + ms / 100, 90], horizontalSigmaM: 10, verticalSigmaM: 20 },
              claim: "serial:A1",
              origin: `A1/${ms}`,
            },
          ],
        });
    return tracker.tracks(5000).map(({ posEnuM, covariance, existence, claims }) => ({ posEnuM, covariance, existence, claims }));
  };
  assert.equal(heardBy(1).length, 1);
  assert.deepEqual(heardBy(5), heardBy(1));
});

test("a broadcast that goes on keeps what it is believed, however long, and no more", () => {
  const tracker = createTracker({ sensors: [RECEIVER] });
  const existence: number[] = [];
  for (let ms = 0; ms < 600_000; ms += 1000) {
    const measurement = { kind: "position" as const, posEnuM: [500, 700 + ms / 1000, 90] as const, horizontalSigmaM: 10 };
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [{ measurement, claim: "serial:A1" }] });
    existence.push(tracker.tracks(ms)[0]?.existence ?? 0);
  }
  assert.ok(Math.min(...existence.slice(3)) > 0.9, `fell to ${Math.min(...existence.slice(3))}`);
  assert.ok(Math.max(...existence) <= 0.98, `rose to ${Math.max(...existence)}`);
  assert.equal(tracker.tracks(600_000)[0]?.confirmed, false);
});

test("two that give different names are two, however near, and neither is ever confirmed by words", () => {
  const tracker = createTracker({ sensors: [RECEIVER] });
  for (let ms = 0; ms < 60_000; ms += 500) {
    const isFirst = ms % 1000 === 0;
    const measurement = { kind: "position" as const, posEnuM: [isFirst ? 500 : 503, 700, 90] as const, horizontalSigmaM: 5 };
    const claim = isFirst ? "serial:A1" : "serial:B2";
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [{ measurement, claim }] });
  }
  const tracks = tracker.tracks(60_000);
  assert.deepEqual(
    tracks.map(({ claims, confirmed }) => [claims.map(({ claim }) => claim), confirmed]),
    [
      [["serial:A1"], false],
      [["serial:B2"], false],
    ],
  );
  assert.ok(tracks.every(({ existence }) => existence > 0.95 && existence <= 0.98));
});

test("a sender that gives its name late is one track", () => {
  const tracker = createTracker({ sensors: [RECEIVER] });
  for (let ms = 0; ms < 20_000; ms += 1000) {
    const measurement = { kind: "position" as const, posEnuM: [500 + ms / 100, 700, 90] as const, horizontalSigmaM: 5 };
    const claim = ms < 5000 ? "transmitter:aa" : "serial:A1";
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [{ measurement, claim }] });
  }
  assert.equal(tracker.tracks(20_000).length, 1);
});

test("a forger who changes names where a radar looks is believed for the first names only", () => {
  const tracker = createTracker({ sensors: [RADAR, RECEIVER] });
  const believed: number[] = [];
  for (let ms = 0; ms < 120_000; ms += 1000) {
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections: [] });
    const measurement = { kind: "position" as const, posEnuM: [600, 1500, 80] as const, horizontalSigmaM: 10 };
    const claim = `serial:${Math.floor(ms / 4000)}`;
    tracker.look({ sensor: "rid-1", measuredMs: ms + 500, receivedMs: ms + 500, detections: [{ measurement, claim }] });
    if (tracker.tracks(ms + 500).some(({ existence }) => existence > 0.5)) believed.push(ms);
  }
  assert.ok(Math.max(...believed) < 40_000, `believed at ${believed.join()}`);
});

test("a sender who never gives a name is not believed anew with each message where a radar sees nothing", () => {
  const tracker = createTracker({ sensors: [RADAR, RECEIVER] });
  const believed: number[] = [];
  for (let ms = 0; ms < 60_000; ms += 1000) {
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections: [] });
    const measurement = { kind: "position" as const, posEnuM: [600, 1500, 80] as const, horizontalSigmaM: 10 };
    const heard = [{ measurement, claim: "transmitter:aa" }];
    tracker.look({ sensor: "rid-1", measuredMs: ms + 500, receivedMs: ms + 500, detections: heard });
    if (tracker.tracks(ms + 500).some(({ existence }) => existence > 0.5)) believed.push(ms);
  }
  assert.ok(Math.max(...believed) < 30_000, `believed at ${believed.join()}`);
});

test("a broadcast with its height below the ground is believed as any other", () => {
  const tracker = createTracker({ sensors: [RECEIVER] });
  for (let ms = 0; ms < 60_000; ms += 1000) {
    const measurement = { kind: "position" as const, posEnuM: [500, 700, -34] as const, horizontalSigmaM: 5, verticalSigmaM: 5 };
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [{ measurement, claim: "serial:A1" }] });
  }
  assert.ok((tracker.tracks(60_000)[0]?.existence ?? 0) > 0.95);
});

test("a broadcast that ended long ago, where nobody looked, is believed when it comes again", () => {
  const tracker = createTracker({ sensors: [RECEIVER] });
  const fly = (fromMs: number) => {
    for (let ms = fromMs; ms < fromMs + 30_000; ms += 1000) {
      const measurement = { kind: "position" as const, posEnuM: [500, 700, 90] as const, horizontalSigmaM: 10 };
      tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [{ measurement, claim: "serial:A1" }] });
    }
    return tracker.tracks(fromMs + 30_000)[0]?.existence ?? 0;
  };
  assert.ok(fly(0) > 0.95);
  for (let ms = 60_000; ms < 3_600_000; ms += 30_000)
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [] });
  assert.ok(fly(3_600_000) > 0.95);
});

test("a lie that looks found out is doubted there for a while, and nowhere else", () => {
  const tracker = createTracker({ sensors: [RADAR, RECEIVER] });
  let nowMs = 0;
  const say = (posEnuM: readonly [number, number, number], seconds: number) => {
    let most = 0;
    for (const endMs = nowMs + seconds * 1000; nowMs < endMs; nowMs += 1000) {
      tracker.look({ sensor: "radar-1", measuredMs: nowMs, receivedMs: nowMs, detections: [] });
      const measurement = { kind: "position" as const, posEnuM, horizontalSigmaM: 10 };
      tracker.look({
        sensor: "rid-1",
        measuredMs: nowMs + 500,
        receivedMs: nowMs + 500,
        detections: [{ measurement, claim: "serial:A1" }],
      });
      for (const { existence } of tracker.tracks(nowMs + 500)) most = Math.max(most, existence);
    }
    return most;
  };
  const lied = [600, 1500, 80] as const;
  assert.ok(say(lied, 60) > 0.9);
  assert.ok(say(lied, 20) < 0.2, "there it is no longer believed");
  assert.ok(say([0, 40_000, 80], 20) > 0.9, "beyond the radar, elsewhere, it is");
});

test("a radar's own plots confirm a track, also when the aircraft answers by name", () => {
  const tracker = createTracker({ sensors: [RADAR] });
  for (let ms = 0; ms < 15_000; ms += 1000) {
    const plot = polarOf([600 + ms / 100, 1500, 80], RADAR, () => 0.5);
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections: [{ ...plot, claim: "icao:4CA2D6" }] });
  }
  assert.equal(tracker.tracks(15_000)[0]?.confirmed, true);
});

test("a flood of new names neither grows without bound nor displaces a drone that is heard each second", () => {
  const tracker = createTracker({ sensors: [RECEIVER] });
  const at = (east: number, north: number) => ({
    kind: "position" as const,
    posEnuM: [east, north, 90] as const,
    horizontalSigmaM: 5,
  });
  for (let ms = 0; ms < 5000; ms += 250) {
    const forged = Array.from({ length: 300 }, (_, i) => ({
      measurement: at(100 * (i % 60), 3000 + 100 * Math.floor(i / 60)),
      claim: `serial:F${ms}-${i}`,
    }));
    const real = ms % 1000 === 0 ? [{ measurement: at(-500, 700), claim: "serial:A1" }] : [];
    tracker.look({ sensor: "rid-1", measuredMs: ms, receivedMs: ms, detections: [...forged, ...real] });
  }
  const tracks = tracker.tracks(5000);
  assert.ok(tracks.length <= 2000, `${tracks.length}`);
  assert.ok((tracks.find(({ claims }) => claims[0]?.claim === "serial:A1")?.existence ?? 0) > 0.95);
});

test("errors of a broadcast position live on from message to message, and are not averaged down as a sensor's are", () => {
  const sigmaM = (claim?: string): number => {
    const tracker = createTracker({ sensors: [RECEIVER] });
    for (let s = 0; s < 60; s++) {
      const posEnuM = [500, 700 + 5 * s, 90] as const;
      const measurement = { kind: "position", posEnuM, horizontalSigmaM: 5, verticalSigmaM: 5 } as const;
      const detections = [{ measurement, ...(claim !== undefined && { claim }) }];
      tracker.look({ sensor: RECEIVER.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections });
    }
    return Math.sqrt(tracker.tracks(59_000)[0]?.covariance[0] ?? Number.NaN);
  };
  assert.ok(sigmaM() < 4, `${sigmaM()} m where each error is its own`);
  assert.ok(sigmaM("serial:A1") > 5, `${sigmaM("serial:A1")} m where they are alike`);
});

test("who has given a name stays the one that bears it, when he says that he is nearer to another", () => {
  const tracker = createTracker({ sensors: [{ ...RADAR, posEnuM: [0, 0, 0] }, RECEIVER] });
  for (let s = 0; s <= 20; s++) {
    const seen = [plotAt(-25, 2000, 80), plotAt(25, 2000, 80)];
    tracker.look({ sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections: seen });
    const posEnuM = [s < 10 ? -25 : 10, 2000, 80] as const;
    const measurement = { kind: "position", posEnuM, horizontalSigmaM: 30, verticalSigmaM: 30 } as const;
    const heardMs = 1000 * s + 300;
    tracker.look({
      sensor: RECEIVER.id,
      measuredMs: heardMs,
      receivedMs: heardMs,
      detections: [{ measurement, claim: "serial:A1" }],
    });
  }
  const [west, east, ...more] = tracker.tracks(20_300).toSorted((a, b) => a.posEnuM[0] - b.posEnuM[0]);
  assert.deepEqual([west?.claims.map(({ claim, hits }) => [claim, hits]), east?.claims, more], [[["serial:A1", 21]], [], []]);
});

test("what is broadcast proves nothing, whatever else its look tells", () => {
  const random = seeded(3);
  const lie = { posEnuM: [500, 2000, 80], horizontalSigmaM: 10, verticalSigmaM: 20 } as const;
  const tracker = createTracker({ sensors: [RADAR] });
  for (let ms = 0; ms < 20_000; ms += 1000) {
    const clutter = [0, 1, 2].map(() => plotAt(-2500 + 1500 * random(), 1000 + 3000 * random(), 50 + 200 * random()));
    const detections = [{ measurement: { kind: "position" as const, ...lie }, claim: "serial:F" }, ...clutter];
    tracker.look({ sensor: RADAR.id, measuredMs: ms, receivedMs: ms, detections });
    const told = tracker.tracks(ms).filter(({ posEnuM: [e, n] }) => Math.hypot(e - 500, n - 2000) < 60);
    assert.ok(
      told.every(({ confirmed, existence }) => !confirmed && existence < 0.99),
      `${ms} ms: ${told.map(({ existence }) => existence)}`,
    );
  }
});
