import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { unpackGzip } from "./gzip.ts";

const MAX_OCTETS = 1 << 20;

/** What Node's own unpacker makes of it: octets, or that they are too many or not to be unpacked. */
function byNode(packed: Uint8Array): Buffer | "unpacked-too-large" | "not-unpackable" {
  try {
    return gunzipSync(packed, { maxOutputLength: MAX_OCTETS });
  } catch (error) {
    return (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? "unpacked-too-large" : "not-unpackable";
  }
}
function byUs(packed: Uint8Array): Buffer | string {
  const answer = unpackGzip(packed, MAX_OCTETS);
  return answer.ok ? Buffer.from(answer.value) : answer.error.code;
}

/** Text of few letters, then of many, then noise: matches near and far, literals, and what cannot be packed. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 40 }).map((one) => one.repeat(30)),
      fc.uint8Array({ maxLength: 400 }).map((octets) => Buffer.from(octets).toString("latin1")),
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join(""), "latin1"));
const options = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.constantFrom(
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FIXED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FILTERED,
  ),
});

test("what zlib packed at any level and by any strategy is unpacked octet for octet", () => {
  fc.assert(
    fc.property(text, options, (octets, how) => {
      const answer = unpackGzip(gzipSync(octets, how), MAX_OCTETS);
      assert.ok(answer.ok && octets.equals(answer.value));
    }),
    { numRuns: 300 },
  );
});

test("a mutated message is unpacked or refused just as Node's own unpacker would", () => {
  const changes = fc.array(fc.tuple(fc.nat(4000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(text, options, changes, fc.nat(3000), (octets, how, changed, cut) => {
      const packed = gzipSync(octets, how).subarray(0, cut < 300 ? 20 + cut : undefined);
      for (const [at, value] of changed) packed[3 + (at % (packed.length - 3))] = value;
      assert.deepEqual(byUs(packed), byNode(packed));
    }),
    { numRuns: 3000 },
  );
});

test("a header with name, comment, extra field and its own checksum is passed over", () => {
  const plain = gzipSync("remote ID");
  const name = Buffer.from("aircraft.json\0a comment\0");
  const extra = Buffer.from([4, 0, 1, 2, 3, 4]);
  const head = Buffer.concat([plain.subarray(0, 3), Buffer.from([4 | 8 | 16]), plain.subarray(4, 10), extra, name]);
  assert.deepEqual(byUs(Buffer.concat([head, plain.subarray(10)])), Buffer.from("remote ID"));
  for (const length of [2, 9, 11, 15, 20, head.length]) assert.equal(byUs(head.subarray(0, length)), "not-unpackable");
});

test("members one after the other are one message, with nothing after them that counts", () => {
  const two = Buffer.concat([gzipSync("one "), gzipSync("message"), Buffer.from("\0\0\n")]);
  assert.deepEqual(byUs(two), Buffer.from("one message"));
  assert.equal(byUs(Buffer.concat([gzipSync(Buffer.alloc(MAX_OCTETS)), gzipSync("more")])), "unpacked-too-large");
  assert.equal(byUs(Buffer.concat([gzipSync("one "), gzipSync("message").subarray(0, -1)])), "not-unpackable");
});

test("blocks that are there only to cost time are refused", () => {
  const head = gzipSync("").subarray(0, 10);
  const emptyBlocks = Buffer.from("000000ffff".repeat(200_000), "hex");
  const startedMs = performance.now();
  assert.equal(byUs(Buffer.concat([head, emptyBlocks])), "not-unpackable");
  assert.ok(performance.now() - startedMs < 500);
});

test("a hundred thousand refusals in one go leave nothing behind", () => {
  const packed = gzipSync("remote ID, ".repeat(200));
  packed[40] = (packed[40] as number) ^ 0x55;
  const before = process.memoryUsage.rss();
  for (let i = 0; i < 100_000; i++) assert.equal(unpackGzip(packed, MAX_OCTETS).ok, false);
  const grewMb = (process.memoryUsage.rss() - before) / 2 ** 20;
  assert.ok(grewMb < 150, `${grewMb.toFixed(0)} MB more`);
});
