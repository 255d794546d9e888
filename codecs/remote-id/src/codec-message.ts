import { ok, type Result } from "@picket/bytes";
import { decodeAuthenticationPage, encodeAuthenticationPage } from "./authentication.ts";
import { decodeBasicId, encodeBasicId } from "./basic-id.ts";
import { refuse } from "./errors.ts";
import { decodeLocation, encodeLocation } from "./location.ts";
import { MESSAGE_OCTETS, type MessageDraft, type RemoteIdMessage } from "./message.ts";
import { decodeOperatorId, encodeOperatorId } from "./operator-id.ts";
import { decodeSelfId, encodeSelfId } from "./self-id.ts";
import { decodeSystem, encodeSystem } from "./system.ts";

/** High half of the first octet of a pack. */
export const PACK_TYPE = 0xf;

/** Decodes one message of 25 octets; what follows them is left. */
export function decodeMessage(bytes: Uint8Array): Result<RemoteIdMessage> {
  return decodeMessageAt(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
}

/** As {@link decodeMessage}, for the message that begins at `at`. Versions are read alike; only an unknown type is refused. */
export function decodeMessageAt(view: DataView, at: number, end = view.byteLength): Result<RemoteIdMessage> {
  if (end - at < MESSAGE_OCTETS)
    return refuse("truncated", "message", at, `needs ${MESSAGE_OCTETS} octets, ${Math.max(end - at, 0)} left`);
  const type = view.getUint8(at) >> 4;
  switch (type) {
    case 0:
      return ok(decodeBasicId(view, at));
    case 1:
      return ok(decodeLocation(view, at));
    case 2:
      return decodeAuthenticationPage(view, at);
    case 3:
      return ok(decodeSelfId(view, at));
    case 4:
      return ok(decodeSystem(view, at));
    case 5:
      return ok(decodeOperatorId(view, at));
    case PACK_TYPE:
      return refuse("nested-pack", "message", at, "a pack where one message is expected");
    default:
      return refuse("unknown-message-type", "message", at, `type ${type}`);
  }
}

/** Encodes one message to its 25 octets. Throws RangeError for a value that the wire cannot carry. */
export function encodeMessage(message: MessageDraft): Uint8Array<ArrayBuffer> {
  const version = message.protocolVersion ?? 0;
  if (!Number.isInteger(version) || version < 0 || version > 15)
    throw new RangeError(`protocolVersion must be an integer from 0 to 15, got ${version}`);
  switch (message.kind) {
    case "basic-id":
      return encodeBasicId(message);
    case "location":
      return encodeLocation(message);
    case "authentication":
      return encodeAuthenticationPage(message);
    case "self-id":
      return encodeSelfId(message);
    case "system":
      return encodeSystem(message);
    case "operator-id":
      return encodeOperatorId(message);
    default:
      throw message satisfies never;
  }
}
