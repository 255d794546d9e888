import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { test } from "node:test";
import { parseHex } from "@picket/bytes";
import { encodeBeaconFrame, encodePcap, LINK_TYPE } from "@picket/capture";
import {
  decodeMessage,
  encodeActionBody,
  encodeAdvertisingData,
  encodeBeaconElement,
  encodeMessage,
  encodePack,
} from "@picket/remote-id";
import fc from "fast-check";
import { decodeCommand, decodeFile } from "./decode.ts";
import { formatMessage } from "./decode-json.ts";
import { MAX_LINE_OCTETS } from "./decode-lines.ts";

type Line = { ok: boolean; record?: Record<string, unknown>; error?: { code: string } };

async function run(
  input: string | Uint8Array,
  format = "auto",
  chunkOctets = 1 << 16,
): Promise<{ code: number; lines: readonly Line[] }> {
  const bytes = Buffer.from(input as Uint8Array);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkOctets) }, (_, i) =>
    bytes.subarray(i * chunkOctets, (i + 1) * chunkOctets),
  );
  const { sink, text } = collect();
  const code = await decodeCommand("remote-id", { format }, Readable.from(chunks), sink);
  return {
    code,
    lines: text()
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line),
  };
}

function collect(): { sink: Writable; text(): string } {
  const parts: Buffer[] = [];
  const sink = new Writable({
    highWaterMark: 64,
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk);
      setImmediate(done);
    },
  });
  return { sink, text: () => Buffer.concat(parts).toString() };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const message = encodeMessage({ kind: "self-id", description: "survey" });
const pack = encodePack([
  { kind: "location", latDeg: 47, lonDeg: 8 },
  { kind: "self-id", description: "survey" },
]);
const sourceAddress = "02:00:00:00:00:01";
const beacon = encodeBeaconFrame({ sourceAddress, elements: encodeBeaconElement(7, pack) });
const brief = ({ ok, record, error }: Line): unknown => (ok ? (record?.["carrier"] ?? record?.["kind"]) : error?.code);

