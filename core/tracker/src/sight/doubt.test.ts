import assert from "node:assert/strict";
import { test } from "node:test";
import { createState, type SensorSlots, setSensors } from "../state.ts";
import { addRow, COV, MODES } from "../store/store.ts";
import { covOf } from "../testing/matrices.ts";
import { RADAR } from "../testing/radars.fixture.ts";
import { createPlace, findClutter, perM3 } from "./clutter.ts";
import { isVague } from "./doubt.ts";

test("a tentative track is vague when even in its middle a false alarm is likelier, and a confirmed one never", () => {
  const slots: SensorSlots = { slotOf: new Map(), models: [] };
  const state = createState();
  setSensors(slots, state, [RADAR]);
  const { tracks, learned } = state;
  state.timeMs = 1000;
  addRow(tracks);
  const place = { ...createPlace(), rangeM: 3000, azimuthRad: 0, elevationRad: 0.1 };
  const [model, taught] = [slots.models[0] ?? assert.fail(), learned[0] ?? assert.fail()];
  const existence = 0.3;
  tracks.existence[0] = existence;
  tracks.birthRange[0] = place.rangeM;
  tracks.birthElevation[0] = place.elevationRad;
  tracks.weight.fill(1 / MODES);
  findClutter(model, taught, place);
  // Where r / sqrt((2 pi)³ |P|) is the density of false alarms, for a round covariance.
  const evenM = Math.cbrt(existence / perM3(place)) / Math.sqrt(2 * Math.PI);
  for (const [times, expected] of [
    [0.98, false],
    [1.02, true],
  ] as const) {
    for (let m = 0; m < MODES; m++) tracks.cov.set(covOf([times * evenM, times * evenM, times * evenM, 5, 5, 5, 0, 0]), m * COV);
    assert.equal(isVague(state, 0, slots), expected, `${times} times as wide`);
  }
  tracks.confirmed[0] = 1;
  assert.equal(isVague(state, 0, slots), false);
});
