import type Type from "typebox";
import { Check, Errors } from "typebox/value";

/** One fault of a value: where (JSON Pointer), what was expected, what came. */
export type Fault = Readonly<{ path: string; expected: string; got: string }>;
export type Validated<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; faults: readonly Fault[] }>;

const MAX_FAULTS = 20;

/** Checks a value from outside against its schema. At most 20 faults are listed. */
export function validate<S extends Type.TSchema>(schema: S, value: unknown): Validated<Type.Static<S>> {
  if (Check(schema, value)) return { ok: true, value: value as Type.Static<S> };
  const faults = Errors(schema, value)
    .slice(0, MAX_FAULTS)
    .map((error) => ({ path: error.instancePath || "/", expected: error.message, got: sample(value, error.instancePath) }));
  return { ok: false, faults };
}

/** The value at a JSON Pointer, cut short for a message. */
function sample(value: unknown, pointer: string): string {
  let at: unknown = value;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    at = typeof at === "object" && at !== null && Object.hasOwn(at, key) ? (at as Record<string, unknown>)[key] : undefined;
  }
  const shown = JSON.stringify(at) ?? "nothing";
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}
