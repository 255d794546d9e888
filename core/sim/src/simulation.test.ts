import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createCaptureDecoder, decodeLink, encodePcap } from "@picket/capture";
import { createLocalFrame, distanceM, polarFromEnu, toEnu } from "@picket/geo";
import { DetectionLine, feedId, type Scenario, type Sensor, type SimulatedObject, sensorId, validate } from "@picket/model";
import { decodeRemoteIdFrame } from "@picket/remote-id";
import { createSimulation, type WireEvent } from "./index.ts";

const START_MS = 1_790_000_000_000;
const HOME = { latDeg: 32.55, lonDeg: -117.07 };

const radar: Sensor = {
  id: sensorId.parse("radar"),
  name: "Radar",
  kind: "radar",
  ...HOME,
  rangeMaxM: 6000,
  detectionProbability: 0.9,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 0.3,
  elevationSigmaDeg: 0.5,
  elevationMinDeg: -5,
  elevationMaxDeg: 60,
  revisitMs: 1000,
};
const hover = (id: string, latDeg: number, lonDeg: number, more: Partial<SimulatedObject> = {}): SimulatedObject => ({
  id,
  class: "multirotor",
  fromS: 0,
  toS: 3600,
  motion: { kind: "route", points: [{ latDeg, lonDeg, heightM: 100, holdS: 3600 }], cruiseMps: 10 },
  ...more,
});
const scenario = (more: Partial<Scenario>): Scenario => ({
  name: "test",
  ...HOME,
  groundHaeM: 0,
  durationS: 3600,
  loops: false,
  sensors: [{ sensor: radar, feed: feedId.parse("radar") }],
  objects: [],
  walks: [],
  ...more,
});
const bytesOf = (events: readonly WireEvent[]) =>
  events.map(({ atMs, feed, bytes }) => `${atMs} ${feed} ${Buffer.from(bytes).toString("hex")}`);

function linesOf(events: readonly WireEvent[]): DetectionLine[] {
  return events.map(({ bytes }) => {
    const line = validate(DetectionLine, JSON.parse(new TextDecoder().decode(bytes)));
    assert.ok(line.ok, JSON.stringify(line));
    return line.value;
  });
}

test("the same scenario, seed and start give the same bytes, however time is cut into steps", () => {
  const busy = scenario({
    objects: [
      hover("a", 32.56, -117.06, { remoteId: { carrier: "ble-legacy", address: "c2:00:00:00:00:01", serial: "TESTA1" } }),
      hover("b", 32.54, -117.09, { motion: { kind: "wander", from: { ...HOME, heightM: 50 }, headingDeg: 30, cruiseMps: 12 } }),
    ],
    sensors: [
      { sensor: radar, feed: feedId.parse("radar"), clutter: [{ perLook: 4, rcsDbsm: -20, radialMps: 3 }] },
      { sensor: { ...radar, id: sensorId.parse("rid"), kind: "remoteId" }, feed: feedId.parse("rid") },
    ],
  });
  const all = createSimulation(busy, 7, START_MS).step(START_MS + 60_000);
  const stepped = createSimulation(busy, 7, START_MS);
  const pieces: WireEvent[] = [];
  for (let ms = 0; ms < 60_000; ms += 170) pieces.push(...stepped.step(START_MS + ms));
  pieces.push(...stepped.step(START_MS + 60_000));
  assert.ok(all.length > 120, `${all.length} events`);
  assert.deepEqual(bytesOf(pieces), bytesOf(all));
  assert.notDeepEqual(bytesOf(createSimulation(busy, 8, START_MS).step(START_MS + 60_000)), bytesOf(all));
});

