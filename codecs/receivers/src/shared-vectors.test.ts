import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";
import { isJsonObject, type JsonObject, type JsonValue } from "@picket/bytes";
import { decodeMessage, type RemoteIdMessage, UA_TYPES } from "@picket/remote-id";
import { createReceiverDecoder, decodeDragonSync, decodeDroneScout, type ReceiverRecord, type Reception } from "./index.ts";

/** What public tools and captures send, each with what its own reader makes of it. */
const folder = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/receivers");
const skip = existsSync(folder) ? false : `needs the shared vectors: set PICKET_SHARED (looked in ${folder})`;
const load = <T>(name: string): T => JSON.parse(readFileSync(resolve(folder, name), "utf8")) as T;

function receptionOf(records: readonly ReceiverRecord[]): Reception {
  const [record] = records;
  return record?.kind === "reception" ? record : assert.fail("a reception expected");
}
/** Without the version, which no receiver tells. */
const versionless = (message: RemoteIdMessage) => ({ ...message, protocolVersion: 2 });

test("a DroneScout's dump holds the messages that were broadcast, field by field", { skip }, (t) => {
  type Entry = { mqtt_payload: JsonValue; decoded_messages: { hex: string }[] };
  let fields = 0;
  for (const { mqtt_payload, decoded_messages } of load<Entry[]>("dronescout-mqtt-synth.json")) {
    const { records, errors } = decodeDroneScout(mqtt_payload);
    assert.deepEqual(errors, []);
    const { messages, ...heard } = receptionOf(records);
    const expected = decoded_messages.map(({ hex }) => {
      const message = decodeMessage(Uint8Array.from(Buffer.from(hex, "hex")));
      return message.ok ? versionless(message.value) : assert.fail(message.error.detail);
    });
    assert.deepEqual(messages, expected);
    fields += expected.reduce((sum, message) => sum + Object.keys(message).length, 0);
    assert.deepEqual(
      [heard.receiver, heard.transmitter, heard.rssiDbm, heard.frequencyMhz, heard.transport],
      ["ds230-0001", "60:60:1f:00:00:01", -71, 2437, "WLAN Beacon"],
    );
  }
  t.diagnostic(`${fields} fields`);
  assert.ok(fields >= 145, "the three dumps are all there");
});

test("droneid messages of both shapes say what DragonSync's own parser reads in them", { skip }, () => {
  type Entry = { case: string; message: JsonValue; dragonsync_parse: JsonObject };
  for (const { case: name, message, dragonsync_parse: expected } of load<Entry[]>("dragonsync-zmq-messages.json")) {
    const { records, errors } = decodeDragonSync(message);
    const own = flat(receptionOf(records));
    for (const [key, value] of Object.entries(own)) assert.deepEqual(value, expected[key] ?? EMPTY[key], `${name}: ${key}`);
    // What this parser is right to skip, and what it takes for seconds of an hour, is noted.
    const noted = name === "test_list_with_invalid_items" ? 1 : name === "test_remote_id_accuracy_fields" ? 1 : 0;
    assert.equal(errors.filter(({ item }) => item !== "/2").length, noted, `${name}: ${JSON.stringify(errors)}`);
  }
});

/** What DragonSync's parser leaves out or fills in when a value is not told. */
const EMPTY: JsonObject = {
  ua_type: null,
  id: "",
  caa: "",
  pilot_lat: 0,
  pilot_lon: 0,
  home_lat: 0,
  home_lon: 0,
  description: "",
  freq: 0,
};

/** A reception in DragonSync's own words, as far as both have them. */
function flat({ messages, transmitter, rssiDbm, frequencyMhz, home }: Reception): JsonObject {
  const find = <K extends RemoteIdMessage["kind"]>(kind: K) =>
    messages.find((message): message is Extract<RemoteIdMessage, { kind: K }> => message.kind === kind);
  const idOf = (idType: string) =>
    messages.flatMap((message) => (message.kind === "basic-id" && message.idType === idType ? [message.uasId ?? ""] : []))[0];
  const location = find("location");
  const uaType = UA_TYPES.indexOf(find("basic-id")?.uaType ?? "none");
  return {
    id: idOf("serial-number") ?? "",
    caa: idOf("caa-registration") ?? "",
    ua_type: uaType === 0 ? null : uaType,
    mac: transmitter?.toUpperCase() ?? "",
    rssi: rssiDbm ?? 0,
    lat: location?.latDeg ?? 0,
    lon: location?.lonDeg ?? 0,
    alt: location?.altHaeM ?? 0,
    height: location?.heightM ?? 0,
    speed: location?.speedMps ?? 0,
    vspeed: location?.verticalSpeedMps ?? 0,
    pressure_altitude: location?.altPressureM ?? 0,
    pilot_lat: find("system")?.operatorLatDeg ?? 0,
    pilot_lon: find("system")?.operatorLonDeg ?? 0,
    home_lat: home?.latDeg ?? 0,
    home_lon: home?.lonDeg ?? 0,
    description: find("self-id")?.description ?? "",
    freq: frequencyMhz === undefined ? 0 : frequencyMhz * 1e6,
  };
}

