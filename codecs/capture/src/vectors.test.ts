import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { formatHex } from "@picket/bytes";
import { createCaptureDecoder, decodeLink } from "./index.ts";

type Vector = Readonly<{ name: string; hex: string; expect: unknown; origin: string }>;

const load = (file: string): readonly Vector[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../vectors", file), "utf8")) as readonly Vector[];
const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
/** As JSON carries it: without what is unknown, octets in hex. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, part: unknown) => (part instanceof Uint8Array ? formatHex(part) : part)));

for (const { name, hex, expect } of load("streams.json"))
  test(`streams.json: ${name}`, () => {
    const decoder = createCaptureDecoder();
    const packets = [...decoder.push(octets(hex)), ...decoder.finish()].map((item) => {
      assert.ok(item.kind === "packet");
      const { linkType, originalLength, packet, capturedMs, fileOffset, fileLength } = item.value;
      assert.equal(hex.slice(2 * fileOffset, 2 * (fileOffset + fileLength)), formatHex(packet), "the packet lies where it says");
      return { linkType, originalLength, packet, capturedMs };
    });
    assert.deepEqual(plain(packets), expect);
  });

for (const { name, hex, expect } of load("links.json"))
  test(`links.json: ${name}`, () => {
    const [linkType, data] = hex.split(" ");
    const frame = decodeLink(Number(linkType), octets(data ?? ""));
    assert.deepEqual(plain(frame.ok ? frame.value : { code: frame.error.code }), expect);
  });
