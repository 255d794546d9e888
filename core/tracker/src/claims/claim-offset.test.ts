import assert from "node:assert/strict";
import { test } from "node:test";
import { normals } from "../testing/normals.ts";
import { polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { createTracker } from "../tracker.ts";
import type { TrackerDetection, TrackerSensor } from "../types.ts";

const RECEIVER: TrackerSensor = { id: "rid-1", posEnuM: [0, 0, 5], detectionProbability: 0.9 };
type Place = readonly [number, number, number];
type Path = (ms: number) => Place;

/** Along a leg of 1.5 km across the radar's line of sight, at 12.5 m/s. */
const straight: Path = (ms) => [1200 - Math.abs(1500 - ms / 80), 3000, 80];
const spoken = (
  posEnuM: Place,
  more?: Readonly<{ velEnuMps?: Place; claim?: string; filtered?: boolean }>,
): TrackerDetection => ({
  measurement: {
    kind: "position",
    posEnuM,
    horizontalSigmaM: 10,
    verticalSigmaM: 20,
    ...(more?.velEnuMps && { velEnuMps: more.velEnuMps, velocitySigmaMps: 0.3 }),
  },
  claim: more?.claim ?? "serial:A1",
  ...(more?.filtered && { filtered: true }),
});

type Said = (ms: number, errors: () => number) => TrackerDetection;
type Seen = (plot: TrackerDetection, at: Place, errors: () => number) => TrackerDetection;

/** What a sender says, with what errors; what a radar makes of a plot; and where the drone flies. */
type Flight = Readonly<{ said?: Said; everyMs?: number; seen?: Seen; path?: Path }>;

/**
 * Flies for two minutes before a radar that detects seven of ten, and answers the sums of the squared errors on the ground and up from the tenth second
 * on, and how many.
 */
function fly(
  seed: number,
  { said, everyMs = 1000, seen, path = straight }: Flight,
): Readonly<{ ground: number; up: number; count: number }> {
  const tracker = createTracker({ sensors: [{ ...RADAR, detectionProbability: 0.7 }, RECEIVER] });
  const [chance, errors] = [seeded(seed), normals(seed)];
  let [ground, up, count] = [0, 0, 0];
  for (let ms = 0; ms < 120_000; ms += 1000) {
    const plots = chance() < 0.7 ? [polarOf(path(ms), RADAR, chance)] : [];
    const detections = seen ? plots.map((plot) => seen(plot, path(ms), errors)) : plots;
    tracker.look({ sensor: "radar-1", measuredMs: ms, receivedMs: ms, detections });
    for (let heardMs = ms + everyMs / 2; said && heardMs < ms + 1000; heardMs += everyMs)
      tracker.look({ sensor: "rid-1", measuredMs: heardMs, receivedMs: heardMs, detections: [said(heardMs, errors)] });
    const track = tracker.tracks(ms + 1000 - everyMs / 2).find(({ confirmed }) => confirmed);
    if (ms < 10_000 || track === undefined) continue;
    const at = path(ms + 1000 - everyMs / 2);
    const [east, north, height] = at.map((value, k) => (track.posEnuM[k] ?? Number.NaN) - value);
    ground += (east ?? Number.NaN) ** 2 + (north ?? Number.NaN) ** 2;
    up += (height ?? Number.NaN) ** 2;
    count++;
  }
  return { ground, up, count };
}

/** The root of the mean squared error, on average over twelve flights; the same looks each time, whoever speaks. */
function meanRmseM(flight: Flight, of: "ground" | "up" = "ground"): number {
  let sum = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const flown = fly(seed, flight);
    sum += Math.sqrt(flown[of] / flown.count) / 12;
  }
  return sum;
}

const offBy =
  (east: number, north: number, path = straight) =>
  (ms: number, errors: () => number): Place => {
    const [e, n, u] = path(ms);
    return [e + east + 5 * errors(), n + north + 5 * errors(), u + 10 * errors()];
  };
const byDatum: Said = (ms, errors) => spoken(offBy(60, 50)(ms, errors));
const exactly: Said = (ms, errors) => spoken(offBy(0, 0)(ms, errors));
const bySlowLink: Said = (ms, errors) => spoken(offBy(0, 0)(Math.max(0, ms - 5000), errors));
/** A radar that measures no elevation. */
const withoutElevation: Seen = ({ measurement }) => {
  if (measurement.kind !== "polar") throw new Error("a plot is polar");
  const { elevationRad: _, elevationSigmaRad: __, ...rest } = measurement;
  return { measurement: rest };
};

test("a sender whose datum is off, or whose link is slow, does not draw the track from where a radar sees it", () => {
  const alone = meanRmseM({});
  // Believed as they state, these cost 8 m and 32 m.
  assert.ok(meanRmseM({ said: byDatum }) < alone + 1, `datum: ${meanRmseM({ said: byDatum })} m for ${alone} m`);
  const late = meanRmseM({ said: bySlowLink });
  assert.ok(late < alone + 1, `slow link: ${late} m for ${alone} m`);
});

test("a radar that measures no elevation tells as well who is off", () => {
  const alone = meanRmseM({ seen: withoutElevation });
  // Believed as they state, these cost 5 m and 32 m.
  const datum = meanRmseM({ said: byDatum, seen: withoutElevation });
  assert.ok(datum < alone + 1, `datum: ${datum} m for ${alone} m`);
  const late = meanRmseM({ said: bySlowLink, seen: withoutElevation });
  assert.ok(late < alone + 1, `slow link: ${late} m for ${alone} m`);
});

