import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@picket/model";
import { START_MS } from "../world.fixture.ts";
import { broadcast, hear, inbound, receiver } from "./own-word.fixture.ts";

const isOverheadAtS = 46;

for (const [sigmaM, latestS] of [
  [40, 30],
  [100, 35],
  [154, 43],
  [309, 60],
] as const)
  test(`a sender that knows its place to ${sigmaM} m is one drone, and alarms`, () => {
    const { frames, alerts, warnings } = hear(inbound, [receiver], 75, () => [], { sigmaM });
    assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
    assert.ok((warnings[0]?.raisedMs ?? Number.POSITIVE_INFINITY) <= START_MS + latestS * 1000 + 100);
    assert.ok(frames.every(({ tracks }) => tracks.length <= 1));
  });

test("a drone whose clock is slow alarms beside one whose clock is right", () => {
  const other = (tS: number): Input[] => [broadcast([4000, 3000, 80], tS, { serial: "HONEST", transmitter: "cc:dd" })];
  const { alerts, warnings } = hear(inbound, [receiver], 75, other, { lateS: 8 });
  assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
  assert.ok((warnings[0]?.raisedMs ?? Number.POSITIVE_INFINITY) < START_MS + isOverheadAtS * 1000);
});

for (const uaType of ["free-balloon", "captive-balloon", "airship", "free-fall-parachute"])
  test(`whoever calls himself ${uaType} alarms as anybody`, () => {
    const said = (tS: number): Input[] => [
      {
        kind: "claim",
        sensor: receiver.id,
        measuredMs: START_MS + tS * 1000,
        measuredSigmaMs: 50,
        receivedMs: START_MS + tS * 1000 + 50,
        reality: "live",
        origin: "aa:bb",
        identities: [{ kind: "serial", value: "1581F45T7SPOKEN1" }],
        uaType,
      },
    ];
    const { alerts, warnings } = hear(inbound, [receiver], 75, said);
    assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
    assert.equal(warnings.length, 1);
  });
