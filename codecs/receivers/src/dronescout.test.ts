import assert from "node:assert/strict";
import { test } from "node:test";
import { encodeAdvertisingData, encodeBeaconElement, encodeMessage, encodePack, type RemoteIdMessage } from "@picket/remote-id";
import { decodeDroneScout } from "./index.ts";

/** A dump of 920 octets with every block valid, as `write` fills it. */
function dump(write: (view: DataView) => void): string {
  const octets = Buffer.alloc(920);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  for (let flag = 892; flag <= 913; flag++) view.setUint8(flag, 1);
  write(view);
  return octets.toString("base64");
}
function decode(data: object): { messages: readonly RemoteIdMessage[]; codes: readonly string[] } {
  const { records, errors } = decodeDroneScout({ data: { "sensor ID": "s", ...data } });
  const [record] = records;
  return {
    messages: record?.kind === "reception" ? record.messages : [],
    codes: errors.map(({ code, item }) => `${code} ${item}`),
  };
}
const location = (view: DataView, status: number, speed: number, lat: number, altGeo: number) => {
  view.setUint32(64, status, true);
  view.setFloat32(68, 360, true);
  view.setFloat32(72, speed, true);
  view.setFloat32(76, 63, true);
  view.setFloat64(80, lat, true);
  view.setFloat64(88, 8.5, true);
  view.setFloat32(100, altGeo, true);
};

test("sentinels in a dump are unknown", () => {
  const UASdata = dump((view) => {
    location(view, 2, 255, 47.5, -1000);
    view.setFloat32(132, 65_535, true);
  });
  const { messages, codes } = decode({ UASdata });
  const told = messages.find((message) => message.kind === "location");
  assert.deepEqual(codes, []);
  assert.deepEqual(
    [told?.status, told?.trackDeg, told?.speedMps, told?.verticalSpeedMps, told?.altHaeM, told?.tenthsAfterHour, told?.latDeg],
    ["airborne", 0, undefined, undefined, undefined, undefined, 47.5],
  );
  assert.equal(messages.filter(({ kind }) => kind === "authentication").length, 16);
});

test("values that the standard does not have are unknown and named, whatever the memory holds", () => {
  const UASdata = dump((view) => {
    location(view, 77, 1e30, Number.NaN, Number.POSITIVE_INFINITY);
    view.setUint32(0, 0xffff_ffff, true);
    view.setUint8(136, 200);
    view.setFloat32(132, -1, true);
  });
  const { messages, codes } = decode({ UASdata });
  const told = messages.find((message) => message.kind === "location");
  assert.deepEqual([told?.latDeg, told?.speedMps, told?.altHaeM, told?.status], [undefined, undefined, undefined, "undeclared"]);
  assert.deepEqual(codes, [
    "out-of-range /UASdata/basicId/uaType",
    "out-of-range /UASdata/location/status",
    "out-of-range /UASdata/location/position",
    "out-of-range /UASdata/location/altitudeGeo",
    "out-of-range /UASdata/location/speedHorizontal",
    "out-of-range /UASdata/location/timeStamp",
    "out-of-range /UASdata/authentication/page",
  ]);
});

test("a block whose flag is 0 is left", () => {
  const { messages, codes } = decode({ UASdata: Buffer.alloc(920).toString("base64") });
  assert.deepEqual([messages, codes], [[], ["nothing-said /data/UASdata"]]);
});

test("identities in a dump read as the standard writes each of their types", () => {
  const UASdata = dump((view) => {
    for (const [at, idType] of [
      [0, 3],
      [32, 4],
    ] as const) {
      view.setUint32(at + 4, idType, true);
      for (let i = 0; i < 20; i++) view.setUint8(at + 8 + i, i + 1);
    }
  });
  const ids = decode({ UASdata }).messages.flatMap((message) => (message.kind === "basic-id" ? [message.uasId] : []));
  assert.deepEqual(ids, ["01020304-0506-0708-090a-0b0c0d0e0f10", "0102030405060708090a0b0c0d0e0f1011121314"]);
});

test("a raw frame is read where there is no dump: a beacon, an advertisement", () => {
  const pack = encodePack([
    { kind: "basic-id", idType: "serial-number", uasId: "TESTA1" },
    { kind: "location", latDeg: 47, lonDeg: 8 },
  ]);
  const beacon = Buffer.from([0x80, ...new Uint8Array(23), ...new Uint8Array(12), ...encodeBeaconElement(1, pack)]);
  const advertisement = Buffer.from(encodeAdvertisingData(1, encodeMessage({ kind: "self-id", description: "survey" })));
  for (const [octets, kinds] of [
    [beacon, ["basic-id", "location"]],
    [advertisement, ["self-id"]],
  ] as const) {
    const { messages, codes } = decode({ raw: octets.toString("base64") });
    assert.deepEqual([messages.map(({ kind }) => kind), codes], [kinds, []]);
  }
});

test("channels are told as frequencies, each by its radio", () => {
  const heard = (channel: number, type: string) => {
    const [record] = decodeDroneScout({ data: { channel, type, UASdata: dump(() => undefined) } }).records;
    return record?.frequencyMhz;
  };
  assert.deepEqual(
    [
      heard(6, "WLAN Beacon"),
      heard(14, "WLAN NaN"),
      heard(149, "WLAN Beacon"),
      heard(38, "BLE legacy"),
      heard(6, "BLE 5"),
      heard(200, ""),
    ],
    [2437, 2484, 5745, 2426, undefined, undefined],
  );
});
