import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { describe, type Result } from "@picket/bytes";
import { type CapturedPacket, createCaptureDecoder, decodeLink, LINK_TYPE } from "@picket/capture";
import { decodeMessage, decodeRemoteIdFrame, type RemoteIdFrame, type RemoteIdMessage } from "@picket/remote-id";

/** Captures that others made, each with what an independent decoder (opendroneid-core-c) reads in it. */
const folder = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/odid");
const skip = existsSync(folder) ? false : `needs the shared vectors: set PICKET_SHARED (looked in ${folder})`;

type Fields = Record<string, unknown>;
type ExpectedMessage = Fields & { hex: string; type: string; rc: number };
type ExpectedFrame = {
  frame: number;
  epoch: string;
  carrier: string;
  counter: number;
  payload: string;
  decoded: { pack: boolean; rc: number; count: number; messages: ExpectedMessage[] };
};

const captures = skip ? [] : readdirSync(folder).filter((name) => /\.pcap(ng)?$/.test(name));
const stem = (name: string): string => resolve(folder, name.replace(/\.pcap(ng)?$/, ""));
const CARRIERS: Readonly<Record<string, string>> = { "ble-ext": "ble-extended" };

test("every capture decodes as the independent decoder says, field by field", { skip }, (t) => {
  const total = { frames: 0, messages: 0, fields: 0 };
  for (const name of captures.filter((capture) => existsSync(`${stem(capture)}.expected.jsonl`))) {
    const packets = readPackets(name);
    const count = { frames: 0, messages: 0, fields: 0, rejected: 0 };
    const mismatches: string[] = [];
    for (const expected of readLines<ExpectedFrame>(`${stem(name)}.expected.jsonl`)) {
      const packet = packets[expected.frame - 1];
      assert.ok(packet, `${name}: frame ${expected.frame} is there`);
      const frame = decodePacket(packet);
      count.frames++;
      if (Math.abs((packet.capturedMs ?? 0) - Number(expected.epoch) * 1000) > 0.001)
        mismatches.push(`${expected.frame}: captured ${packet.capturedMs}`);
      if (!frame.ok) {
        count.rejected++;
        if (expected.decoded.rc === 0) mismatches.push(`${expected.frame}: ${describe(frame.error)}`);
        continue;
      }
      if (frame.value.counter !== expected.counter) mismatches.push(`${expected.frame}: counter ${frame.value.counter}`);
      if (frame.value.carrier !== (CARRIERS[expected.carrier] ?? expected.carrier))
        mismatches.push(`${expected.frame}: ${frame.value.carrier}`);
      const sound = expected.decoded.messages.filter((message) => message.rc === 0);
      if (sound.length !== frame.value.messages.length)
        mismatches.push(`${expected.frame}: ${frame.value.messages.length} messages, ${sound.length} expected`);
      for (const [i, message] of frame.value.messages.entries()) {
        count.messages++;
        count.fields += compare(message, sound[i] ?? ({} as ExpectedMessage), (text) =>
          mismatches.push(`${expected.frame}/${i}: ${text}`),
        );
      }
    }
    t.diagnostic(
      `${name.padEnd(44)} ${count.frames} frames, ${count.messages} messages, ${count.fields} fields, ${count.rejected} rejected, ${mismatches.length} mismatches`,
    );
    assert.deepEqual(mismatches, [], name);
    for (const key of ["frames", "messages", "fields"] as const) total[key] += count[key];
  }
  t.diagnostic(`in all ${total.frames} frames, ${total.messages} messages, ${total.fields} fields`);
  assert.ok(total.frames >= 284 && total.fields >= 7_921, "the captures are all there");
});

test("every position is the one that the Lua dissector prints", { skip }, (t) => {
  for (const name of captures.filter((capture) => existsSync(`${stem(capture)}.lua-dissector-V.txt.gz`))) {
    const dissected = readDissection(gunzipSync(readFileSync(`${stem(name)}.lua-dissector-V.txt.gz`)).toString());
    const own = readPackets(name).flatMap((packet) => {
      const frame = decodePacket(packet);
      return frame.ok ? frame.value.messages.filter((message) => message.kind === "location") : [];
    });
    const printed = own.map(
      (location) =>
        `${location.latDeg ?? "Unknown"} ${location.lonDeg ?? "Unknown"} ${location.altHaeM ?? "Unknown"} ${location.altPressureM ?? "Unknown"} ${location.heightM ?? "Unknown"}`,
    );
    t.diagnostic(`${name.padEnd(44)} ${printed.length} locations`);
    assert.deepEqual(printed, dissected, name);
  }
});

