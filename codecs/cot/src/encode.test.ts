import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type CotEvent,
  cancelEmergencyEvent,
  decodeDatagram,
  decodeTakPayload,
  decodeXml,
  deletedUids,
  deleteEvent,
  emergencyEvent,
  encodeMeshFrame,
  encodeStreamFrame,
  encodeTakPayload,
  encodeXml,
  formatXmlEvent,
  isPing,
  isPlaced,
  MAX_MESSAGE_OCTETS,
  pingEvent,
  pongEvent,
  readDetail,
} from "./index.ts";

const NOW_MS = 1_767_323_045_678;
const event: CotEvent = {
  uid: "d-1",
  type: "a-u-A-M-H-Q",
  timeMs: NOW_MS,
  startMs: NOW_MS,
  staleMs: NOW_MS + 10_000,
  point: { latDeg: 32.5443, lonDeg: -117.0382 },
  detail: [],
};
const writers = [
  formatXmlEvent,
  encodeXml,
  (made: CotEvent) => encodeMeshFrame({ event: made }),
  (made: CotEvent) => encodeStreamFrame({ event: made }),
];

for (const [change, message] of [
  [{ uid: "" }, /^TypeError: An event needs a uid, got an empty one$/],
  [{ type: "" }, /^TypeError: An event needs a type, got an empty one$/],
  [{ type: "t-k-d" }, /^TypeError: Tasking is never written, got type "t-k-d"$/],
  [{ timeMs: 0 }, /^RangeError: timeMs must be an integer from 1 to 253402300799999, got 0$/],
  [{ startMs: 1.5 }, /^RangeError: startMs must be .*, got 1.5$/],
  [{ staleMs: Number.POSITIVE_INFINITY }, /^RangeError: staleMs must be .*, got Infinity$/],
  [{ point: { latDeg: 90.1, lonDeg: 0 } }, /^RangeError: latDeg, degrees, must be from -90 to 90, got 90.1$/],
  [{ point: { latDeg: 0, lonDeg: Number.NaN } }, /^RangeError: lonDeg, degrees, must be from -180 to 180, got NaN$/],
  [
    { point: { latDeg: 0, lonDeg: 0, altHaeM: -1e6 } },
    /^RangeError: altHaeM, metres, must be from -999999 to less than 999999, got -1000000$/,
  ],
  [{ point: { latDeg: 0, lonDeg: 0, circularErrorM: -1 } }, /^RangeError: circularErrorM, metres, .* got -1$/],
  [{ point: { latDeg: 0, lonDeg: 0, linearErrorM: 9_999_999 } }, /^RangeError: linearErrorM, metres, .* got 9999999$/],
  [{ otherAttributes: { uid: "other" } }, /^TypeError: otherAttributes must leave uid to its field$/],
  [{ otherAttributes: { "not a name": "1" } }, /^TypeError: An element or attribute needs an XML name, got "not a name"$/],
  [{ detail: [{ name: "a><b", attributes: {}, children: [] }] }, /^TypeError: An element or attribute needs an XML name/],
  [{ detail: [{ name: "a", attributes: { "1": "x" }, children: [] }] }, /^TypeError: An element or attribute needs an XML name/],
] as const)
  test(`no encoder writes ${JSON.stringify(change)}`, () => {
    const isXmlOnly = "otherAttributes" in change && !("uid" in change.otherAttributes);
    for (const write of isXmlOnly ? writers.slice(0, 2) : writers) assert.throws(() => write({ ...event, ...change }), message);
  });

test("a payload of neither event nor control is refused", () => {
  assert.throws(() => encodeTakPayload({}), /^TypeError: A TakMessage needs an event or a control, got neither$/);
  assert.throws(() => encodeTakPayload({ control: { minVersion: -1, maxVersion: 1 } }), Error);
});

test("a type that tasks is read, so that it can be told", () => {
  const decoded = decodeXml(new TextEncoder().encode(formatXmlEvent(event).replace("a-u-A-M-H-Q", "t-k-d")));
  assert.ok(decoded.ok && decoded.value.type === "t-k-d");
});

