import assert from "node:assert/strict";
import { test } from "node:test";
import { createPipeline } from "../pipeline.ts";
import { circle, noise, post, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

/** A drone at 15 m/s that is over Ana, in her zone, at 120 s, and over her stays; a radar whose clock is slow by `behindS`. */
function play(behindS: number, toS: number) {
  const site = smallSite({ persons: [post("ana", 1000, 0)], zones: [circle("yard", 1000, 0, 300)] });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(3);
  const comes = straight([2800, 0, 60], [-15, 0, 0]);
  return Array.from({ length: toS }, (_, tS) => {
    const scan = radarScan(tS, [(at) => comes(Math.min(at, 120))], random);
    return pipeline.tick([{ ...scan, measuredMs: scan.measuredMs - behindS * 1000 }], START_MS + tS * 1000 + 60);
  });
}

for (const behindS of [20, 60])
  test(`a radar whose clock is ${behindS} s slow warns, raises the zone's alert, and says whose clock it is`, () => {
    const frames = play(behindS, 160);
    assert.ok(
      frames.slice(0, 121).some(({ warnings }) => warnings.length > 0),
      "before it is overhead",
    );
    assert.equal(frames.at(-1)?.warnings[0]?.state, "active", "and while it stays there");
    const entry = frames.at(-1)?.alerts.find(({ kind }) => kind === "zoneEntry");
    assert.ok(entry?.reasons.some(({ code }) => code === "reason.clockBehind"));
  });
