/** Every code this package may refuse octets with; feeds count by it. */
export const RECEIVER_ERROR_CODES = [
  /** Octets that are not UTF-8. */
  "not-utf8",
  /** JSON that is broken. */
  "not-json",
  /** JSON nested deeper than any receiver nests it. */
  "too-deep",
  /** A value, line or text over its limit. */
  "too-long",
  /** A value that the stream or datagram cut. */
  "truncated",
  /** A line of text, such as a receiver's start-up messages, that tells of no aircraft. */
  "text-line",
  /** JSON of none of the shapes that this receiver sends. */
  "unknown-shape",
  /** A message that names neither a sender nor a place. */
  "nothing-said",
  /** A field of another type than its own. */
  "wrong-type",
  /** A field beyond what there can be. */
  "out-of-range",
  /** Text that is no base64. */
  "bad-base64",
  /** A memory dump of another size than the structure's. */
  "bad-length",
  /** A raw frame that holds no Remote ID. */
  "bad-frame",
  /** A packet whose checksum is wrong. */
  "bad-crc",
  /** More errors in a record than are listed. */
  "too-many-errors",
] as const;

export type ReceiverErrorCode = (typeof RECEIVER_ERROR_CODES)[number];