test("every message is written as JSON.stringify would", () => {
  const folder = join(import.meta.dirname, "../../../codecs/remote-id/vectors");
  const vectors = readdirSync(folder).flatMap(
    (file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as { hex: string }[],
  );
  const octets = vectors.flatMap(({ hex }) => {
    const bytes = parseHex(hex);
    return bytes.ok ? [bytes.value] : [];
  });
  assert.ok(octets.length > 100);
  const check = (bytes: Uint8Array): void => {
    const decoded = decodeMessage(bytes);
    if (decoded.ok) assert.equal(formatMessage(decoded.value), JSON.stringify(decoded.value));
  };
  for (const bytes of octets) check(bytes);
  const anyMessage = fc.tuple(fc.integer({ min: 0, max: 0x5f }), fc.uint8Array({ minLength: 24, maxLength: 24 }));
  fc.assert(
    fc.property(anyMessage, ([head, body]) => check(Uint8Array.of(head, ...body))),
    { numRuns: 5000 },
  );
});

for (const [name, bytes, expected] of [
  ["a message", message, "self-id"],
  ["a pack", pack, "pack"],
  ["a counted message", Uint8Array.of(0x0d, 3, ...message), "ble-legacy"],
  ["a counted pack", Uint8Array.of(0x0d, 3, ...pack), "ble-extended"],
  ["advertising data", encodeAdvertisingData(3, message), "ble-legacy"],
  ["advertising data behind flags", Uint8Array.of(2, 1, 6, ...encodeAdvertisingData(3, pack)), "ble-extended"],
  ["a beacon element", encodeBeaconElement(3, pack), "wifi-beacon"],
  ["an action frame's body", encodeActionBody(3, pack), "wifi-nan"],
  ["a beacon under radiotap", beacon, "wifi-beacon"],
  ["a bare beacon", beacon.subarray(15), "wifi-beacon"],
  ["an HCI command", Uint8Array.of(1, 0x08, 0x20, 32, 31, ...encodeAdvertisingData(3, message)), "ble-legacy"],
  ["an unknown type", Uint8Array.of(0x62, ...new Uint8Array(24)), "unknown-message-type"],
  ["a cut message", message.subarray(0, 20), "truncated"],
  ["a pack of no message", Uint8Array.of(0xf2, 25, 0), "bad-count"],
] as const)
  test(`a hex line of ${name} is decoded, alone or raw`, async () => {
    for (const { code, lines } of [
      await run(`${hexOf(bytes)}\n`),
      await run(hexOf(bytes).toUpperCase(), "hex", 7),
      await run(bytes, "raw", 11),
    ]) {
      assert.equal(code, 0);
      assert.deepEqual(lines.map(brief), [expected]);
    }
  });

test("a bad line says what is wrong and the next is read", async () => {
  const lines = [
    hexOf(message),
    "zz",
    "# a comment",
    "",
    "   ",
    hexOf(pack),
    "123",
    `0x${hexOf(message)}`,
    hexOf(message).replaceAll(/(..)/g, "$1:"),
    "ff".repeat(MAX_LINE_OCTETS),
    hexOf(message),
  ];
  for (const chunkOctets of [1 << 20, 1 << 16, 1001]) {
    const { lines: answers } = await run(lines.join("\r\n"), "hex", chunkOctets);
    assert.deepEqual(answers.map(brief), [
      "self-id",
      "not-hex",
      "pack",
      "not-hex",
      "self-id",
      "self-id",
      "line-too-long",
      "self-id",
    ]);
  }
});

test("raw messages and packs one after the other are decoded, however cut", async () => {
  const unit = [...message, ...pack, 0x62, ...new Uint8Array(24)];
  const stream = Uint8Array.from([...Array(200)].flatMap(() => unit));
  for (const chunkOctets of [1, 333, 1 << 16]) {
    const { lines } = await run(Uint8Array.of(...stream, 0x12, 0x13), "raw", chunkOctets);
    assert.equal(lines.length, 601);
    assert.deepEqual(lines.slice(0, 3).map(brief), ["self-id", "pack", "unknown-message-type"]);
    assert.equal(lines.at(-1)?.error?.code, "truncated");
  }
});

test("a capture is told by its magic, and every packet answers with its index and time", async () => {
  const file = encodePcap(LINK_TYPE.radiotap, [
    { packet: beacon, capturedMs: 1_700_000_000_000.5 },
    { packet: encodeBeaconFrame({ sourceAddress, elements: new Uint8Array(0) }), capturedMs: 1_700_000_000_001 },
    { packet: beacon, capturedMs: 1_700_000_000_002 },
  ]);
  for (const format of ["auto", "pcap", "pcapng"]) {
    const { code, lines } = await run(Uint8Array.of(...file, 1, 2, 3), format, 50);
    assert.equal(code, 0);
    assert.deepEqual(lines.map(brief), ["wifi-beacon", "not-remote-id", "wifi-beacon", "truncated"]);
    const { messages, ...rest } = lines[0]?.record ?? {};
    assert.deepEqual(rest, {
      kind: "frame",
      index: 0,
      capturedMs: 1_700_000_000_000.5,
      carrier: "wifi-beacon",
      counter: 7,
      transmitter: sourceAddress,
      rssiDbm: -60,
      channelMhz: 2437,
      errors: [],
    });
    assert.equal((messages as unknown[]).length, 2);
  }
});

test("a damaged packet is shown as damaged", async () => {
  const packet = beacon.slice();
  packet[8] = 0x50;
  const { lines } = await run(encodePcap(LINK_TYPE.radiotap, [{ packet, capturedMs: 1 }]));
  assert.equal(lines[0]?.record?.["isDamaged"], true);
});

test("the format is told by the first octets, however cut and whatever is wrong with the lines", async () => {
  for (const first of ["zz", "# every message of a flight", "00", ""]) {
    const text = `${first}\n${hexOf(message)}\n`;
    for (const chunkOctets of [1, 2, 5, 1 << 16])
      assert.equal(brief((await run(text, "auto", chunkOctets)).lines.at(-1) ?? { ok: false }), "self-id");
  }
  const file = encodePcap(LINK_TYPE.radiotap, [{ packet: beacon, capturedMs: 1 }]);
  assert.deepEqual((await run(file, "auto", 1)).lines.map(brief), ["wifi-beacon"]);
  assert.deepEqual((await run("1", "auto")).lines.map(brief), ["not-hex"]);
});

test("octets that are neither hex nor a capture are taken as raw", async () => {
  assert.deepEqual((await run(message)).lines.map(brief), ["self-id"]);
});

test("what is no capture is an error, and the input is still read to its end", async () => {
  const { code, lines } = await run(new Uint8Array(100_000), "pcap", 40_000);
  assert.equal(code, 0);
  assert.deepEqual(lines.map(brief), ["not-a-capture", "lost-sync", "lost-sync", "lost-sync"]);
});

test("no input gives no line", async () => {
  for (const format of ["auto", "hex", "raw", "pcap"]) assert.deepEqual(await run("", format), { code: 0, lines: [] });
});

test("a protocol or format that there is not is wrong usage", async () => {
  for (const [protocol, format, expected] of [
    ["morse", "auto", "unknown-protocol"],
    ["remote-id", "elf", "unknown-format"],
  ] as const) {
    const { sink, text } = collect();
    assert.equal(await decodeCommand(protocol, { format }, Readable.from([]), sink), 64);
    await new Promise((resolve) => sink.end(resolve));
    assert.equal((JSON.parse(text()) as Line).error?.code, expected);
  }
});

test("a file that is not there answers 69", async () => {
  await assert.rejects(decodeFile("remote-id", join(import.meta.dirname, "no-such-file.pcap"), {}), { exitCode: 69 });
});