test("frames of other carriers and of DJI's own identification are refused quietly", { skip }, (t) => {
  const codes = new Map<string, number>();
  for (const name of captures) {
    for (const packet of readPackets(name)) {
      const frame = decodePacket(packet);
      for (const error of frame.ok ? frame.value.errors : [frame.error]) codes.set(error.code, (codes.get(error.code) ?? 0) + 1);
      if (name.startsWith("dji_"))
        assert.ok(!frame.ok && frame.error.code === "not-remote-id" && /DJI/.test(frame.error.detail), name);
    }
  }
  t.diagnostic(JSON.stringify(Object.fromEntries(codes)));
  assert.equal(codes.get("bad-count"), 24, "the packs of no message");
  assert.equal(codes.get("truncated"), 26, "the packs that announce one message more than they hold");
  assert.equal(
    codes.get("not-remote-id"),
    32,
    "ten of DJI, 21 NAN synchronisation beacons, one packet of no message whose structure is damaged",
  );
});

test("damaged packets are refused unless asked for", { skip }, () => {
  const packets = readPackets("odid_bt5_lr_a.pcapng");
  const refused = packets.filter((packet) => !decodeLink(packet.linkType, packet.packet).ok);
  assert.equal(refused.length, 17);
});

test("the frames of hex-frames.json decode as the independent decoder says", { skip }, () => {
  const vectors = JSON.parse(readFileSync(resolve(folder, "hex-frames.json"), "utf8")) as {
    name: string;
    source: string;
    hex: string;
    counter?: number;
    decoded?: Fields;
  }[];
  for (const { name, source, hex, counter, decoded } of vectors) {
    const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
    const link = decodeLink(name.startsWith("bt") ? LINK_TYPE.bluetoothHci : LINK_TYPE.ieee80211, bytes);
    const frame = link.ok ? decodeRemoteIdFrame(link.value) : link;
    if (!decoded) {
      assert.ok(!frame.ok && ["not-remote-id", "truncated"].includes(frame.error.code), `${source}: ${name}`);
      continue;
    }
    assert.ok(frame.ok, `${name}: ${frame.ok || describe(frame.error)}`);
    assert.equal(frame.value.counter, counter);
    const expected = (decoded["messages"] ?? [decoded["message"]]) as ExpectedMessage[];
    assert.equal(frame.value.messages.length, expected.length, name);
    for (const [i, message] of frame.value.messages.entries())
      compare(message, expected[i] ?? ({} as ExpectedMessage), (text) => assert.fail(`${name}/${i}: ${text}`));
  }
});

function readPackets(name: string): readonly CapturedPacket[] {
  const decoder = createCaptureDecoder();
  const items = [...decoder.push(readFileSync(resolve(folder, name))), ...decoder.finish()];
  return items.map((item) => (item.kind === "packet" ? item.value : assert.fail(`${name}: ${describe(item.error)}`)));
}

function decodePacket(packet: CapturedPacket): Result<RemoteIdFrame> {
  const link = decodeLink(packet.linkType, packet.packet, { keepDamaged: true });
  return link.ok ? decodeRemoteIdFrame(link.value) : link;
}

const readLines = <T>(path: string): readonly T[] =>
  readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as T);

/** Compares all fields of a message with the raw ones of core-c, after asserting that both read the same octets; answers how many. */
function compare(message: RemoteIdMessage, expected: ExpectedMessage, report: (text: string) => void): number {
  const own = toCoreC(message);
  const { hex, type, rc, ...fields } = expected;
  assert.deepEqual(decodeMessage(Uint8Array.from(Buffer.from(hex, "hex"))), { ok: true, value: message }, `${type}, rc ${rc}`);
  for (const [name, value] of Object.entries(fields)) {
    // core-c keeps time stamps and accuracies as float: the wire's tenths are what is compared.
    const theirs = name === "timestamp" && type === "Location" ? Math.round(Number(value) * 10) : value;
    if (own[name] !== theirs) report(`${message.kind}.${name}: ${own[name]}, expected ${theirs} (${hex})`);
  }
  return Object.keys(fields).length;
}

