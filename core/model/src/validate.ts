import type Type from "typebox";
import { Check, Errors } from "typebox/value";

/** One fault of a value: where (JSON Pointer), what was expected, what came. */
export type Fault = Readonly<{ path: string; expected: string; got: string }>;
/** A value that is refused always says why: there is a first fault. */
export type Validated<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; faults: readonly [Fault, ...Fault[]] }>;

const MAX_FAULTS = 20;
const MAX_SHOWN = 60;
const MAX_SHOWN_PARTS = 8;
const MAX_SHOWN_DEPTH = 3;
/** What lies under such a name is told to nobody, however wrong it is: faults are printed and logged. */
const SECRET = /password|token|secret|inClear/i;

/** Checks a value from outside against its schema. At most 20 faults are listed, each at the smallest part that is wrong. */
export function validate<S extends Type.TSchema>(schema: S, value: unknown): Validated<Type.Static<S>> {
  if (Check(schema, value)) return { ok: true, value: value as Type.Static<S> };
  const faults: Fault[] = [];
  for (const fault of faultsOf(schema as Shape, value, "")) {
    faults.push(fault);
    if (faults.length === MAX_FAULTS) break;
  }
  const [first = fault("", "must fit its schema", value), ...more] = faults;
  return { ok: false, faults: [first, ...more] };
}

/** The parts of a JSON Schema that our own schemas are made of. */
type Shape = Type.TSchema &
  Readonly<{
    anyOf?: readonly Shape[];
    properties?: Readonly<Record<string, Shape>>;
    required?: readonly string[];
    items?: Shape | readonly Shape[];
    maxItems?: number;
    const?: unknown;
    type?: string;
    description?: string;
    /** What a text of this pattern is, in words. */
    "x-rule"?: string;
  }>;

/** Goes down to where the value departs from the schema; in a union it follows the variant whose tag the value bears. */
function* faultsOf(schema: Shape, value: unknown, path: string): Generator<Fault> {
  if (schema.anyOf) {
    yield* unionFaults(schema.anyOf, value, path);
  } else if (schema.properties && isRecord(value)) {
    yield* objectFaults(schema.properties, schema.required ?? [], value, path);
  } else if (schema.items && !Array.isArray(schema.items) && Array.isArray(value)) {
    const { items, ...list } = schema;
    yield* ownFaults(list, value, path);
    if (value.length > (schema.maxItems ?? value.length)) return;
    for (const [index, item] of value.entries()) yield* faultsOf(items as Shape, item, `${path}/${index}`);
  } else {
    yield* ownFaults(schema, value, path);
  }
}

/** What is wrong with a value that is not gone into further. */
function* ownFaults(schema: Shape, value: unknown, path: string): Generator<Fault> {
  for (const { keyword, params, instancePath, message } of Errors(schema, value)) {
    const at = `${path}${instancePath}`;
    const found = valueAt(value, instancePath);
    const length = Array.isArray(found) ? found.length : 0;
    if (keyword === "enum") yield fault(at, `must be one of ${params.allowedValues.join(", ")}`, found);
    else if (keyword === "pattern") yield fault(at, schema["x-rule"] ?? message, found);
    else if (keyword === "minItems") yield fault(at, `must be a list of at least ${params.limit}${about(schema)}`, length);
    else if (keyword === "maxItems") yield fault(at, `must be a list of at most ${params.limit}${about(schema)}`, length);
    else if (keyword === "boolean") yield fault(at, "must not be there", found);
    else yield fault(at, message, found);
  }
}

/** What lies at a JSON Pointer, for a fault's words alone: `undefined` under a name that had to be escaped in it. */
function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split("/")
    .slice(1)
    .reduce<unknown>((part, name) => Object(part)[name], value);
}

function* unionFaults(variants: readonly Shape[], value: unknown, path: string): Generator<Fault> {
  const tag = ["kind", "type"].find((name) => variants.every((variant) => variant.properties?.[name]?.const !== undefined));
  if (!tag || !isRecord(value)) {
    if (!variants.some((variant) => Check(variant, value)))
      yield fault(path, `must be one of ${variants.map(nameOf).join(", ")}`, value);
    return;
  }
  const variant = variants.find((candidate) => candidate.properties?.[tag]?.const === value[tag]);
  if (variant) yield* faultsOf(variant, value, path);
  else yield fault(`${path}/${tag}`, `must be one of ${variants.map((v) => v.properties?.[tag]?.const).join(", ")}`, value[tag]);
}

/** How a variant without a tag is known: by its value, its keys or its type. */
const nameOf = ({ const: only, properties, type }: Shape): string =>
  properties ? `{ ${Object.keys(properties).join(", ")} }` : String(only ?? type);

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
  const shown = value !== undefined && SECRET.test(path) ? "a value that is not shown" : show(value, 0);
  return { path: path || "/", expected, got: shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN - 1)}…` : shown };
}

/** A value as JSON, of what is long or deep only the beginning: it comes from outside and may hold itself. */
function show(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "nothing";
  if (depth === MAX_SHOWN_DEPTH) return "…";
  const parts = Object.entries(value).slice(0, MAX_SHOWN_PARTS);
  return Array.isArray(value)
    ? `[${parts.map(([, part]) => show(part, depth + 1)).join(",")}]`
    : `{${parts.map(([name, part]) => `${JSON.stringify(name)}:${SECRET.test(name) ? "…" : show(part, depth + 1)}`).join(",")}}`;
}
