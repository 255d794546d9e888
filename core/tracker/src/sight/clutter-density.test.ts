import assert from "node:assert/strict";
import { test } from "node:test";
import { RADAR, seeded } from "../testing/radars.fixture.ts";
import {
  ageClutter,
  clutterRateDensity,
  countFalseAlarms,
  createPlace,
  findClutter,
  LEARNED,
  type PolarPlace,
  perM3,
  sensorModel,
} from "./clutter.ts";

const model = sensorModel(RADAR);
const at = (rangeM: number, azimuthRad: number, rangeRateMps = Number.NaN): PolarPlace => ({
  ...{ ...createPlace(), rangeM, azimuthRad, elevationRad: 0.2, rangeRateMps, count: 1 },
});

function densityPerM3(learned: Float64Array, place: PolarPlace): number {
  findClutter(model, learned, place);
  return perM3(place);
}

const LOOKS = 200;

/** What a sensor learns that sees a number of false alarms in each look at the same places. */
function learnedFrom(perLook: (look: number) => readonly PolarPlace[]): Float64Array {
  const learned = new Float64Array(LEARNED);
  for (let look = 0; look < LOOKS; look++) {
    for (const place of perLook(look)) countFalseAlarms(model, learned, place);
    ageClutter(model, learned, { sensor: RADAR.id, measuredMs: 1000 * look, receivedMs: 1000 * look, detections: [] });
  }
  return learned;
}

test("before anything is learned clutter is what the sheet states, evenly in range and angles", () => {
  const learned = new Float64Array(LEARNED);
  const { rangeMinM = 0, rangeMaxM = 0, elevationMaxRad = 0 } = RADAR.fieldOfView ?? {};
  for (const rangeM of [300, 2000, 5000]) {
    const even = 5 / ((rangeMaxM - rangeMinM) * 3 * elevationMaxRad * rangeM * rangeM * Math.cos(0.2));
    assert.ok(Math.abs(densityPerM3(learned, at(rangeM, 0.3)) / even - 1) < 1e-9);
  }
});

test("two places of clutter are learned as these two, and not as the places that share the range of one and the azimuth of the other", () => {
  const learned = learnedFrom(() => [at(1500, -1), at(1500, -1), at(4000, 1), at(4000, 1)]);
  const density = (rangeM: number, azimuthRad: number): number =>
    densityPerM3(learned, at(rangeM, azimuthRad)) / densityPerM3(new Float64Array(LEARNED), at(rangeM, azimuthRad));
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
  const before = densityPerM3(learned, at(1500, -1));
  for (let look = 0; look < 3000; look++) {
    countFalseAlarms(model, learned, { ...at(4000, 1), count: 2 });
    ageClutter(model, learned, {
      sensor: RADAR.id,
      measuredMs: 1e6 + 1000 * look,
      receivedMs: 1e6 + 1000 * look,
      detections: [],
    });
  }
  // As a mean over all looks it would be a sixteenth; exp(-3000 / 600) is 0.007.
  assert.ok(densityPerM3(learned, at(1500, -1)) < before / 50, `${densityPerM3(learned, at(1500, -1)) / before}`);
});
