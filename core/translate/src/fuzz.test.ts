import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeBeaconFrame, encodeLegacyAdvertisement, encodePcap, LINK_TYPE } from "@picket/capture";
import { feedId, Input, type Sensor, sensorId, validate } from "@picket/model";
import { encodeAdvertisingData, encodeBeaconElement, encodeMessage, encodePack, type MessageDraft } from "@picket/remote-id";
import { createTranslator } from "./index.ts";

const SENSOR: Sensor = {
  id: sensorId.parse("s"),
  name: "Sensor",
  kind: "radar",
  latDeg: 47,
  lonDeg: 8,
  rangeMaxM: 5000,
  rangeSigmaM: 5,
  azimuthSigmaDeg: 1,
  northReference: "magnetic",
};
const NOW_MS = 1_790_000_000_000;

/** A small generator of its own, so that a failing run is the same again. @source Marsaglia, "Xorshift RNGs", JSS 8(14), 2003. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Flips bits, sets octets to extremes, cuts, repeats and splices, up to three times. */
function mutated(seeds: readonly Uint8Array[], below: (limit: number) => number): Uint8Array {
  const pick = () => seeds[below(seeds.length)] ?? new Uint8Array();
  let bytes = pick().slice();
  for (let left = below(4); left > 0 && bytes.length > 0; left--) {
    const at = below(bytes.length);
    switch (below(6)) {
      case 0:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
        break;
      case 1:
        bytes[at] = [0, 0xff, 0x7f, 0x80, 0x7b, 0x0a][below(6)] ?? 0;
        break;
      case 2:
        bytes = bytes.slice(0, at);
        break;
      case 3:
        bytes = Uint8Array.of(...bytes.subarray(0, at), ...pick().subarray(below(40)));
        break;
      case 4:
        bytes = Uint8Array.of(...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - below(20))));
        break;
      default:
        bytes.fill(below(256), at, at + below(8));
    }
  }
  return bytes;
}

const text = (value: unknown) => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
const LINES = [
  text({
    sensor: "s",
    measuredMs: NOW_MS,
    detections: [{ kind: "polar", rangeM: 100, azimuthDeg: 20, elevationDeg: 3, rangeRateMps: 2 }],
  }),
  text({
    sensor: "s",
    sector: { azimuthFromDeg: 1, azimuthToDeg: 90 },
    detections: [{ kind: "bearing", azimuthDeg: 2, azimuthSigmaDeg: 1 }],
  }),
  text({
    sensor: "s",
    state: "degraded",
    detail: "é",
    detections: [{ kind: "position", latDeg: 1, lonDeg: 2, eastMps: 1, northMps: 2 }],
  }),
  text({ sensor: "s", detections: [{ kind: "presence" }, { kind: "sector", azimuthFromDeg: 5, azimuthToDeg: 6 }] }),
  new TextEncoder().encode('{"__proto__":{"polluted":1},"sensor":"s","detections":[{"__proto__":{"polluted":1}}]}\n[[[[[[\n'),
];
/** A chunk takes well under a millisecond; on a busy machine it may wait for its turn, and only a loop takes this long. */
const HANG_MS = 5000;
const LOCATION: MessageDraft = { kind: "location", latDeg: 47, lonDeg: 8, altHaeM: 500, tenthsAfterHour: 100 };
const MESSAGES: readonly MessageDraft[] = [
  LOCATION,
  { kind: "basic-id", idType: "serial-number", uasId: "TESTA1" },
  { kind: "authentication", page: 0, lastPage: 1, lengthOctets: 30 },
  { kind: "system", operatorLatDeg: 47, operatorLonDeg: 8 },
  { kind: "operator-id", operatorId: "USA1" },
];
const beacon = encodeBeaconFrame({ sourceAddress: "02:00:00:00:00:01", elements: encodeBeaconElement(1, encodePack(MESSAGES)) });
const legacy = encodeLegacyAdvertisement({
  advertiserAddress: "c2:00:00:00:00:01",
  data: encodeAdvertisingData(1, encodeMessage(LOCATION)),
});
const CAPTURES = [
  encodePcap(LINK_TYPE.radiotap, [{ packet: beacon, capturedMs: NOW_MS }]),
  // Link type 105 has no frame check sequence, so that what is mutated within reaches the decoder.
  encodePcap(LINK_TYPE.ieee80211, [{ packet: beacon.subarray(15, -4), capturedMs: NOW_MS }]),
  encodePcap(LINK_TYPE.bleLinkLayerWithHeader, [{ packet: legacy, capturedMs: NOW_MS }]),
];

