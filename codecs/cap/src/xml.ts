import { ok } from "@picket/bytes";
import { SaxesParser } from "saxes";
import { type CapError, type CapErrorCode, LIMITS } from "./errors.ts";

/** An element with its namespace resolved. `text` is its own characters, without those of its children; `at` is where it begins. */
export type XmlElement = Readonly<{ namespace: string; name: string; at: number; text: string; children: readonly XmlElement[] }>;

export type Refusal = Readonly<{ ok: false; error: CapError }>;
export type Read<T> = Readonly<{ ok: true; value: T }> | Refusal;

export const refuse = (code: CapErrorCode, item: string, at: number, detail: string): Refusal => ({
  ok: false,
  error: { code, item, at, detail },
});

type Open = { namespace: string; name: string; at: number; text: string; children: XmlElement[] };

/**
 * Reads an XML document in UTF-8 into a tree. A document type declaration is refused before it is read, so that no entity can be declared,
 * nothing outside the document is ever fetched, and nothing expands.
 */
export function readXml(octets: Uint8Array): Read<XmlElement> {
  if (octets.length > LIMITS.octets)
    return refuse("too-large", "document", 0, `has ${octets.length} octets, ${LIMITS.octets} are read`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(octets);
  } catch {
    return refuse("bad-encoding", "document", 0, "must be UTF-8");
  }
  const doctype = text.indexOf("<!DOCTYPE");
  if (doctype >= 0 && isInProlog(text, doctype)) return refuse("doctype", "document", doctype, "may declare no document type");
  return readText(text);
}

/** Before the root element there are only declarations, comments and instructions; in a comment the word is harmless. */
function isInProlog(text: string, doctype: number): boolean {
  const prolog = text.slice(0, doctype).replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, "");
  return /^\s*$/.test(prolog);
}

function readText(text: string): Read<XmlElement> {
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  let refusal: Refusal | undefined;
  const stop = (found: Refusal): void => {
    refusal ??= found;
    throw new Stop();
  };
  parser.on("error", (error) => stop(refuse("not-well-formed", "document", parser.position, error.message)));
  parser.on("doctype", () => stop(refuse("doctype", "document", parser.position, "may declare no document type")));
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding))
      stop(refuse("bad-encoding", "document", parser.position, `must be UTF-8, and declares ${encoding}`));
  });
  parser.on("opentag", ({ uri, local }) => {
    if (++elements > LIMITS.elements) stop(refuse("too-large", local, parser.position, `more than ${LIMITS.elements} elements`));
    if (open.length >= LIMITS.depth) stop(refuse("too-large", local, parser.position, `more than ${LIMITS.depth} levels`));
    open.push({ namespace: uri, name: local, at: parser.position, text: "", children: [] });
  });
  const addText = (more: string) => {
    const top = open.at(-1);
    if (top) top.text += more;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const closed = open.pop();
    const parent = open.at(-1);
    if (closed && parent) parent.children.push(closed);
    else root = closed;
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  if (refusal) return refusal;
  return root ? (ok(root) as Read<XmlElement>) : refuse("not-well-formed", "document", 0, "must have a root element");
}

/** Leaves the parser: it knows no other way to end early. */
class Stop extends Error {}
