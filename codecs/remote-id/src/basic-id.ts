import { formatHex, parseHex } from "@picket/bytes";
import { type BasicId, CURRENT_VERSION, type Draft, MESSAGE_OCTETS } from "./message.ts";
import { codeOf, ID_TYPES, nameOf, UA_TYPES } from "./names.ts";
import { decodeText, encodeText } from "./text.ts";

const ID_OCTETS = 20;
const UUID_OCTETS = 16;
const NO_ID = "0".repeat(2 * ID_OCTETS);
const UTM_ASSIGNED = 3;
const SPECIFIC_SESSION = 4;

/**
 * Basic ID: types in octet 1, the identity in 2 to 21. The rest is reserved and holds anything in the field.
 *
 * @source ASTM F3411-22a, Basic ID message.
 */
export function decodeBasicId(view: DataView, at: number): BasicId {
  const types = view.getUint8(at + 1);
  const idCode = types >> 4;
  const uasIdHex = formatHex(new Uint8Array(view.buffer, view.byteOffset + at + 2, ID_OCTETS));
  return {
    kind: "basic-id",
    protocolVersion: view.getUint8(at) & 0x0f,
    idType: nameOf(ID_TYPES, idCode),
    uaType: nameOf(UA_TYPES, types & 0x0f),
    uasId: decodeUasId(idCode, view, at + 2, uasIdHex),
    uasIdHex,
  };
}

function decodeUasId(idCode: number, view: DataView, at: number, hex: string): string | undefined {
  if (hex === NO_ID) return undefined;
  if (idCode === UTM_ASSIGNED)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  if (idCode === SPECIFIC_SESSION) return hex;
  return decodeText(view, at, ID_OCTETS);
}

/** Encodes a Basic ID from `uasIdHex`, where it is given, or else from `uasId`. Where both are, they must say the same. */
export function encodeBasicId(message: Draft<BasicId>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_OCTETS);
  const idCode = codeOf(ID_TYPES, message.idType ?? "none", "idType");
  bytes[0] = message.protocolVersion ?? CURRENT_VERSION;
  bytes[1] = (idCode << 4) | codeOf(UA_TYPES, message.uaType ?? "none", "uaType");
  if (message.uasIdHex !== undefined) bytes.set(octetsOf(message.uasIdHex, ID_OCTETS, "uasIdHex"), 2);
  else if (idCode === UTM_ASSIGNED) bytes.set(octetsOf((message.uasId ?? "").replaceAll("-", ""), UUID_OCTETS, "uasId"), 2);
  else if (idCode === SPECIFIC_SESSION) bytes.set(octetsOf(message.uasId ?? "", ID_OCTETS, "uasId"), 2);
  else encodeText(bytes, 2, ID_OCTETS, message.uasId, "uasId");
  const written = decodeBasicId(new DataView(bytes.buffer), 0).uasId;
  if (message.uasIdHex !== undefined && message.uasId !== undefined && message.uasId !== written)
    throw new RangeError(`uasId "${message.uasId}" and uasIdHex "${message.uasIdHex}" must say the same`);
  return bytes;
}

function octetsOf(hex: string, most: number, field: string): Uint8Array {
  const octets = parseHex(hex);
  if (!octets.ok || octets.value.length > most)
    throw new RangeError(`${field} must be at most ${most} octets in hex, got ${JSON.stringify(hex)}`);
  return octets.value;
}
