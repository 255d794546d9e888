import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "../settings.ts";
import { createState, setSensors } from "../state.ts";
import { step } from "../step.ts";
import { polarOf, RADAR, seeded } from "../testing/radars.fixture.ts";
import { type Context, createWorkspace } from "../workspace.ts";
import { detectionProbability } from "./clutter.ts";

const LOOKS = 90;
const DRONES = 12;

for (const { stated, real } of [
  { stated: 0.9, real: 0.3 },
  { stated: 0.9, real: 0.5 },
  { stated: 0.9, real: 0.7 },
  { stated: 0.5, real: 0.95 },
])
  test(`a radar that states ${stated} and detects ${real} of what is there is found out`, () => {
    const random = seeded(7);
    const state = createState();
    const slots: Context["slots"] = { slotOf: new Map(), models: [] };
    const context: Context = {
      settings: defaultSettings,
      slots,
      serials: { next: 1, given: new Map(), over: new Map() },
      work: createWorkspace(),
    };
    setSensors(slots, state, [{ ...RADAR, detectionProbability: stated, clutterPerLook: 0.1 }]);
    for (let s = 0; s < LOOKS; s++) {
      const seen = Array.from({ length: DRONES }, (_, k) => k).filter(() => random() < real);
      const detections = seen.map((k) => polarOf([300 * k - 1800, 4000 - 12 * s, 300], RADAR, random));
      step(state, { sensor: RADAR.id, measuredMs: 1000 * s, receivedMs: 1000 * s, detections, detectionsBefore: 0 }, context);
    }
    const [model] = slots.models;
    const [learned] = state.learned;
    assert.ok(model && learned);
    const found = detectionProbability(model, learned);
    assert.ok(Math.abs(found - real) < 0.07, `${found}`);
  });
