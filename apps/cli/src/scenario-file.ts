import { createReadStream, readFileSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";
import { CommandError, fileError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";

/** An object of a scenario's file and where it stands, as a fault names it. */
export type Entry = Readonly<{ where: string; value: Readonly<Record<string, unknown>> }>;

/** The one object of a JSON file. Throws {@link CommandError} for a file that is not there, and for one that holds anything else. */
export const readObject = (file: string): Entry => parseEntry(file, readText(file));

/** The objects of a JSON Lines file, plain or gzip. Throws as {@link readObject} does. */
export const readLines = (file: string): readonly Entry[] =>
  readText(file)
    .split("\n")
    .flatMap((text, index) => (text === "" ? [] : [parseEntry(`${file}:${index + 1}`, text)]));

/** As {@link readLines}, of a gzip file that may be too long to be held. */
export async function* streamLines(file: string): AsyncGenerator<Entry> {
  let number = 0;
  let rest = "";
  try {
    // What fails in either part destroys the last, and so ends the loop.
    const text = pipeline(createReadStream(file), createGunzip(), () => undefined).setEncoding("utf8");
    for await (const chunk of text) {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        number++;
        if (line !== "") yield parseEntry(`${file}:${number}`, line);
      }
    }
  } catch (error) {
    throw readError(file, error);
  }
  if (rest !== "") yield parseEntry(`${file}:${number + 1}`, rest);
}

/** Throws {@link CommandError} unless each of the named fields holds a number. */
export function needNumbers({ where, value }: Entry, names: readonly string[]): void {
  for (const name of names) {
    if (!Number.isFinite(value[name])) throw badData(where, `${name} must be a number, got ${JSON.stringify(value[name])}`);
  }
}

/** The object under a name. Throws {@link CommandError} when there is none. */
export function needObject({ where, value }: Entry, name: string): Entry {
  const inner = value[name];
  if (!isObject(inner)) throw badData(where, `${name} must be an object, got ${JSON.stringify(inner)}`);
  return { where: `${where} ${name}`, value: inner };
}

/** The objects of the list under a name. Throws {@link CommandError} when there is no such list. */
export function needObjects({ where, value }: Entry, name: string): readonly Entry[] {
  const inner = value[name];
  if (!Array.isArray(inner) || !inner.every(isObject)) throw badData(where, `${name} must be a list of objects`);
  return inner.map((item, index) => ({ where: `${where} ${name}.${index}`, value: item }));
}

export const badData = (where: string, problem: string): CommandError => new CommandError(EXIT.badData, `${where}: ${problem}`);

function readText(file: string): string {
  try {
    const bytes = readFileSync(file);
    return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  } catch (error) {
    throw readError(file, error);
  }
}

function readError(file: string, error: unknown): unknown {
  const isPacking = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
  return isPacking ? badData(file, `is no whole gzip file (${error.message})`) : fileError("read", file, error);
}

function parseEntry(where: string, text: string): Entry {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw badData(where, `is no JSON: ${text.length > 60 ? `${text.slice(0, 57)}…` : text}`);
  }
  if (!isObject(value)) throw badData(where, `must be an object, got ${JSON.stringify(value).slice(0, 60)}`);
  return { where, value };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