const HERE = { lat: 47.001, lon: 8.001 };
const AIRCRAFT = {
  hex: "a2fcf2",
  flight: "ASA541",
  alt_geom: 5000,
  gs: 90,
  track: 9,
  category: "A3",
  nac_p: 9,
  seen_pos: 0.5,
  ...HERE,
};
const ADSB = [
  text({ now: NOW_MS / 1000, aircraft: [AIRCRAFT, { hex: "~2c4f01", alt_baro: "ground", category: "C2", ...HERE }] }),
  text({ now: NOW_MS / 1000, ...AIRCRAFT, type: "mlat", mlat: ["lat"] }),
  new TextEncoder().encode('{"__proto__":{"polluted":1},"aircraft":[{"__proto__":{"polluted":1},"hex":"__proto__"}]}\n[[[[[[\n'),
];
const SBS = [
  "MSG,3,1,1,738065,1,2026/09/21,15:00:00.000,,,,1000,,,47.001,8.001,,,0,0,0,0\n",
  "MSG,1,1,1,738065,1,,,,,RYR1427\nMSG,4,1,1,738065,1,,,,,,,420,179,,,-64\n",
].map((line) => new TextEncoder().encode(line));
const DRAGONSYNC = [
  text({
    "Basic ID": { id_type: 1, id: "TESTA1", MAC: "02:00:00:00:00:01", RSSI: -70 },
    "Location/Vector Message": { latitude: 47, longitude: 8, geodetic_altitude: 500, timestamp: "10.5", speed: 3, direction: 90 },
    "System Message": { operator_lat: 47, operator_lon: 8 },
  }),
  text({
    id: "drone-TESTB2",
    lat: 47,
    lon: 8,
    alt: 65_531,
    pilot_lat: 47,
    pilot_lon: 8,
    seen_by: "s",
    observed_at: NOW_MS / 1000,
  }),
  text({ id: "drone-alert", description: "DJI Encrypted (O4)", freq_mhz: 5756.5 }),
  text({ track_type: "aircraft", icao: "a2fcf2", alt: 5000, speed: 90, on_ground: false, ...HERE }),
  text({ id: "kit", cpu_usage: 3, latitude: 47, longitude: 8, temperature_c: 90 }),
];
const DRONESCOUT = [
  text({ status: { "sensor ID": "s", status: "ok" }, location: { latitude: 47, longitude: 8 } }),
  text({
    aircraft: {
      address: "a2fcf2",
      latitude: 47,
      longitude: 8,
      altitude: 100,
      speed: 20,
      track: 3,
      category: 14,
      "flight state": 1,
    },
  }),
  text({
    data: {
      "sensor ID": "s",
      RSSI: -70,
      "MAC address": "02:00:00:00:00:01",
      raw: "HhYa+v8NADIARHJvbmUgSUQgdGVzdCBmbGlnaHQtLS0A",
    },
  }),
];
const MESH = [
  text({
    mac: "02:00:00:00:00:01",
    rssi: -71,
    drone_lat: 47,
    drone_long: 8,
    drone_altitude: 120,
    pilot_lat: 47,
    pilot_long: 8,
    basic_id: "TESTA1",
  }),
  text({ heartbeat: "active" }),
];

for (const { protocol, seeds, chunks: CHUNKS } of [
  { protocol: "detections", seeds: LINES, chunks: 50_000 },
  { protocol: "remote-id", seeds: CAPTURES, chunks: 50_000 },
  { protocol: "adsb", seeds: ADSB, chunks: 10_000 },
  { protocol: "sbs", seeds: SBS, chunks: 10_000 },
  { protocol: "dronescout", seeds: DRONESCOUT, chunks: 10_000 },
  { protocol: "dragonsync", seeds: DRAGONSYNC, chunks: 10_000 },
  { protocol: "mesh-mapper", seeds: MESH, chunks: 10_000 },
] as const) {
  test(`${CHUNKS} mutated chunks of ${protocol} neither throw, nor hang, nor grow, nor make an input that the model refuses`, () => {
    const below = seeded(20_260_921);
    const options = {
      feed: feedId.parse("f"),
      protocol,
      sensor: SENSOR,
      sensors: [SENSOR],
      reality: "test",
      legalBasis: "Ours",
    } as const;
    const translators = (["stream", "datagram"] as const).map((framing) => createTranslator({ ...options, framing }));
    let slowestMs = 0;
    let understood = 0;
    const codes = new Map<string, number>();
    for (let i = 0; i < CHUNKS; i++) {
      const chunk = mutated(seeds, below);
      const beganMs = performance.now();
      const { inputs, records, rejected } =
        translators[i % 2]?.bytes(chunk, NOW_MS + 20 * i, `p${below(100)}`, i) ?? assert.fail();
      slowestMs = Math.max(slowestMs, performance.now() - beganMs);
      understood += records;
      for (const { code } of rejected) codes.set(code, (codes.get(code) ?? 0) + 1);
      if (i % 10 !== 0) continue;
      for (const input of inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
    }
    assert.ok(understood > CHUNKS / 20, `${understood} understood`);
    assert.ok(codes.size >= 5, [...codes].join("; "));
    assert.ok(slowestMs < HANG_MS, `slowest chunk took ${slowestMs} ms`);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
    for (const translator of translators) {
      const octets = JSON.stringify(translator.snapshot()).length;
      assert.ok(octets < 4_000_000, `${octets} octets of state`);
    }
  });
}
