import type Type from "typebox";
import { Check, Errors } from "typebox/value";

/** One fault of a value: where (JSON Pointer), what was expected, what came. */
export type Fault = Readonly<{ path: string; expected: string; got: string }>;
export type Validated<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; faults: readonly Fault[] }>;

const MAX_FAULTS = 20;
const MAX_SHOWN = 60;

/** Checks a value from outside against its schema. At most 20 faults are listed, each at the smallest part that is wrong. */
export function validate<S extends Type.TSchema>(schema: S, value: unknown): Validated<Type.Static<S>> {
  if (Check(schema, value)) return { ok: true, value: value as Type.Static<S> };
  const faults: Fault[] = [];
  for (const fault of faultsOf(schema as Shape, value, "")) {
    faults.push(fault);
    if (faults.length === MAX_FAULTS) break;
  }
  return { ok: false, faults };
}

/** The parts of a JSON Schema that our own schemas are made of. */
type Shape = Type.TSchema &
  Readonly<{
    anyOf?: readonly Shape[];
    properties?: Readonly<Record<string, Shape>>;
    required?: readonly string[];
    items?: Shape | readonly Shape[];
    const?: unknown;
    description?: string;
  }>;

/** Goes down to where the value departs from the schema; in a union it follows the variant whose tag the value bears. */
function* faultsOf(schema: Shape, value: unknown, path: string): Generator<Fault> {
  if (schema.anyOf) {
    yield* unionFaults(schema.anyOf, value, path);
  } else if (schema.properties && isRecord(value)) {
    yield* objectFaults(schema.properties, schema.required ?? [], value, path);
  } else if (schema.items && !Array.isArray(schema.items) && Array.isArray(value) && value.length > 0) {
    for (const [index, item] of value.entries()) yield* faultsOf(schema.items as Shape, item, `${path}/${index}`);
  } else {
    for (const error of Errors(schema, value)) yield fault(`${path}${error.instancePath}`, error.message, value);
  }
}

function* unionFaults(variants: readonly Shape[], value: unknown, path: string): Generator<Fault> {
  const tag = ["kind", "type"].find((name) => variants.every((variant) => variant.properties?.[name]?.const !== undefined));
  if (!tag || !isRecord(value)) {
    if (!variants.some((variant) => Check(variant, value))) yield fault(path, "must fit one of its variants", value);
    return;
  }
  const variant = variants.find((candidate) => candidate.properties?.[tag]?.const === value[tag]);
  if (variant) yield* faultsOf(variant, value, path);
  else yield fault(`${path}/${tag}`, `must be one of ${variants.map((v) => v.properties?.[tag]?.const).join(", ")}`, value[tag]);
}

function* objectFaults(
  properties: Readonly<Record<string, Shape>>,
  required: readonly string[],
  value: Readonly<Record<string, unknown>>,
  path: string,
): Generator<Fault> {
  for (const name of required) {
    if (!Object.hasOwn(value, name)) yield fault(`${path}/${name}`, `must be there${about(properties[name])}`, undefined);
  }
  for (const [name, inner] of Object.entries(value)) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property) yield* faultsOf(property, inner, `${path}/${name}`);
    else yield fault(`${path}/${name}`, `is not known here; known are ${Object.keys(properties).join(", ")}`, inner);
  }
}

const about = (schema: Shape | undefined): string => (schema?.description ? ` (${schema.description})` : "");
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function fault(path: string, expected: string, value: unknown): Fault {
  const shown = JSON.stringify(value) ?? "nothing";
  return { path: path || "/", expected, got: shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN - 1)}…` : shown };
}
