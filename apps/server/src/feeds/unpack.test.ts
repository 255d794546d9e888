import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { missing } from "./sink.fixture.ts";
import { MAX_UNPACKED_OCTETS, unpack } from "./unpack.ts";

const noXz = missing("xz");
const xz = (octets: Uint8Array, ...options: readonly string[]): Buffer =>
  execFileSync("xz", ["-c", ...options], { input: octets, maxBuffer: 1 << 24 });

/** Compressible, then not, then compressible: every kind of chunk there is. Seeded, so that it is the same each time. */
function mixed(octets: number): Buffer {
  const bytes = Buffer.alloc(octets);
  let seed = 1;
  for (let at = 0; at < octets; at++) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = at % 60_000 < 40_000 ? 0x61 + ((at * at) % 7) : seed >>> 24;
  }
  return bytes;
}

test("what xz 5.4 and Python 3.11 made of one text is unpacked, also where neither is installed", () => {
  for (const packed of [
    "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4AAeABJdADkZSf7avgJTbLEM3fOT4Q2AAAAAAKg4IZUUm9tHAAEuH/KxiaYftvN9AQAAAAAEWVo=",
    "XQAAgAD//////////wA5GUn+2r4CU2yxDN3zk+RbGM///nJwAA==",
  ]) {
    const answer = unpack(Buffer.from(packed, "base64"));
    assert.ok(answer.ok);
    assert.equal(Buffer.from(answer.value).toString(), "remote ID, remote ID, remote ID");
  }
});

test("what is not packed is passed on as it is", () => {
  const plain = Buffer.from('{"protocol":1.0}');
  const answer = unpack(plain);
  assert.ok(answer.ok);
  assert.equal(answer.value, plain);
  for (const empty of [Buffer.alloc(0), Buffer.from([0x1f]), Buffer.from([0x5d])]) assert.ok(unpack(empty).ok);
});

for (const options of [
  ["--format=xz"],
  ["--format=xz", "--check=crc32"],
  ["--format=xz", "--check=sha256", "-9e"],
  ["--format=xz", "--check=none", "-0"],
  ["--format=xz", "--block-size=50000"],
  ["--format=xz", "--lzma2=preset=6,lc=0,lp=4,pb=4"],
  ["--format=xz", "--lzma2=preset=6,lc=4,lp=0,pb=0,dict=4KiB"],
  ["--format=lzma"],
  ["--format=lzma", "-0"],
])
  test(`what xz ${options.join(" ")} packed is unpacked octet for octet`, { skip: noXz }, () => {
    for (const octets of [Buffer.alloc(0), Buffer.from("a"), mixed(300_000), Buffer.alloc(MAX_UNPACKED_OCTETS)]) {
      const answer = unpack(xz(octets, ...options));
      assert.ok(answer.ok, JSON.stringify(answer));
      assert.ok(octets.equals(answer.value), `${octets.length} octets`);
    }
  });

test("a bomb is refused, whatever packed it, and without being unpacked", { skip: noXz }, () => {
  const zeros = Buffer.alloc(8 * MAX_UNPACKED_OCTETS);
  for (const [item, bomb] of [
    ["gzip", gzipSync(zeros)],
    ["xz", xz(zeros)],
    ["lzma", xz(zeros, "--format=lzma")],
  ] as const) {
    const before = process.memoryUsage().arrayBuffers;
    const answer = unpack(bomb);
    assert.ok(!answer.ok);
    assert.deepEqual([answer.error.code, answer.error.item], ["unpacked-too-large", item]);
    assert.ok(process.memoryUsage().arrayBuffers - before < 8 * MAX_UNPACKED_OCTETS);
  }
});

test("one octet more than the cap is refused, as many as the cap are not", { skip: noXz }, () => {
  for (const pack of [gzipSync, xz, (octets: Uint8Array) => xz(octets, "--format=lzma")]) {
    assert.ok(unpack(pack(Buffer.alloc(MAX_UNPACKED_OCTETS, 7))).ok);
    assert.ok(!unpack(pack(Buffer.alloc(MAX_UNPACKED_OCTETS + 1, 7))).ok);
  }
});

test("what is cut short is refused, wherever it is cut", { skip: noXz }, () => {
  const text = mixed(2000);
  for (const [pack, fullIndexOctets] of [
    [gzipSync, 0],
    [xz, 36], // the index and footer say nothing that is needed
    [(octets: Uint8Array) => xz(octets, "--format=lzma"), 0],
  ] as const) {
    const packed = pack(text);
    for (let length = 6; length < packed.length - fullIndexOctets; length += 7) {
      const answer = unpack(packed.subarray(0, length));
      assert.ok(!answer.ok, `${length} of ${packed.length}`);
      assert.equal(answer.error.code, "not-unpackable");
    }
  }
});

test("a damaged octet is found by the checksum", { skip: noXz }, () => {
  const packed = xz(mixed(2000), "--check=crc64");
  for (let at = 12; at < packed.length - 36; at += 5) {
    const damaged = Buffer.from(packed);
    damaged[at] = (damaged[at] as number) ^ 0x10;
    assert.ok(!unpack(damaged).ok, `octet ${at}`);
  }
});

test("no octets crash or hang it, or come to more than the cap", { skip: noXz }, () => {
  const seeds = [gzipSync(mixed(3000)), xz(mixed(3000)), xz(mixed(3000), "--format=lzma")];
  fc.assert(
    fc.property(
      fc.constantFrom(...seeds),
      fc.array(fc.tuple(fc.nat(4000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
      (seed, changes) => {
        const octets = Buffer.from(seed);
        for (const [at, value] of changes) octets[6 + (at % (octets.length - 6))] = value;
        const answer = unpack(octets);
        assert.ok(!answer.ok || answer.value.length <= MAX_UNPACKED_OCTETS);
      },
    ),
    { numRuns: 2000, seed: 7 },
  );
});
