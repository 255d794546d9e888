import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { ENUMERATIONS } from "./enumeration-table.ts";
import { createFrameDecoder, decodeMessage, encodeMessage } from "./index.ts";
import { type FieldRule, isEnumeration, isMessage, ruleOf } from "./schema.ts";
import type { MessageName } from "./shapes.ts";

const folder = resolve(import.meta.dirname, "../../..", process.env["PICKET_SHARED"] ?? "../shared", "vectors/sapient");
const skip = existsSync(folder) ? false : "the shared vectors are not there";
type Vector = Readonly<{ file?: string; template?: string; framed_hex: string; decoded: Json }>;
type Json = { [key: string]: unknown };
const load = (name: string): Vector[] =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Vector);

function unframe(hex: string): Uint8Array {
  const [item, ...more] = createFrameDecoder().push(Buffer.from(hex, "hex"));
  assert.ok(item?.kind === "frame" && more.length === 0);
  return item.octets;
}

/** What protobuf's own JSON says, in the names and units of this package. */
function expected(name: MessageName, json: Json): Json {
  const known = ruleOf(name).fields.filter(({ wireName }) => json[wireName] !== undefined);
  assert.equal(known.length, Object.keys(json).length, `${name}: ${Object.keys(json).join()}`);
  return Object.fromEntries(
    known.map((rule) => {
      const value = json[rule.wireName];
      return [rule.name, Array.isArray(value) ? value.map((entry) => expectedValue(rule, entry)) : expectedValue(rule, value)];
    }),
  );
}

function expectedValue({ type }: FieldRule, value: unknown): unknown {
  if (isMessage(type)) return expected(type, value as Json);
  if (isEnumeration(type)) return (value as string).slice(ENUMERATIONS[type].prefix.length);
  if (type === "bytes") return new Uint8Array(Buffer.from(value as string, "base64"));
  if (type === "float") return Math.fround(value as number);
  if (type !== "time") return value;
  const [, toSecond = "", fraction = "0"] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(value as string) ?? [];
  return Date.parse(`${toSecond}Z`) + Number(fraction.padEnd(9, "0")) / 1_000_000;
}

const REFUSED: Readonly<Record<string, string>> = {
  "harness-SapientDmmSimulator-Default.Task.Patrol.json": "refused-command",
  get_invalid_status_message_template: "bad-value",
  get_status_message_template: "missing",
};

for (const file of ["sapient-v2-wire.jsonl", "apex-test-templates-wire.jsonl"])
  test(`${file}: each message decodes as protobuf's own library decoded it, and encodes to the same message`, { skip }, () => {
    const vectors = load(file);
    for (const { file: source, template, framed_hex, decoded } of vectors) {
      const name = source ?? template ?? "";
      const octets = unframe(framed_hex);
      const result = decodeMessage(octets);
      if (REFUSED[name] !== undefined) {
        assert.ok(!result.ok, name);
        assert.equal(result.error.code, REFUSED[name], name);
        continue;
      }
      assert.ok(result.ok, `${name}: ${result.ok ? "" : JSON.stringify(result.faults)}`);
      assert.deepEqual(result.value, { message: expected("SapientMessage", decoded), skipped: [] }, name);
      const again = decodeMessage(encodeMessage(result.value.message));
      assert.ok(again.ok);
      assert.deepEqual(again.value.message, result.value.message, name);
    }
  });
