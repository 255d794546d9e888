import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What one package may import: names of Picket's own packages, and outside libraries. */
export type Law = Readonly<{ room: string; picket: readonly string[] | "any"; libraries: readonly string[] | "any" }>;
export type Manifest = Readonly<{
  name: string;
  exports?: string;
  dependencies?: Readonly<Record<string, string>>;
  devDependencies?: Readonly<Record<string, string>>;
}>;

export const ROOT = join(import.meta.dirname, "..");
const NOT_OURS = new Set(["node_modules", "dist", "picket-data"]);

export const readText = (path: string): string => readFileSync(join(ROOT, path), "utf8");
export const readJson = <T>(path: string): T => JSON.parse(readText(path)) as T;
export const laws = readJson<Readonly<Record<string, Law>>>("laws.json");

/** Every file of the project below `folder`, by its path from the root; what is built, installed or recorded is left out. */
export function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const isHidden = entry.name.startsWith(".") && entry.name !== ".ci";
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !isHidden && !NOT_OURS.has(entry.name)) yield* filesBelow(path);
  }
}

export const isSource = (path: string): boolean => /\.tsx?$/.test(path) && !path.startsWith("laws/violations/");
/** Tests and benches are not shipped: they may reach for the clock, the disk and any package. */
export const isTrial = (path: string): boolean => /\.(test|bench)\.tsx?$/.test(path);

/** The module names a source imports or re-exports, statically or later. */
export function importsOf(source: string): string[] {
  const declared = source.matchAll(/^\s*(?:import|export)\b(?:[^"'`;]*?\bfrom)?\s*["']([^"']+)["']/gm);
  const called = source.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g);
  return [...declared, ...called].map((match) => match[1] as string);
}

/** `@scope/name/deep/file.js` → `@scope/name`, `name/deep.js` → `name`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

const FORCE = new Set(
  "effector effectors jam jams jammer jammers jamming takeover hijack interceptor interceptors neutralise neutralize deauth".split(
    " ",
  ),
);

/** Names in a source that speak of acting on an aircraft. Comments and texts may: they say that Picket does not. */
export function wordsOfForce(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g, " ");
  const names = code.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return names.filter((name) => name.split(/(?=[A-Z])|_/).some((word) => FORCE.has(word.toLowerCase())));
}
