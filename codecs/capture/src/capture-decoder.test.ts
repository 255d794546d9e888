import assert from "node:assert/strict";
import { test } from "node:test";
import { type ByteOrder, Writer } from "@picket/bytes";
import fc from "fast-check";
import {
  type CaptureItem,
  type CaptureSnapshot,
  createCaptureDecoder,
  encodePcap,
  encodePcapHeader,
  encodePcapRecord,
  MAX_BLOCK_OCTETS,
  MAX_INTERFACES,
  MAX_PACKET_OCTETS,
  MAX_SKIPPED_OCTETS,
} from "./index.ts";

const octets = (...values: number[]): Uint8Array => Uint8Array.from(values);
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const EMPTY = new Uint8Array(0);

/** A pcapng block: its kind, its length, its body filled up to a multiple of four, its length again. */
function block(order: ByteOrder, kind: number, body: Uint8Array): Uint8Array {
  const length = 12 + Math.ceil(body.length / 4) * 4;
  return new Writer(order).u32(kind).u32(length).put(body).align(4).u32(length).bytes();
}
const section = (order: ByteOrder, major = 1): Uint8Array =>
  block(order, 0x0a0d0d0a, new Writer(order).u32(0x1a2b3c4d).u16(major).u16(0).fill(8, 0xff).bytes());
const description = (order: ByteOrder, linkType: number, options: Uint8Array = EMPTY, snapLength = 0): Uint8Array =>
  block(order, 1, new Writer(order).u16(linkType).u16(0).u32(snapLength).put(options).bytes());
const option = (order: ByteOrder, code: number, value: Uint8Array): Uint8Array =>
  new Writer(order).u16(code).u16(value.length).put(value).align(4).bytes();
function enhanced(order: ByteOrder, index: number, ticks: bigint, packet: Uint8Array): Uint8Array {
  const body = new Writer(order)
    .u32(index)
    .u32(Number(ticks >> 32n))
    .u32(Number(ticks & 0xffffffffn));
  return block(
    order,
    6,
    body
      .u32(packet.length)
      .u32(packet.length + 5)
      .put(packet)
      .bytes(),
  );
}

function decodeWhole(...chunks: readonly Uint8Array[]): readonly CaptureItem[] {
  const decoder = createCaptureDecoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.finish()];
}
const brief = (items: readonly CaptureItem[]) =>
  items.map((item) =>
    item.kind === "error" ? item.error.code : `${item.value.linkType}:${item.value.capturedMs}:${[...item.value.packet]}`,
  );

for (const order of ["little", "big"] as const) {
  for (const [name, magic, ticksPerMs, extra] of [
    ["microseconds", 0xa1b2c3d4, 1_000, 0],
    ["nanoseconds", 0xa1b23c4d, 1_000_000, 0],
    ["Kuznetsov's modified records", 0xa1b2cd34, 1_000, 8],
  ] as const)
    test(`a ${order}-endian pcap file in ${name} is read`, () => {
      const file = new Writer(order).u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65535).u32(0xf400_007f);
      file
        .u32(1_700_000_000)
        .u32(250 * ticksPerMs)
        .u32(3)
        .u32(9)
        .fill(extra, 0xee)
        .put(octets(1, 2, 3));
      file.u32(1_700_000_001).u32(0).u32(0).u32(0).fill(extra, 0xee);
      const items = decodeWhole(file.bytes());
      assert.deepEqual(brief(items), ["127:1700000000250:1,2,3", "127:1700000001000:"]);
      const first = items[0];
      assert.ok(first?.kind === "packet");
      assert.deepEqual(
        { ...first.value, packet: undefined },
        {
          index: 0,
          capturedMs: 1_700_000_000_250,
          linkType: 127,
          packet: undefined,
          originalLength: 9,
          fileOffset: 40 + extra,
          fileLength: 3,
        },
      );
    });

  test(`a ${order}-endian pcapng section is read with every kind of packet block`, () => {
    const nano = join(option(order, 2, octets(0x77, 0x6c)), option(order, 9, octets(9)), option(order, 0, EMPTY));
    const shifted = option(order, 14, new Writer(order).u64(3600).bytes());
    const binary = option(order, 9, octets(0x80 | 10));
    const simple = block(
      order,
      3,
      new Writer(order)
        .u32(7)
        .put(octets(1, 2, 3, 4))
        .bytes(),
    );
    const obsolete = new Writer(order).u16(2).u16(5).u32(0).u32(2048).u32(2).u32(2).put(octets(8, 9)).bytes();
    const items = decodeWhole(
      section(order),
      description(order, 127, nano, 4),
      description(order, 1, shifted),
      description(order, 251, binary),
      enhanced(order, 0, 1_700_000_000_123_456_789n, octets(1)),
      enhanced(order, 1, 1_000_001n, octets(2, 3)),
      block(order, 0x0bad, octets(1, 2, 3, 4, 5)),
      simple,
      block(order, 2, obsolete),
    );
    assert.deepEqual(brief(items), ["127:1700000000123.4568:1", "1:3601000.001:2,3", "127:undefined:1,2,3,4", "251:2000:8,9"]);
  });
}

