import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createFrameDecoder,
  decodeMessage,
  encodeMessage,
  formatUlid,
  MAX_FRAME_OCTETS,
  SAPIENT_ERROR_CODES,
  type SapientMessage,
} from "./index.ts";
import { detection, NODE_ID, NOW_MS, registration, statusMessage, ULID } from "./sapient.fixture.ts";

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ""), "hex"));
const NODE = "1224 33643166666431622d636330312d346332362d613765382d626634646133643339336238";
/** A length-delimited field of at most 127 octets. */
const field = (number: number, octets: Uint8Array): Uint8Array => Uint8Array.of((number << 3) | 2, octets.length, ...octets);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const head = Uint8Array.of(...hex("0a00"), ...hex(NODE));
const withContent = (number: number, content: Uint8Array): Uint8Array => Uint8Array.of(...head, ...field(number, content));

/** A status derived by hand from the schema: report_id 1, system 2 = OK, info 3 = NEW, mode 5. */
const statusOctets = Uint8Array.of(...field(1, text(ULID)), ...hex("1001 1801"), ...field(5, text("Default")));

test("a status report derived by hand from the schema is read", () => {
  const decoded = decodeMessage(withContent(6, statusOctets));
  assert.deepEqual(decoded, {
    ok: true,
    value: {
      message: { timestamp: 0, nodeId: NODE_ID, statusReport: { reportId: ULID, system: "OK", info: "NEW", mode: "Default" } },
      skipped: [],
    },
  });
});

test("a coordinate of exactly 0 is there, and an absent one is not", () => {
  const message: SapientMessage = {
    timestamp: NOW_MS,
    nodeId: NODE_ID,
    detectionReport: {
      ...detection,
      reportId: ULID,
      location: { x: 0, y: 0, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" },
    },
  };
  const decoded = decodeMessage(encodeMessage(message));
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value.message, message);
});

test("a field that a later edition adds is named and left", () => {
  const decoded = decodeMessage(withContent(6, Uint8Array.of(...statusOctets, ...hex("9a0601 41"))));
  assert.ok(decoded.ok);
  assert.deepEqual(decoded.value.skipped, ["status_report.99"]);
});

const task = (command: Uint8Array): Uint8Array =>
  withContent(8, Uint8Array.of(...field(1, text(ULID)), ...hex("3001"), ...field(8, command)));
const refused: readonly (readonly [code: string, item: string, octets: Uint8Array])[] = [
  ["not-protobuf", "message", hex("ff")],
  ["missing", "status_report.mode", withContent(6, statusOctets.slice(0, -9))],
  ["missing-choice", "content", head],
  ["bad-uuid", "node_id", Uint8Array.of(...hex("0a00"), ...field(2, text("radar")), ...field(6, statusOctets))],
  ["bad-ulid", "status_report.report_id", withContent(6, Uint8Array.of(...field(1, text("1")), ...statusOctets.slice(28)))],
  ["bad-value", "status_report.system", withContent(6, Uint8Array.of(...statusOctets, ...hex("1063")))],
  ["bad-value", "status_report.system", withContent(6, Uint8Array.of(...statusOctets, ...hex("1000")))],
  ["not-finite", "alert.ranking", withContent(10, Uint8Array.of(...field(1, text(ULID)), ...hex("4d0000c07f")))],
  ["refused-command", "task.command.move_to", task(hex("4a00"))],
  ["refused-command", "task.command.patrol", task(hex("5200"))],
  ["refused-command", "task.command.follow", task(hex("5a00"))],
];

for (const [code, item, octets] of refused)
  test(`refused as ${code}: ${item}`, () => {
    const decoded = decodeMessage(octets);
    assert.ok(!decoded.ok);
    const found = decoded.faults.map((one) => `${one.code} ${one.item}`);
    assert.ok(found.includes(`${code} ${item}`), found.join("; "));
  });

