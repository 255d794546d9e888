import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBlock, type ItemsDraft } from "@picket/asterix";
import { make, NOON_MS, RADAR, SOURCE, translate } from "./asterix.fixture.ts";

test("the radar's own word on how it is becomes its report", () => {
  const say = (items: ItemsDraft<34>) =>
    translate(encodeBlock(34, [{ i010: SOURCE, i030: { timeOfDayS: 43_200 }, ...items }])).inputs.map((input) =>
      input.kind === "sensorReport" ? input.state : input.kind,
    );
  assert.deepEqual(say({ i000: { messageType: 1 }, i041: { antennaRotationPeriodS: 1 } }), ["working"]);
  assert.deepEqual(say({ i000: { messageType: 1 }, i050: { com: { nogo: 1 } } }), ["failed"]);
  assert.deepEqual(say({ i000: { messageType: 1 }, i050: { com: { tsv: 1 } } }), ["degraded"]);
  assert.deepEqual(say({ i000: { messageType: 1 }, i050: { com: { ovlrdp: 1 } } }), ["degraded"]);
  assert.deepEqual(say({ i000: { messageType: 4 } }), ["degraded"]);
  assert.deepEqual(say({ i000: { messageType: 2 }, i020: { sectorDeg: 0 } }), []);
});

test("a radar that tells how long a turn takes is silent after five, and said to be misconfigured where its sheet says otherwise", () => {
  const say = (antennaRotationPeriodS: number) =>
    translate(encodeBlock(34, [{ i010: SOURCE, i000: { messageType: 1 }, i041: { antennaRotationPeriodS } }])).inputs.flatMap(
      (input) => (input.kind === "sensorReport" ? [[input.state, input.silentAfterMs, input.detail]] : []),
    );
  assert.equal(RADAR.revisitMs, 1000);
  assert.deepEqual(say(1), [["working", 5000, undefined]]);
  assert.deepEqual(say(4), [
    [
      "degraded",
      20_000,
      "The radar turns once in 4 s, its configured revisitMs is 1000: what it does not see is counted wrongly",
    ],
  ]);
  const { revisitMs: _, ...unsaid } = RADAR;
  const [report] = translate(
    encodeBlock(34, [{ i010: SOURCE, i000: { messageType: 1 }, i041: { antennaRotationPeriodS: 4 } }]),
    NOON_MS,
    make({ sensors: [unsaid] }),
  ).inputs;
  assert.ok(report?.kind === "sensorReport");
  assert.match(`${report.state}: ${report.detail}`, /^degraded: .* has no revisitMs: what it does not see counts for nothing$/);
  assert.deepEqual(say(0), [["working", undefined, undefined]]);
});