test("clocks slower than a millisecond and offsets before 1970 are read", () => {
  const slow = join(option("big", 9, octets(0)), option("big", 14, new Uint8Array(8).fill(0xff)));
  assert.deepEqual(brief(decodeWhole(section("big"), description("big", 1, slow), enhanced("big", 0, 5n, EMPTY))), ["1:4000:"]);
});

test("a second section forgets the interfaces and may have another byte order", () => {
  const items = decodeWhole(
    join(section("little"), description("little", 127), enhanced("little", 0, 0n, octets(1))),
    join(section("big"), enhanced("big", 0, 0n, octets(2)), description("big", 105), enhanced("big", 0, 0n, octets(3))),
  );
  assert.deepEqual(brief(items), ["127:0:1", "unknown-interface", "105:0:3"]);
});

test("files one after the other are one stream, whatever their kinds", () => {
  const pcap = encodePcap(127, [{ packet: octets(1), capturedMs: 1 }]);
  const pcapng = join(section("big"), description("big", 105), enhanced("big", 0, 0n, octets(2)));
  assert.deepEqual(brief(decodeWhole(pcap, pcapng, pcap, pcap)), ["127:1:1", "105:0:2", "127:1:1", "127:1:1"]);
});

test("each datagram may be a whole file, and one that is cut costs only itself", () => {
  const file = (octet: number) => encodePcap(127, [{ packet: octets(octet, octet), capturedMs: octet }]);
  const decoder = createCaptureDecoder({ chunks: "datagrams" });
  const items = [file(1), file(2).subarray(0, 41), file(3), file(4).subarray(0, 30), file(5)].flatMap((chunk) =>
    decoder.push(chunk),
  );
  assert.deepEqual(brief(items), ["127:1:1,1", "truncated", "127:3:3,3", "truncated", "127:5:5,5"]);
});

const sample = join(
  section("little"),
  description("little", 127, option("little", 9, octets(9))),
  block("little", 0x0bad, new Uint8Array(400)),
  enhanced("little", 0, 1_700_000_000_000_000_000n, octets(1, 2, 3, 4, 5)),
  section("big"),
  description("big", 105),
  enhanced("big", 9, 0n, octets(1)),
  enhanced("big", 0, 0n, octets(9, 9, 9)),
  encodePcap(251, [
    { packet: octets(7, 7, 7, 7, 7, 7, 7), capturedMs: 12 },
    { packet: EMPTY, capturedMs: 13.001 },
  ]),
);

