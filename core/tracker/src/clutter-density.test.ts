import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ageClutter,
  clutterPerM3,
  clutterRateDensity,
  countFalseAlarm,
  LEARNED,
  type PolarPlace,
  sensorModel,
} from "./clutter.ts";
import { RADAR, seeded } from "./radars.fixture.ts";

const model = sensorModel(RADAR);
const at = (rangeM: number, azimuthRad: number, rangeRateMps = Number.NaN): PolarPlace => ({
  ...{ rangeM, azimuthRad, elevationRad: 0.2, rangeRateMps },
});
const LOOKS = 200;

/** What a sensor learns that sees a number of false alarms in each look at the same places. */
function learnedFrom(perLook: (look: number) => readonly PolarPlace[]): Float64Array {
  const learned = new Float64Array(LEARNED);
  for (let look = 0; look < LOOKS; look++) {
    for (const place of perLook(look)) countFalseAlarm(model, learned, place, 1);
    ageClutter(model, learned, { sensor: RADAR.id, measuredMs: 1000 * look, receivedMs: 1000 * look, detections: [] });
  }
  return learned;
}

test("before anything is learned clutter is what the sheet states, evenly in range and angles", () => {
  const learned = new Float64Array(LEARNED);
  const { rangeMinM = 0, rangeMaxM = 0, elevationMaxRad = 0 } = RADAR.fieldOfView ?? {};
  for (const rangeM of [300, 2000, 5000]) {
    const perM3 = 5 / ((rangeMaxM - rangeMinM) * 3 * elevationMaxRad * rangeM * rangeM * Math.cos(0.2));
    assert.ok(Math.abs(clutterPerM3(model, learned, at(rangeM, 0.3)) / perM3 - 1) < 1e-9);
  }
});

test("two places of clutter are learned as these two, and not as the places that share the range of one and the azimuth of the other", () => {
  const learned = learnedFrom(() => [at(1500, -1), at(1500, -1), at(4000, 1), at(4000, 1)]);
  const density = (rangeM: number, azimuthRad: number): number =>
    clutterPerM3(model, learned, at(rangeM, azimuthRad)) / clutterPerM3(model, new Float64Array(LEARNED), at(rangeM, azimuthRad));
  for (const [there, mixed] of [
    [density(1500, -1), density(1500, 1)],
    [density(4000, 1), density(4000, -1)],
  ] as const)
    assert.ok(there > 20 && mixed < there / 20, `${there} times the sheet there, ${mixed} where nothing is`);
});

test("clutter that stands still is expected at no radial speed, and less than before at others", () => {
  const random = seeded(3);
  const learned = learnedFrom(() => [at(1500, -1, 2 * random() - 1)]);
  const even = clutterRateDensity(new Float64Array(LEARNED), 15);
  assert.ok(Math.abs(even * 80 - 1) < 1e-9, "80 m/s wide, one in all");
  assert.ok(clutterRateDensity(learned, 0.5) > 4 * even && clutterRateDensity(learned, 15) < even / 3);
});

test("a sensor's surroundings change: where clutter was three thousand looks ago there is hardly any", () => {
  const learned = learnedFrom(() => [at(1500, -1), at(1500, -1)]);
  const before = clutterPerM3(model, learned, at(1500, -1));
  for (let look = 0; look < 3000; look++) {
    countFalseAlarm(model, learned, at(4000, 1), 2);
    ageClutter(model, learned, {
      sensor: RADAR.id,
      measuredMs: 1e6 + 1000 * look,
      receivedMs: 1e6 + 1000 * look,
      detections: [],
    });
  }
  // As a mean over all looks it would be a sixteenth; exp(-3000 / 600) is 0.007.
  assert.ok(clutterPerM3(model, learned, at(1500, -1)) < before / 50, `${clutterPerM3(model, learned, at(1500, -1)) / before}`);
});
