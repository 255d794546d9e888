import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceM } from "@picket/geo";
import { feedId, type Scenario, type Sensor, type SimulatedObject, sensorId } from "@picket/model";
import { createSimulation } from "../index.ts";

const START_MS = 1_790_000_000_000;
const HOME = { latDeg: 32.55, lonDeg: -117.07 };

const hover = (id: string, latDeg: number, lonDeg: number, more: Partial<SimulatedObject> = {}): SimulatedObject => ({
  id,
  class: "multirotor",
  fromS: 0,
  toS: 3600,
  motion: { kind: "route", points: [{ latDeg, lonDeg, heightM: 100, holdS: 3600 }], cruiseMps: 10 },
  ...more,
});
const scenario = (more: Pick<Scenario, "sensors" | "objects">): Scenario => ({
  name: "test",
  ...HOME,
  groundHaeM: 0,
  durationS: 3600,
  loops: false,
  walks: [],
  ...more,
});
const jsonOf = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));

test("a kit gathers the messages of legacy Bluetooth, publishes them with each place, and tells of itself", () => {
  const rid: Sensor = { id: sensorId.parse("kit"), name: "Kit", kind: "remoteId", ...HOME, rangeMaxM: 6000 };
  const remoteId = { carrier: "ble-legacy", address: "c2:00:00:00:00:01", serial: "TESTA1", registration: "FA3TEST1" } as const;
  const heard = createSimulation(
    scenario({
      sensors: [{ sensor: rid, feed: feedId.parse("kit"), speaks: "dragonsync" }],
      objects: [hover("a", 32.551, -117.07, { remoteId: { ...remoteId, operator: HOME } })],
    }),
    3,
    START_MS,
  ).step(START_MS + 20_000);
  const drones = heard.filter(({ from }) => from === "wardragon/drones").map(({ bytes }) => jsonOf(bytes));
  const last = drones.at(-1) ?? assert.fail("nothing heard");
  assert.ok(drones.length > 30, `${drones.length} places in 20 s, of forty sent`);
  assert.deepEqual(
    [last.id, last.caa_id, last.mac, last.seen_by, last.pilot_lat, last.transport],
    ["drone-TESTA1", "FA3TEST1", remoteId.address, "kit", HOME.latDeg, "BT4"],
  );
  assert.ok(distanceM({ latDeg: last.lat, lonDeg: last.lon }, { latDeg: 32.551, lonDeg: -117.07 }) < 15);
  const words = heard.filter(({ from }) => from === "wardragon/system/kit/attrs").map(({ bytes }) => jsonOf(bytes));
  assert.ok(words.length >= 9 && words.every(({ id, latitude }) => id === "kit" && latitude === HOME.latDeg), `${words.length}`);
});

test("an ADS-B receiver lists what it hears, and what it no longer hears for a minute at its last place", () => {
  const receiver: Sensor = { id: sensorId.parse("adsb"), name: "ADS-B", kind: "adsb", ...HOME, rangeMaxM: 60_000 };
  const airliner: SimulatedObject = {
    ...hover("airliner", 32.6, -117.07),
    toS: 30,
    class: "mannedAircraft",
    motion: { kind: "route", points: [{ latDeg: 32.6, lonDeg: -117.07, heightM: 1000, holdS: 30 }], cruiseMps: 100 },
    transponder: { icao: "f00290", callsign: "TEST290", category: "A3" },
  };
  const silent = hover("silent", 32.56, -117.07);
  const pages = createSimulation(
    scenario({ sensors: [{ sensor: receiver, feed: feedId.parse("adsb") }], objects: [airliner, silent] }),
    3,
    START_MS,
  )
    .step(START_MS + 100_000)
    .map(({ bytes }) => jsonOf(bytes));
  assert.ok(pages.length >= 99, "a page each second");
  const listed = pages.map(({ aircraft }) => aircraft.map(({ hex }: { hex: string }) => hex).join());
  assert.deepEqual([listed[20], listed[60], listed[95]], ["f00290", "f00290", ""]);
  const [flying, gone] = [pages[20].aircraft[0], pages[60].aircraft[0]];
  assert.ok(flying.seen_pos < 2 && gone.seen_pos > 25, `${flying.seen_pos} s and ${gone.seen_pos} s old`);
  assert.ok(Math.abs(flying.alt_geom * 0.3048 - 1000) < 40 && flying.alt_baro > flying.alt_geom);
  assert.ok(distanceM({ latDeg: flying.lat, lonDeg: flying.lon }, { latDeg: 32.6, lonDeg: -117.07 }) < 20);
});
