import assert from "node:assert/strict";
import { test } from "node:test";
import { type Scan, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { noise, placeAt, radar, START_MS, smallSite, straight } from "../world.fixture.ts";
import { toLook } from "./looks.ts";
import { createSiteFrame } from "./site-frame.ts";

const service = { ...radar, id: sensorId.parse("crossings"), name: "Crossings" };
const ELLIPSE = { semiMajorM: 60, semiMinorM: 6, orientationDeg: 150 };

/** A place that is off by `alongM` along the ellipse and `acrossM` across. */
function told(atMs: number, [eastM, northM, upM]: readonly [number, number, number], alongM: number, acrossM: number): Scan {
  const [sine, cosine] = [Math.sin((ELLIPSE.orientationDeg * Math.PI) / 180), Math.cos((ELLIPSE.orientationDeg * Math.PI) / 180)];
  const place = placeAt(eastM + alongM * sine - acrossM * cosine, northM + alongM * cosine + acrossM * sine);
  const height = { valueM: upM, sigmaM: 10, reference: "hae" } as const;
  const measurement = { kind: "position", ...place, height, horizontalSigmaM: ELLIPSE.semiMajorM, ellipse: ELLIPSE } as const;
  const times = { measuredMs: atMs, measuredSigmaMs: 10, receivedMs: atMs + 20 };
  return { kind: "scan", sensor: service.id, reality: "live", ...times, detections: [{ measurement }] };
}

test("what is told with a long ellipse is drawn with one, the same way round", () => {
  const pipeline = createPipeline(smallSite({ sensors: [service] }), { bootNumber: 1 });
  const flight = straight([-600, 1500, 80], [12, -6, 0]);
  const random = noise(3);
  for (let s = 0; s < 40; s++) {
    const scan = told(START_MS + 1000 * s, flight(s) ?? assert.fail(), 60 * random(), 6 * random());
    pipeline.tick([scan], START_MS + 1000 * s + 50);
  }
  const { tracks } = pipeline.tick([], START_MS + 39_100);
  assert.equal(tracks.length, 1);
  const { semiMajorM = 0, semiMinorM = 0, orientationDeg = 0 } = tracks[0]?.ellipse ?? {};
  assert.ok(semiMajorM > 2.5 * semiMinorM && semiMinorM < 15, `${semiMajorM} m by ${semiMinorM} m`);
  assert.ok(Math.abs(orientationDeg - 150) < 15, `${orientationDeg}°`);
});

test("an ellipse far to the east of the site is turned as its meridian is, and one without stays without", () => {
  const site = createSiteFrame({ ...smallSite(), latDeg: 60, lonDeg: 10, groundHaeM: 0 });
  const at = { kind: "position", latDeg: 60, lonDeg: 10.5, horizontalSigmaM: 60 } as const;
  const scan: Scan = {
    ...told(START_MS, [0, 0, 0], 0, 0),
    detections: [{ measurement: { ...at, ellipse: ELLIPSE } }, { measurement: at }],
  };
  const [first, second] = toLook(scan, site).detections.map(({ measurement }) => measurement);
  assert.ok(first?.kind === "position" && first.ellipse && second?.kind === "position");
  const turnedDeg = (first.ellipse.bearingRad * 180) / Math.PI - 150;
  assert.ok(Math.abs(turnedDeg + 0.5 * Math.sin(Math.PI / 3)) < 1e-3, `${turnedDeg}°`);
  assert.equal("ellipse" in second, false);
});
