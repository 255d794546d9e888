import type { Result, Step } from "@picket/bytes";
import { decodeXml } from "./decode-xml.ts";
import { refuse } from "./errors.ts";
import { type CotMessage, MAX_MESSAGE_OCTETS } from "./event.ts";
import { decodeTakPayload, encodeTakPayload, type TakDraft } from "./tak-payload.ts";

/** Begins both headers of the TAK protocol. */
export const MAGIC = 0xbf;
const VERSION = 1;
/** A varint of more octets than this says more than 2^32. */
const LONGEST_VARINT = 5;

/**
 * A frame for multicast or a datagram: magic, version, magic, payload.
 *
 * @source TAK protocol, mesh header.
 */
export function encodeMeshFrame(draft: TakDraft): Uint8Array<ArrayBuffer> {
  const payload = encodeTakPayload(draft);
  return concatenate(Uint8Array.of(MAGIC, VERSION, MAGIC), payload);
}

/**
 * A frame for a connection on which version 1 was agreed: magic, length of the payload, payload.
 *
 * @source TAK protocol, streaming header.
 */
export function encodeStreamFrame(draft: TakDraft): Uint8Array<ArrayBuffer> {
  const payload = encodeTakPayload(draft);
  const header = [MAGIC];
  for (let left = payload.length; ; left >>>= 7) {
    if (left < 0x80) return concatenate(Uint8Array.of(...header, left), payload);
    header.push((left & 0x7f) | 0x80);
  }
}

/** Decodes one datagram, or one file: an XML event or a mesh frame, told by its first octet. Zeros after an XML event are let be. */
export function decodeDatagram(bytes: Uint8Array): Result<CotMessage> {
  if (bytes[0] !== MAGIC) {
    const event = decodeXml(withoutPadding(bytes));
    return event.ok ? { ok: true, value: { encoding: "xml", event: event.value } } : event;
  }
  const version = readVarint(bytes, 1);
  if (version.kind === "more") return refuse("truncated", "mesh header", 1, `${bytes.length} octets end within the header`);
  if (version.kind === "error") return { ok: false, error: version.error };
  if (version.value !== VERSION)
    return refuse("unsupported-version", "mesh header", 1, `version 1 expected, got ${version.value}`);
  if (version.next >= bytes.length) return refuse("truncated", "mesh header", version.next, "the second 0xBF is missing");
  if (bytes[version.next] !== MAGIC)
    return refuse("malformed-frame", "mesh header", version.next, "0xBF expected after the version");
  return decodeTakPayload(bytes.subarray(version.next + 1));
}

/** Reads an unsigned varint of at most 32 bits at `at`. */
export function readVarint(bytes: Uint8Array, at: number): Step<number> {
  let value = 0;
  for (let i = 0; i < LONGEST_VARINT; i++) {
    const octet = bytes[at + i];
    if (octet === undefined) return { kind: "more", atLeast: at + i + 1 };
    value += (octet & 0x7f) * 2 ** (7 * i);
    if (octet < 0x80) return { kind: "record", value, next: at + i + 1 };
  }
  const { error } = refuse("malformed-frame", "varint", at, `longer than ${LONGEST_VARINT} octets`);
  return { kind: "error", error, next: at + LONGEST_VARINT };
}

function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, Math.min(end, MAX_MESSAGE_OCTETS + 1));
}

function concatenate(head: Uint8Array, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}
