import { CURRENT_VERSION, type Draft, MESSAGE_OCTETS, type OperatorId } from "./message.ts";
import { codeOf, nameOf, OPERATOR_ID_TYPES } from "./names.ts";
import { decodeText, encodeText } from "./text.ts";

const OPERATOR_ID_OCTETS = 20;
/** An EU operator number: country, twelve characters and a check character, then a hyphen and the three secret ones. */
const EU_WITH_SECRET = /^([A-Z]{3}[0-9a-z]{13})-[0-9a-z]{3}$/;

/** Operator ID. @source ASTM F3411-22a, Operator ID message */
export function decodeOperatorId(view: DataView, at: number): OperatorId {
  return {
    kind: "operator-id",
    protocolVersion: view.getUint8(at) & 0x0f,
    operatorIdType: nameOf(OPERATOR_ID_TYPES, view.getUint8(at + 1)),
    operatorId: decodeText(view, at + 2, OPERATOR_ID_OCTETS),
  };
}

export function encodeOperatorId(message: Draft<OperatorId>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MESSAGE_OCTETS);
  bytes[0] = 0x50 | (message.protocolVersion ?? CURRENT_VERSION);
  bytes[1] = codeOf(OPERATOR_ID_TYPES, message.operatorIdType ?? "operator-id", "operatorIdType");
  encodeText(bytes, 2, OPERATOR_ID_OCTETS, message.operatorId, "operatorId");
  return bytes;
}

/**
 * An operator's number as it may be shown and compared: an EU number that was broadcast with its three secret characters loses them.
 *
 * @source EN 4709-002; Commission Implementing Regulation (EU) 2019/947, registration of operators.
 */
export const publicOperatorId = (operatorId: string): string => EU_WITH_SECRET.exec(operatorId)?.[1] ?? operatorId;
