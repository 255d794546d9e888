import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame, Input } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { circle, command, type Flyer, noise, post, radarScan, START_MS, smallSite } from "../world.fixture.ts";

/** A friend, declared after ten seconds and again at `againS`, and a stranger before one radar. */
function fly(friend: Flyer, stranger: Flyer, seconds: number, againS?: number): Frame[] {
  const site = smallSite({ zones: [circle("yard", 0, 0, 300, { entryLevel: "critical" })], persons: [post("gate", 0, 0)] });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(11);
  let first: Frame["tracks"][number]["id"] | undefined;
  return Array.from({ length: seconds }, (_, tS) => {
    const inputs: Input[] = [radarScan(tS, [friend, stranger], random)];
    const nowMs = START_MS + tS * 1000 + 100;
    if (first && (tS === 10 || tS === againS))
      inputs.push(
        command(
          { kind: "declare", track: first, affiliation: "friend", confidence: 1, expiresMs: nowMs + 3_600_000 },
          nowMs - 10,
        ),
      );
    const frame = pipeline.tick(inputs, nowMs);
    first ??= frame.tracks[0]?.id;
    return frame;
  });
}

const hover: Flyer = () => [0, 1200, 60];
/** Flies up to the friend, stays with it for half a minute, and goes to the person at the middle. */
const shadow: Flyer = (tS) => {
  if (tS < 20) return undefined;
  if (tS < 40) return [30 * (40 - tS), 1200, 60];
  return [0, tS < 75 ? 1200 : Math.max(20, 1200 - 15 * (tS - 75)), 60];
};
const landsAt =
  (endS: number): Flyer =>
  (tS) =>
    tS < endS ? hover(tS) : undefined;

test("a stranger that joins a friend does not fly on in its name: the person is warned", () => {
  const frames = fly(landsAt(70), shadow, 160);
  const isFriend = (frame: Frame | undefined) => frame?.tracks.some(({ affiliation }) => affiliation === "friend");
  assert.ok(isFriend(frames[30]));
  assert.ok(frames.slice(45).every((frame) => !isFriend(frame)));
  const told = frames.flatMap(({ tracks }) => tracks.flatMap(({ assessment }) => assessment.reasons));
  assert.ok(told.some(({ code }) => code === "reason.declarationDoubted"));
  assert.equal(frames.at(-1)?.warnings.length, 1);
});

test("a friend that nobody flew beside stays one; another word ends the doubt", () => {
  const alone = fly(hover, () => [800, 1200, 60], 60);
  assert.ok(alone.at(-1)?.tracks.some(({ affiliation }) => affiliation === "friend"));
  const passer: Flyer = (tS) => [-600 + 20 * tS, 1230, 60];
  assert.ok(
    fly(hover, passer, 60)
      .at(-1)
      ?.tracks.every(({ affiliation }) => affiliation === "unknown"),
  );
  assert.ok(
    fly(hover, passer, 60, 50)
      .at(-1)
      ?.tracks.some(({ affiliation }) => affiliation === "friend"),
  );
});

for (const upM of [3, 20])
  test(`of two that cross ${upM} m apart in height near a person, one that flies off gives no all-clear for the other`, () => {
    const across: Flyer = (tS) => (tS < 60 ? [-300 + 10 * tS, 500, 60] : undefined);
    for (const speedMps of [6, 10, 15]) {
      const inbound: Flyer = (tS) => (tS < 5 ? undefined : [0, Math.max(20, 500 + (30 - tS) * speedMps), 60 + upM]);
      const frames = fly(across, inbound, 90);
      assert.ok(frames.every(({ warnings }) => warnings.every(({ state }) => state !== "allClear")));
      assert.equal(frames.at(-1)?.warnings.length, 1);
    }
  });

test("two that fly together are friends once both were declared, one after the other", () => {
  const site = smallSite();
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(3);
  const frames: Frame[] = [];
  for (let tS = 0; tS < 50; tS++) {
    const nowMs = START_MS + tS * 1000 + 100;
    const inputs: Input[] = [radarScan(tS, [() => [0, 1200, 60], () => [35, 1200, 60]], random)];
    const [one, other] = frames[10]?.tracks ?? [];
    const named = tS === 20 || tS === 40 ? one : tS === 30 ? other : undefined;
    if (named)
      inputs.push(
        command({ kind: "declare", track: named.id, affiliation: "friend", confidence: 1, expiresMs: nowMs + 3_600_000 }, nowMs),
      );
    frames.push(pipeline.tick(inputs, nowMs));
  }
  const friendsAt = (tS: number) => frames[tS]?.tracks.filter(({ affiliation }) => affiliation === "friend").length;
  assert.equal(frames[19]?.tracks.length, 2);
  assert.deepEqual([friendsAt(29), friendsAt(39), friendsAt(49)], [0, 1, 2]);
});

test("what is left of a friend that a stranger joined brings the doubt to the next friend", () => {
  const site = smallSite({ persons: [post("gate", 0, 0)] });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(11);
  const stranger: Flyer = (tS) => {
    if (tS < 20) return undefined;
    if (tS < 70) return [Math.min(0, -20 * (40 - tS)), 1200, 60];
    return tS < 160
      ? [Math.min(800, 20 * (tS - 70)), 1200, 60]
      : [Math.max(0, 800 - 10 * (tS - 160)), Math.max(20, 1200 - 15 * (tS - 160)), 60];
  };
  const first: Flyer = (tS) => (tS < 65 ? [0, 1200, 60] : undefined);
  const second: Flyer = (tS) => (tS < 150 ? [800, 1200, 60] : undefined);
  const ids = new Map<string, Frame["tracks"][number]["id"]>();
  let warned = 0;
  for (let tS = 0; tS < 250; tS++) {
    const nowMs = START_MS + tS * 1000 + 100;
    const inputs: Input[] = [radarScan(tS, [first, second, stranger], random)];
    const track = ids.get(tS === 15 ? "first" : tS === 80 ? "second" : "");
    if (track)
      inputs.push(command({ kind: "declare", track, affiliation: "friend", confidence: 1, expiresMs: nowMs + 3_600_000 }, nowMs));
    const frame = pipeline.tick(inputs, nowMs);
    if (tS === 12) for (const { id, lonDeg } of frame.tracks) ids.set(lonDeg > site.lonDeg + 0.004 ? "second" : "first", id);
    warned = Math.max(warned, frame.warnings.length);
  }
  assert.equal(ids.size, 2);
  assert.equal(warned, 1);
});
