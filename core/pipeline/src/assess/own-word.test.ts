import assert from "node:assert/strict";
import { test } from "node:test";
import { type Alert, type Frame, type Input, type Scan, type Sensor, sensorId, type Warning } from "@picket/model";
import { createPipeline } from "../pipeline.ts";
import { circle, type Flyer, noise, placeAt, post, radar, radarScan, START_MS, smallSite, straight } from "../world.fixture.ts";

const receiver: Sensor = { ...radar, id: sensorId.parse("rid-1"), name: "Receiver 1", kind: "remoteId", rangeMaxM: 5000 };
const SERIAL = "1581F45T7SPOKEN1";

/** Once a second a drone tells its own place; what else is looked at the site knows from `others`. */
function hear(flyer: Flyer, sensors: readonly Sensor[], seconds: number, others: (tS: number) => readonly Scan[] = () => []) {
  const site = smallSite({
    sensors: [...sensors],
    zones: [circle("yard", 0, 0, 300, { entryLevel: "critical" })],
    persons: [post("gate", 0, 350)],
  });
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const frames: Frame[] = [];
  for (let tS = 0; tS < seconds; tS++) {
    const at = flyer(tS);
    const inputs: Input[] = [...others(tS)];
    if (at) inputs.push(broadcast(at, tS));
    frames.push(pipeline.tick(inputs, START_MS + tS * 1000 + 100));
  }
  const latest = new Map<string, Alert>();
  for (const { alerts } of frames) for (const alert of alerts) latest.set(alert.id, alert);
  const warnings = new Map<string, Warning>();
  for (const frame of frames)
    for (const warning of frame.warnings) if (!warnings.has(warning.id)) warnings.set(warning.id, warning);
  return { frames, alerts: [...latest.values()], warnings: [...warnings.values()] };
}

function broadcast(
  [eastM, northM, upM]: readonly [number, number, number],
  tS: number,
  { transmitter = "aa:bb", lateS = 0 } = {},
): Scan {
  const measuredMs = START_MS + (tS - lateS) * 1000;
  return {
    kind: "scan",
    sensor: receiver.id,
    measuredMs,
    measuredSigmaMs: 50,
    receivedMs: START_MS + tS * 1000 + 50,
    reality: "live",
    detections: [
      {
        measurement: {
          kind: "position",
          ...placeAt(eastM, northM),
          horizontalSigmaM: 5,
          height: { valueM: upM, sigmaM: 10, reference: "hae" },
        },
        emitter: "aircraft",
        claims: [{ kind: "serial", value: SERIAL }],
        origin: `${transmitter}/${tS}`,
      },
    ],
  };
}

const inbound = straight([0, 900, 60], [0, -12, 0]);

test("where only a receiver listens, a drone's own word alarms its zone at the zone's level and warns whom it reaches", () => {
  const { frames, alerts, warnings } = hear(inbound, [receiver], 75);
  const entry = alerts.find(({ kind }) => kind === "zoneEntry");
  assert.equal(entry?.level, "critical");
  assert.ok(entry?.reasons.some(({ code, params }) => code === "reason.byOwnWord" && params["identity"] === SERIAL));
  assert.equal(
    alerts.find(({ kind }) => kind === "remoteIdContradicted"),
    undefined,
  );
  const [warning, ...more] = warnings;
  assert.deepEqual([more.length, warning?.possible], [0, false]);
  assert.ok((warning?.raisedMs ?? Number.POSITIVE_INFINITY) < START_MS + 46_000, "before it is overhead");
  const worst = frames.flatMap((frame) => frame.warnings.map(({ level }) => level));
  assert.ok(worst.includes("warning") && !worst.includes("critical"), "sheltering, but on nobody's proof but its own");
  assert.ok(
    frames.every(({ tracks }) => tracks.every(({ confirmed }) => !confirmed)),
    "it stays unconfirmed",
  );
});

test("its own word alarms no zone while a radar that should see it sees nothing there", () => {
  const random = noise(7);
  const looks = (tS: number) => [radarScan(tS, [straight([3000, 3000, 80], [-10, 0, 0])], random)];
  const spoken: Flyer = (tS) => (tS < 10 ? undefined : [0, 100 + tS, 100]);
  const { alerts, warnings } = hear(spoken, [radar, receiver], 60, looks);
  assert.equal(
    alerts.find(({ kind }) => kind === "zoneEntry"),
    undefined,
  );
  assert.ok(alerts.some(({ kind }) => kind === "remoteIdContradicted"));
  assert.deepEqual(
    warnings.filter(({ possible }) => !possible),
    [],
  );
});

test("a drone that falls silent over a zone leaves lost contact behind, not an all-clear", () => {
  const { alerts, warnings, frames } = hear((tS) => (tS > 55 ? undefined : inbound(tS)), [receiver], 150);
  const entry = alerts.find(({ kind }) => kind === "zoneEntry");
  assert.ok(entry && entry.state !== "cleared" && entry.lostContactMs !== undefined);
  const last = frames.at(-1)?.warnings.find(({ id }) => id === warnings[0]?.id);
  assert.equal(last?.state, "lostContact");
});

test("whoever repeats its serial elsewhere does not silence a drone", () => {
  const liar = (tS: number) => (tS < 20 ? [] : [broadcast([3000, -2000 + 5 * tS, 80], tS, { transmitter: "cc:dd" })]);
  const { alerts, frames } = hear(inbound, [receiver], 70, liar);
  assert.ok(alerts.some(({ kind }) => kind === "remoteIdContradicted"));
  const inside = frames.slice(55).map((frame) => frame.alerts.find(({ kind }) => kind === "zoneEntry"));
  assert.ok(inside.every((row) => row?.level === "critical" && row.lostContactMs === undefined));
});

test("a receiver that hears farther than its sheet says silences nothing, and doubles nothing", () => {
  const { alerts, frames } = hear(inbound, [{ ...receiver, rangeMaxM: 100 }], 70);
  assert.ok(alerts.some(({ kind }) => kind === "zoneEntry"));
  assert.ok(frames.every(({ tracks }) => tracks.length <= 1));
});

test("a drone that says it flies off calls nobody out of cover, until it has said so for five minutes", () => {
  const leaving: Flyer = (tS) => (tS <= 55 ? inbound(tS) : [0, 240 - 12 * (tS - 55), 60]);
  const { frames, warnings } = hear(leaving, [receiver], 420);
  const states = frames.map((frame) => frame.warnings.find(({ id }) => id === warnings[0]?.id));
  assert.ok(states.slice(60, 340).every((warning) => warning?.state === "active"));
  const last = states.findLast((warning) => warning !== undefined);
  assert.deepEqual([last?.state, last?.basis], ["allClear", "saidToLeave"]);
});

test("advice does not weaken while nothing has got better", () => {
  const { frames, warnings } = hear((tS) => (tS > 50 ? undefined : inbound(tS)), [receiver], 90);
  const advice = frames.map((frame) => frame.warnings.find(({ id }) => id === warnings[0]?.id)?.advice.code);
  const cover = advice.indexOf("advice.takeCover");
  assert.ok(cover >= 0);
  assert.ok(
    advice.slice(cover).every((code) => code === "advice.takeCover" || code === "advice.lostContact"),
    advice.join(),
  );
});

test("a receiver that is late by twelve seconds alarms all the same", () => {
  const late = (tS: number) => [broadcast(inbound(tS - 12) ?? [0, 900, 60], tS, { lateS: 12 })];
  const { alerts } = hear(() => undefined, [receiver], 90, late);
  assert.equal(alerts.find(({ kind }) => kind === "zoneEntry")?.level, "critical");
});
