import type { DecodeError } from "@picket/bytes";

/** Every code for which a document is refused. `at` counts characters of the text. */
export const CAP_ERROR_CODES = [
  /** Octets that are not UTF-8, or a declaration of another encoding. */
  "bad-encoding",
  /** More octets, levels or elements than {@link LIMITS} allow. */
  "too-large",
  /** XML that is not well formed, or uses an entity of its own. */
  "not-well-formed",
  /** A document type declaration: refused before anything in it is read. */
  "doctype",
  /** Another document than an alert, or an alert of another edition. */
  "not-cap",
  /** An element that must be there and is not, or not in its place. */
  "missing-element",
  /** An element that the schema does not have, or not in this place. */
  "unexpected-element",
  /** Words between elements, where only elements may be. */
  "unexpected-text",
  /** A text that is none of the values, no time or no number. */
  "bad-value",
] as const;

/** Rules in the standard's words that its schema cannot hold: the alert is read, and what it breaks is listed. */
export const CAP_RULE_CODES = [
  /** An identifier, sender or address with a space, a comma, `<` or `&`; or none. */
  "bad-identifier",
  "missing-restriction",
  "missing-addresses",
  "missing-references",
  /** Not `sender,identifier,sent`. */
  "bad-reference",
  /** Fewer than four points, not closed, or off the globe: the area is without it. */
  "bad-polygon",
  /** Not `lat,lon radius`, or off the globe: the area is without it. */
  "bad-circle",
  "ceiling-without-altitude",
] as const;

export type CapErrorCode = (typeof CAP_ERROR_CODES)[number];
export type CapRuleCode = (typeof CAP_RULE_CODES)[number];
export type CapError = DecodeError & Readonly<{ code: CapErrorCode }>;
export type CapBreach = DecodeError & Readonly<{ code: CapRuleCode }>;

/** What a document may have at most. National alerts with long polygons stay far below. */
export const LIMITS = { octets: 1_048_576, depth: 32, elements: 20_000 } as const;
