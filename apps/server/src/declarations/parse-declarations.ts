import { readCsv } from "./csv.ts";
import { parsePrefix, parseRange, parseSerials, type SerialRule } from "./serial-rule.ts";

/** What a manufacturer declared: which serial numbers are of which make and model. Absent where the table does not say it. */
export type Declaration = Readonly<{ rule: SerialRule; make: string; model: string; declaration?: string; status?: string }>;

/** A line that was not taken. */
export type RefusedLine = Readonly<{ line: number; code: RefusalCode; detail: string }>;
export type RefusalCode = "unclosed-quote" | "no-make-or-model" | "bad-text" | "bad-serial" | "too-many-rows";

/** What a table came to. `lines` counts those under the header; of the refused ones the first are told. */
export type ParsedDeclarations = Readonly<{
  declarations: readonly Declaration[];
  lines: number;
  refused: Readonly<Record<string, number>>;
  examples: readonly RefusedLine[];
}>;

const MAX_DECLARATIONS = 500_000;
const MAX_EXAMPLES = 20;
const LONGEST_TEXT = 64;
const SEPARATORS = [",", ";", "\t"] as const;
/** Control characters, and those that turn the direction of what is written after them. */
const UNPRINTABLE = /\p{C}/u;

type Column = "make" | "model" | "serial" | "prefix" | "first" | "last" | "declaration" | "status";

/** What columns are called, in lower case and without anything between letters. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  make: ["make", "makename", "manufacturer", "manufacturername", "uasmake", "brand"],
  model: ["model", "modelname", "uasmodel"],
  serial: ["serial", "serials", "serialnumber", "serialnumbers", "serialnumberrange", "serialrange", "uasserialnumber", "value"],
  prefix: ["prefix", "serialprefix", "serialnumberprefix", "snprefix"],
  first: ["serialstart", "serialnumberstart", "startserial", "startserialnumber", "firstserial", "serialfrom", "rangestart"],
  last: ["serialend", "serialnumberend", "endserial", "endserialnumber", "lastserial", "serialto", "rangeend"],
  declaration: [
    "trackingnumber",
    "doctrackingnumber",
    "ridtracking",
    "ridtrackingnumber",
    "declaration",
    "tracking",
    "docnumber",
  ],
  status: ["status", "docstatus"],
};

/**
 * Reads a table of declarations of compliance from CSV, columns in any order and of several names, separated by comma, semicolon or tab.
 * A line that is not to be used is refused and counted; the others count. Answers what is wrong in words when there is no such table.
 */
export function parseDeclarations(text: string): ParsedDeclarations | string {
  const found = findHeader(text);
  if (typeof found === "string") return found;
  const { columns, separator } = found;
  const declarations: Declaration[] = [];
  const refused: Record<string, number> = {};
  const examples: RefusedLine[] = [];
  let lines = 0;
  const records = readCsv(text, separator);
  records.next();
  for (const { line, fields } of records) {
    lines++;
    const read = fields ? readLine(fields, columns) : refusal("unclosed-quote", "a quote is opened and not closed");
    if (Array.isArray(read) && declarations.length + read.length <= MAX_DECLARATIONS) {
      declarations.push(...read);
      continue;
    }
    const why = Array.isArray(read) ? refusal("too-many-rows", `more than ${MAX_DECLARATIONS} are not kept`) : read;
    refused[why.code] = (refused[why.code] ?? 0) + 1;
    if (examples.length < MAX_EXAMPLES) examples.push({ line, ...why });
  }
  return { declarations, lines, refused, examples };
}

type Columns = ReadonlyMap<Column, number>;
type Refusal = Readonly<{ code: RefusalCode; detail: string }>;

/** The first line names the columns; the separator is the one by which it names what is needed. */
function findHeader(text: string): { columns: Columns; separator: string } | string {
  let named: readonly string[] = [];
  for (const separator of SEPARATORS) {
    const header = readCsv(text, separator).next();
    if (header.done || !header.value.fields) continue;
    const columns = columnsOf(header.value.fields);
    const hasSerials = columns.has("serial") || columns.has("prefix") || (columns.has("first") && columns.has("last"));
    if (columns.has("make") && columns.has("model") && hasSerials) return { columns, separator };
    if (header.value.fields.length > named.length) named = header.value.fields;
  }
  const shown = named
    .slice(0, 12)
    .map((name) => JSON.stringify(name.slice(0, 32)))
    .join(", ");
  return `the first line must name the columns make, model, and serial number (or its prefix, or start and end), got ${shown || "nothing"}`;
}

function columnsOf(header: readonly string[]): Columns {
  const columns = new Map<Column, number>();
  for (const [i, name] of header.entries()) {
    const bare = name.toLowerCase().replaceAll(/[^a-z]/g, "");
    for (const [column, names] of Object.entries(NAMES) as [Column, readonly string[]][])
      if (names.includes(bare) && !columns.has(column)) columns.set(column, i);
  }
  return columns;
}

function readLine(fields: readonly string[], columns: Columns): Declaration[] | Refusal {
  const cell = (column: Column): string => fields[columns.get(column) ?? -1] ?? "";
  const said = { make: cell("make"), model: cell("model"), declaration: cell("declaration"), status: cell("status") };
  if (said.make === "" || said.model === "")
    return refusal("no-make-or-model", `${said.make === "" ? "make" : "model"} is empty`);
  for (const [name, value] of Object.entries(said)) {
    if (value.length > LONGEST_TEXT) return refusal("bad-text", `${name} is longer than ${LONGEST_TEXT} characters`);
    if (UNPRINTABLE.test(value)) return refusal("bad-text", `${name} holds a character that cannot be shown`);
  }
  const rules = readRules(cell);
  if (typeof rules === "string") return refusal("bad-serial", rules);
  const { make, model, declaration, status } = said;
  return rules.map((rule) => ({ rule, make, model, ...(declaration && { declaration }), ...(status && { status }) }));
}

function readRules(cell: (column: Column) => string): readonly SerialRule[] | string {
  if (cell("first") !== "" && cell("last") !== "") return listOf(parseRange(cell("first"), cell("last")));
  if (cell("prefix") !== "") return listOf(parsePrefix(cell("prefix")));
  return parseSerials(cell("serial") || cell("first"));
}

const listOf = (rule: SerialRule | string): readonly SerialRule[] | string => (typeof rule === "string" ? rule : [rule]);

const refusal = (code: RefusalCode, detail: string): Refusal => ({ code, detail });