test("nobody is off for flying high above a radar that measures no elevation", () => {
  const above: Path = (ms) => [-300 + ms / 200, 250, 200];
  const exact = meanRmseM({ said: (ms, errors) => spoken(offBy(0, 0, above)(ms, errors)), seen: withoutElevation, path: above });
  // The slant range is 70 m longer than that on the ground.
  assert.ok(exact < 8, `${exact} m`);
});

test("what another tracker makes of a radar tells who is off", () => {
  const seen: Seen = (_plot, [e, n, u], errors) => ({
    measurement: {
      kind: "position",
      posEnuM: [e + 10 * errors(), n + 10 * errors(), u],
      horizontalSigmaM: 10,
      verticalSigmaM: 10,
    },
    filtered: true,
  });
  const alone = meanRmseM({ seen });
  const late = meanRmseM({ said: bySlowLink, seen });
  assert.ok(late < alone + 10, `slow link: ${late} m for ${alone} m`);
  const exact = meanRmseM({ said: exactly, seen });
  assert.ok(exact < alone - 1, `exact: ${exact} m for ${alone} m`);
});

test("who speaks ten times a second through a slow link is found out as well", () => {
  const alone = meanRmseM({ everyMs: 100 });
  const late = meanRmseM({ said: bySlowLink, everyMs: 100 });
  // Were as many messages compared as plots, each with where the track was expected, it would cost 23 m.
  assert.ok(late < alone + 13, `${late} m for ${alone} m`);
});

test("who states a height that is off does not draw the track up", () => {
  const high: Said = (ms, errors) => {
    const { measurement, ...rest } = spoken(offBy(0, 0)(ms, errors));
    if (measurement.kind !== "position") throw new Error("what is spoken is a position");
    const [e, n, u] = measurement.posEnuM;
    return { measurement: { ...measurement, posEnuM: [e, n, u + 40], verticalSigmaM: 5 }, ...rest };
  };
  // Taken at its word it costs 24 m.
  assert.ok(meanRmseM({ said: high }, "up") < meanRmseM({}, "up") + 14, `${meanRmseM({ said: high }, "up")} m`);
  // Where no radar tells of heights his is the only one.
  assert.ok(meanRmseM({ said: exactly, seen: withoutElevation }, "up") < 4);
});

test("who comes late by a slow link is found out in turns too, where he errs in every direction", () => {
  const circle: Path = (ms) => [300 * Math.sin(ms / 15_000), 2500 + 300 * Math.cos(ms / 15_000), 80];
  const alone = meanRmseM({ path: circle });
  const late = meanRmseM({ said: (ms, errors) => spoken(offBy(0, 0, circle)(Math.max(0, ms - 5000), errors)), path: circle });
  // Compared in east and north alone it costs 8 m.
  assert.ok(late < alone + 1.5, `${late} m for ${alone} m`);
});

test("who is off states an old speed too, and turns no track by it", () => {
  // To and fro over 120 m at up to 10 m/s.
  const toAndFro: Path = (ms) => [60 * Math.sin(ms / 6000), 3000, 80];
  const said: Said = (ms, errors) => {
    const thenMs = Math.max(0, ms - 5000);
    return spoken(offBy(0, 0, toAndFro)(thenMs, errors), { velEnuMps: [10 * Math.cos(thenMs / 6000), 0, 0] });
  };
  const alone = meanRmseM({ path: toAndFro });
  const late = meanRmseM({ said, path: toAndFro });
  // Taken at its word it costs 11 m.
  assert.ok(late < alone + 5, `${late} m for ${alone} m`);
});

test("who changes names is not believed anew with each", () => {
  const named: (name: (s: number) => number) => Said = (name) => (ms, errors) =>
    spoken(offBy(60, 50)(ms, errors), { claim: `serial:${name(Math.floor(ms / 1000))}` });
  const alone = meanRmseM({});
  for (const name of [(s: number) => s, (s: number) => Math.floor(s / 2), (s: number) => s % 5]) {
    const drawn = meanRmseM({ said: named(name) });
    assert.ok(drawn < alone + 2, `${drawn} m for ${alone} m`);
  }
});

test("who is off and comes from another tracker draws no track either", () => {
  const alone = meanRmseM({});
  const off = meanRmseM({ said: (ms, errors) => spoken(offBy(60, 50)(ms, errors), { filtered: true }) });
  assert.ok(off < alone + 0.8, `${off} m for ${alone} m`);
});

test("a sender that is where it says makes the track better than a radar does by itself", () => {
  const alone = meanRmseM({});
  const exact = meanRmseM({ said: exactly });
  assert.ok(exact < alone - 1, `${exact} m for ${alone} m`);
});

test("a sender that knows its place to metres, and is there, makes the track as good", () => {
  const precise: Said = (ms, errors) => {
    const [e, n, u] = straight(ms);
    const posEnuM: Place = [e + 2 * errors(), n + 2 * errors(), u + 5 * errors()];
    return { measurement: { kind: "position", posEnuM, horizontalSigmaM: 3, verticalSigmaM: 5 }, claim: "serial:A1" };
  };
  for (const everyMs of [1000, 100]) {
    const exact = meanRmseM({ said: precise, everyMs });
    assert.ok(exact < 5, `every ${everyMs} ms: ${exact} m`);
  }
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
