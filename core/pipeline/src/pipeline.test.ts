import assert from "node:assert/strict";
import { test } from "node:test";
import { Frame, type Input, validate } from "@picket/model";
import { createPipeline, type Pipeline } from "./pipeline.ts";
import { circle, type Flyer, noise, radarScan, START_MS, smallSite, straight } from "./world.fixture.ts";

/** Runs a pipeline over a world seen by one radar each second, four ticks a second, and answers every frame. */
function fly(pipeline: Pipeline, flyers: readonly Flyer[], fromS: number, toS: number, seed = 1): Frame[] {
  const random = noise(seed);
  const frames: Frame[] = [];
  for (let quarter = fromS * 4; quarter < toS * 4; quarter++) {
    const inputs: Input[] = quarter % 4 === 0 ? [radarScan(quarter / 4, flyers, random)] : [];
    frames.push(pipeline.tick(inputs, START_MS + quarter * 250 + 100));
  }
  return frames;
}

test("a drone that flies into a zone becomes a track and then an alert", () => {
  const site = smallSite({ zones: [circle("yard", 0, 1000, 300)] });
  const frames = fly(createPipeline(site, { bootNumber: 1 }), [straight([0, 2200, 60], [0, -20, 0])], 0, 60);
  const entry = frames.find(({ alerts }) => alerts.length > 0);
  const [alert] = entry?.alerts ?? [];
  assert.equal(alert?.kind, "zoneEntry");
  assert.equal(alert?.state, "activeUnacknowledged");
  assert.equal(alert?.annunciation, 1);
  assert.equal(alert?.title.code, "alert.zoneEntry");
  const crossingMs = START_MS + 45_000;
  assert.ok(
    Math.abs((entry?.nowMs ?? 0) - crossingMs) < 2500,
    `alert ${((entry?.nowMs ?? 0) - crossingMs) / 1000} s after the fence`,
  );
});

test("every frame is what the model says a frame is", () => {
  const site = smallSite({ zones: [circle("yard", 0, 1000, 300, { approachLevel: "caution", approachS: 30 })] });
  for (const frame of fly(createPipeline(site, { bootNumber: 1 }), [straight([0, 2200, 60], [0, -20, 0])], 0, 80)) {
    const checked = validate(Frame, frame);
    assert.ok(checked.ok, checked.ok ? "" : JSON.stringify(checked.faults.slice(0, 3)));
  }
});
