/** One record of a CSV file: its fields, and the line it begins at. `undefined` fields: its quote never closes. */
export type CsvRecord = Readonly<{ line: number; fields: readonly string[] | undefined }>;

/** A longer quoted field is a quote that never closes: only its own line is lost. */
const LONGEST_FIELD = 16_384;

/**
 * Reads records of CSV: fields in quotes may hold separators and line ends, and a quote by doubling it. A quote that is not closed, or
 * is followed by more than a separator, costs the line it stands in and no other. Empty lines are left out.
 *
 * @source RFC 4180, 2.
 */
export function* readCsv(text: string, separator: string): Generator<CsvRecord> {
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const record = readRecord(text, at, separator);
    const end = record?.end ?? endOfLine(text, at);
    const begunAt = line;
    for (let i = text.indexOf("\n", at); i !== -1 && i < end; i = text.indexOf("\n", i + 1)) line++;
    at = end;
    if (!record) yield { line: begunAt, fields: undefined };
    else if (record.fields.some((field) => field !== "")) yield { line: begunAt, fields: record.fields };
  }
}

/** Where the next line begins. */
function endOfLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline === -1 ? text.length : newline + 1;
}

function readRecord(text: string, from: number, separator: string): { fields: string[]; end: number } | undefined {
  const fields: string[] = [];
  for (let at = from; ; ) {
    const field = text[at] === '"' ? readQuoted(text, at, separator) : readBare(text, at, separator);
    if (!field) return undefined;
    fields.push(field.value.trim());
    if (text[field.end] !== separator) return { fields, end: endOfLine(text, field.end) };
    at = field.end + 1;
  }
}

type Field = Readonly<{ value: string; end: number }>;

/** Ends before the separator, the line's end or the text's. */
function readBare(text: string, at: number, separator: string): Field {
  let end = at;
  while (end < text.length && text[end] !== separator && text[end] !== "\n") end++;
  return { value: text.slice(at, end), end };
}

function readQuoted(text: string, at: number, separator: string): Field | undefined {
  const most = Math.min(text.length, at + LONGEST_FIELD);
  for (let close = text.indexOf('"', at + 1); close !== -1 && close < most; close = text.indexOf('"', close + 2)) {
    if (text[close + 1] === '"') continue;
    const after = readBare(text, close + 1, separator);
    if (after.value.trim() !== "") return undefined;
    return { value: text.slice(at + 1, close).replaceAll('""', '"'), end: after.end };
  }
  return undefined;
}
