import { fail as failWith, type Result } from "@picket/bytes";

/** Every code this package may refuse octets with; feeds count by it. */
export const CAPTURE_ERROR_CODES = [
  /** Octets that begin like no capture. */
  "not-a-capture",
  /** A version of a format that is not read. */
  "unsupported-version",
  /** A pcapng block that contradicts itself. */
  "bad-block",
  /** A pcapng block over the limit. */
  "oversized-block",
  /** A packet over the limit. */
  "oversized-packet",
  /** A packet of an interface that was not described. */
  "unknown-interface",
  /** More interfaces than the limit. */
  "too-many-interfaces",
  /** Octets dropped because nothing tells where the next record begins. */
  "lost-sync",
  /** Fewer octets than a header, a packet or the stream needs. */
  "truncated",
  /** A header that contradicts itself. */
  "malformed",
  /** A link type that is not read. */
  "unsupported-link-type",
  /** An 802.11 frame that the receiver marked as damaged. */
  "bad-fcs",
  /** A BLE packet that the receiver marked as damaged. */
  "bad-crc",
] as const;

export type CaptureErrorCode = (typeof CAPTURE_ERROR_CODES)[number];

export const fail = (code: CaptureErrorCode, item: string, at: number, detail: string): Result<never> =>
  failWith(code, item, at, detail);
