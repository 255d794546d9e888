import assert from "node:assert/strict";
import { test } from "node:test";
import {
  encodeActionFrame,
  encodeBeaconFrame,
  encodeExtendedAdvertisement,
  encodeLegacyAdvertisement,
  encodePcap,
  LINK_TYPE,
} from "@picket/capture";
import { type BroadcastClaim, feedId, Input, type Scan, type Sensor, sensorId, validate } from "@picket/model";
import {
  encodeActionBody,
  encodeAdvertisingData,
  encodeBeaconElement,
  encodeMessage,
  encodePack,
  type MessageDraft,
  tenthsAfterHour,
} from "@picket/remote-id";
import { createTranslator, type Translator } from "./index.ts";

const NOW_MS = Date.UTC(2026, 8, 21, 14, 59, 59, 900);
const ADDRESS = "02:00:00:00:00:01";
const RECEIVER: Sensor = { id: sensorId.parse("rid-1"), name: "Roof", kind: "remoteId", latDeg: 47, lonDeg: 8, rangeMaxM: 5000 };

function translator(framing: "stream" | "datagram" = "datagram", snapshot?: unknown): Translator {
  const options = {
    feed: feedId.parse("rid"),
    protocol: "remote-id",
    sensor: RECEIVER,
    sensors: [RECEIVER],
    reality: "live",
    framing,
  } as const;
  return createTranslator(options, snapshot);
}
const beacon = (messages: readonly MessageDraft[], more: { address?: string; counter?: number; rssiDbm?: number } = {}) =>
  encodeBeaconFrame({
    sourceAddress: more.address ?? ADDRESS,
    rssiDbm: more.rssiDbm ?? -60,
    elements: encodeBeaconElement(more.counter ?? 0, encodePack(messages)),
  });
const wifi = (packet: Uint8Array, capturedMs = NOW_MS) => encodePcap(LINK_TYPE.radiotap, [{ packet, capturedMs }]);
const ble = (packet: Uint8Array) => encodePcap(LINK_TYPE.bleLinkLayerWithHeader, [{ packet, capturedMs: NOW_MS }]);

function hear(by: Translator, bytes: Uint8Array, receivedMs = NOW_MS) {
  const translated = by.bytes(bytes, receivedMs, "192.0.2.9:4000", 5);
  for (const input of translated.inputs) assert.deepEqual(validate(Input, input), { ok: true, value: input });
  const claim = translated.inputs.find((input): input is BroadcastClaim => input.kind === "claim");
  const scan = translated.inputs.find((input): input is Scan => input.kind === "scan");
  return { ...translated, claim, scan, codes: translated.rejected.map(({ code }) => code) };
}
const sole = (location: Omit<Extract<MessageDraft, { kind: "location" }>, "kind">) => {
  const { scan } = hear(translator(), wifi(beacon([{ kind: "location", latDeg: 47.5, lonDeg: 8.5, ...location }])));
  const measurement = scan?.detections[0]?.measurement;
  assert.ok(scan && measurement?.kind === "position");
  return { scan, measurement };
};

test("a position has the sigmas that its accuracy codes bound at 95 %", () => {
  const { measurement } = sole({
    horizontalAccuracyM: 10,
    verticalAccuracyM: 25,
    altHaeM: 500,
    speedMps: 10,
    trackDeg: 90,
    verticalSpeedMps: -2,
    speedAccuracyMps: 1,
  });
  assert.ok(Math.abs(measurement.horizontalSigmaM - 10 / 2.4477) < 1e-9);
  assert.deepEqual(measurement.height, { valueM: 500, sigmaM: 25 / 1.96, reference: "hae" });
  const { eastMps, northMps, upMps, sigmaMps } = measurement.velocity ?? assert.fail("no velocity");
  assert.ok(Math.abs(eastMps - 10) < 1e-9 && Math.abs(northMps) < 1e-9 && upMps === -2);
  assert.ok(Math.abs(sigmaMps - 1 / 2.4477) < 1e-9);
});

