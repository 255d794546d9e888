import assert from "node:assert/strict";
import { test } from "node:test";
import { type Place, type Scan, type Sensor, sensorId } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { placeAt, START_MS, smallSite } from "../world.fixture.ts";

const kit: Sensor = {
  id: sensorId.parse("kit"),
  name: "Kit in a car",
  kind: "remoteId",
  ...placeAt(0, 0),
  rangeMaxM: 3000,
  covers: false,
  moves: true,
};

/** What the truth test says of a drone 9 km east of where the kit is configured, after ten seconds of its broadcast. */
function verdictOf(sensorPlace: Place | undefined): string[] {
  const pipeline = createPipeline(smallSite({ sensors: [kit] }), { bootNumber: 1 });
  let said: string[] = [];
  for (let s = 1; s <= 10; s++) {
    const nowMs = START_MS + 1000 * s;
    const scan: Scan = {
      kind: "scan",
      sensor: kit.id,
      measuredMs: nowMs - 100,
      measuredSigmaMs: 100,
      receivedMs: nowMs,
      reality: "live",
      ...(sensorPlace && { sensorPlace }),
      detections: [
        {
          measurement: { kind: "position", ...placeAt(9000, 5 * s), horizontalSigmaM: 4 },
          emitter: "aircraft",
          claims: [{ kind: "serial", value: "1581F5FKD229400ABCDE" }],
          origin: `remote-id:1581F5FKD229400ABCDE/${s}`,
        },
      ],
    };
    const { tracks } = pipeline.tick([scan], nowMs);
    said = tracks.flatMap(({ identities }) =>
      identities.flatMap(({ truth }) => [truth.verdict, ...truth.reasons.map(({ code }) => code)]),
    );
  }
  return said;
}

test("a broadcast from beyond the reach of where its receiver is configured is contradicted", () => {
  assert.ok(verdictOf(undefined).includes("truth.receiverTooFar"), `${verdictOf(undefined)}`);
});

test("one heard by a receiver that says it stands nearer is not", () => {
  const said = verdictOf(placeAt(8000, 0));
  assert.equal(said[0], "unconfirmed");
  assert.ok(!said.includes("truth.receiverTooFar"), `${said}`);
});
