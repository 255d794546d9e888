import assert from "node:assert/strict";
import { test } from "node:test";
import { personId, type Site, sensorId, siteId, zoneId } from "@picket/model";
import { createPipeline } from "./index.ts";

test("the example of the README runs as written", () => {
  const place = { latDeg: 32.55, lonDeg: -117.04 };
  const site: Site = {
    id: siteId.parse("example"),
    name: "Example",
    ...place,
    groundHaeM: 0,
    sensors: [{ id: sensorId.parse("receiver"), name: "Receiver", kind: "remoteId", ...place, rangeMaxM: 5000 }],
    zones: [
      {
        id: zoneId.parse("yard"),
        name: "Yard",
        purpose: "protected",
        shape: { kind: "circle", centre: place, radiusM: 300 },
        entryLevel: "warning",
      },
    ],
    persons: [{ id: personId.parse("ana"), name: "Ana", language: "es", fixed: place }],
    authorisations: [],
    landmarks: [],
    policy: {},
  };
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const frame = pipeline.tick([], 1_790_000_000_000);
  const summary = `${frame.tracks.length} tracks, ${frame.alerts.length} alerts, ${frame.sensors[0]?.state}`;
  const again = createPipeline(site, { bootNumber: 1 }, pipeline.snapshot());
  assert.equal(summary, "0 tracks, 0 alerts, neverHeard");
  assert.deepEqual(again.tick([], 1_790_000_000_250), pipeline.tick([], 1_790_000_000_250));
});
