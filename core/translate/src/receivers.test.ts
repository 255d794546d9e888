import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBeaconFrame, encodePcap, LINK_TYPE } from "@picket/capture";
import { type BroadcastClaim, feedId, Input, type Scan, type Sensor, type SensorReport, sensorId, validate } from "@picket/model";
import { encodeBeaconElement, encodePack, tenthsAfterHour } from "@picket/remote-id";
import { createTranslator, type Protocol, type Translator } from "./index.ts";

const NOW_MS = Date.UTC(2026, 8, 21, 14, 59, 59, 900);
const ADDRESS = "60:60:1f:00:00:01";
const SERIAL = "1581F5FKD229400ABCDE";
const HERE = { latDeg: 32.5512344, lonDeg: -117.0412346 };

const receiver = (id: string): Sensor => ({
  id: sensorId.parse(id),
  name: id,
  kind: "remoteId",
  latDeg: 32.55,
  lonDeg: -117.04,
  rangeMaxM: 5000,
  covers: false,
});
const OWN = receiver("roof");
const OTHER = receiver("ds230-0002");

function translator(
  protocol: Protocol,
  more: { snapshot?: unknown; framing?: "stream" | "datagram"; legalBasis?: string } = {},
): Translator {
  const { snapshot, framing = "datagram", legalBasis = "Consent of the owner" } = more;
  const legal = legalBasis === "" ? {} : { legalBasis };
  return createTranslator(
    { feed: feedId.parse("f"), protocol, sensor: OWN, sensors: [OWN, OTHER], reality: "live", framing, ...legal },
    snapshot,
  );
}

