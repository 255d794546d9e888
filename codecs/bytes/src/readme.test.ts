import assert from "node:assert/strict";
import { test } from "node:test";
import { describe, fail, ok, parseHex, Reader, type Result } from "@picket/bytes";

test("the example of the README runs as written", () => {
  function decodePort(bytes: Uint8Array): Result<number> {
    const reader = new Reader(bytes, "big");
    const port = reader.u16();
    return reader.isShort ? fail("truncated", "port", 0, `needs 2 octets, ${bytes.length} left`) : ok(port);
  }
  const bytes = parseHex("2198");
  const port = bytes.ok ? decodePort(bytes.value) : bytes;
  const text = port.ok ? `port ${port.value}` : describe(port.error);
  assert.equal(text, "port 8600");
});
