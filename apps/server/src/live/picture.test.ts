import assert from "node:assert/strict";
import { test } from "node:test";
import type { AssessedTrack, Frame, Warning } from "@picket/model";
import { CONFIGURATION } from "../site.fixture.ts";
import { frame, warning } from "./frame.fixture.ts";
import { createLivePicture } from "./picture.ts";

const surroundings = {
  site: CONFIGURATION.site,
  feeds: [],
  record: { state: "recording" as const, sequence: 0, committed: 0, dropped: 0 },
  playback: { mode: "live" as const },
  reality: "live" as const,
};
const open = warning("w1-1");
const frameOf = (nowMs: number, warnings: Warning[]): Frame => frame(nowMs, { warnings });

test("that a warning was delivered, opened or handed on unopened goes out at once, without a new message", () => {
  const picture = createLivePicture();
  assert.equal(picture.take(frameOf(1000, [open])), true);
  picture.delta(surroundings);
  const changes: Partial<Warning>[] = [{ deliveredMs: 2 }, { deliveredMs: 2, escalatedMs: 30_000 }, { seenMs: 40_000 }];
  for (const change of changes) {
    const changed = { ...open, ...change };
    assert.equal(picture.take(frameOf(31_000, [changed])), true, JSON.stringify(change));
    assert.deepEqual(picture.delta(surroundings).warnings, [changed]);
    assert.equal(picture.take(frameOf(32_000, [changed])), false, "said once");
  }
});

test("a track of a drill makes no drill of a live site: the picture is called what its feeds are", () => {
  const picture = createLivePicture();
  const drill = { id: "t1-1", reality: "exercise" } as AssessedTrack;
  picture.take({ ...frameOf(1000, []), tracks: [drill] });
  assert.equal(picture.snapshot(surroundings).reality, "live");
  assert.equal(picture.snapshot({ ...surroundings, reality: "exercise" }).reality, "exercise");
});