test("bkerler's older form, integers as on the wire, reads as the wire would", { skip }, () => {
  const { records, errors } = decodeDragonSync(load<JsonValue>("bkerler-droneid-zmq-sample.json"));
  assert.deepEqual(errors, []);
  assert.equal(records.length, 2);
  const [first, second] = records.map((record) => receptionOf([record]));
  const location = first?.messages.find((message) => message.kind === "location");
  // 2152 and 1982 half metres above -1000, and 2170 where the operator stands: nine metres below take-off, as the height says.
  assert.deepEqual(
    [location?.latDeg, location?.lonDeg, location?.altHaeM, location?.heightM, location?.altPressureM],
    [33.6577004, -82.2156164, 76, -9, undefined],
  );
  assert.deepEqual(
    [location?.trackDeg, location?.speedMps, location?.verticalSpeedMps, location?.tenthsAfterHour, location?.timestampAccuracyS],
    [94, 0.25, 0, 5470, 0.2],
  );
  const operator = first?.messages.find((message) => message.kind === "system");
  assert.deepEqual(
    [operator?.operatorLatDeg, operator?.operatorLonDeg, operator?.operatorAltHaeM],
    [33.6631981, -82.2205112, 85],
  );
  assert.deepEqual(
    first?.messages.flatMap((message) => (message.kind === "basic-id" ? [`${message.idType} ${message.uasId}`] : [])),
    ["serial-number 18656A24303", "caa-registration DJI"],
  );
  const unknown = second?.messages.find((message) => message.kind === "location");
  assert.deepEqual(
    [unknown?.latDeg, unknown?.altHaeM, unknown?.trackDeg, unknown?.pressureAccuracyM],
    [undefined, undefined, 0, 3],
  );
  assert.equal(second?.messages.find((message) => message.kind === "operator-id")?.operatorId, "FIN87astrdge12kxyz8");
});

test("DragonSync's MQTT example loses its wrapped altitude and keeps the rest", { skip }, () => {
  const [drone, pilot] = load<JsonValue[]>("dragonsync-mqtt-payload-examples.json").map((message) => decodeDragonSync(message));
  const { messages, source, frequencyMhz, rssiDbm, home, receiver } = receptionOf(drone?.records ?? []);
  assert.deepEqual(
    drone?.errors.map(({ code, item, detail }) => `${code} ${item} ${detail}`),
    ["out-of-range /alt from -1000 to 31767.5 expected, got 65531"],
  );
  assert.deepEqual([source, frequencyMhz, rssiDbm, receiver], ["dji", 5756.5, -117, "wardragon-G6PA14100J63"]);
  assert.deepEqual(home, { latDeg: 27.8002961, lonDeg: -82.6685738 });
  const location = messages.find((message) => message.kind === "location");
  assert.deepEqual(
    [location?.latDeg, location?.lonDeg, location?.altHaeM, location?.trackDeg],
    [27.8002846, -82.6686196, undefined, 270],
  );
  assert.equal(messages.find((message) => message.kind === "basic-id")?.uasId, "F6Q8D244C00CL2KF");
  assert.deepEqual([pilot?.records.length, pilot?.errors[0]?.code], [0, "unknown-shape"]);
});

test("drone-mesh-mapper's lines of both firmwares say the same", { skip }, () => {
  const lines = load<{ line: string }[]>("drone-mesh-mapper-lines.json").map(({ line }) => line);
  const decoder = createReceiverDecoder("mesh-mapper");
  const items = decoder.push(new TextEncoder().encode(`${lines.join("\r\n")}\r\n`));
  const [known, unknown] = items.map((item) =>
    item.kind === "record" && item.errors.length === 0 ? receptionOf([item.value]) : assert.fail("refused"),
  );
  assert.deepEqual([known?.transmitter, known?.rssiDbm], ["60:60:1f:aa:bb:cc", -71]);
  const kinds = (reception: Reception | undefined) => reception?.messages.map(({ kind }) => kind);
  assert.deepEqual([kinds(known), kinds(unknown)], [["basic-id", "location", "system"], ["location"]]);
  const location = known?.messages.find((message) => message.kind === "location");
  assert.deepEqual([location?.latDeg, location?.lonDeg, location?.altHaeM], [33.4942, -111.9261, 120]);
  assert.deepEqual(
    unknown?.messages.find((message) => message.kind === "location"),
    location,
  );
  assert.ok(isJsonObject(JSON.parse(lines[0] ?? "")));
});
