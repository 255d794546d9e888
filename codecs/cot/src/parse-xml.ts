import { ok, type Result } from "@picket/bytes";
import { SaxesParser } from "saxes";
import { type CotErrorCode, refuse } from "./errors.ts";
import { type CotElement, MAX_DEPTH } from "./event.ts";

/** What the parser says may quote a name, and a name may be as long as the message. */
const LONGEST_DETAIL = 120;
const OPTIONS = { xmlns: false, position: false, defaultXMLVersion: "1.0", forceXMLVersion: true } as const;
const BLANK = /^[ \t\r\n]*$/;

type OpenElement = { name: string; attributes: Record<string, string>; children: (CotElement | string)[] };
/** Thrown inside a handler to stop the parser, and caught by {@link parseXml} alone. Made once: a trace of the stack is slow. */
const STOPPED = new Error("stopped");

/**
 * The root element of an XML 1.0 document. No document type is read, no entity but XML's own five and character references expanded, and
 * nothing nested deeper than MAX_DEPTH; the caller bounds the length. `at` in an error counts octets of UTF-8.
 */
export function parseXml(text: string, item: string): Result<CotElement> {
  const open: OpenElement[] = [];
  let root: CotElement | undefined;
  let failure: ReturnType<typeof refuse> | undefined;
  const parser = new SaxesParser(OPTIONS);
  const stop = (code: CotErrorCode, detail: string): never => {
    const at = new TextEncoder().encode(text.slice(0, parser.position)).length;
    failure = refuse(code, item, at, detail.slice(0, LONGEST_DETAIL));
    throw STOPPED;
  };
  const append = (content: string): void => {
    const children = open.at(-1)?.children;
    if (!children) return;
    const last = children.length - 1;
    // A CDATA section or a comment cuts text into pieces.
    if (typeof children[last] === "string") children[last] += content;
    else children.push(content);
  };
  parser.on("doctype", () => stop("forbidden-doctype", "a document type declaration is not read"));
  parser.on("error", ({ message }) =>
    /doctype/.test(message) ? stop("forbidden-doctype", message) : stop("malformed-xml", message),
  );
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length === MAX_DEPTH) stop("too-deep", `at most ${MAX_DEPTH} elements inside one another`);
    open.push({ name, attributes: copyAttributes(attributes), children: [] });
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (!element) return;
    if (element.children.length > 0) dropBlanks(element);
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error !== STOPPED) throw error;
  }
  if (failure) return failure;
  return root ? ok(root) : refuse("malformed-xml", item, 0, "no element");
}

/** Into an object like every other. The parser's own has no prototype, and a name such as `__proto__` must stay a name. */
function copyAttributes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const copy: Record<string, string> = {};
  for (const name in attributes) {
    const value = attributes[name] ?? "";
    if (name === "__proto__") Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
    else copy[name] = value;
  }
  return copy;
}

/** Drops text that is only space: it sets elements apart and says nothing. */
function dropBlanks(element: OpenElement): void {
  const isBlank = (child: CotElement | string): boolean => typeof child === "string" && BLANK.test(child);
  if (element.children.some(isBlank)) element.children = element.children.filter((child) => !isBlank(child));
}
