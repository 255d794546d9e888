/** Which serial numbers a row is about: one, all that begin so, or all of one length from the first to the last. */
export type SerialRule =
  | Readonly<{ kind: "serial"; serial: string }>
  | Readonly<{ kind: "prefix"; prefix: string }>
  | Readonly<{ kind: "range"; first: string; last: string }>;

/** A manufacturer's code alone names no model; what is shorter would name half the world. */
const SHORTEST_PREFIX = 5;
/** Remote ID carries twenty characters. */
const SERIAL = /^[0-9A-Z]{4,20}$/;
const CODE_LENGTH = 4;
const LENGTH_CHARACTERS = "123456789ABCDEF";
/** Between the ends of a range, as people write it. */
const RANGE_SIGN = /\s*(?:-|–|—|\.\.\.?|\bTO\b)\s*/;
const BETWEEN_SERIALS = /[;,|\n]+/;

/**
 * Reads the serial numbers of one cell: one or several, ranges as `A1-A9`, and prefixes as `A1*`. One that is shorter than its own length
 * character says is a prefix. Answers what is wrong in words where one of them is not to be used.
 *
 * @source ANSI/CTA-2063-A: four characters of the manufacturer, one that counts the rest (1 to 9, A to F), and the rest.
 */
export function parseSerials(cell: string): readonly SerialRule[] | string {
  const rules: SerialRule[] = [];
  for (const part of cell.toUpperCase().split(BETWEEN_SERIALS)) {
    const text = part.trim();
    if (text === "") continue;
    const [first = "", last, ...more] = text.split(RANGE_SIGN);
    const rule =
      last === undefined ? parseOne(first) : more.length > 0 ? `${shown(text)} has more than two ends` : parseRange(first, last);
    if (typeof rule === "string") return rule;
    rules.push(rule);
  }
  return rules.length > 0 ? rules : "no serial number";
}

/** Reads a cell that holds a prefix by its column's name. */
export function parsePrefix(cell: string): SerialRule | string {
  const prefix = cell.toUpperCase().replace(/\*$/, "").trim();
  if (!SERIAL.test(prefix)) return `${shown(cell)} is no serial number of 4 to 20 letters and digits`;
  if (prefix.length < SHORTEST_PREFIX) return `prefix ${shown(prefix)} is too short to name a model`;
  return { kind: "prefix", prefix };
}

/** From `first` to `last`, which must be of one length and one manufacturer. */
export function parseRange(first: string, last: string): SerialRule | string {
  const [from, to] = [first.trim().toUpperCase(), last.trim().toUpperCase()];
  for (const end of [from, to]) if (!SERIAL.test(end)) return `${shown(end)} is no serial number of 4 to 20 letters and digits`;
  if (from.length !== to.length) return `${from} and ${to} are not of one length`;
  if (from.slice(0, CODE_LENGTH) !== to.slice(0, CODE_LENGTH)) return `${from} and ${to} are not of one manufacturer`;
  if (from > to) return `${from} comes after ${to}`;
  return { kind: "range", first: from, last: to };
}

function parseOne(text: string): SerialRule | string {
  if (text.endsWith("*")) return parsePrefix(text);
  if (!SERIAL.test(text)) return `${shown(text)} is no serial number of 4 to 20 letters and digits`;
  const isPrefix = text.length > SHORTEST_PREFIX && text.length < lengthOf(text);
  return isPrefix ? { kind: "prefix", prefix: text } : { kind: "serial", serial: text };
}

/** How long a serial number says it is; 0 when it says nothing. */
function lengthOf(serial: string): number {
  const rest = LENGTH_CHARACTERS.indexOf(serial[CODE_LENGTH] ?? "?") + 1;
  return rest === 0 ? 0 : CODE_LENGTH + 1 + rest;
}

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
