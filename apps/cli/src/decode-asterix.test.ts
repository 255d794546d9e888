import assert from "node:assert/strict";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { encodeBlock } from "@picket/asterix";
import { encodePcap, LINK_TYPE } from "@picket/capture";
import { decodeCommand } from "./decode.ts";

type Line = Readonly<{ ok: boolean; record?: Readonly<Record<string, unknown>>; error?: Readonly<{ code: string }> }>;

async function run(input: Uint8Array, format: string, chunkOctets = 1 << 16): Promise<readonly Line[]> {
  const count = Math.ceil(input.length / chunkOctets);
  const chunks = Array.from({ length: count }, (_, i) => input.subarray(i * chunkOctets, (i + 1) * chunkOctets));
  let text = "";
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  assert.equal(await decodeCommand("asterix", { format }, Readable.from(chunks), sink), 0);
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

const brief = ({ ok, record, error }: Line): unknown => (ok ? record?.["category"] : error?.code);
const plots = encodeBlock(48, [{ i161: { trn: 1 } }, { i161: { trn: 2 } }]);
const north = encodeBlock(34, [{ i000: { messageType: 1 } }]);
const unknown = Uint8Array.of(205, 0, 4, 0);

test("a line of hex is a datagram of blocks: a line for each record, and for what was skipped", async () => {
  const hex = Buffer.from(Buffer.concat([plots, unknown, north]).toString("hex"));
  assert.deepEqual((await run(hex, "auto")).map(brief), [48, 48, 34, "unknown-category"]);
});

test("blocks one after the other are read wherever they are cut", async () => {
  const stream = Buffer.concat([plots, north, plots]);
  for (const chunkOctets of [1, 2, 5, 100])
    assert.deepEqual((await run(stream, "raw", chunkOctets)).map(brief), [48, 48, 34, 48, 48]);
  assert.deepEqual((await run(stream, "auto")).map(brief), [48, 48, 34, 48, 48]);
});

test("a stream that ends within a block says so", async () => {
  assert.deepEqual((await run(Buffer.concat([north, plots.subarray(0, 4)]), "raw")).map(brief), [34, "truncated"]);
});

test("a capture says of every record which packet it was in and who sent it", async () => {
  const ip = Buffer.alloc(28);
  ip.writeUInt8(0x45, 0);
  ip.writeUInt16BE(28 + plots.length, 2);
  ip.writeUInt8(17, 9);
  ip.set([192, 0, 2, 7, 233, 252, 0, 1], 12);
  ip.writeUInt16BE(8600, 20);
  ip.writeUInt16BE(8600, 22);
  ip.writeUInt16BE(8 + plots.length, 24);
  const packet = Uint8Array.of(...new Uint8Array(12), 0x08, 0x00, ...ip, ...plots);
  const arp = Uint8Array.of(...new Uint8Array(12), 0x08, 0x06, ...new Uint8Array(28));
  const capture = encodePcap(LINK_TYPE.ethernet, [
    { capturedMs: 1000, packet },
    { capturedMs: 2000, packet: arp },
  ]);
  const lines = await run(capture, "auto");
  assert.deepEqual(lines.map(brief), [48, 48, "not-udp"]);
  assert.deepEqual(lines[1]?.record, {
    index: 0,
    capturedMs: 1000,
    from: "192.0.2.7:8600",
    category: 48,
    edition: "1.32",
    at: 7,
    octets: 4,
    items: { i161: { trn: 2 } },
    outOfRange: [],
  });
});