test("an accuracy that is not said is a large sigma, never a small one", () => {
  const { measurement } = sole({ altHaeM: 500, speedMps: 3, trackDeg: 0 });
  assert.deepEqual([measurement.horizontalSigmaM, measurement.height?.sigmaM, measurement.velocity?.sigmaMps], [100, 100, 10]);
});

test("of several heights the best known reference is taken, each under its own name", () => {
  const all = {
    altHaeM: 500,
    heightM: 60,
    heightReference: "ground",
    altPressureM: 540,
    verticalAccuracyM: 10,
    pressureAccuracyM: 45,
  } as const;
  const { altHaeM: _hae, ...withoutHae } = all;
  const { heightM: _height, ...pressureOnly } = withoutHae;
  const references = [all, withoutHae, { ...withoutHae, heightReference: "take-off" } as const, pressureOnly, {}].map(
    (location) => sole(location).measurement.height,
  );
  assert.deepEqual(references, [
    { valueM: 500, sigmaM: 10 / 1.96, reference: "hae" },
    { valueM: 60, sigmaM: 10 / 1.96, reference: "agl" },
    { valueM: 60, sigmaM: 10 / 1.96, reference: "takeoff" },
    { valueM: 540, sigmaM: 45 / 1.96, reference: "pressure" },
    undefined,
  ]);
});

test("a velocity needs a track unless it stands still, and full scale is no measurement", () => {
  assert.equal(sole({ speedMps: 5 }).measurement.velocity, undefined);
  assert.equal(sole({ trackDeg: 5 }).measurement.velocity, undefined);
  assert.deepEqual(sole({ speedMps: 0 }).measurement.velocity, { eastMps: 0, northMps: 0, sigmaMps: 10 });
  assert.equal(sole({ speedMps: 254.25, trackDeg: 5 }).measurement.velocity, undefined);
  assert.equal(sole({ speedMps: 5, trackDeg: 5, verticalSpeedMps: 62 }).measurement.velocity?.upMps, undefined);
});

test("a stamp tells when it was measured, across the turn of the hour too", () => {
  const heardMs = Date.UTC(2026, 8, 21, 15, 0, 0, 300);
  const stamped = {
    kind: "location",
    latDeg: 1,
    lonDeg: 1,
    tenthsAfterHour: tenthsAfterHour(NOW_MS - 200),
    timestampAccuracyS: 0.4,
  } as const;
  const { scan, claim } = hear(translator(), wifi(beacon([stamped]), heardMs), heardMs + 50);
  assert.equal(scan?.measuredMs, heardMs + 50 - 600);
  assert.equal(scan?.measuredSigmaMs, 200);
  assert.equal(claim?.clockOffsetMs, -600);
});

test("without a stamp, or with one that cannot be, the time of hearing is used and the offset said", () => {
  const times = (location: Partial<MessageDraft>, system: readonly MessageDraft[] = []) => {
    const { scan, claim } = hear(
      translator(),
      wifi(beacon([{ kind: "location", latDeg: 1, lonDeg: 1, ...location } as MessageDraft, ...system])),
    );
    return [(scan?.measuredMs ?? 0) - NOW_MS, scan?.measuredSigmaMs, claim?.clockOffsetMs];
  };
  assert.deepEqual(times({}), [0, 1000, undefined]);
  assert.deepEqual(times({ tenthsAfterHour: tenthsAfterHour(NOW_MS - 60_000) }), [0, 1000, -60_000]);
  assert.deepEqual(times({ tenthsAfterHour: tenthsAfterHour(NOW_MS + 2_000) }), [0, 500, 2_000]);
  assert.deepEqual(times({ tenthsAfterHour: tenthsAfterHour(NOW_MS - 2_000) }), [-2_000, 500, -2_000]);
  assert.deepEqual(times({}, [{ kind: "system", timestampMs: NOW_MS - 86_400_900 }]), [0, 1000, -86_400_900]);
});

