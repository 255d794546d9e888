import assert from "node:assert/strict";
import { test } from "node:test";
import { polarOf, RADAR, seeded } from "./testing/radars.fixture.ts";
import { createTracker } from "./tracker.ts";
import type { Tracker, TrackerDetection, TrackerSensor } from "./types.ts";

/** A radar that turns all around in a second. */
const ROUND: TrackerSensor = {
  ...RADAR,
  fieldOfView: {
    rangeMinM: 100,
    rangeMaxM: 6000,
    azimuthFromRad: -Math.PI,
    azimuthToRad: Math.PI,
    elevationMinRad: 0,
    elevationMaxRad: 0.5,
  },
};
const BEAM_RAD = 0.03;
const QUARTER_RAD = Math.PI / 2;

/** The detections of one turn that begins at `fromMs`, told to a tracker in one of the ways that radars tell them. */
type Telling = (tracker: Tracker, detections: readonly TrackerDetection[], fromMs: number) => void;

const look = (tracker: Tracker, measuredMs: number, detections: readonly TrackerDetection[], fromRad?: number, toRad?: number) =>
  tracker.look({
    sensor: ROUND.id,
    measuredMs,
    receivedMs: measuredMs + 50,
    ...(fromRad !== undefined && toRad !== undefined && { sector: { azimuthFromRad: fromRad, azimuthToRad: toRad } }),
    detections,
  });

const azimuthOf = ({ measurement }: TrackerDetection): number => {
  const azimuthRad = measurement.kind === "polar" ? measurement.azimuthRad : 0;
  return azimuthRad < 0 ? azimuthRad + 2 * Math.PI : azimuthRad;
};
const msOf = (detection: TrackerDetection): number => (1000 * azimuthOf(detection)) / (2 * Math.PI);
const tellPlot = (tracker: Tracker, plot: TrackerDetection, measuredMs: number) =>
  look(tracker, measuredMs, [plot], azimuthOf(plot) - BEAM_RAD, azimuthOf(plot) + BEAM_RAD);

const tellWhole: Telling = (tracker, detections, fromMs) => look(tracker, fromMs + 1000, detections);

/** Each plot when the beam is there, then its sector once the beam has left that. */
const tellSectors: Telling = (tracker, detections, fromMs) => {
  for (let quarter = 0; quarter < 4; quarter++) {
    const [fromRad, toRad] = [quarter * QUARTER_RAD, (quarter + 1) * QUARTER_RAD];
    for (const plot of detections)
      if (Math.floor(azimuthOf(plot) / QUARTER_RAD) === quarter) tellPlot(tracker, plot, fromMs + msOf(plot));
    look(tracker, fromMs + 250 * (quarter + 1), [], fromRad, toRad);
  }
};

/** Each plot when the beam is there, and at the turn's end that all was looked at. */
const tellPlots: Telling = (tracker, detections, fromMs) => {
  for (const plot of detections) tellPlot(tracker, plot, fromMs + msOf(plot));
  look(tracker, fromMs + 999, []);
};

/** Turns for which a hovering target is still told after it has gone, when a hundred have shown it nine times in ten among clutter. */
function turnsAfterEnd(tell: Telling): number {
  const random = seeded(7);
  const tracker = createTracker({ sensors: [ROUND] });
  const hover = [900, 1800, 90] as const;
  for (let turn = 0; turn < 130; turn++) {
    const clutter = Array.from({ length: 5 }, () => {
      const azimuthRad = 2 * Math.PI * random();
      const rangeM = 3000 + 3000 * random();
      return polarOf([rangeM * Math.sin(azimuthRad), rangeM * Math.cos(azimuthRad), 10 + rangeM * random() * 0.4], ROUND, random);
    });
    const seen = turn < 100 && random() < 0.9 ? [...clutter, polarOf(hover, ROUND, random)] : clutter;
    tell(
      tracker,
      seen.toSorted((a, b) => azimuthOf(a) - azimuthOf(b)),
      1000 * turn,
    );
    const isTold = tracker
      .tracks(1000 * (turn + 1))
      .some(({ confirmed, posEnuM: [e, n] }) => confirmed && Math.hypot(e - hover[0], n - hover[1]) < 200);
    if (turn === 99) assert.ok(isTold, "a target that is there is told");
    if (turn >= 100 && !isTold) return turn - 100;
  }
  return Number.POSITIVE_INFINITY;
}

test("what a radar tells by sectors or plot by plot is as sure as what it tells at once, and gone as soon", () => {
  const whole = turnsAfterEnd(tellWhole);
  assert.ok(whole <= 3, `${whole} turns after a whole look`);
  assert.ok(turnsAfterEnd(tellSectors) <= whole + 1, "by sectors");
  assert.ok(turnsAfterEnd(tellPlots) <= whole + 1, "plot by plot");
});

test("clutter that a radar tells by sectors is told as seldom as that of whole looks", () => {
  const [whole, sectors, plots] = [tellWhole, tellSectors, tellPlots].map((tell) => {
    const random = seeded(11);
    const tracker = createTracker({ sensors: [{ ...ROUND, clutterPerLook: 1 }] });
    let told = 0;
    for (let turn = 0; turn < 60; turn++) {
      const clutter = Array.from({ length: 15 }, () => {
        const azimuthRad = 2 * Math.PI * random();
        const rangeM = 500 + 5500 * random();
        return polarOf(
          [rangeM * Math.sin(azimuthRad), rangeM * Math.cos(azimuthRad), 10 + rangeM * random() * 0.4],
          ROUND,
          random,
        );
      });
      tell(
        tracker,
        clutter.toSorted((a, b) => azimuthOf(a) - azimuthOf(b)),
        1000 * turn,
      );
      if (turn >= 30) told += tracker.tracks(1000 * (turn + 1)).length;
    }
    return told / 30;
  });
  assert.ok((sectors ?? 0) <= 1.4 * (whole ?? 0), `${sectors} by sectors, ${whole} by whole looks`);
  assert.ok((plots ?? 0) <= 1.4 * (whole ?? 0), `${plots} plot by plot, ${whole} by whole looks`);
});

test("where a sensor does not say how clutter looks, one weak plot is not worth telling", () => {
  const tracker = createTracker({ sensors: [ROUND] });
  for (let turn = 0; turn < 12; turn++) look(tracker, 1000 * turn, []);
  const weak = { multirotor: 0.75, fixedWing: 0.4, bird: 1, mannedAircraft: 0, balloon: 0.5, other: 0.01 };
  look(tracker, 12_000, [{ ...polarOf([2000, 500, 80], ROUND, () => 0.5), classLikelihoods: weak }]);
  assert.deepEqual(tracker.tracks(12_050), []);
});
