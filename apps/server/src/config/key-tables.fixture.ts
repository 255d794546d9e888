import type { TSchema } from "typebox";

/** The parts of a JSON Schema that the configuration's is made of. */
type Shape = Readonly<{
  type?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  maxLength?: number;
  properties?: Readonly<Record<string, Shape>>;
  required?: readonly string[];
  items?: Shape | readonly Shape[];
  anyOf?: readonly Shape[];
}>;
export type Key = Readonly<{ path: string; of: string; type: string; isNeeded: boolean; description: string }>;

/** Every key that a value of the schema may have, in its order, with dots between levels and `[]` after a list. */
export function keysOf(schema: TSchema): Key[] {
  return [...walk(schema as Shape, "", "")];
}

function* walk(shape: Shape, path: string, of: string): Generator<Key> {
  if (shape.anyOf) {
    for (const variant of shape.anyOf) {
      const kind = variant.properties?.["kind"]?.const;
      yield* walk(variant, path, kind === undefined ? of : String(kind));
    }
    return;
  }
  if (shape.items && !Array.isArray(shape.items)) yield* walk(shape.items as Shape, `${path}[]`, of);
  for (const [name, inner] of Object.entries(shape.properties ?? {})) {
    const at = path === "" ? name : `${path}.${name}`;
    const isNeeded = shape.required?.includes(name) ?? false;
    yield { path: at, of, type: typeOf(inner), isNeeded, description: inner.description ?? "" };
    yield* walk(inner, at, of);
  }
}

function typeOf(shape: Shape): string {
  const { type, enum: words, const: only, items, minimum, maximum, exclusiveMinimum, pattern } = shape;
  if (words) return words.map((word) => `\`${word}\``).join(", ");
  if (only !== undefined) return `\`${only}\``;
  if (shape.anyOf) {
    const kinds = shape.anyOf.map(({ properties }) => properties?.["kind"]?.const).filter(Boolean);
    if (kinds.length > 0) return `one of the kinds ${kinds.map((kind) => `\`${kind}\``).join(", ")}`;
    return shape.anyOf.map(typeOf).join(" or ");
  }
  if (type === "array")
    return Array.isArray(items) ? `[${items.map(typeOf).join(", ")}]` : `list of ${plural(typeOf(items as Shape))}`;
  if (type === "object")
    return shape.properties
      ? Object.keys(shape.properties)
          .map((key) => `\`${key}\``)
          .join(", ")
      : "keys";
  if (type === "number" || type === "integer") {
    const from = minimum ?? (exclusiveMinimum === undefined ? undefined : `above ${exclusiveMinimum}`);
    const bounds = from === undefined && maximum === undefined ? "" : ` ${from ?? "any"} to ${maximum ?? "any"}`;
    return `${type === "integer" ? "whole number" : "number"}${bounds}`;
  }
  if (pattern === "^[a-z0-9][a-z0-9-]{0,63}$") return "id";
  return type === "string" ? "text" : type === "boolean" ? "`true`, `false`" : (type ?? "any");
}

const plural = (words: string): string => (/^(id|text|number)$/.test(words) ? `${words}s` : words);

/** The keys as Markdown tables, one for each part of the file. */
export function keyTables(schema: TSchema): string {
  const parts = new Map<string, Key[]>();
  for (const key of keysOf(schema)) {
    const [part = ""] = key.path.split(/[.[]/);
    if (key.path === part) parts.set(part, []);
    else parts.get(part)?.push(key);
  }
  return [...parts]
    .map(([part, keys]) => {
      const isList = keys[0]?.path.startsWith(`${part}[]`);
      const rows = keys.map(({ path, of, type, isNeeded, description }) => {
        const name = path.slice(part.length).replace(/^(\[\])?\.?/, "");
        const words = [of && `*${of}*`, isNeeded ? "**needed**" : "", description].filter(Boolean).join("; ");
        return `| \`${name}\` | ${type.replaceAll("|", "\\|")} | ${words.replaceAll("|", "\\|")} |`;
      });
      return [`### \`${part}\`${isList ? ", a list" : ""}`, "", "| Key | Value | |", "|---|---|---|", ...rows].join("\n");
    })
    .join("\n\n");
}