for (const [why, bytes, code] of [
  ["the version is cut", [0xbf], "truncated"],
  ["the second mark is missing", [0xbf, 1], "truncated"],
  ["the second mark is another octet", [0xbf, 1, 0xbe], "malformed-frame"],
  ["the version never ends", [0xbf, 255, 255, 255, 255, 255, 255], "malformed-frame"],
  ["the version is 2", [0xbf, 2, 0xbf], "unsupported-version"],
  ["there is no payload", [0xbf, 1, 0xbf], "missing"],
] as const)
  test(`a mesh frame is refused when ${why}`, () => {
    const message = decodeDatagram(Uint8Array.from(bytes));
    assert.ok(!message.ok);
    assert.equal(message.error.code, code);
  });

test("a datagram is XML or a mesh frame, and says which", () => {
  const xml = decodeDatagram(Uint8Array.of(...encodeXml(event), 0, 0));
  const mesh = decodeDatagram(encodeMeshFrame({ event }));
  assert.deepEqual(xml, { ok: true, value: { encoding: "xml", event } });
  assert.deepEqual(mesh, { ok: true, value: { encoding: "protobuf", event } });
});

test("what is longer than is read is refused before it is looked at", () => {
  for (const answer of [
    decodeXml(new Uint8Array(MAX_MESSAGE_OCTETS + 1)),
    decodeTakPayload(new Uint8Array(MAX_MESSAGE_OCTETS + 1)),
    decodeDatagram(new Uint8Array(2 * MAX_MESSAGE_OCTETS).fill(0x20)),
  ])
    assert.ok(!answer.ok && answer.error.code === "too-long");
});

test("the length of a streaming frame takes as many octets as it needs", () => {
  for (const [length, header] of [
    [10, 2],
    [300, 3],
    [40_000, 4],
  ] as const) {
    const draft = { event: { ...event, detail: [{ name: "remarks", attributes: {}, children: ["x".repeat(length)] }] } };
    assert.equal(encodeStreamFrame(draft).length - encodeTakPayload(draft).length, header);
  }
});

test("a delete names the marker, forces, and is understood", () => {
  const made = deleteEvent({ uid: "track-1", type: "a-u-A-M-H-Q" }, NOW_MS);
  const decoded = decodeXml(encodeXml(made));
  assert.ok(decoded.ok);
  assert.equal(decoded.value.type, "t-x-d-d");
  assert.notEqual(decoded.value.uid, "track-1");
  assert.deepEqual(deletedUids(decoded.value), ["track-1"]);
  const { isForcedDelete, links } = readDetail(decoded.value.detail);
  assert.ok(isForcedDelete);
  assert.deepEqual([links[0]?.relation, links[0]?.type], ["none", "a-u-A-M-H-Q"]);
  assert.deepEqual(deletedUids({ ...made, type: "a-u-A" }), []);
});

test("a ping is told from its answer", () => {
  assert.ok(isPing(pingEvent("me", NOW_MS)));
  assert.ok(!isPing(pongEvent("me", NOW_MS)));
  assert.equal(pongEvent("me", NOW_MS).type, "t-x-c-t-r");
  assert.ok(!isPlaced(pingEvent("me", NOW_MS).point) && isPlaced(event.point));
});

test("an alert and its end share a uid and say whose they are", () => {
  const who = { uid: "agent-7", type: "a-f-G-U-C", callsign: "SEVEN" };
  const draft = {
    who,
    kind: "911 Alert",
    point: event.point,
    how: "h-e",
    nowMs: NOW_MS,
    staleMs: NOW_MS + 60_000,
    text: "drone overhead",
  } as const;
  const alert = emergencyEvent(draft);
  const end = cancelEmergencyEvent(draft);
  assert.deepEqual([alert.type, end.type], ["b-a-o-tbl", "b-a-o-can"]);
  assert.deepEqual([alert.uid, end.uid], ["agent-7-9-1-1", "agent-7-9-1-1"]);
  const read = readDetail(alert.detail);
  assert.deepEqual(read.emergency, { kind: "911 Alert", isCancel: false, text: "SEVEN" });
  assert.equal(read.contact?.callsign, "SEVEN-Alert");
  assert.deepEqual([read.links[0]?.uid, read.links[0]?.relation, read.remarks?.text], ["agent-7", "p-p", "drone overhead"]);
  assert.equal(readDetail(end.detail).emergency?.isCancel, true);
});
