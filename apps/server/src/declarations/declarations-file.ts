import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeDurably } from "../record/durable-file.ts";
import { type Declaration, type ParsedDeclarations, parseDeclarations } from "./parse-declarations.ts";

/** The table a site looks serial numbers up in, and when it was imported. */
export type DeclarationTable = Readonly<{ importedMs: number; declarations: readonly Declaration[] }>;

const FILE = "declarations.json";
const FORMAT = 1;
const LARGEST_OCTETS = 128 << 20;

/** Where the table of a data directory lies. */
const pathIn = (dataDir: string): string => join(dataDir, FILE);

/**
 * Takes a CSV file in as the site's table, in place of the one before. Answers what it came to, or in words why nothing was taken; then
 * the one before stays.
 */
export function importDeclarations(octets: Uint8Array, dataDir: string, importedMs: number): ParsedDeclarations | string {
  if (octets.length > LARGEST_OCTETS) return `it is larger than ${LARGEST_OCTETS >> 20} MiB`;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return "it is not UTF-8 text: save it as CSV UTF-8";
  }
  const parsed = parseDeclarations(text);
  if (typeof parsed === "string" || parsed.declarations.length === 0) return parsed;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { declarations } = parsed;
  writeDurably(pathIn(dataDir), JSON.stringify({ format: FORMAT, importedMs, declarations }));
  return parsed;
}

/** The table of a data directory; `undefined` when none was imported. Throws when there is one that cannot be read. */
export function readDeclarations(dataDir: string): DeclarationTable | undefined {
  let text: string;
  try {
    text = readFileSync(pathIn(dataDir), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const { format, importedMs, declarations } = JSON.parse(text);
  if (format !== FORMAT) throw new Error(`${FILE} is of format ${format}, this version reads ${FORMAT}: import the table again`);
  return { importedMs, declarations };
}
