import assert from "node:assert/strict";
import { test } from "node:test";
import { type Detection, type Input, type Sensor, sensorId } from "@picket/model";
import fc from "fast-check";
import { createPipeline } from "../pipeline.ts";
import { placeAt, radar, START_MS, smallSite } from "../world.fixture.ts";

const remoteId: Sensor = { ...radar, id: sensorId.parse("rid"), name: "Remote ID", kind: "remoteId" };

/** Broadcasts of drone `k` and radar plots of it, in looks of their own, stamped as coarsely as Remote ID does. */
function detectionOf(sensor: Sensor, k: number, s: number): Detection {
  if (sensor === radar)
    return {
      measurement: {
        kind: "polar",
        rangeM: 1500 + 200 * k - 10 * s,
        rangeSigmaM: 5,
        azimuthRad: 0.5 * k,
        azimuthSigmaRad: 0.005,
        elevationRad: 0.04,
        elevationSigmaRad: 0.006,
      },
    };
  return {
    measurement: {
      kind: "position",
      ...placeAt(-1200 + 700 * k, 1500 - 10 * s),
      horizontalSigmaM: 5,
      height: { valueM: 60, sigmaM: 5, reference: "hae" },
    },
    claims: [{ kind: "serial", value: `DRONE${k}` }],
  };
}

test("no two tracks of a frame share an id, however many looks share a time and however late they come", () => {
  const heard = fc.record({
    isRadar: fc.boolean(),
    drone: fc.nat(4),
    second: fc.nat(6),
    lateMs: fc.constantFrom(50, 400, 2500),
  });
  fc.assert(
    fc.property(fc.array(heard, { minLength: 10, maxLength: 60 }), (all) => {
      const pipeline = createPipeline(smallSite({ sensors: [radar, remoteId] }), { bootNumber: 1 });
      const scans = all.map(({ isRadar, drone, second, lateMs }): Extract<Input, { kind: "scan" }> => {
        const sensor = isRadar ? radar : remoteId;
        const measuredMs = START_MS + 1000 * second;
        return {
          kind: "scan",
          sensor: sensor.id,
          measuredMs,
          measuredSigmaMs: 50,
          receivedMs: measuredMs + lateMs,
          reality: "live",
          ...(isRadar && { sector: { azimuthFromRad: 0.5 * drone - 0.05, azimuthToRad: 0.5 * drone + 0.05 } }),
          detections: [detectionOf(sensor, drone, second)],
        };
      });
      for (let ms = START_MS; ms < START_MS + 10_000; ms += 250) {
        const now = scans.filter(({ receivedMs }) => receivedMs > ms - 250 && receivedMs <= ms);
        const ids = pipeline.tick(now, ms).tracks.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length, `${(ms - START_MS) / 1000} s: ${ids}`);
      }
    }),
    { numRuns: 25 },
  );
});
