import type { DecodeError } from "@picket/bytes";

/** Every code this package may refuse octets with; feeds count by it. */
export const COT_ERROR_CODES = [
  /** Octets end before the message does. */
  "truncated",
  /** More octets than MAX_MESSAGE_OCTETS. */
  "too-long",
  /** Elements nested deeper than MAX_DEPTH. */
  "too-deep",
  /** Octets that are not UTF-8. */
  "not-utf-8",
  /** XML that is not well-formed, or that names an entity other than XML's own five. */
  "malformed-xml",
  /** A document type declaration: never read, whatever it says. */
  "forbidden-doctype",
  /** A protobuf payload that does not add up, or text in it that is not UTF-8. */
  "malformed-protobuf",
  /** A frame header that does not add up. */
  "malformed-frame",
  /** Neither XML nor a frame where a message should begin. */
  "lost-sync",
  /** Sound, but no event: another root element. */
  "not-an-event",
  /** A version of Cursor on Target or of the TAK protocol that is not known. */
  "unsupported-version",
  /** Something an event must have is not there. */
  "missing",
  /** Something an event has once is there twice. */
  "repeated",
  /** A time that is no instant from 1970 to 9999. */
  "bad-time",
  /** A latitude or longitude that is no number or not on Earth. */
  "bad-position",
] as const;

export type CotErrorCode = (typeof COT_ERROR_CODES)[number];
type CotError = DecodeError & Readonly<{ code: CotErrorCode }>;

export const refuse = (
  code: CotErrorCode,
  item: string,
  at: number,
  detail: string,
): Readonly<{ ok: false; error: CotError }> => ({
  ok: false,
  error: { code, item, at, detail },
});
