import type { DecodeError } from "@picket/bytes";

/** Every code for which a frame or a message is refused; feeds count by it. */
export const SAPIENT_ERROR_CODES = [
  /** A frame that says it is longer than 1 MiB: where the next one begins is lost, and the stream with it. */
  "frame-too-long",
  /** Octets that are no message of this schema. */
  "not-protobuf",
  /** A mandatory field that is not there, or a mandatory list without an entry. */
  "missing",
  /** A mandatory choice that was not made. */
  "missing-choice",
  "bad-uuid",
  "bad-ulid",
  /** A number that the enumeration does not have, or 0, which says nothing, where something must be said. */
  "bad-value",
  /** A number that is none, or not finite. */
  "not-finite",
  /** A task that would move a node or let it follow something. */
  "refused-command",
] as const;

export type SapientErrorCode = (typeof SAPIENT_ERROR_CODES)[number];
/** `item` is the way to the field by its wire names, such as `detection_report.location.x`; `at` is 0: a field knows no offset. */
export type SapientError = DecodeError & Readonly<{ code: SapientErrorCode }>;

export const fault = (code: SapientErrorCode, item: string, detail: string): SapientError => ({ code, item, at: 0, detail });