test("chunks cut anywhere, with the state saved and restored at every cut, give the same items", () => {
  const whole = decodeWhole(sample);
  assert.equal(whole.length, 5);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 30, maxLength: 30 }), (sizes) => {
      const items: CaptureItem[] = [];
      let decoder = createCaptureDecoder();
      for (let at = 0, i = 0; at < sample.length; i++) {
        const size = sizes[i % sizes.length] ?? 1;
        items.push(...decoder.push(sample.subarray(at, at + size)));
        at += size;
        decoder = createCaptureDecoder({ from: JSON.parse(JSON.stringify(decoder.snapshot())) as CaptureSnapshot });
      }
      items.push(...decoder.finish());
      assert.deepEqual(items, whole);
    }),
  );
});

test("one octet at a time gives the same items", () => {
  const decoder = createCaptureDecoder();
  const items = [...sample].flatMap((octet) => decoder.push(octets(octet)));
  assert.deepEqual([...items, ...decoder.finish()], decodeWhole(sample));
});

test("a packet owns its octets", () => {
  const file = encodePcap(127, [{ packet: octets(1, 2), capturedMs: 1 }]);
  const [item] = createCaptureDecoder().push(file);
  file.fill(0);
  assert.ok(item?.kind === "packet");
  assert.deepEqual(item.value.packet, octets(1, 2));
});

const header = (order: ByteOrder, kind: number, length: number): Uint8Array =>
  new Writer(order).u32(kind).u32(length).u32(0).u32(0).bytes();
const wrongTrailer = join(section("big"), description("big", 1), enhanced("big", 0, 0n, octets(1, 2, 3, 4)));
wrongTrailer[wrongTrailer.length - 1] = 99;
const overfull = enhanced("big", 0, 0n, octets(1));
overfull[23] = 200;

for (const [why, codes, ...chunks] of [
  ["what is no capture", ["not-a-capture", "lost-sync"], octets(1, 2, 3, 4, 5, 6, 7, 8, ...new Uint8Array(40))],
  ["a section without byte-order magic", ["not-a-capture", "lost-sync"], header("big", 0x0a0d0d0a, 28)],
  ["a pcap file of version 3", ["unsupported-version", "lost-sync"], new Writer("big").u32(0xa1b2c3d4).u16(3).fill(18).bytes()],
  ["a pcapng section of version 2", ["unsupported-version", "lost-sync"], section("little", 2)],
  ["a block whose lengths differ", ["bad-block"], wrongTrailer],
  ["a block shorter than itself", ["bad-block", "lost-sync"], section("big"), header("big", 6, 8)],
  [
    "a section shorter than itself",
    ["bad-block", "lost-sync"],
    join(section("big").subarray(0, 7), octets(8), section("big").subarray(8)),
  ],
  [
    "a packet longer than its block",
    ["bad-block", "1:0:5"],
    section("big"),
    description("big", 1),
    overfull,
    enhanced("big", 0, 0n, octets(5)),
  ],
  ["a packet block too short for its fields", ["bad-block"], section("big"), block("big", 6, new Uint8Array(16))],
  ["an interface too short for its fields", ["bad-block"], section("big"), block("big", 1, new Uint8Array(4))],
  ["a simple packet of no interface", ["unknown-interface"], section("big"), block("big", 3, new Uint8Array(8))],
  ["a simple packet without a length", ["bad-block"], section("big"), description("big", 1), block("big", 3, EMPTY)],
  [
    "a pcap record over the limit",
    ["oversized-packet", "lost-sync"],
    encodePcapHeader(1),
    new Writer("little")
      .u32(1)
      .u32(1)
      .u32(MAX_PACKET_OCTETS + 1)
      .u32(1)
      .u32(1)
      .bytes(),
  ],
  ["a stream that ends within a record", ["truncated"], encodePcap(1, [{ packet: octets(1, 2), capturedMs: 1 }]).subarray(0, 41)],
  [
    "a stream that ends within a skipped block",
    ["truncated"],
    section("big"),
    block("big", 0x0bad, new Uint8Array(40)).subarray(0, 20),
  ],
] as const)
  test(`${why} is an error by code`, () => assert.deepEqual(brief(decodeWhole(...chunks)).slice(0, codes.length), codes));

