import { type DecodeError, ok, type Result } from "@picket/bytes";
import { decodeMessageAt, encodeMessage, PACK_TYPE } from "./codec-message.ts";
import { refuse } from "./errors.ts";
import { CURRENT_VERSION, MESSAGE_OCTETS, type MessageDraft, type RemoteIdMessage } from "./message.ts";

export const MAX_PACK_MESSAGES = 9;
const HEADER_OCTETS = 3;

/** A pack as far as it could be read: `errors` tells of the messages that could not. */
export type MessagePack = Readonly<{
  protocolVersion: number;
  declaredCount: number;
  messages: readonly RemoteIdMessage[];
  errors: readonly DecodeError[];
}>;

/** Decodes a pack; what follows its last message is padding and left. */
export function decodePack(bytes: Uint8Array): Result<MessagePack> {
  return decodePackAt(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
}

/**
 * As {@link decodePack}, for the pack that begins at `at`. Only a header that makes no sense refuses the whole; a message that is
 * cut, unknown or one too many is an entry in `errors`, and the next is read.
 *
 * @source ASTM F3411-22a, Message Pack: at most nine messages, of them two Basic IDs and one of each other kind but Authentication.
 */
export function decodePackAt(view: DataView, at: number, end = view.byteLength): Result<MessagePack> {
  if (end - at < HEADER_OCTETS)
    return refuse("truncated", "pack", at, `needs ${HEADER_OCTETS} octets, ${Math.max(end - at, 0)} left`);
  const head = view.getUint8(at);
  const size = view.getUint8(at + 1);
  const declaredCount = view.getUint8(at + 2);
  if (head >> 4 !== PACK_TYPE) return refuse("unknown-message-type", "pack", at, `type ${head >> 4} where a pack is expected`);
  if (size !== MESSAGE_OCTETS) return refuse("bad-message-size", "pack", at + 1, `${MESSAGE_OCTETS} expected, got ${size}`);
  if (declaredCount < 1 || declaredCount > MAX_PACK_MESSAGES)
    return refuse("bad-count", "pack", at + 2, `1 to ${MAX_PACK_MESSAGES} expected, got ${declaredCount}`);
  const messages: RemoteIdMessage[] = [];
  const errors: DecodeError[] = [];
  let seen = 0;
  for (let i = 0; i < declaredCount; i++) {
    const start = at + HEADER_OCTETS + i * MESSAGE_OCTETS;
    const message = decodeMessageAt(view, start, end);
    if (!message.ok) errors.push(message.error);
    if (!message.ok && message.error.code === "truncated") break;
    if (!message.ok) continue;
    const mark = markOf(message.value, seen);
    if (mark & seen) errors.push(refuse("repeated-message", "pack", start, `${message.value.kind} again`).error);
    else messages.push(message.value);
    seen |= mark;
  }
  return ok({ protocolVersion: head & 0x0f, declaredCount, messages, errors });
}

/** A bit for each place a pack has: two for Basic IDs, one for each other kind, none for Authentication, which may repeat. */
function markOf(message: RemoteIdMessage, seen: number): number {
  switch (message.kind) {
    case "basic-id":
      return seen & 1 ? 2 : 1;
    case "location":
      return 4;
    case "authentication":
      return 0;
    case "self-id":
      return 8;
    case "system":
      return 16;
    case "operator-id":
      return 32;
    default:
      return message satisfies never;
  }
}

/** Encodes one to nine messages as a pack. Throws RangeError for more of a kind than the standard allows. */
export function encodePack(messages: readonly MessageDraft[], protocolVersion = CURRENT_VERSION): Uint8Array<ArrayBuffer> {
  if (messages.length < 1 || messages.length > MAX_PACK_MESSAGES)
    throw new RangeError(`A pack must have 1 to ${MAX_PACK_MESSAGES} messages, got ${messages.length}`);
  const bytes = new Uint8Array(HEADER_OCTETS + messages.length * MESSAGE_OCTETS);
  bytes.set([(PACK_TYPE << 4) | protocolVersion, MESSAGE_OCTETS, messages.length]);
  for (const [i, message] of messages.entries()) bytes.set(encodeMessage(message), HEADER_OCTETS + i * MESSAGE_OCTETS);
  const read = decodePack(bytes);
  const error = read.ok ? read.value.errors[0] : read.error;
  if (error)
    throw new RangeError(`A pack must hold at most two basic-id and one of each other kind but authentication: ${error.detail}`);
  return bytes;
}
