import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatHex, parseHex, parseHexInto } from "./hex.ts";

const ascii = (text: string) => new TextEncoder().encode(text);

test("hex goes there and back for any octets", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const text = formatHex(bytes);
      assert.equal(text, Buffer.from(bytes).toString("hex"));
      assert.deepEqual(parseHex(text.toUpperCase()), { ok: true, value: bytes });
      const out = new Uint8Array(300);
      assert.equal(parseHexInto(ascii(text), 0, text.length, out), bytes.length);
      assert.deepEqual(out.subarray(0, bytes.length), bytes);
    }),
  );
});

test("a part of the octets is formatted when asked for", () => {
  assert.equal(formatHex(Uint8Array.of(1, 2, 255, 4), 1, 3), "02ff");
});

for (const [text, code, at] of [
  ["abc", "odd-hex", 3],
  ["zz", "not-hex", 0],
  ["00g1", "not-hex", 2],
  ["00 1", "not-hex", 2],
  ["\u01300", "not-hex", 0],
] as const)
  test(`${JSON.stringify(text)} is refused as ${code}`, () => {
    const parsed = parseHex(text);
    assert.ok(!parsed.ok);
    assert.equal(parsed.error.code, code);
    assert.equal(parsed.error.at, at);
  });

for (const [text, room, answer, why] of [
  ["xx0011xx", 9, 2, "only the part between from and to is read"],
  ["xx00g1xx", 9, -1 - 4, "the first octet that is no digit is named"],
  ["xx001gxx", 9, -1 - 5, "the second octet that is no digit is named"],
  ["xx0011xx", 1, -1 - 4, "what finds no room is named"],
] as const)
  test(why, () => assert.equal(parseHexInto(ascii(text), 2, 6, new Uint8Array(room)), answer));

test("a digit without a partner is named", () => {
  assert.equal(parseHexInto(ascii("123"), 0, 3, new Uint8Array(4)), -1 - 2);
});