test("more interfaces than the limit are refused, and those before go on", () => {
  const items = decodeWhole(
    section("big"),
    ...Array.from({ length: MAX_INTERFACES + 1 }, () => description("big", 1)),
    enhanced("big", 3, 0n, octets(1)),
  );
  assert.deepEqual(brief(items), ["too-many-interfaces", "1:0:1"]);
});

test("an oversized packet block is refused and skipped without being kept", () => {
  const length = MAX_BLOCK_OCTETS + 4;
  const decoder = createCaptureDecoder();
  const items = [
    ...decoder.push(join(section("little"), description("little", 1))),
    ...decoder.push(header("little", 6, length)),
  ];
  assert.deepEqual(brief(items), ["oversized-block"]);
  for (let left = length - 16; left > 0; left -= 1000) {
    decoder.push(new Uint8Array(Math.min(left, 1000)));
    assert.equal(decoder.snapshot().pendingHex, "");
  }
  assert.deepEqual(brief(decoder.push(enhanced("little", 0, 0n, octets(1)))), ["1:0:1"]);
});

test("a block longer than is believed loses the boundary", () => {
  assert.deepEqual(brief(decodeWhole(section("big"), header("big", 0x0bad, MAX_SKIPPED_OCTETS + 4))), [
    "oversized-block",
    "lost-sync",
  ]);
});

test("after the boundary is lost a chunk that begins with a magic starts anew", () => {
  const pcap = encodePcap(127, [{ packet: octets(1), capturedMs: 1 }]);
  assert.deepEqual(brief(decodeWhole(new Uint8Array(50), octets(1, 2, 3), pcap)), [
    "not-a-capture",
    "lost-sync",
    "lost-sync",
    "127:1:1",
  ]);
});

test("offsets of errors and packets count from the start of the stream", () => {
  const items = decodeWhole(
    section("big"),
    enhanced("big", 0, 0n, octets(1)),
    description("big", 1),
    enhanced("big", 0, 0n, octets(7)),
  );
  const [error, packet] = items;
  assert.ok(error?.kind === "error" && packet?.kind === "packet");
  assert.equal(error.error.at, 28 + 8);
  assert.equal(packet.value.fileOffset, 28 + 36 + 20 + 28);
});

test("a snapshot that was tampered with is refused", () => {
  const snapshot = { ...createCaptureDecoder().snapshot(), pendingHex: "xy" };
  assert.throws(() => createCaptureDecoder({ from: snapshot }), /^TypeError: A capture snapshot's pendingHex must be hex digits/);
});

test("a packet too long for a capture, or a time outside it, is refused", () => {
  assert.throws(() => encodePcapRecord(new Uint8Array(MAX_PACKET_OCTETS + 1), 0), RangeError);
  assert.throws(() => encodePcapRecord(EMPTY, -1), /^RangeError: capturedMs in seconds/);
});

test("no octets make the decoder throw, stand still or keep more than its bound", () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.nat({ max: sample.length }).map((at) => sample.subarray(at, at + 90)),
    fc.constant(sample),
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }),
      fc.constantFrom("stream" as const, "datagrams" as const),
      (pieces, chunks) => {
        const decoder = createCaptureDecoder({ chunks });
        let given = 0;
        for (const chunk of pieces) {
          decoder.push(chunk);
          given += chunk.length;
          const { offset, pendingHex } = decoder.snapshot();
          assert.equal(offset + pendingHex.length / 2, given);
          assert.ok(pendingHex.length / 2 <= MAX_BLOCK_OCTETS + chunk.length);
        }
        decoder.finish();
      },
    ),
    { numRuns: 2000 },
  );
});
