import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CAPTURE_ERROR_CODES, createCaptureDecoder, decodeLink, MAX_INTERFACES } from "./index.ts";

const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));

const SECTION = "0a0d0d0a 0000001c 1a2b3c4d 00010000 ffffffffffffffff 0000001c";
const INTERFACE = "00000001 00000014 00010000 00000000 00000014";
const PCAP = "a1b2c3d4 00020004 00000000 00000000 0000ffff 00000001";

/** Streams, the smallest that reach their codes. */
const STREAMS = [
  "00000000 00000000 00000000 00000000 00000000 00000000",
  "a1b2c3d4 00030000 00000000 00000000 0000ffff 00000001",
  `${SECTION} 00000006 00000008 00000000 00000000`,
  `${SECTION} 00000bad 01000004 00000000`,
  `${PCAP} 00000001 00000000 00ffffff 00ffffff`,
  `${SECTION} 00000003 00000010 00000000 00000010`,
  `${SECTION} ${INTERFACE.repeat(MAX_INTERFACES + 1)}`,
  `${PCAP} 00000001 00000000`,
];

test("every declared error code is reached, and no other", () => {
  const reached = new Set<string>();
  for (const hex of STREAMS) {
    const decoder = createCaptureDecoder();
    for (const item of [...decoder.push(octets(hex)), ...decoder.finish()])
      if (item.kind === "error") reached.add(item.error.code);
  }
  const links = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/links.json"), "utf8")) as { hex: string }[];
  for (const { hex } of links) {
    const [linkType, data] = hex.split(" ");
    const frame = decodeLink(Number(linkType), octets(data ?? ""));
    if (!frame.ok) reached.add(frame.error.code);
  }
  assert.deepEqual([...reached].sort(), [...CAPTURE_ERROR_CODES].sort());
});
