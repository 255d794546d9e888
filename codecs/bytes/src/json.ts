import { fail, ok, type Result } from "./result.ts";

/** What JSON text can say. Read objects by own keys only, as {@link fieldsOf} does: a key such as `__proto__` is data like any other. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export type JsonObject = Readonly<{ [name: string]: JsonValue }>;

/** Deepest nesting of what strangers send; what receivers say needs six. */
export const MAX_JSON_DEPTH = 32;

const SHOWN = 60;

/** Parses JSON text that came from outside. Refuses with `not-json`, `too-deep`; `at` is where the text began in its stream. */
export function parseJson(text: string, at = 0): Result<JsonValue> {
  if (depthOf(text) > MAX_JSON_DEPTH) return fail("too-deep", "json", at, `at most ${MAX_JSON_DEPTH} levels expected`);
  try {
    return ok(JSON.parse(text));
  } catch {
    return fail("not-json", "json", at, `JSON expected, got ${shown(text)}`);
  }
}

/** An object that is neither a list nor null. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value as an error message shows it: short, whatever it is. */
export function shown(value: unknown): string {
  const text = JSON.stringify(typeof value === "string" ? value.slice(0, SHOWN + 1) : value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}

/** The deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inString) {
      if (code === 0x5c) i++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, ++depth);
    else if (code === 0x7d || code === 0x5d) depth--;
  }
  return deepest;
}