/** A message as core-c tells it: sentinels and codes again instead of `undefined` and names. */
function toCoreC(message: RemoteIdMessage): Fields {
  const { protocolVersion: protoVersion } = message;
  switch (message.kind) {
    case "basic-id":
      return {
        protoVersion,
        idType: ID.indexOf(message.idType),
        uaType: UA.indexOf(message.uaType),
        uasIdHex: message.uasIdHex,
        uasId: asciiOf(message.uasIdHex),
      };
    case "location":
      return {
        protoVersion,
        status: STATUS.indexOf(message.status),
        direction: message.trackDeg ?? 361,
        speedHorizontal: message.speedMps ?? 255,
        speedVertical: message.verticalSpeedMps ?? 63,
        latitude: message.latDeg ?? 0,
        longitude: message.lonDeg ?? 0,
        altitudeBaro: message.altPressureM ?? -1000,
        altitudeGeo: message.altHaeM ?? -1000,
        heightType: message.heightReference === "ground" ? 1 : 0,
        height: message.heightM ?? -1000,
        horizAccuracy: [undefined, 18_520, 7_408, 3_704, 1_852, 926, 555.6, 185.2, 92.6, 30, 10, 3, 1].indexOf(
          message.horizontalAccuracyM,
        ),
        vertAccuracy: [undefined, 150, 45, 25, 10, 3, 1].indexOf(message.verticalAccuracyM),
        baroAccuracy: [undefined, 150, 45, 25, 10, 3, 1].indexOf(message.pressureAccuracyM),
        speedAccuracy: [undefined, 10, 3, 1, 0.3].indexOf(message.speedAccuracyMps),
        tsAccuracy: Math.round((message.timestampAccuracyS ?? 0) * 10),
        timestamp: message.tenthsAfterHour ?? 0xffff,
      };
    case "authentication":
      return {
        protoVersion,
        page: message.page,
        authType: ["none", "uas-id-signature"].indexOf(message.authenticationType),
        lastPageIndex: message.lastPage,
        length: message.lengthOctets,
        timestamp: (message.timestampMs ?? 1_546_300_800_000) / 1000 - 1_546_300_800,
        authDataHex: message.dataHex,
      };
    case "self-id":
      return { protoVersion, descType: DESCRIPTION.indexOf(message.descriptionType), desc: message.description ?? "" };
    case "system":
      return {
        protoVersion,
        operatorLocationType: ["take-off", "live-gnss", "fixed"].indexOf(message.operatorLocationType),
        classificationType: message.classificationType === "eu" ? 1 : 0,
        operatorLatitude: message.operatorLatDeg ?? 0,
        operatorLongitude: message.operatorLonDeg ?? 0,
        areaCount: message.areaCount,
        areaRadius: message.areaRadiusM,
        areaCeiling: message.areaCeilingHaeM ?? -1000,
        areaFloor: message.areaFloorHaeM ?? -1000,
        categoryEU: ["undeclared", "open", "specific", "certified"].indexOf(message.euCategory ?? "undeclared"),
        classEU: ["undeclared", "class-0", "class-1", "class-2", "class-3", "class-4", "class-5", "class-6"].indexOf(
          message.euClass ?? "undeclared",
        ),
        operatorAltitudeGeo: message.operatorAltHaeM ?? -1000,
        timestamp: (message.timestampMs ?? 1_546_300_800_000) / 1000 - 1_546_300_800,
      };
    case "operator-id":
      return {
        protoVersion,
        operatorIdType: message.operatorIdType === "operator-id" ? 0 : -1,
        operatorId: message.operatorId ?? "",
      };
    default:
      return message satisfies never;
  }
}

const ID: readonly string[] = ["none", "serial-number", "caa-registration", "utm-assigned", "specific-session"];
const UA: readonly string[] = ["none", "aeroplane", "helicopter-or-multirotor"];
const STATUS: readonly string[] = ["undeclared", "ground", "airborne", "emergency", "remote-id-failure"];
const DESCRIPTION: readonly string[] = ["text", "emergency", "extended-status"];

const asciiOf = (hex: string): string => Buffer.from(hex, "hex").toString("latin1").replace(/\0.*$/s, "");

/** Latitude, longitude, geodetic and pressure altitude and height of every Location message in a dissection, as this test prints them. */
function readDissection(text: string): readonly string[] {
  const field = (block: string, label: string): string => {
    const value = new RegExp(`${label}: -?\\d+ \\((-?[\\d.]+|Unknown)`).exec(block)?.[1];
    return value === undefined ? assert.fail(`${label} in ${block}`) : value === "Unknown" ? value : `${Number(value)}`;
  };
  return text
    .split("Location/Vector Message (1)")
    .slice(1)
    .map((block) =>
      ["UA Lattitude", "UA Longitude", "UA Geodetic Altitude", "UA Pressure Altitude", "UA Height AGL"]
        .map((label) => field(block, label))
        .join(" "),
    );
}
