import assert from "node:assert/strict";
import { test } from "node:test";
import { type Detection, type Frame, type Scan, type Sensor, type Site, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { circle, noise, placeAt, post, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

const ears: Sensor = { id: sensorId.parse("ears"), name: "Ears", kind: "acoustic", ...placeAt(0, 0), rangeMaxM: 500 };
const near: Detection = { measurement: { kind: "presence", radiusM: 200 } };
const eastward = (emitter: "aircraft" | "controller"): Detection => ({
  emitter,
  measurement: { kind: "bearing", azimuthRad: Math.PI / 2, azimuthSigmaRad: 0.02 },
});

/** Ticks once a second; the ears hear what `hears` says in each second. Answers the frames. */
function listen(site: Site, seconds: number, hears: (tS: number) => readonly Detection[], radarSees = false): Frame[] {
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const random = noise(1);
  return Array.from({ length: seconds }, (_, tS) => {
    const measuredMs = START_MS + tS * 1000;
    const times = { measuredMs, measuredSigmaMs: 20, receivedMs: measuredMs + 50 };
    const scan: Scan = { kind: "scan", sensor: ears.id, ...times, reality: "live", detections: [...hears(tS)] };
    const seen = radarSees ? [radarScan(tS, [straight([150, 10, 60], [0, 0, 0])], random)] : [];
    return pipeline.tick([...seen, scan], START_MS + tS * 1000 + 60);
  });
}
const heardIn = (frame: Frame | undefined) => frame?.alerts.find(({ title }) => title.code === "alert.heardUnplaced");
const siteWith = (more: Partial<Site> = {}) => smallSite({ sensors: [ears], ...more });

test("something heard near a post and a zone is a caution that sounds, though nobody can place it", () => {
  const site = siteWith({ persons: [post("ana", 50, 0)], zones: [circle("yard", 0, 300, 150)] });
  const row = heardIn(listen(site, 10, () => [near]).at(-1));
  assert.equal(row?.level, "caution");
  assert.equal(row?.annunciation, 1);
  assert.deepEqual(listen(site, 10, () => [near]).at(-1)?.heard, [
    { person: "ana", sensor: "ears", name: "Ears", radiusM: 200, reality: "live" },
  ]);
  assert.deepEqual(
    row?.reasons.map(({ code }) => code),
    ["reason.heardWithin", "reason.heardAroundPerson", "reason.heardAroundZone"],
  );
});

test("a bearing alone, a ring with nobody in it, or one as wide as all that can be heard, is a watch that is only shown", () => {
  const wide: Detection = { measurement: { kind: "presence", radiusM: 5000 } };
  for (const detection of [near, eastward("aircraft"), wide]) {
    const frame = listen(siteWith({ persons: [post("ana", 400, 0)] }), 10, () => [detection]).at(-1);
    const row = heardIn(frame);
    assert.equal(row?.level, "watch");
    assert.equal(row?.annunciation, 0);
    assert.deepEqual(frame?.heard, []);
  }
});

test("two false sounds are nobody, and a pilot's control link is no drone", () => {
  assert.equal(heardIn(listen(siteWith(), 10, (tS) => (tS === 3 || tS === 5 ? [near] : [])).at(-1)), undefined);
  assert.equal(heardIn(listen(siteWith(), 10, () => [eastward("controller")]).at(-1)), undefined);
});

test("the row holds for a minute after the last sound", () => {
  const frames = listen(siteWith(), 90, (tS) => (tS < 10 ? [near] : []));
  assert.equal(heardIn(frames[60])?.state, "activeUnacknowledged");
  assert.equal(heardIn(frames.at(-1))?.state, "returnedUnacknowledged");
});

test("what a track explains is not told twice", () => {
  const site = siteWith({ sensors: [ears, radar] });
  const detections = [near, eastward("aircraft")];
  for (const detection of detections)
    assert.equal(heardIn(listen(site, 20, (tS) => (tS < 10 ? [] : [detection]), true).at(-1)), undefined);
});