test("a radar's detections have the stated probability and sigmas, and its clutter the stated mean, within 4 sigma", () => {
  const clutter = [{ perLook: 6, rcsDbsm: -20, radialMps: 3 }];
  const place = { latDeg: 32.575, lonDeg: -117.05 };
  const simulation = createSimulation(
    scenario({
      objects: [hover("a", place.latDeg, place.lonDeg)],
      sensors: [{ sensor: radar, feed: feedId.parse("radar"), clutter }],
    }),
    1,
    START_MS,
  );
  const truth = polarFromEnu(toEnu(createLocalFrame({ ...HOME, altHaeM: 0 }), { ...place, altHaeM: 100 }));
  const lines = linesOf(simulation.step(START_MS + 3_600_000));
  const looks = lines.length;
  const misses = { range: [] as number[], azimuth: [] as number[], elevation: [] as number[] };
  let clutterCount = 0;
  for (const { detections = [] } of lines) {
    for (const detection of detections) {
      assert.ok(detection.kind === "polar");
      const range = (detection.rangeM - truth.rangeM) / 5;
      const azimuth = (detection.azimuthDeg - (truth.azimuthRad * 180) / Math.PI) / 0.3;
      const elevation = ((detection.elevationDeg ?? 0) - (truth.elevationRad * 180) / Math.PI) / 0.5;
      if (Math.max(Math.abs(range), Math.abs(azimuth), Math.abs(elevation)) > 6) clutterCount++;
      else {
        misses.range.push(range);
        misses.azimuth.push(azimuth);
        misses.elevation.push(elevation);
      }
    }
  }
  const seen = misses.range.length;
  assert.ok(Math.abs(seen / looks - 0.9) < 4 * Math.sqrt(0.09 / looks), `pD ${seen / looks} over ${looks} looks`);
  assert.ok(Math.abs(clutterCount / looks - 6) < 4 * Math.sqrt(6 / looks), `${clutterCount / looks} clutter a look`);
  for (const [name, values] of Object.entries(misses)) {
    const variance = values.reduce((sum, value) => sum + value * value, 0) / seen;
    // A hovering drone moves by some decimetres, which is small against 5 m.
    assert.ok(Math.abs(variance - 1) < 4 * Math.sqrt(2 / seen) + 0.02, `${name}: variance ${variance} of the stated`);
  }
});

test("in the Doppler notch a hovering drone is seen as rarely as the sheet says, in a shadow never", () => {
  const notch = { belowMps: 1.5, detectionProbability: 0.2 };
  const seenShare = (sensor: Sensor) => {
    const lines = linesOf(
      createSimulation(
        scenario({ objects: [hover("a", 32.575, -117.07)], sensors: [{ sensor, feed: feedId.parse("radar") }] }),
        2,
        START_MS,
      ).step(START_MS + 2_000_000),
    );
    return lines.reduce((sum, { detections = [] }) => sum + detections.length, 0) / lines.length;
  };
  const share = seenShare({ ...radar, notch });
  assert.ok(Math.abs(share - 0.2) < 4 * Math.sqrt(0.16 / 2000), `${share}`);
  const shadow = { azimuthFromDeg: 350, azimuthToDeg: 10, rangeFromM: 2000, rangeToM: 4000, elevationBelowDeg: 5 };
  assert.equal(seenShare({ ...radar, shadows: [shadow] }), 0);
  assert.ok(seenShare({ ...radar, shadows: [{ ...shadow, elevationBelowDeg: 1 }] }) > 0.8, "above the shadow it is seen");
});

test("a small bird is seen less far than a drone, and nothing beyond the sheet's range", () => {
  const count = (objectClass: SimulatedObject["class"], latDeg: number) =>
    linesOf(
      createSimulation(scenario({ objects: [hover("a", latDeg, -117.07, { class: objectClass })] }), 3, START_MS).step(
        START_MS + 200_000,
      ),
    ).reduce((sum, { detections = [] }) => sum + detections.length, 0);
  assert.ok(count("multirotor", 32.6) > 150);
  assert.equal(count("bird", 32.6), 0);
  assert.ok(count("bird", 32.57) > 150);
  assert.equal(count("mannedAircraft", 32.61), 0);
});

test("a direction finder points at aircraft or controller with its bias, and a wall misleads it now and then", () => {
  const finder: Sensor = {
    ...radar,
    id: sensorId.parse("df"),
    kind: "directionFinder",
    detectionProbability: 0.8,
    azimuthSigmaDeg: 2,
  };
  const controller = { latDeg: 32.55, lonDeg: -117.09 };
  const lines = linesOf(
    createSimulation(
      scenario({
        objects: [hover("a", 32.57, -117.07, { radio: { frequencyMhz: 2440, controller } })],
        sensors: [{ sensor: finder, feed: feedId.parse("df"), azimuthBiasDeg: 1.5, multipath: 0.1 }],
      }),
      4,
      START_MS,
    ).step(START_MS + 3_600_000),
  );
  const bearings = lines.flatMap(({ detections = [] }) => detections);
  assert.ok(Math.abs(bearings.length / lines.length - 0.8) < 4 * Math.sqrt(0.16 / lines.length));
  const near = (deg: number) =>
    bearings.flatMap((bearing) => {
      assert.ok(bearing.kind === "bearing");
      const off = ((bearing.azimuthDeg - deg + 540) % 360) - 180;
      return Math.abs(off) < 9 ? [off] : [];
    });
  for (const [name, deg] of [
    ["aircraft", 0],
    ["controller", 270],
  ] as const) {
    const offs = near(deg);
    const share = offs.length / bearings.length;
    // Half of nine in ten, and what multipath puts near by chance.
    assert.ok(Math.abs(share - 0.45 - 0.05 * 0.15) < 0.03, `${name}: ${share}`);
    const mean = offs.reduce((sum, off) => sum + off, 0) / offs.length;
    assert.ok(Math.abs(mean - 1.5) < 4 * (3 / Math.sqrt(offs.length)), `${name}: bias ${mean}°`);
  }
  assert.ok(bearings.some(({ emitter }) => emitter === "unknown") && bearings.some(({ emitter }) => emitter === "controller"));
});

