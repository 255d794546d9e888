import assert from "node:assert/strict";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { encodePcap, LINK_TYPE } from "@picket/capture";
import { type CotEvent, detailElements, encodeMeshFrame, encodeStreamFrame, encodeXml, MAX_MESSAGE_OCTETS } from "@picket/cot";
import { decodeCommand } from "./decode.ts";

type Record = Readonly<{
  encoding: string;
  event?: CotEvent;
  atom?: { airClass?: string };
  known?: { contact?: { callsign?: string } };
  index?: number;
  from?: string;
}>;
type Line = Readonly<{ ok: boolean; record?: Record; error?: Readonly<{ code: string }> }>;

async function run(input: Uint8Array | string, format = "auto", chunkOctets = 1 << 16): Promise<readonly Line[]> {
  const bytes = Buffer.from(input as Uint8Array);
  const count = Math.ceil(bytes.length / chunkOctets);
  const chunks = Array.from({ length: count }, (_, i) => bytes.subarray(i * chunkOctets, (i + 1) * chunkOctets));
  let text = "";
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  assert.equal(await decodeCommand("cot", { format }, Readable.from(chunks), sink), 0);
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

const event = (uid: string): CotEvent => ({
  uid,
  type: "a-u-A-M-H-Q",
  timeMs: 1e12,
  startMs: 1e12,
  staleMs: 1e12 + 1000,
  point: { latDeg: 32.5, lonDeg: -117 },
  detail: detailElements({ contact: { callsign: `CALL ${uid}` } }),
});
const xml = (uid: string): Buffer => Buffer.from(encodeXml(event(uid)));
const frame = (uid: string): Buffer => Buffer.from(encodeStreamFrame({ event: event(uid) }));
const mesh = (uid: string): Buffer => Buffer.from(encodeMeshFrame({ event: event(uid) }));
const brief = ({ ok, record, error }: Line): unknown => (ok ? [record?.encoding, record?.event?.uid] : error?.code);

test("a connection's events and frames are read however they are cut, and told with what is known of them", async () => {
  const input = Buffer.concat([Buffer.from('\ufeff<?xml version="1.0"?>\n'), xml("1"), frame("2"), Buffer.from("\n"), xml("3")]);
  for (const chunkOctets of [1, 3, 50, 1 << 16])
    for (const format of ["auto", "raw"]) {
      const lines = await run(input, format, chunkOctets);
      assert.deepEqual(lines.map(brief), [
        ["xml", "1"],
        ["protobuf", "2"],
        ["xml", "3"],
      ]);
      assert.equal(lines[1]?.record?.atom?.airClass, "rotary-wing-drone");
      assert.equal(lines[1]?.record?.known?.contact?.callsign, "CALL 2");
    }
});

test("a mesh frame is read alone, from a file or a line of hex", async () => {
  for (const chunkOctets of [1, 1 << 16])
    assert.deepEqual((await run(mesh("1"), "auto", chunkOctets)).map(brief), [["protobuf", "1"]]);
  const lines = [mesh("1"), frame("2"), xml("3"), Buffer.concat([xml("4"), frame("5")])].map((bytes) => bytes.toString("hex"));
  assert.deepEqual((await run(`${lines.join("\n")}\nbf01`)).map(brief), [
    ["protobuf", "1"],
    ["protobuf", "2"],
    ["xml", "3"],
    ["xml", "4"],
    ["protobuf", "5"],
    "truncated",
  ]);
});

test("a mesh frame that does not end is refused for its length", async () => {
  const endless = Buffer.concat([mesh("1"), Buffer.alloc(2 * MAX_MESSAGE_OCTETS, 0x20)]);
  assert.equal(brief((await run(endless, "raw"))[0] ?? { ok: true }), "too-long");
});

test("what is broken says so and the next is read", async () => {
  const input = Buffer.concat([Buffer.from("<auth/>"), xml("1"), Buffer.from("<event>"), xml("2").subarray(0, 40)]);
  assert.deepEqual((await run(input)).map(brief), ["not-an-event", ["xml", "1"], "truncated", "truncated"]);
  assert.deepEqual(await run(""), []);
});

test("a capture says of every event which packet it was in and who sent it", async () => {
  const datagram = (payload: Buffer): Uint8Array => {
    const ip = Buffer.alloc(28);
    ip.writeUInt8(0x45, 0);
    ip.writeUInt16BE(28 + payload.length, 2);
    ip.writeUInt8(17, 9);
    ip.set([192, 0, 2, 7, 239, 2, 3, 1], 12);
    ip.writeUInt16BE(6969, 20);
    ip.writeUInt16BE(6969, 22);
    ip.writeUInt16BE(8 + payload.length, 24);
    return Uint8Array.of(...new Uint8Array(12), 0x08, 0x00, ...ip, ...payload);
  };
  const packets = [xml("1"), mesh("2"), Buffer.from("noise")].map((payload, i) => ({
    capturedMs: 1000 * i,
    packet: datagram(payload),
  }));
  const lines = await run(encodePcap(LINK_TYPE.ethernet, packets));
  assert.deepEqual(lines.map(brief), [["xml", "1"], ["protobuf", "2"], "malformed-xml"]);
  assert.deepEqual([lines[1]?.record?.index, lines[1]?.record?.from], [1, "192.0.2.7:6969"]);
});
