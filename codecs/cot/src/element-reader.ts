import { parseDecimal, UNKNOWN_M } from "./decimal.ts";
import type { CotElement } from "./event.ts";
import { parseTimeMs } from "./time.ts";

/** Reads attributes of one element; what cannot be read goes by name into the list it was made with. An empty attribute says nothing. */
export type ElementReader = {
  text(attribute: string): string | undefined;
  texts<Name extends string>(...attributes: readonly Name[]): Partial<Record<Name, string>>;
  number(attribute: string): number | undefined;
  within(attribute: string, from: number, to: number): number | undefined;
  measurement(attribute: string): number | undefined;
  time(attribute: string): number | undefined;
  boolean(attribute: string): boolean | undefined;
  /** What `parse` makes of an attribute; one that it answers `undefined` for cannot be read. */
  parsed<T>(attribute: string, parse: (raw: string) => T | undefined): T | undefined;
  content(): string;
};

export function readerOf({ name, attributes, children }: CotElement, unreadable: string[]): ElementReader {
  const text = (attribute: string): string | undefined => attributes[attribute] || undefined;
  const read = <T>(attribute: string, parse: (raw: string) => T | undefined): T | undefined => {
    const raw = text(attribute);
    const value = raw === undefined ? undefined : parse(raw);
    if (raw !== undefined && value === undefined) unreadable.push(`${name}@${attribute}`);
    return value;
  };
  const number = (attribute: string): number | undefined => known(read(attribute, parseDecimal));
  return {
    text,
    texts: <Name extends string>(...names: readonly Name[]) =>
      Object.fromEntries(
        names.flatMap((attribute) => (text(attribute) === undefined ? [] : [[attribute, text(attribute)]])),
      ) as Partial<Record<Name, string>>,
    number,
    within: (attribute, from, to) =>
      known(
        read(attribute, (raw) => {
          const value = parseDecimal(raw);
          return value === undefined || value < from || value > to ? undefined : value;
        }),
      ),
    measurement: (attribute) => {
      const value = number(attribute);
      return value !== undefined && Math.abs(value) < UNKNOWN_M ? value : undefined;
    },
    time: (attribute) => read(attribute, parseTimeMs),
    boolean: (attribute) => read(attribute, parseBoolean),
    parsed: read,
    content: () => children.filter((child) => typeof child === "string").join(""),
  };
}

const known = (value: number | undefined): number | undefined => (Number.isNaN(value) ? undefined : value);

function parseBoolean(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  return word === "false" || word === "0" ? false : undefined;
}
