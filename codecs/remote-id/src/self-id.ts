import { CURRENT_VERSION, type Draft, MESSAGE_OCTETS, type SelfId } from "./message.ts";
import { codeOf, DESCRIPTION_TYPES, nameOf } from "./names.ts";
import { decodeText, encodeText } from "./text.ts";

const DESCRIPTION_OCTETS = 23;

/** Self-ID: what the operator says of the flight. @source ASTM F3411-22a, Self-ID message */
export function decodeSelfId(view: DataView, at: number): SelfId {
  return {
    kind: "self-id",
    protocolVersion: view.getUint8(at) & 0x0f,
    descriptionType: nameOf(DESCRIPTION_TYPES, view.getUint8(at + 1)),
    description: decodeText(view, at + 2, DESCRIPTION_OCTETS),
  };
}

export function encodeSelfId(message: Draft<SelfId>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_OCTETS);
  bytes[0] = 0x30 | (message.protocolVersion ?? CURRENT_VERSION);
  bytes[1] = codeOf(DESCRIPTION_TYPES, message.descriptionType ?? "text", "descriptionType");
  encodeText(bytes, 2, DESCRIPTION_OCTETS, message.description, "description");
  return bytes;
}
