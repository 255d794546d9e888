import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decodeMessage, decodePack, decodeRemoteIdFrame, encodeMessage, REMOTE_ID_ERROR_CODES } from "./index.ts";

type Vector = Readonly<{ name: string; hex: string; expect: Readonly<Record<string, unknown>>; origin: string }>;

const folder = join(import.meta.dirname, "../vectors");
const load = (file: string): readonly Vector[] => JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly Vector[];
const octets = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));
/** As JSON carries it: without the fields that are unknown. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const messageFiles = readdirSync(folder).filter((file) => file !== "carriers.json");

for (const file of messageFiles) {
  for (const { name, hex, expect } of load(file)) {
    test(`${file}: ${name}`, () => {
      const message = decodeMessage(octets(hex));
      assert.ok(message.ok);
      assert.deepEqual(plain(message.value), expect);
      const again = decodeMessage(encodeMessage(message.value));
      assert.ok(again.ok);
      assert.deepEqual(
        plain({ ...again.value, outOfRange: [] }),
        { ...expect, outOfRange: [] },
        "encoded and decoded again it tells the same",
      );
    });
  }
}

for (const { name, hex, expect } of load("carriers.json"))
  test(`carriers.json: ${name}`, () => {
    const [kind, data] = hex.split(" ");
    const bytes = octets(data ?? "");
    const frame = decodeRemoteIdFrame(
      kind === "beacon"
        ? { kind: "wifi-beacon", body: bytes }
        : kind === "action"
          ? { kind: "wifi-action", body: bytes }
          : { kind: "ble-advertisement", extended: kind === "extended", data: bytes },
    );
    const answer = frame.ok
      ? {
          ...frame.value,
          messages: frame.value.messages.map((message) => message.kind),
          errors: frame.value.errors.map((error) => error.code),
        }
      : { code: frame.error.code, at: frame.error.at };
    assert.deepEqual(answer, expect);
  });

test("every vector says where it comes from", () => {
  for (const file of readdirSync(folder))
    for (const { name, origin } of load(file)) assert.match(origin, /^hand-derived from F3411-22a, /, name);
});

test("every declared error code is reached by a vector", () => {
  const reached = load("carriers.json").flatMap(({ expect }) => expect["code"] ?? expect["errors"] ?? []);
  assert.deepEqual([...new Set(reached)].sort(), [...REMOTE_ID_ERROR_CODES].sort());
});

test("a frame that is no carrier is refused quietly", () => {
  for (const kind of ["udp", "other"] as const) {
    const frame = decodeRemoteIdFrame({ kind });
    assert.ok(!frame.ok && frame.error.code === "not-remote-id");
  }
});

test("a message is no pack, and a pack no message", () => {
  const pack = decodePack(octets(`1219${"00".repeat(25)}`));
  assert.ok(!pack.ok && pack.error.code === "unknown-message-type");
  const message = decodeMessage(octets(`f21901${"00".repeat(25)}`));
  assert.ok(!message.ok && message.error.code === "nested-pack");
  const short = decodeMessage(octets("1200"));
  assert.ok(!short.ok && short.error.code === "truncated");
});