for (const carrier of ["wifi-beacon", "wifi-nan", "ble-legacy", "ble-extended"] as const) {
  test(`${carrier}: what is broadcast decodes to where the drone is and who it says it is`, () => {
    const place = { latDeg: 32.556, lonDeg: -117.075 };
    const receiver: Sensor = { ...radar, id: sensorId.parse("rid"), kind: "remoteId" };
    const remoteId = {
      carrier,
      address: "c2:50:00:00:00:09",
      serial: "TESTA0000000009",
      description: "Test",
      operatorId: "USA9",
      operator: HOME,
    };
    const object = hover("a", place.latDeg, place.lonDeg, { remoteId });
    const events = createSimulation(
      scenario({ objects: [object], sensors: [{ sensor: receiver, feed: feedId.parse("rid") }] }),
      5,
      START_MS,
    ).step(START_MS + 60_000);
    const kinds = new Set<string>();
    let positions = 0;
    for (const { atMs, bytes } of events) {
      const [item, ...more] = createCaptureDecoder({ chunks: "datagrams" }).push(bytes);
      assert.ok(item?.kind === "packet" && more.length === 0);
      assert.ok((item.value.capturedMs ?? 0) < atMs && (item.value.capturedMs ?? 0) > atMs - 100);
      const link = decodeLink(item.value.linkType, item.value.packet);
      assert.ok(link.ok && link.value.kind !== "udp" && link.value.kind !== "other");
      assert.ok((link.value.rssiDbm ?? 0) < -50);
      const frame = decodeRemoteIdFrame(link.value);
      assert.ok(frame.ok && frame.value.carrier === carrier);
      assert.deepEqual(frame.value.errors, []);
      for (const message of frame.value.messages) {
        kinds.add(message.kind);
        if (message.kind === "basic-id") assert.equal(message.uasId, "TESTA0000000009");
        if (message.kind !== "location") continue;
        positions++;
        const { latDeg = 0, lonDeg = 0, altHaeM = 0, heightM = 0 } = message;
        assert.ok(distanceM(place, { latDeg, lonDeg }) < 12, "within some sigma of a satellite fix");
        assert.ok(Math.abs(altHaeM - 100) < 18 && Math.abs(heightM) < 3);
      }
    }
    assert.ok(positions > 40, `${positions} positions in a minute`);
    assert.deepEqual([...kinds].sort(), ["basic-id", "location", "operator-id", "self-id", "system"]);
  });
}

test("a false broadcast is off by what was asked, and a phantom is heard though nothing flies", () => {
  const place = { latDeg: 32.556, lonDeg: -117.075 };
  const receiver: Sensor = { ...radar, id: sensorId.parse("rid"), kind: "remoteId" };
  const remoteId = { carrier: "wifi-beacon", address: "02:00:00:00:00:01", serial: "TESTA1" } as const;
  const simulation = createSimulation(
    scenario({
      objects: [
        hover("offset", place.latDeg, place.lonDeg, { remoteId: { ...remoteId, offset: { eastM: 800, northM: 600 } } }),
        hover("phantom", 32.56, -117.06, {
          remoteId: { ...remoteId, address: "02:00:00:00:00:02" },
          phantom: true,
          sender: HOME,
        }),
      ],
      sensors: [
        { sensor: receiver, feed: feedId.parse("rid") },
        { sensor: radar, feed: feedId.parse("radar") },
      ],
    }),
    6,
    START_MS,
  );
  const events = simulation.step(START_MS + 30_000);
  assert.deepEqual(
    simulation.truth(START_MS + 10_000).map(({ id }) => id),
    ["offset"],
  );
  const heard = new Map<string, number>();
  for (const { bytes } of events.filter(({ feed }) => feed === "rid")) {
    const [item] = createCaptureDecoder().push(bytes);
    assert.ok(item?.kind === "packet");
    const link = decodeLink(item.value.linkType, item.value.packet);
    assert.ok(link.ok && link.value.kind === "wifi-beacon");
    const frame = decodeRemoteIdFrame(link.value);
    assert.ok(frame.ok);
    for (const message of frame.value.messages)
      if (message.kind === "location")
        heard.set(link.value.sourceAddress, distanceM(place, { latDeg: message.latDeg ?? 0, lonDeg: message.lonDeg ?? 0 }));
  }
  assert.ok(Math.abs((heard.get("02:00:00:00:00:01") ?? 0) - 1000) < 15);
  assert.equal(heard.size, 2);
  const seen = linesOf(events.filter(({ feed }) => feed === "radar")).map(({ detections = [] }) => detections.length);
  assert.ok(Math.max(...seen) === 1, "radar sees the drone only");
});