test("every error code is reached", () => {
  const [lost] = createFrameDecoder().push(hex("01001000"));
  assert.ok(lost?.kind === "lost");
  assert.deepEqual(new Set([...refused.map(([code]) => code), lost.error.code]), new Set(SAPIENT_ERROR_CODES));
});

test("all faults are named at once, by their paths", () => {
  const decoded = decodeMessage(withContent(7, hex("3200")));
  assert.ok(!decoded.ok);
  assert.equal(decoded.from, NODE_ID);
  assert.deepEqual(
    decoded.faults.map(({ item }) => item),
    [
      "detection_report.report_id",
      "detection_report.object_id",
      "detection_report.location.x",
      "detection_report.location.y",
      "detection_report.location.coordinate_system",
      "detection_report.location.datum",
    ],
  );
});

test("nothing that could act on an aircraft, move a node or follow something can be written", () => {
  const base = { timestamp: NOW_MS, nodeId: NODE_ID };
  const locations = { locations: [{ x: 0, y: 0, coordinateSystem: "LAT_LNG_DEG_M", datum: "WGS84_E" }] };
  const commands: object[] = [{ moveTo: locations }, { patrol: locations }, { follow: { followObjectId: ULID } }];
  for (const command of commands)
    assert.throws(
      () => encodeMessage({ ...base, task: { taskId: ULID, control: "START", command } } as unknown as SapientMessage),
      RangeError,
    );
  for (const nodeType of ["KINETIC", "JAMMER", "CYBER", "LDEW", "RFDEW"]) {
    const nodeDefinition = [{ nodeType }];
    assert.throws(
      () => encodeMessage({ ...base, registration: { ...registration, nodeDefinition } } as unknown as SapientMessage),
      RangeError,
    );
  }
});

test("what would be refused is not encoded, and says which field it was", () => {
  assert.throws(() => encodeMessage(statusMessage({ reportId: "1" })), /status_report.report_id must be a ULID/);
  assert.throws(() => encodeMessage(statusMessage({ system: "FINE" })), /system must be one of OK, WARNING/);
  assert.throws(() => encodeMessage(statusMessage({ more: 1 })), /has no field more/);
  assert.throws(() => encodeMessage({ ...statusMessage(), alert: { alertId: ULID } }), /stands beside status_report/);
  assert.throws(() => encodeMessage({ ...statusMessage(), timestamp: Number.NaN }), RangeError);
});

test("frames come out whole however the stream was cut, and a frame too long ends it", () => {
  const octets = encodeMessage(statusMessage());
  const stream = [octets, new Uint8Array(0), octets].flatMap((one) => [...hex("00000000").fill(one.length, 0, 1), ...one]);
  for (const size of [1, 3, 7, stream.length]) {
    const decoder = createFrameDecoder();
    const items = [];
    for (let at = 0; at < stream.length; at += size) items.push(...decoder.push(Uint8Array.from(stream.slice(at, at + size))));
    assert.deepEqual(
      items.map((item) => item.kind === "frame" && item.octets.length),
      [octets.length, 0, octets.length],
    );
  }
  const decoder = createFrameDecoder();
  const tooLong = new Uint8Array(4);
  new DataView(tooLong.buffer).setUint32(0, MAX_FRAME_OCTETS + 1, true);
  assert.equal(decoder.push(tooLong)[0]?.kind, "lost");
  assert.deepEqual(decoder.push(Uint8Array.from(stream)), []);
});

test("a ULID holds its moment first, so that later ones sort later", () => {
  assert.equal(formatUlid(0, new Uint8Array(10)), "0".repeat(26));
  assert.equal(formatUlid(1_469_918_176_385, new Uint8Array(10)).slice(0, 10), "01ARYZ6S41");
  assert.equal(formatUlid(281_474_976_710_655, new Uint8Array(10).fill(255)), `7${"Z".repeat(25)}`);
  assert.throws(() => formatUlid(-1, new Uint8Array(10)), RangeError);
});
