import assert from "node:assert/strict";
import { test } from "node:test";
import { type CotEvent, deletedUids, readDetail } from "@picket/cot";
import type { Input } from "@picket/model";
import { createPipeline } from "@picket/pipeline";
import { createSimulation, demoFeeds, demoScenario, demoSite } from "@picket/sim";
import { createTranslator } from "@picket/translate";
import { heldShare } from "./share.fixture.ts";

const START_MS = Date.UTC(2026, 8, 21, 20);
const TICK_MS = 250;
const END_S = 60;

/** Everything that the demonstration's share sends in its first minutes. */
function sent(): CotEvent[] {
  const site = demoSite();
  const simulation = createSimulation(demoScenario(), "1", START_MS);
  const pipeline = createPipeline(site, { bootNumber: 1 });
  const translators = new Map(
    demoFeeds.map(({ id, protocol, reality, sensor: own }) => {
      const sensor = site.sensors.find((candidate) => candidate.id === own);
      const framing = protocol === "sapient" ? "stream" : "datagram";
      const options = { feed: id, protocol, reality, sensors: site.sensors, framing } as const;
      return [id, createTranslator({ ...options, ...(sensor && { sensor }) })];
    }),
  );
  const fields = ["identity", "selfId", "operatorId", "operatorPlace"] as const;
  const release = {
    realities: ["simulated" as const],
    persons: true,
    unconfirmed: true,
    sensors: true,
    outlines: true,
    fields: [...fields],
  };
  const share = heldShare({ release }, "simulated");
  const events: CotEvent[] = [];
  for (let nowMs = START_MS; nowMs <= START_MS + END_S * 1000; nowMs += TICK_MS) {
    const inputs: Input[] = [];
    for (const { feed, bytes, atMs, from } of simulation.step(nowMs))
      inputs.push(...(translators.get(feed)?.bytes(bytes, atMs, from, events.length).inputs ?? []));
    events.push(...share.take(pipeline.tick(inputs, nowMs), site));
  }
  return events;
}

test("every message of the demonstration says that it is simulated", () => {
  const events = sent();
  const count = (prefix: string) => events.filter(({ type }) => type.startsWith(prefix)).length;
  assert.ok(count("a-u-A") > 100 && count("a-f-G") > 10 && count("b-m-p-s") > 5 && count("t-x-d-d") > 0, String(events.length));
  assert.ok(count("a-f-G-E-S") > 5 && count("u-d-") > 1);
  for (const event of events) {
    assert.equal(event.opex, "s", event.uid);
    assert.ok(!event.type.startsWith("b-a"), "no client sounds it");
    if (deletedUids(event).length > 0) continue;
    const { contact, remarks } = readDetail(event.detail);
    assert.match(contact?.callsign ?? "", /^SIMULATED /);
    assert.match(remarks?.text ?? "", /^SIMULATED, NOT REAL\. /);
    assert.equal(event.how, "m-s");
  }
});