test("one broadcast heard by two receivers is one event, and the next broadcast is another", () => {
  const location = (tenth: number): MessageDraft => ({ kind: "location", latDeg: 47.5, lonDeg: 8.5, tenthsAfterHour: tenth });
  const origin = (by: Translator, bytes: Uint8Array, receivedMs = NOW_MS) =>
    hear(by, bytes, receivedMs).scan?.detections[0]?.origin;
  const [near, far] = [translator(), translator()];
  const first = origin(near, wifi(beacon([location(35_980)], { rssiDbm: -50 })));
  assert.equal(first, `remote-id:${ADDRESS}/47.500000,8.500000`);
  assert.equal(origin(far, wifi(beacon([location(35_980)], { rssiDbm: -80, counter: 1 }), NOW_MS + 7), NOW_MS + 90), first);
  assert.equal(origin(near, wifi(beacon([location(35_980)])), NOW_MS + 700), first, "one fix sent again is no new one");
  const next = origin(near, wifi(beacon([location(35_990)])), NOW_MS + 1000);
  assert.notEqual(next, first, "a hovering aircraft goes on being seen");
  assert.equal(origin(far, wifi(beacon([location(35_990)])), NOW_MS + 1400), next);
  const unstamped: MessageDraft = { kind: "location", latDeg: 47.6, lonDeg: 8.5 };
  const again = [0, 300, 1000].map((afterMs) => origin(near, wifi(beacon([unstamped])), NOW_MS + afterMs));
  assert.deepEqual([again[0] === again[1], again[0] === again[2]], [true, false]);
});

test("one fix sent over two radios of an aircraft, by two addresses, is one event", () => {
  const [near, far] = [translator(), translator()];
  const fix: MessageDraft = { kind: "location", latDeg: 47.5, lonDeg: 8.5, tenthsAfterHour: 35_990 };
  const serial: MessageDraft = { kind: "basic-id", idType: "serial-number", uasId: "TESTA1" };
  const origins = [
    hear(near, wifi(beacon([serial, fix]))),
    hear(far, wifi(beacon([serial, fix], { address: "02:00:00:00:00:99" }))),
  ].map(({ scan }) => scan?.detections[0]?.origin);
  assert.deepEqual(origins, Array(2).fill("remote-id:TESTA1/47.500000,8.500000"));
});

test("two bearers of one serial that hover go on being seen, each at its place", () => {
  const by = translator();
  const serial: MessageDraft = { kind: "basic-id", idType: "serial-number", uasId: "TESTA1" };
  const origins = Array.from({ length: 6 }, (_, i) => {
    const fix: MessageDraft = { kind: "location", latDeg: 47.5 + (i % 2), lonDeg: 8.5 };
    const bytes = wifi(beacon([serial, fix], { address: `02:00:00:00:00:0${i % 2}` }));
    return hear(by, bytes, NOW_MS + 1000 * i).scan?.detections[0]?.origin;
  });
  assert.equal(new Set(origins).size, 6);
});

const WHO: readonly MessageDraft[] = [
  { kind: "basic-id", idType: "caa-registration", uaType: "aeroplane", uasId: "N123" },
  { kind: "basic-id", idType: "serial-number", uaType: "aeroplane", uasId: "TESTA1" },
  { kind: "self-id", description: "Survey" },
  { kind: "system", operatorLocationType: "fixed", operatorLatDeg: 47.1, operatorLonDeg: 8.1, operatorAltHaeM: 470 },
  { kind: "operator-id", operatorId: "FIN87astrdge12k8-xyz" },
];

test("what a transmitter says of itself is one claim, and its operator's place is there only", () => {
  const { claim, scan, records } = hear(
    translator(),
    wifi(beacon([{ kind: "location", status: "emergency", latDeg: 47, lonDeg: 8 }, ...WHO])),
  );
  assert.equal(records, 1);
  const { identities, uaType, status, description, operatorId, operator, origin, signal } = claim ?? assert.fail("no claim");
  assert.deepEqual(
    { identities, uaType, status, description, operatorId, operator, origin, signal },
    {
      identities: [
        { kind: "serial", value: "TESTA1" },
        { kind: "registration", value: "N123" },
      ],
      uaType: "aeroplane",
      status: "emergency",
      description: "Survey",
      operatorId: "FIN87astrdge12k8",
      operator: { place: { latDeg: 47.1, lonDeg: 8.1 }, height: { valueM: 470, sigmaM: 100, reference: "hae" }, source: "fixed" },
      origin: `remote-id:${ADDRESS}`,
      signal: { rssiDbm: -60, frequencyMhz: 2437 },
    },
  );
  assert.deepEqual(scan?.detections[0]?.claims, identities);
  assert.ok(!JSON.stringify(scan).includes("47.1"), "a scan must not carry the operator's place");
});

