import type { CapTime } from "./alert.ts";
import type { CapError } from "./errors.ts";
import { parseTime } from "./time.ts";
import { refuse, type XmlElement } from "./xml.ts";

/**
 * Walks the children of one element in the order its schema gives them. What is wrong goes to `faults`, in words that name the way to it
 * (`alert/info[2]/urgency`); what is answered then stands in for the missing value and is never seen by a caller, who looks at `faults`.
 */
export type ElementReader = {
  readonly path: string;
  readonly element: XmlElement;
  readonly faults: CapError[];
  readonly namespace: string;
  next: number;
};

export const readerOf = (element: XmlElement, path: string, namespace: string, faults: CapError[]): ElementReader => {
  if (/\S/.test(element.text)) faults.push(refuse("unexpected-text", path, element.at, `holds ${quote(element.text)}`).error);
  return { path, element, faults, namespace, next: 0 };
};

const quote = (text: string): string => JSON.stringify(text.trim().slice(0, 40));

const peek = (reader: ElementReader): XmlElement | undefined => reader.element.children[reader.next];

const isNamed = (reader: ElementReader, name: string): boolean => {
  const child = peek(reader);
  return child?.name === name && child.namespace === reader.namespace;
};

/** The next child when it has this name. */
export function optional(reader: ElementReader, name: string): XmlElement | undefined {
  return isNamed(reader, name) ? reader.element.children[reader.next++] : undefined;
}

/** Every next child that has this name. */
export function many(reader: ElementReader, name: string): readonly XmlElement[] {
  const from = reader.next;
  while (isNamed(reader, name)) reader.next++;
  return reader.element.children.slice(from, reader.next);
}

/** The next child, which must have this name. */
export function required(reader: ElementReader, name: string): XmlElement {
  const found = optional(reader, name);
  if (found) return found;
  const { element, faults, path } = reader;
  const instead = peek(reader);
  const detail = instead ? `must stand before ${instead.name}` : "must be there";
  faults.push(refuse("missing-element", `${path}/${name}`, instead?.at ?? element.at, detail).error);
  return { namespace: reader.namespace, name, at: element.at, text: MISSING, children: [] };
}

/** Stands for the text of a required element that is not there; what reads it adds no second fault. */
const MISSING = "\u0000";

/** Everything after the last known child; a fault for each that `allows` does not let pass. */
export function rest(reader: ElementReader, allows: (child: XmlElement) => boolean = () => false): readonly XmlElement[] {
  const children = reader.element.children.slice(reader.next);
  for (const child of children)
    if (!allows(child))
      reader.faults.push(refuse("unexpected-element", `${reader.path}/${child.name}`, child.at, "has no place here").error);
  return children;
}

/** The characters of an element that holds nothing else, as they are. */
export function text(reader: ElementReader, element: XmlElement): string {
  const [child] = element.children;
  if (child)
    reader.faults.push(
      refuse("unexpected-element", `${reader.path}/${element.name}/${child.name}`, child.at, "stands where text is").error,
    );
  return element.text;
}

/** The characters of an element that may be absent; an empty one says as little as none. */
export function optionalText(reader: ElementReader, name: string): string | undefined {
  const element = optional(reader, name);
  return (element && text(reader, element)) || undefined;
}

export function oneOf<T extends string>(reader: ElementReader, element: XmlElement, values: readonly [T, ...T[]]): T {
  const found = values.find((value) => value === text(reader, element));
  if (found === undefined) wrong(reader, element, `must be one of ${values.join(", ")}`);
  return found ?? values[0];
}

export function time(reader: ElementReader, element: XmlElement): CapTime {
  const found = parseTime(text(reader, element).trim());
  if (!found) wrong(reader, element, "must be a time such as 2026-01-02T03:04:05-00:00");
  return found ?? { unixMs: 0, offsetMin: 0 };
}

export function optionalTime(reader: ElementReader, name: string): CapTime | undefined {
  const element = optional(reader, name);
  return element && time(reader, element);
}

export function optionalNumber(reader: ElementReader, name: string, pattern: RegExp, what: string): number | undefined {
  const element = optional(reader, name);
  if (!element) return undefined;
  const trimmed = text(reader, element).trim();
  const value = pattern.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (!Number.isFinite(value)) wrong(reader, element, `must be ${what}`);
  return value;
}

function wrong(reader: ElementReader, element: XmlElement, expected: string): void {
  if (element.text === MISSING) return;
  const detail = `${expected}, got ${quote(element.text)}`;
  reader.faults.push(refuse("bad-value", `${reader.path}/${element.name}`, element.at, detail).error);
}
