import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DecodeError, JsonValue } from "@picket/bytes";
import { createReceiverDecoder, type Decoded, RECEIVER_ERROR_CODES, type ReceiverKind } from "./index.ts";

type Vector = Readonly<{
  name: string;
  receiver: ReceiverKind;
  message: JsonValue;
  expect: unknown;
  codes: readonly string[];
  origin: string;
}>;

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/messages.json"), "utf8")) as readonly Vector[];
const octets = (text: string): Uint8Array => new TextEncoder().encode(text);
/** What no receiver tells, and is the same for all. */
const SAME_FOR_ALL = new Set(["protocolVersion", "uasIdHex", "outOfRange"]);
/** As JSON carries it, without what is unknown; numbers to a millionth, because feet and knots are no round metres in binary. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (name, part) =>
      SAME_FOR_ALL.has(name) ? undefined : typeof part === "number" ? Math.round(part * 1e6) / 1e6 : part,
    ),
  );

function hear(kind: ReceiverKind, bytes: Uint8Array): { records: unknown[]; errors: DecodeError[] } {
  const decoder = createReceiverDecoder(kind);
  const items: Decoded[] = [...decoder.push(bytes), ...decoder.finish()];
  return {
    records: items.flatMap((item) => (item.kind === "record" ? [item.value] : [])),
    errors: items.flatMap((item) => (item.kind === "record" ? item.errors : [item.error])),
  };
}

for (const { name, receiver, message, expect, codes } of vectors)
  test(`${receiver}: ${name}`, () => {
    const { records, errors } = hear(receiver, octets(JSON.stringify(message)));
    assert.deepEqual(plain(records), plain(expect));
    assert.deepEqual(
      errors.map(({ code, item }) => `${code} ${item}`),
      codes,
    );
  });

test("messages may follow one another with or without anything between them, cut anywhere", () => {
  const each = vectors.filter(({ receiver }) => receiver === "dronescout").map(({ message }) => JSON.stringify(message));
  const stream = octets(`${each.join("")}\u0000\n${each.join("\n")}\u0000`);
  const whole = hear("dronescout", stream);
  assert.equal(
    whole.records.length,
    2 * vectors.filter(({ receiver }) => receiver === "dronescout").flatMap(({ expect }) => expect).length,
  );
  for (let cut = 0; cut <= stream.length; cut += 97) {
    const decoder = createReceiverDecoder("dronescout");
    const head = decoder.push(stream.subarray(0, cut));
    const again = createReceiverDecoder("dronescout", JSON.parse(JSON.stringify(decoder.snapshot())));
    assert.equal(again.begunOctets, decoder.begunOctets);
    const items = [...head, ...again.push(stream.subarray(cut)), ...again.finish()];
    assert.deepEqual(
      items.flatMap((item) => (item.kind === "record" ? [item.value] : [])),
      whole.records,
    );
  }
});

test("a mesh node's start-up text is counted, its text lines are read, and a damaged line costs itself alone", () => {
  const text =
    'ets Jul 29 2019 12:21:46\r\n{"mac":"aa","rssi":-7{"mac"\n{"heartbeat":"on"}\r\nDrone: 60:60:1f:aa:bb:cc RSSI:-71 https://maps.google.com/?q=33.494200,-111.926100\nPilot: https://maps.google.com/?q=1.0,2.0\n';
  const { records, errors } = hear("mesh-mapper", octets(text));
  assert.deepEqual(plain(records), [
    { kind: "health", about: "box", state: "working", detail: "on" },
    {
      kind: "reception",
      source: "remote-id",
      rssiDbm: -71,
      transmitter: "60:60:1f:aa:bb:cc",
      messages: [{ kind: "location", status: "undeclared", latDeg: 33.4942, lonDeg: -111.9261, heightReference: "take-off" }],
    },
  ]);
  assert.deepEqual(
    errors.map(({ code }) => code),
    ["text-line", "not-json", "text-line"],
  );
});

test("keys that would reach a prototype are data like any other", () => {
  const text =
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"data":{"__proto__":{"polluted":1}},"Basic ID":{"__proto__":{"id":"x"}},"mac":"__proto__","id":"__proto__"}';
  for (const kind of ["dronescout", "dragonsync", "mesh-mapper"] as const) hear(kind, octets(text));
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  const [record] = hear("dragonsync", octets('{"Basic ID":{"__proto__":{"id":"x"}},"Self-ID Message":{"text":"y"}}')).records;
  assert.deepEqual(plain((record as { messages: unknown }).messages), [
    { kind: "self-id", descriptionType: "text", description: "y" },
  ]);
});

test("every declared error code is reached, and no other", () => {
  const streams: readonly (readonly [ReceiverKind, Uint8Array])[] = [
    ...vectors.map(({ receiver, message }) => [receiver, octets(JSON.stringify(message))] as const),
    ["dragonsync", Uint8Array.of(0x7b, 0xff, 0x7d)],
    ["dragonsync", octets("online\n{no}")],
    ["dragonsync", octets("[".repeat(40))],
    ["dragonsync", octets('{"id":')],
    ["dragonsync", octets(JSON.stringify({ id: "x".repeat(100) }))],
    ["dragonsync", octets(JSON.stringify(Array.from({ length: 2000 }, () => 7)))],
  ];
  const reached = new Set(streams.flatMap(([kind, bytes]) => hear(kind, bytes).errors.map(({ code }) => code)));
  assert.deepEqual([...reached].sort(), [...RECEIVER_ERROR_CODES].sort());
});

test("every vector says where it comes from", () => {
  for (const { name, origin } of vectors) assert.ok(origin.length > 10, name);
});
