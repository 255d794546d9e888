import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Reader } from "./reader.ts";
import { Writer } from "./writer.ts";

for (const order of ["little", "big"] as const) {
  test(`what is written ${order}-endian is read again`, () => {
    const word = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(word, word, fc.maxSafeNat(), fc.uint8Array({ maxLength: 40 }), (a, b, wide, tail) => {
        const writer = new Writer(order, 1);
        writer
          .u8(a & 0xff)
          .i8((a << 24) >> 24)
          .u16(b & 0xffff)
          .i16((b << 16) >> 16)
          .u32(a)
          .i32(b | 0)
          .u64(wide)
          .put(tail);
        const bytes = writer.bytes();
        assert.equal(bytes.length, writer.length);
        const reader = new Reader(bytes, order);
        assert.equal(reader.u8(), a & 0xff);
        assert.equal(reader.i8(), (a << 24) >> 24);
        assert.equal(reader.u16(), b & 0xffff);
        assert.equal(reader.i16(), (b << 16) >> 16);
        assert.equal(reader.u32(), a);
        assert.equal(reader.i32(), b | 0);
        assert.equal(reader.u64(), wide);
        assert.deepEqual(reader.take(tail.length), tail);
        assert.equal(reader.left, 0);
        assert.equal(reader.isShort, false);
      }),
    );
  });
}

test("byte order is as it says", () => {
  assert.equal(new Reader(Uint8Array.of(1, 2, 3, 4), "big").u32(), 0x01020304);
  assert.equal(new Reader(Uint8Array.of(1, 2, 3, 4), "little").u32(), 0x04030201);
  assert.equal(new Reader(Uint8Array.of(1, 2), "little").u16("big"), 0x0102);
  assert.deepEqual([...new Writer("little").u16(0x0102).u16(0x0102, "port", "big").bytes()], [2, 1, 1, 2]);
});

test("reading past the end answers zero, goes to the end and says so for good", () => {
  const reader = new Reader(Uint8Array.of(1, 2, 3, 4, 5), "big", 1, 4);
  assert.equal(reader.u16(), 0x0203);
  assert.equal(reader.u16(), 0);
  assert.equal(reader.isShort, true);
  assert.equal(reader.left, 0);
  assert.equal(reader.u8(), 0);
  assert.deepEqual(reader.take(3), new Uint8Array(0));
  assert.equal(reader.isShort, true);
});

test("a part is taken when the whole is not there", () => {
  const reader = new Reader(Uint8Array.of(1, 2, 3), "big");
  assert.deepEqual(reader.take(5), Uint8Array.of(1, 2, 3));
  assert.equal(reader.isShort, true);
});

test("a reader survives any sequence of requests", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.array(fc.integer({ min: -3, max: 30 })), (bytes, steps) => {
      const reader = new Reader(bytes, "little", 2);
      for (const step of steps) {
        if (step % 3 === 0) reader.take(step);
        else if (step % 3 === 1) reader.skip(step);
        else reader.u32();
        assert.ok(reader.at >= 2);
      }
    }),
  );
});

test("alignment counts from its origin", () => {
  const reader = new Reader(new Uint8Array(16), "little", 3);
  reader.align(4, 2);
  assert.equal(reader.at, 6);
  reader.align(4, 2);
  assert.equal(reader.at, 6);
  assert.equal(new Writer("big").u8(1).align(4).u8(2).bytes().length, 5);
});

test("a number outside its field is refused by name", () => {
  assert.throws(() => new Writer("big").u16(70_000, "port"), /^RangeError: port must be an integer from 0 to 65535, got 70000$/);
  assert.throws(() => new Writer("big").u8(1.5), RangeError);
  assert.throws(() => new Writer("big").i32(Number.NaN), RangeError);
});