test("a place told before any name is the radio address's claim: hearsay from the first word", () => {
  const { claim, scan } = hear(translator(), wifi(beacon([{ kind: "location", latDeg: 47, lonDeg: 8 }])));
  assert.deepEqual(claim?.identities, []);
  assert.deepEqual(scan?.detections[0]?.claims, [{ kind: "transmitter", value: ADDRESS }]);
});

test("one message at a time on legacy BLE adds up to the same claim", () => {
  const by = translator();
  const messages: readonly MessageDraft[] = [...WHO, { kind: "location", latDeg: 47, lonDeg: 8 }];
  const heard = messages.map((message, counter) =>
    hear(
      by,
      ble(
        encodeLegacyAdvertisement({
          advertiserAddress: "c2:00:00:00:00:01",
          data: encodeAdvertisingData(counter, encodeMessage(message)),
        }),
      ),
    ),
  );
  assert.deepEqual(
    heard.map(({ scan }) => scan !== undefined),
    [false, false, false, false, false, true],
  );
  const { claim, scan } = heard.at(-1) ?? assert.fail("nothing heard");
  assert.deepEqual([claim?.description, claim?.operatorId, claim?.identities.length], ["Survey", "FIN87astrdge12k8", 2]);
  assert.equal(scan?.detections[0]?.claims?.length, 2);
});

test("every carrier means the same", () => {
  const pack = encodePack([{ kind: "location", latDeg: 47, lonDeg: 8 }, ...WHO]);
  const data = encodeAdvertisingData(0, pack);
  for (const bytes of [
    wifi(encodeActionFrame({ sourceAddress: ADDRESS, body: encodeActionBody(0, pack) })),
    ble(encodeExtendedAdvertisement({ advertiserAddress: ADDRESS, data })),
  ]) {
    const { claim, scan } = hear(translator(), bytes);
    assert.deepEqual([claim?.identities.length, scan?.detections.length, claim?.origin], [2, 1, `remote-id:${ADDRESS}`]);
  }
});

test("an address that changes keeps its identity, and two serials of one address are two", () => {
  const by = translator();
  const location: MessageDraft = { kind: "location", latDeg: 47, lonDeg: 8 };
  const serial = (uasId: string): MessageDraft => ({ kind: "basic-id", idType: "serial-number", uasId });
  hear(by, wifi(beacon([location, serial("TESTA1"), { kind: "self-id", description: "Survey" }])));
  const moved = hear(by, wifi(beacon([location, serial("TESTA1")], { address: "02:00:00:00:00:99" })));
  assert.equal(moved.claim?.description, "Survey");
  const other = hear(by, wifi(beacon([location, serial("TESTA2")])));
  assert.deepEqual([other.claim?.identities.map(({ value }) => value), other.claim?.description], [["TESTA2"], undefined]);
});

test("a frame without an address stands alone", () => {
  const by = translator();
  // An HCI command that sets advertising data (0x2008) names no address.
  const data = encodeAdvertisingData(3, encodeMessage({ kind: "location", latDeg: 47, lonDeg: 8 }));
  const packet = Uint8Array.of(0x01, 0x08, 0x20, data.length + 1, data.length, ...data);
  const { claim, scan } = hear(by, encodePcap(LINK_TYPE.bluetoothHci, [{ packet, capturedMs: NOW_MS }]));
  assert.equal(claim?.origin, "remote-id:unnamed");
  assert.equal(scan?.detections.length, 1);
});

