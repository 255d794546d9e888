import assert from "node:assert/strict";
import { test } from "node:test";
import { type Frame, type Input, type Sensor, sensorId } from "@picket/model";
import { broadcast, receiver } from "../assess/own-word.fixture.ts";
import { createPipeline } from "../pipeline.ts";
import { type Flyer, noise, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

const west: Sensor = { ...radar, azimuthFromDeg: 270, azimuthToDeg: 360 };
const east: Sensor = { ...radar, id: sensorId.parse("radar-2"), name: "Radar 2", azimuthFromDeg: 0, azimuthToDeg: 90 };
/** What is told all along: it flies from the west to the east, and is due north after 75 s. */
const told = straight([-900, 2500, 100], [12, 0, 0]);
const DUE_NORTH_S = 75;

const isAccusedIn = ({ alerts }: Frame): boolean =>
  alerts.some(({ kind, state }) => kind === "remoteIdContradicted" && state.startsWith("active"));

const isGenuineIn = ({ tracks }: Frame): boolean =>
  tracks.some(({ identities }) => identities.some(({ truth }) => truth.verdict === "genuine"));

/** Frames second by second before two radars, of which each sees what is given, or gives no looks at all. */
function fly(
  sensors: readonly [Sensor, Sensor],
  seenBy: (tS: number) => readonly [Flyer[] | undefined, Flyer[]],
  seconds: number,
) {
  const site = smallSite({ sensors: [...sensors, { ...receiver, rangeMaxM: 20_000 }] });
  let pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(3);
  return Array.from({ length: seconds }, (_, s): Frame => {
    const [first, second] = seenBy(s);
    const inputs: Input[] = [broadcast(told(s) ?? [0, 0, 0], s)];
    if (first) inputs.push(radarScan(s, first, random, { sensor: sensors[0] }));
    inputs.push(radarScan(s + 0.2, second, random, { sensor: sensors[1] }));
    if (s === DUE_NORTH_S + 5) pipeline = createPipeline(site, { bootNumber: 1 }, pipeline.snapshot());
    return pipeline.tick(inputs, START_MS + 1000 * s + 300);
  });
}

test("who was genuine before one radar and is not there when its claim comes before another is contradicted within 20 s", () => {
  const frames = fly([west, east], (s) => [s <= 70 ? [told] : [], []], 160);
  assert.ok(frames[60] && isGenuineIn(frames[60]));
  assert.deepEqual(
    frames.flatMap((frame, s) => (s >= DUE_NORTH_S + 20 && !isAccusedIn(frame) ? [s] : [])),
    [],
  );
});

test("who flies on from one radar's view into another's stays genuine", () => {
  const frames = fly([west, east], (s) => (s < DUE_NORTH_S ? [[told], []] : [[], [told]]), 120);
  assert.ok(frames.slice(10).every(isGenuineIn));
  assert.ok(!frames.some(isAccusedIn));
});

test("who one radar sees all along is not contradicted by another that never did once the first falls silent", () => {
  const frames = fly([radar, { ...east, azimuthFromDeg: 0, azimuthToDeg: 360 }], (s) => [s < 100 ? [told] : undefined, []], 160);
  assert.ok(frames.slice(10).every((frame) => !isAccusedIn(frame)));
});
