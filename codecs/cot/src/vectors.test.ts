import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { describe, type Result } from "@picket/bytes";
import {
  COT_ERROR_CODES,
  createCotStream,
  decodeDatagram,
  decodeTakPayload,
  decodeXml,
  encodeTakPayload,
  encodeXml,
  MAX_MESSAGE_OCTETS,
} from "./index.ts";

type Vector = Readonly<{ name: string; xml?: string; hex?: string; expect: Readonly<Record<string, unknown>>; origin: string }>;

const folder = join(import.meta.dirname, "../vectors");
const load = (file: string): readonly Vector[] => JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly Vector[];
const utf8 = (text = ""): Uint8Array => new TextEncoder().encode(text);
const octets = (hex = ""): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

function answerOf(result: Result<unknown>): unknown {
  return result.ok ? result.value : { code: result.error.code, item: result.error.item };
}

for (const { name, xml, expect } of load("events.json"))
  test(`events.json: ${name}`, () => {
    const event = decodeXml(utf8(xml));
    assert.ok(event.ok, event.ok ? "" : describe(event.error));
    assert.deepEqual(event.value, expect);
    assert.deepEqual(decodeXml(encodeXml(event.value)), event, "encoded and decoded again it tells the same");
  });

for (const { name, xml, expect } of load("refused.json"))
  test(`refused.json: ${name}`, () => assert.deepEqual(answerOf(decodeXml(utf8(xml))), expect));

for (const { name, hex, expect } of load("payloads.json"))
  test(`payloads.json: ${name}`, () => {
    const message = decodeTakPayload(octets(hex));
    assert.deepEqual(answerOf(message), expect);
    if (message.ok) assert.deepEqual(decodeTakPayload(encodeTakPayload(message.value)), message, "encoded and decoded again");
  });

test("every vector says where it comes from", () => {
  for (const file of readdirSync(folder))
    for (const { name, origin } of load(file)) assert.match(origin, /^hand-derived from /, name);
});

test("every declared error code is reached", () => {
  const stream = createCotStream();
  const items = [...stream.push(utf8("junk <event>")), ...stream.finish()];
  const reached = [
    ...[...load("refused.json"), ...load("payloads.json")].flatMap(({ expect }) => expect["code"] ?? []),
    ...items.flatMap((item) => (item.kind === "error" ? [item.error.code] : [])),
    ...[octets("ff"), octets("bf01be"), new Uint8Array(MAX_MESSAGE_OCTETS + 1).fill(1)].map((bytes) => {
      const message = decodeDatagram(bytes);
      return message.ok ? assert.fail("is refused") : message.error.code;
    }),
  ];
  assert.deepEqual([...new Set(reached)].sort(), [...COT_ERROR_CODES].sort());
});

test("octets that are not UTF-8 are refused", () => {
  assert.deepEqual(answerOf(decodeXml(octets("3c6576ff"))), { code: "not-utf-8", item: "event" });
});

test("an error says where, in octets of UTF-8", () => {
  const event = decodeXml(utf8("<event uid='ñ無𝛀'><a></b>"));
  assert.ok(!event.ok);
  assert.equal(event.error.at, utf8("<event uid='ñ無𝛀'><a></b>").length);
});

test("what is refused is not quoted at length", () => {
  const name = "x".repeat(10_000);
  for (const xml of [`<event><${name}></event>`, `<event version="${name}"/>`, `<event uid="1" type="a" time="${name}"/>`]) {
    const event = decodeXml(utf8(xml));
    assert.ok(!event.ok && event.error.detail.length < 200);
  }
});
