import type { DecodeError } from "@picket/bytes";

/** Every code this package may refuse octets with; feeds count by it. */
export const REMOTE_ID_ERROR_CODES = [
  /** Fewer octets than the message, pack or element needs. */
  "truncated",
  /** A message type that the standard reserves. */
  "unknown-message-type",
  /** A pack within a pack. */
  "nested-pack",
  /** A pack whose messages are not 25 octets long. */
  "bad-message-size",
  /** A pack of no message, or of more than nine. */
  "bad-count",
  /** A third Basic ID or a second message of another kind in one pack. */
  "repeated-message",
  /** An authentication page whose index or length cannot be. */
  "bad-authentication",
  /** A sound carrier frame that holds no Open Drone ID. */
  "not-remote-id",
  /** A carrier frame whose elements do not add up. */
  "malformed-element",
] as const;

export type RemoteIdErrorCode = (typeof REMOTE_ID_ERROR_CODES)[number];
export type RemoteIdError = DecodeError & Readonly<{ code: RemoteIdErrorCode }>;

export const refuse = (
  code: RemoteIdErrorCode,
  item: string,
  at: number,
  detail: string,
): Readonly<{ ok: false; error: RemoteIdError }> => ({
  ok: false,
  error: { code, item, at, detail },
});
