import assert from "node:assert/strict";
import { test } from "node:test";
import { type Frame, type Scan, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { noise, placeAt, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

/** Hears where drones are to 5 m, and does not know to a second when. */
const receiver = { ...radar, id: sensorId.parse("receiver"), name: "Receiver", kind: "remoteId", covers: false } as const;
const crossing = straight([-800, 1500, 80], [20, 0, 0]);

/** What the receiver says of the drone: where it was `lateS` ago, stamped with now. */
function heard(tS: number, lateS: number, measuredSigmaMs: number): Scan {
  const [eastM, northM, upM] = crossing(tS - lateS) ?? [0, 0, 0];
  const height = { valueM: upM, sigmaM: 5, reference: "hae" } as const;
  const measuredMs = START_MS + Math.round(1000 * tS);
  return {
    ...{ kind: "scan", sensor: receiver.id, reality: "live", measuredMs, measuredSigmaMs, receivedMs: measuredMs + 20 },
    detections: [{ measurement: { kind: "position", ...placeAt(eastM, northM), height, horizontalSigmaM: 5 } }],
  };
}

function fly(feed: (tS: number) => readonly Scan[]): Frame[] {
  const pipeline = createPipeline(smallSite({ sensors: [radar, receiver] }), { bootNumber: 1 });
  const random = noise(5);
  return Array.from({ length: 60 }, (_, tS) =>
    pipeline.tick([radarScan(tS, [crossing], random), ...feed(tS + 0.4)], START_MS + 1000 * tS + 500),
  );
}

/** How far west of the drone its track is, in the mean of the last half minute. */
function behindM(frames: readonly Frame[]): number {
  const last = frames.slice(-30);
  const behind = last.map(({ tracks }, k) => {
    const eastM = (crossing(30.5 + k) ?? [0])[0];
    const { lonDeg } = placeAt(eastM, 1500);
    const track = tracks.toSorted((a, b) => b.existence - a.existence)[0] ?? assert.fail("no track");
    return (lonDeg - track.lonDeg) * 111_320 * Math.cos((track.latDeg * Math.PI) / 180);
  });
  return behind.reduce((sum, value) => sum + value, 0) / behind.length;
}

const most = (frames: readonly Frame[]): number => Math.max(...frames.slice(5).map(({ tracks }) => tracks.length));

/** One that claims to know its times drags the track by 13 m. */
test("a feed that is a second late and says so neither drags nor splits the track of a radar", () => {
  const alone = fly(() => []);
  const beside = fly((tS) => [heard(tS, 1, 1000)]);
  const offM = behindM(beside) - behindM(alone);
  assert.ok(Math.abs(offM) < 3, `dragged by ${offM} m`);
  assert.equal(most(beside), 1);
});
