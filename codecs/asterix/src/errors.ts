import type { DecodeError } from "@picket/bytes";

/** Every code this package may refuse octets with; feeds count by it. */
export const ASTERIX_ERROR_CODES = [
  /** Fewer octets than the block, the item or the explicit length needs. */
  "truncated",
  /** A block that says it is shorter than its own header: nothing tells where the next begins. */
  "bad-block-length",
  /** An explicit length of 0, or an expansion field that is longer than it says. */
  "bad-explicit-length",
  /** A category that has no table: the block is skipped by its length. */
  "unknown-category",
  /** A field specification that names an item this edition has not: the rest of the block cannot be read. */
  "unknown-item",
  /** A record of no item at all: the rest of the block is not read. */
  "empty-record",
] as const;

export type AsterixErrorCode = (typeof ASTERIX_ERROR_CODES)[number];
export type AsterixError = DecodeError & Readonly<{ code: AsterixErrorCode }>;