test("a loop begins again, an end ends, and nothing is before the start", () => {
  const short = scenario({ durationS: 10, objects: [hover("a", 32.57, -117.07, { fromS: 2, toS: 8 })] });
  const once = createSimulation(short, 1, START_MS);
  const looping = createSimulation({ ...short, loops: true }, 1, START_MS);
  const there = (simulation: typeof once, s: number) => simulation.truth(START_MS + 1000 * s).length;
  assert.deepEqual(
    [-1, 1, 5, 9, 15].map((s) => there(once, s)),
    [0, 0, 1, 0, 0],
  );
  assert.deepEqual(
    [-1, 1, 5, 9, 15].map((s) => there(looping, s)),
    [0, 0, 1, 0, 1],
  );
  assert.equal(once.step(START_MS + 60_000).length, 10);
  assert.equal(looping.step(START_MS + 60_000).length, 60);
});

test("people walk to and fro at their pace", () => {
  const walk = {
    person: "p",
    line: [
      [-117.07, 32.55],
      [-117.07, 32.56],
      [-117.06, 32.56],
    ] as [number, number][],
    speedMps: 5,
  };
  const simulation = createSimulation(scenario({ walks: [walk] }), 1, START_MS);
  const at = (s: number) => simulation.walks(START_MS + 1000 * s)[0] ?? assert.fail("nobody");
  for (let s = 0; s < 3000; s += 7) assert.ok(distanceM(at(s), at(s + 1)) < 5.01);
  assert.ok(distanceM(at(0), { latDeg: 32.55, lonDeg: -117.07 }) < 0.01);
  assert.ok(distanceM(at(100), at(0)) > 499);
});

test("tshark reads the captures", { skip: spawnSync("tshark", ["--version"]).error ? "tshark is not installed" : false }, () => {
  const receiver: Sensor = { ...radar, id: sensorId.parse("rid"), kind: "remoteId" };
  const dir = mkdtempSync(join(tmpdir(), "picket-sim-"));
  try {
    for (const { carrier, filter } of [
      { carrier: "wifi-beacon", filter: 'wlan.fc.type_subtype == 8 && wlan.tag.oui == 0xfa0bbc && wlan.fcs.status == "Good"' },
      { carrier: "wifi-nan", filter: 'wlan.fc.type_subtype == 13 && wlan.fcs.status == "Good" && wlan.da == 51:6f:9a:01:00:00' },
      { carrier: "ble-legacy", filter: "btle.advertising_header.pdu_type == 0x2 && btcommon.eir_ad.entry.uuid_16 == 0xfffa" },
      { carrier: "ble-extended", filter: "btle.advertising_header.pdu_type == 0x7 && btcommon.eir_ad.entry.uuid_16 == 0xfffa" },
    ] as const) {
      const remoteId = { carrier, address: "c2:50:00:00:00:09", serial: "TESTA0000000009" };
      const object = hover("a", 32.556, -117.075, { remoteId });
      const events = createSimulation(
        scenario({ objects: [object], sensors: [{ sensor: receiver, feed: feedId.parse("rid") }] }),
        5,
        START_MS,
      ).step(START_MS + 20_000);
      const packets = events.map(({ bytes }) => {
        const [item] = createCaptureDecoder().push(bytes);
        assert.ok(item?.kind === "packet");
        return { ...item.value, capturedMs: item.value.capturedMs ?? 0 };
      });
      const file = join(dir, `${carrier}.pcap`);
      writeFileSync(file, encodePcap(packets[0]?.linkType ?? 0, packets));
      const read = execFileSync(
        "tshark",
        ["-o", "wlan.check_checksum:TRUE", "-r", file, "-Y", filter, "-T", "fields", "-e", "frame.number"],
        {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        },
      );
      assert.ok(packets.length >= 15);
      assert.equal(read.trim().split("\n").length, packets.length, carrier);
      const first = join(dir, "datagram.pcap");
      writeFileSync(first, events[0]?.bytes ?? new Uint8Array());
      const alone = execFileSync("tshark", ["-r", first, "-T", "fields", "-e", "frame.number"], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      assert.equal(alone.trim(), "1");
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});
