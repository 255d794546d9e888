import assert from "node:assert/strict";
import { test } from "node:test";
import { Command, DetectionLine, validate } from "@picket/model";
import type { TSchema } from "typebox";
import { Configuration } from "./schema.ts";

type Shape = TSchema &
  Readonly<{
    anyOf?: readonly Shape[];
    properties?: Readonly<Record<string, Shape>>;
    required?: readonly string[];
    items?: Shape | readonly Shape[];
    minItems?: number;
    maxItems?: number;
    enum?: readonly unknown[];
    const?: unknown;
    type?: string;
    pattern?: string;
    minLength?: number;
    minimum?: number;
    exclusiveMinimum?: number;
  }>;
type Broken = Readonly<{ path: string; value: unknown }>;

/** One text for each pattern of the schemas. */
const TEXTS = [
  "a",
  "a1",
  "a00001",
  "00:00:00:00:00:01",
  "2026-01-01",
  "http://a",
  "mqtt://a",
  "tcp://a:1",
  "00000000-0000-4000-8000-000000000000",
];

/** A least value that fits. */
function sample(schema: Shape): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf) return sample(schema.anyOf[0] as Shape);
  if (schema.properties)
    return Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] as Shape)]));
  if (Array.isArray(schema.items)) return schema.items.map(sample);
  if (schema.items) return copies(schema.items as Shape, schema.minItems ?? 0);
  if (schema.pattern) {
    const text = TEXTS.find((one) => new RegExp(schema.pattern ?? "").test(one));
    assert.ok(text, `a text for ${schema.pattern}`);
    return text;
  }
  if (schema.type === "string") return "a".repeat(schema.minLength ?? 1);
  if (schema.type === "boolean") return true;
  if (schema.type === "object") return {};
  return schema.exclusiveMinimum === undefined ? (schema.minimum ?? 1) : schema.exclusiveMinimum + 1;
}

const copies = (schema: Shape, count: number): unknown[] => new Array(count).fill(sample(schema));

/** Values that fit but for one list's own length, each list and each of its bounds once. */
function* broken(schema: Shape): Generator<Broken> {
  for (const variant of schema.anyOf ?? []) yield* broken(variant);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    for (const { path, value } of broken(property))
      yield { path: `/${name}${path}`, value: { ...(sample(schema) as object), [name]: value } };
  if (!schema.items || Array.isArray(schema.items)) return;
  const item = schema.items as Shape;
  if (schema.minItems) yield { path: "", value: copies(item, schema.minItems - 1) };
  if (schema.maxItems !== undefined) yield { path: "", value: copies(item, schema.maxItems + 1) };
  for (const { path, value } of broken(item))
    yield { path: `/0${path}`, value: [value, ...copies(item, (schema.minItems ?? 1) - 1)] };
}

for (const [name, schema, least] of [
  ["configuration", Configuration, 25],
  ["command", Command, 10],
  ["line of detections", DetectionLine, 4],
] as const)
  test(`each list of a ${name} that is too short or too long is a fault that says where and how`, () => {
    let found = 0;
    for (const { path, value } of broken(schema as Shape)) {
      found++;
      const answer = validate(schema, value);
      assert.ok(!answer.ok, path);
      assert.deepEqual(
        answer.faults.map((fault) => fault.path),
        [path],
      );
      assert.match(answer.faults[0].expected, /^must be a list of at (least|most) \d+/);
      assert.match(answer.faults[0].got, /^\d+$/);
    }
    assert.ok(found >= least, `${found} bounds`);
  });
