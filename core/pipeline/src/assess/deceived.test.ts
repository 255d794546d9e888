import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@picket/model";
import { START_MS, straight } from "../world.fixture.ts";
import { broadcast, hear, inbound, receiver, SERIAL } from "./own-word.fixture.ts";

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

/** A claim that comes with each place. */
const saying =
  (more: Readonly<Record<string, unknown>>) =>
  (tS: number): Input[] => [
    {
      kind: "claim",
      sensor: receiver.id,
      measuredMs: START_MS + tS * 1000,
      measuredSigmaMs: 50,
      receivedMs: START_MS + tS * 1000 + 50,
      reality: "live",
      origin: "aa:bb",
      identities: [{ kind: "serial", value: SERIAL }],
      ...more,
    },
  ];

test("who says that he stands on the ground alarms one level lower while he stands, and in full once he moves", () => {
  const parked = hear(() => [0, 100, 0], [receiver], 30, saying({ status: "ground" }));
  const row = parked.alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(row?.level, "warning");
  assert.ok(row?.reasons.some(({ code }) => code === "reason.saysGrounded"));
  for (const liar of [inbound, () => [0, 100, 60] as const]) {
    const { alerts } = hear(liar, [receiver], 75, saying({ status: "ground" }));
    assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical", "moving, or hovering by its own height");
  }
});

for (const uaType of ["free-balloon", "captive-balloon", "airship", "free-fall-parachute"])
  test(`whoever calls himself ${uaType} alarms as anybody`, () => {
    const { alerts, warnings } = hear(inbound, [receiver], 75, saying({ uaType }));
    assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
    assert.equal(warnings.length, 1);
  });

test("whoever says that he flies far above it all is taken to be in the zone, and people are warned", () => {
  const high = straight([0, 900, 3000], [0, -12, 0]);
  const { alerts, warnings } = hear(high, [receiver], 75);
  const row = alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(row?.level, "critical");
  assert.ok(row?.reasons.some(({ code }) => code === "reason.heightUndecided"));
  assert.equal(warnings.length, 1);
});
