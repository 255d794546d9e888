/** Every code this package may refuse octets with; feeds count by it. */
export const ADSB_ERROR_CODES = [
  /** Octets that are not UTF-8. */
  "not-utf8",
  /** Text where JSON is expected, or JSON that is broken. */
  "not-json",
  /** JSON nested deeper than any receiver nests it. */
  "too-deep",
  /** A value, line or text over its limit. */
  "too-long",
  /** A document that the stream or datagram cut. */
  "truncated",
  /** JSON that is neither a list of aircraft nor an aircraft. */
  "unknown-shape",
  /** An aircraft, or SBS line, without a 24-bit address. */
  "no-address",
  /** A field of another type than its own. */
  "wrong-type",
  /** A field beyond what there can be. */
  "out-of-range",
  /** More aircraft in a document than the limit; those beyond it are left. */
  "too-many-aircraft",
  /** More errors in a record than are listed. */
  "too-many-errors",
  /** A line that is no SBS-1 message. */
  "not-sbs",
] as const;

export type AdsbErrorCode = (typeof ADSB_ERROR_CODES)[number];