function hear(by: Translator, message: unknown, receivedMs = NOW_MS) {
  const bytes = message instanceof Uint8Array ? message : new TextEncoder().encode(`${JSON.stringify(message)}\n`);
  const { inputs, records, rejected } = by.bytes(bytes, receivedMs, "192.0.2.9:1883", 5);
  for (const input of inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
  return {
    records,
    codes: rejected.map(({ code }) => code),
    claims: inputs.filter((input): input is BroadcastClaim => input.kind === "claim"),
    scans: inputs.filter((input): input is Scan => input.kind === "scan"),
    reports: inputs.filter((input): input is SensorReport => input.kind === "sensorReport"),
  };
}

/** A DroneScout's dump that says who and where, with the stamp of `stampMs`. */
function dump(stampMs: number): string {
  const octets = Buffer.alloc(920);
  octets.writeUInt32LE(2, 0);
  octets.writeUInt32LE(1, 4);
  octets.write(SERIAL, 8, "ascii");
  octets.writeUInt32LE(2, 64);
  octets.writeFloatLE(361, 68);
  octets.writeFloatLE(255, 72);
  octets.writeFloatLE(63, 76);
  octets.writeDoubleLE(HERE.latDeg, 80);
  octets.writeDoubleLE(HERE.lonDeg, 88);
  for (const at of [96, 100, 108]) octets.writeFloatLE(-1000, at);
  octets.writeFloatLE(tenthsAfterHour(stampMs) / 10, 132);
  octets[892] = 1;
  octets[894] = 1;
  return octets.toString("base64");
}
const scout = (sensor: string, rssi: number, stampMs = NOW_MS - 300) => ({
  protocol: 1.0,
  data: {
    "sensor ID": sensor,
    RSSI: rssi,
    channel: 6,
    timestamp: NOW_MS - 150,
    "MAC address": ADDRESS.toUpperCase(),
    type: "WLAN Beacon",
    UASdata: dump(stampMs),
  },
});
const parts = {
  "Basic ID": { id_type: "Serial Number (ANSI/CTA-2063-A)", id: SERIAL, MAC: ADDRESS, RSSI: -80 },
  "Location/Vector Message": {
    latitude: HERE.latDeg,
    longitude: HERE.lonDeg,
    timestamp: (tenthsAfterHour(NOW_MS - 300) / 10).toFixed(1),
  },
};
const flat = {
  id: `drone-${SERIAL}`,
  id_type: "Serial Number (ANSI/CTA-2063-A)",
  mac: "",
  lat: HERE.latDeg,
  lon: HERE.lonDeg,
  rssi: -90,
  seen_by: "ds230 0002",
};
const mesh = {
  mac: ADDRESS,
  rssi: -71,
  drone_lat: 32.551234,
  drone_long: -117.041235,
  drone_altitude: 120,
  pilot_lat: 0,
  pilot_long: 0,
  basic_id: SERIAL,
};

test("one broadcast through three boxes and two networks is one piece of evidence and five receptions", () => {
  const beacon = encodeBeaconFrame({
    sourceAddress: ADDRESS,
    rssiDbm: -60,
    elements: encodeBeaconElement(
      7,
      encodePack([
        { kind: "basic-id", idType: "serial-number", uasId: SERIAL },
        { kind: "location", ...HERE, tenthsAfterHour: tenthsAfterHour(NOW_MS - 300) },
      ]),
    ),
  });
  const capture = encodePcap(LINK_TYPE.radiotap, [{ packet: beacon, capturedMs: NOW_MS - 100 }]);
  const receptions = [
    hear(translator("remote-id"), capture),
    hear(translator("dronescout"), scout("ds230-0001", -71)),
    hear(translator("dragonsync"), parts, NOW_MS + 200),
    hear(translator("dragonsync"), flat, NOW_MS + 900),
    hear(translator("mesh-mapper"), mesh, NOW_MS + 400),
  ];
  const origins = receptions.map(({ scans }) => scans[0]?.detections[0]?.origin);
  assert.deepEqual(new Set(origins), new Set([`remote-id:${SERIAL}/32.551234,-117.041235`]));
  assert.deepEqual(
    receptions.map(({ claims }) => claims[0]?.signal?.rssiDbm),
    [-60, -71, -80, -90, -71],
    "each keeps how strong it was",
  );
  assert.deepEqual(
    receptions.map(({ claims }) => claims[0]?.sensor),
    ["roof", "roof", "roof", "ds230-0002", "roof"],
    "and who heard it: a box that is a sensor of the site stands for itself",
  );
  for (const { claims, codes } of receptions) {
    assert.deepEqual(claims[0]?.identities, [{ kind: "serial", value: SERIAL }]);
    assert.deepEqual(codes, []);
  }
});

test("a DroneScout's stamp and clock tell when the position was measured", () => {
  const { scans, claims } = hear(translator("dronescout"), scout("x", -71));
  assert.deepEqual([scans[0]?.measuredMs, scans[0]?.clockOffsetMs], [NOW_MS - 300, -150]);
  assert.deepEqual(claims[0]?.signal, { rssiDbm: -71, frequencyMhz: 2437 });
  const wrong = scout("x", -71);
  wrong.data.timestamp = NOW_MS + 3_600_000;
  const told = hear(translator("dronescout"), wrong);
  assert.deepEqual(
    [told.scans[0]?.measuredMs, told.scans[0]?.clockOffsetMs],
    [NOW_MS - 300, 3_600_000],
    "a clock that is off is told and not used",
  );
});

test("a receiver whose clock is wrong is degraded until it is right, whatever else it says of itself", () => {
  const by = translator("dronescout");
  const status = (offsetMs: number) => {
    const { reports } = hear(by, { status: { "sensor ID": "s", timestamp: NOW_MS + offsetMs, status: "ok" } });
    return reports.map(({ state, detail }) => `${state}: ${detail}`);
  };
  assert.deepEqual(status(-2000), ["working: ok"]);
  assert.deepEqual(status(3_600_000), [
    "degraded: Its clock is 3600 s ahead of ours",
    "degraded: Its clock is 3600 s ahead of ours",
  ]);
  assert.deepEqual(status(3_600_000), ["degraded: Its clock is 3600 s ahead of ours"]);
  assert.deepEqual(status(0), ["working: Its clock is right", "working: ok"]);
  assert.deepEqual(status(-60_000)[0], "degraded: Its clock is 60 s behind ours");
});

test("an encrypted drone and a signal are a presence within the receiver's range, without a position", () => {
  const { scans, claims } = hear(translator("dragonsync"), {
    ...flat,
    id: "drone-alert",
    description: "DJI Encrypted (O4)",
    freq_mhz: 5756.5,
  });
  const [detection] = scans[0]?.detections ?? [];
  assert.deepEqual(detection?.measurement, { kind: "presence", radiusM: 5000 });
  assert.deepEqual([detection?.emitter, detection?.claims?.[0]?.value], ["aircraft", "seen, not decoded: DJI Encrypted (O4)"]);
  assert.deepEqual([detection?.signal, claims.length], [{ rssiDbm: -90, frequencyMhz: 5756.5 }, 0]);
  const signal = hear(translator("dragonsync"), {
    signal_type: "analog-video",
    center_hz: 5.8e9,
    bandwidth_hz: 8e6,
    lat: 1,
    lon: 2,
  });
  assert.deepEqual(signal.scans[0]?.detections[0]?.signal, { frequencyMhz: 5800, bandwidthMhz: 8 });
  assert.equal(signal.scans[0]?.detections[0]?.emitter, "unknown");
});

test("DJI identification and signals are left until the feed states its legal basis", () => {
  const by = translator("dragonsync", { legalBasis: "" });
  const dji = [...Object.entries(parts).map(([name, part]) => ({ [name]: part })), { "Frequency Message": { frequency: 5.8e9 } }];
  for (const message of [dji, { ...flat, id: "drone-alert" }, { signal_type: "fpv" }]) {
    const { claims, scans, codes } = hear(by, message);
    assert.deepEqual([claims.length + scans.length, codes], [0, ["no-legal-basis"]]);
  }
  assert.equal(hear(translator("dragonsync"), dji).claims[0]?.origin, `dji:${ADDRESS}`);
  assert.equal(hear(by, parts).claims.length, 1, "what is broadcast to everybody needs none");
});

test("an aircraft that a box heard is a claim and a position, and on the ground a claim alone", () => {
  const aircraft = {
    address: "A2FCF2",
    flight: "ASA541",
    altitude: 1650,
    "altitude type": 2,
    speed: 128,
    track: 90,
    latitude: 32.56,
    longitude: -117.04,
    category: 3,
  };
  const { claims, scans } = hear(translator("dronescout"), { aircraft });
  assert.deepEqual(
    claims[0]?.identities.map(({ value }) => value),
    ["A2FCF2", "ASA541"],
  );
  const measurement = scans[0]?.detections[0]?.measurement;
  assert.ok(measurement?.kind === "position" && measurement.height?.reference === "hae" && measurement.horizontalSigmaM === 300);
  const kit = {
    track_type: "aircraft",
    icao: "A2FCF2",
    lat: 32.56,
    lon: -117.04,
    alt: 100,
    speed: 5,
    on_ground: true,
    category: "C2",
    nac_p: 10,
  };
  const ground = hear(translator("dragonsync"), kit);
  assert.deepEqual([ground.claims[0]?.status, ground.scans.length], ["ground", 0]);
  const flying = hear(translator("dragonsync"), { ...kit, on_ground: false, category: "B6" }).scans[0]?.detections[0];
  assert.ok(flying?.measurement.kind === "position" && Math.abs(flying.measurement.horizontalSigmaM - 10 / 2.4477) < 1e-9);
  assert.equal(flying.classLikelihoods?.multirotor, 0.45);
});

test("what a receiver says of one part of itself does not hide what it said of another", () => {
  const by = translator("dronescout");
  const state = (message: object) =>
    hear(by, message).reports.map(({ sensor, state: now, detail }) => `${sensor} ${now}: ${detail}`);
  const at = (latitude: number) => ({ location: { "sensor ID": "s", latitude, longitude: -117.04, satellites: 8 } });
  assert.deepEqual(state(at(32.55)), ["roof working: Its GNSS has a fix of 8 satellites"]);
  assert.deepEqual(state({ status: { "sensor ID": "s", status: "error: radio" } }), ["roof failed: error: radio"]);
  assert.deepEqual(state(at(32.55)), ["roof failed: error: radio"]);
  assert.deepEqual(state({ status: { status: "ok", "sensor ID": "DS230-0002" } }), ["ds230-0002 working: ok"], "another sensor");
  assert.deepEqual(state({ status: { "sensor ID": "s", status: "ok" } }), ["roof working: ok"]);
  assert.deepEqual(state(at(32.58)), ["roof degraded: It stands 3327 m from where it is configured"]);
  assert.deepEqual(hear(translator("mesh-mapper"), { heartbeat: "active" }).reports[0]?.detail, "active");
});

test("what a receiver hears is placed where its own GNSS says it stands, once that is elsewhere than configured", () => {
  const moving: Sensor = { ...OWN, moves: true };
  const created = (sensor: Sensor, snapshot?: unknown) =>
    createTranslator(
      { feed: feedId.parse("f"), protocol: "dragonsync", sensor, sensors: [sensor], reality: "live", framing: "datagram" },
      snapshot,
    );
  const kit = (latitude: number) => ({ id: "roof", cpu_usage: 12, gps_fix: true, latitude, longitude: -117.04 });
  const drone = { id: `drone-${SERIAL}`, mac: ADDRESS, lat: HERE.latDeg, lon: HERE.lonDeg };
  const plane = { icao: "A2FCF2", lat: 32.62, lon: -117.04, alt: 2500, category: "A1" };
  for (const [sensor, state] of [
    [moving, "working"],
    [OWN, "degraded"],
  ] as const) {
    const by = created(sensor);
    assert.equal(hear(by, kit(32.5501)).reports[0]?.state, "working");
    assert.equal(hear(by, drone).scans[0]?.sensorPlace, undefined, "a receiver where it should be needs no other place");
    assert.equal(hear(by, plane).scans.length, 0, "7.8 km are beyond its 5 km");
    assert.equal(hear(by, kit(32.58)).reports[0]?.state, state);
    const restored = created(sensor, by.snapshot());
    const elsewhere = { latDeg: 32.58, lonDeg: -117.04 };
    assert.deepEqual(hear(restored, drone).scans[0]?.sensorPlace, elsewhere);
    assert.deepEqual(hear(restored, plane).scans[0]?.sensorPlace, elsewhere);
    hear(restored, kit(32.55));
    assert.equal(hear(restored, drone).scans[0]?.sensorPlace, undefined, "back where it is configured");
  }
});

test("749 turns of two identities of one airframe leave it one airframe with both, in one order", () => {
  const by = translator("dragonsync");
  const turns = Array.from({ length: 749 }, (_, i) => {
    const basic = i % 2 === 0 ? { id_type: 1, id: SERIAL } : { id_type: 2, id: "FA3NHKL7" };
    const location = { latitude: HERE.latDeg + i * 1e-5, longitude: HERE.lonDeg };
    return hear(by, { "Basic ID": { ...basic, MAC: ADDRESS }, "Location/Vector Message": location }, NOW_MS + 1000 * i);
  });
  const told = turns
    .slice(1)
    .map(({ claims, scans }) => JSON.stringify([claims[0]?.identities, scans[0]?.detections[0]?.claims]));
  assert.equal(new Set(told).size, 1, "after both were heard once nothing changes");
  assert.deepEqual(turns.at(-1)?.claims[0]?.identities, [
    { kind: "serial", value: SERIAL },
    { kind: "registration", value: "FA3NHKL7" },
  ]);
  const senders = new Set(turns.map(({ scans }) => scans[0]?.detections[0]?.origin?.split("/")[0]));
  assert.deepEqual(senders, new Set([`remote-id:${SERIAL}`]));
});

test("749 turns of two airframes with one address leave them two, each with its own words", () => {
  const by = translator("mesh-mapper");
  const turns = Array.from({ length: 749 }, (_, i) => {
    const line = {
      ...mesh,
      basic_id: i % 2 === 0 ? "TESTA1" : "TESTB2",
      drone_lat: 32.5 + (i % 2),
      pilot_lat: 32.4 + (i % 2),
      pilot_long: -117,
    };
    return hear(by, line, NOW_MS + 500 * i);
  });
  for (const [i, { claims, scans, codes }] of turns.entries()) {
    assert.deepEqual(codes, []);
    assert.deepEqual(claims[0]?.identities, [{ kind: "serial", value: i % 2 === 0 ? "TESTA1" : "TESTB2" }], `turn ${i}`);
    assert.equal(claims[0]?.operator?.place.latDeg, 32.4 + (i % 2), `turn ${i}`);
    assert.equal(scans[0]?.detections[0]?.origin?.split("/")[0], `remote-id:${i % 2 === 0 ? "TESTA1" : "TESTB2"}`);
  }
});

test("a translator restored after any octet goes on as the first would have", () => {
  for (const [protocol, messages] of [
    ["dronescout", [scout("a", -1), { status: { status: "ok" } }, scout("b", -2)]],
    ["dragonsync", [parts, flat, { ...flat, id: "drone-alert" }]],
    ["mesh-mapper", [mesh, { heartbeat: "x" }, { ...mesh, basic_id: "TESTB2" }]],
  ] as const) {
    const stream = new TextEncoder().encode(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
    for (let cut = 0; cut <= stream.length; cut += 61) {
      const first = translator(protocol, { framing: "stream" });
      first.bytes(stream.subarray(0, cut), NOW_MS, "a", 1);
      const snapshot = JSON.parse(JSON.stringify(first.snapshot()));
      const second = translator(protocol, { framing: "stream", snapshot });
      const rest = [stream.subarray(cut), NOW_MS + 1000, "a", 2] as const;
      assert.deepEqual(second.bytes(...rest), first.bytes(...rest));
      assert.equal(JSON.stringify(second.snapshot()), JSON.stringify(first.snapshot()));
    }
  }
});