test("every kind of bad octets is refused by code, and the good next to them goes on", () => {
  const by = translator();
  const good: MessageDraft = { kind: "location", latDeg: 47, lonDeg: 8 };
  const bad = (change: (packet: Uint8Array) => void) => {
    const packet = beacon([good, ...WHO]);
    change(packet);
    return packet;
  };
  const outOfRange = encodePack([good]);
  outOfRange[3 + 4] = 125; // a vertical speed of 62.5 m/s, which the standard does not allow
  const packets = [
    bad((packet) => packet.set([(packet[8] ?? 0) | 0x40], 8)), // the radiotap flag of a frame that the receiver found damaged
    encodeBeaconFrame({ sourceAddress: ADDRESS, elements: Uint8Array.of(0xdd, 3, 1, 2, 3) }),
    encodeBeaconFrame({ sourceAddress: ADDRESS, elements: encodeBeaconElement(0, Uint8Array.of(0xf2, 25, 0)) }),
    encodeBeaconFrame({ sourceAddress: ADDRESS, elements: encodeBeaconElement(0, outOfRange) }),
    beacon([
      { kind: "authentication", page: 0, lastPage: 1, lengthOctets: 20 },
      { kind: "authentication", page: 2 },
    ]),
    beacon([good]),
  ];
  const capture = encodePcap(
    LINK_TYPE.radiotap,
    packets.map((packet) => ({ packet, capturedMs: NOW_MS })),
  );
  const { codes, records, rejected } = hear(by, capture);
  assert.deepEqual(codes, ["bad-fcs", "not-remote-id", "bad-count", "out-of-range", "bad-authentication"]);
  assert.equal(records, 3);
  assert.ok(rejected.every(({ at }) => at >= 40 && at < capture.length));
  assert.deepEqual(hear(translator(), new Uint8Array(24)).codes, ["not-a-capture", "lost-sync"]);
  assert.deepEqual(hear(by, capture.subarray(0, 60)).codes, []);
  assert.deepEqual(hear(by, wifi(beacon([good]))).codes, ["truncated"], "the datagram before was cut");
});

test("an operator's place of a reserved source is the take-off point's, the weakest", () => {
  const pack = encodePack([{ kind: "system", operatorLatDeg: 47, operatorLonDeg: 8 }]);
  pack[3 + 1] = (pack[3 + 1] ?? 0) | 3;
  const { claim } = hear(
    translator(),
    wifi(encodeBeaconFrame({ sourceAddress: ADDRESS, elements: encodeBeaconElement(0, pack) })),
  );
  assert.equal(claim?.operator?.source, "takeoff");
});

test("captures of too many peers are given up, the one not heard for longest first, and counted", () => {
  const by = translator("stream");
  const half = wifi(beacon([{ kind: "location", latDeg: 47, lonDeg: 8 }])).subarray(0, 60);
  const codes: string[] = [];
  for (let peer = 0; peer < 40; peer++) codes.push(...by.bytes(half, NOW_MS, `p${peer}`, 1).rejected.map(({ code }) => code));
  assert.deepEqual(codes, Array(8).fill("truncated"));
});

test("a translator restored after any octet goes on as the first would have", () => {
  const packets = [beacon(WHO), beacon([{ kind: "location", latDeg: 47, lonDeg: 8, tenthsAfterHour: 1 }]), beacon(WHO)];
  const capture = encodePcap(
    LINK_TYPE.radiotap,
    packets.map((packet) => ({ packet, capturedMs: NOW_MS })),
  );
  for (let cut = 0; cut <= capture.length; cut += 3) {
    const first = translator("stream");
    first.bytes(capture.subarray(0, cut), NOW_MS, "a", 1);
    const second = translator("stream", JSON.parse(JSON.stringify(first.snapshot())));
    const rest = [capture.subarray(cut), NOW_MS + 1000, "a", 2] as const;
    assert.deepEqual(second.bytes(...rest), first.bytes(...rest));
    assert.equal(JSON.stringify(second.snapshot()), JSON.stringify(first.snapshot()));
  }
});

test("a Remote ID feed must stand for a sensor", () => {
  const options = { feed: feedId.parse("rid"), protocol: "remote-id", sensors: [], reality: "live" } as const;
  assert.throws(() => createTranslator(options), /needs the sensor it stands for/);
});
