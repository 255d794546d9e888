import assert from "node:assert/strict";
import { test } from "node:test";
import { authorisationId, type Frame, type Input, trackId } from "@picket/model";
import { broadcast, inbound, receiver, SERIAL } from "../assess/own-word.fixture.ts";
import { createPipeline } from "../pipeline.ts";
import { circle, command, noise, placeAt, post, radar, radarScan, START_MS, smallSite } from "../world.fixture.ts";

const permitted = {
  id: authorisationId.parse("police"),
  holder: "Police",
  identity: { kind: "serial" as const, value: SERIAL },
  fromMs: 0,
  toMs: 4e12,
  area: { kind: "circle" as const, centre: placeAt(0, 0), radiusM: 5000 },
};

/** A drone that broadcasts the permitted serial and its true place flies over the post into the yard, seen by radar. */
function fly(seconds: number, more: (tS: number) => readonly Input[] = () => []): Frame[] {
  const site = smallSite({
    sensors: [radar, receiver],
    zones: [circle("yard", 0, 0, 300, { entryLevel: "critical" })],
    persons: [post("gate", 0, 350)],
    authorisations: [permitted],
  });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(3);
  return Array.from({ length: seconds }, (_, tS) => {
    const at = inbound(tS);
    const said = at ? [broadcast(at, tS)] : [];
    return pipeline.tick([radarScan(tS, [inbound], random), ...said, ...more(tS)], START_MS + tS * 1000 + 100);
  });
}
const rowOf = (frame: Frame | undefined) => frame?.alerts.find(({ kind }) => kind === "zoneEntry");

test("whoever bears a permitted serial alarms one level lower, and never not at all", () => {
  const frame = fly(60).at(-1);
  const [track] = frame?.tracks ?? [];
  assert.deepEqual([track?.confirmed, track?.authorisation, track?.affiliation], [true, "police", "unknown"]);
  assert.equal(rowOf(frame)?.level, "warning");
  assert.ok(rowOf(frame)?.reasons.some(({ code }) => code === "reason.authorisedNotCheckedIn"));
  assert.equal(frame?.warnings.length, 1);
});

test("a flight that a named person has checked in is a friend, and silent", () => {
  const checkIn = command({
    kind: "declare",
    track: trackId.parse("t1-1"),
    affiliation: "friend",
    confidence: 0.99,
    expiresMs: START_MS + 600_000,
  });
  const frames = fly(60, (tS) => (tS === 8 ? [checkIn] : []));
  assert.equal(frames.at(-1)?.tracks[0]?.affiliation, "friend");
  assert.equal(rowOf(frames.at(-1)), undefined);
  assert.deepEqual(frames.at(-1)?.warnings, []);
});
