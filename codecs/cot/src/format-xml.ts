import type { CotElement } from "./event.ts";

const NAME_START =
  ":A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}" +
  "\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";
/** @source XML 1.0 (fifth edition), production 5, Name. */
const NAME = new RegExp(`^[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*$`, "u");
/** Most names and texts are these: no closer look, no escape. */
const PLAIN_NAME = /^[A-Za-z_][A-Za-z_0-9]*$/;
const PLAIN_TEXT = /^[ !#-%'-;=?-~]*$/;
/** What no XML 1.0 document may contain, escaped or not: production 2, Char, turned round. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const IN_TEXT = /[&<>\r]/g;
const IN_ATTRIBUTE = /[&<>"\t\n\r]/g;
const REFERENCES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * An element as XML on one line. Everything is escaped; a character that XML cannot carry becomes U+FFFD, so that no name a sensor heard
 * can stop a message. A name that is no XML name throws a TypeError.
 */
function formatElement({ name, attributes, children }: CotElement): string {
  const head = `<${requireName(name)}${formatAttributes(attributes)}`;
  if (children.length === 0) return `${head}/>`;
  return `${head}>${children.map((child) => (typeof child === "string" ? escapeText(child) : formatElement(child))).join("")}</${name}>`;
}

/** Elements one after the other, as protobuf's xmlDetail carries them. */
export const formatElements = (elements: readonly CotElement[]): string => elements.map(formatElement).join("");

/** Attributes in their order, each after a space; those that are `undefined` are left out. */
export function formatAttributes(attributes: Readonly<Record<string, string | undefined>>): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) text += ` ${requireName(name)}="${escapeAttribute(value)}"`;
  return text;
}

const escapeText = (text: string): string => (PLAIN_TEXT.test(text) ? text : sanitise(text).replace(IN_TEXT, toReference));
const escapeAttribute = (text: string): string =>
  PLAIN_TEXT.test(text) ? text : sanitise(text).replace(IN_ATTRIBUTE, toReference);
/** Text with U+FFFD for every character that XML cannot carry: both forms of an event say it so. */
export const sanitise = (text: string): string => (PLAIN_TEXT.test(text) ? text : text.replace(NOT_XML, "\u{FFFD}"));
const toReference = (character: string): string => REFERENCES[character] ?? `&#${character.charCodeAt(0)};`;

function requireName(name: string): string {
  if (!PLAIN_NAME.test(name) && !NAME.test(name))
    throw new TypeError(`An element or attribute needs an XML name, got ${JSON.stringify(name.slice(0, 80))}`);
  return name;
}
