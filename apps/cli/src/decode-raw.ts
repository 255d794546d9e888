import { MAX_PACK_MESSAGES, MESSAGE_OCTETS } from "@picket/remote-id";
import { decodeOctets, formatFailure, isWrapped } from "./decode-remote-id.ts";

/** What is looked at to tell a whole packet from messages one after the other, and the longest packet that is taken. */
const MAX_PACKET_OCTETS = 4096;
const PACK_HEADER_OCTETS = 3;

/** Takes chunks cut anywhere and answers the lines that they completed. */
export type Decoding = { push(chunk: Uint8Array): string; finish(): string };

/**
 * Decodes bare octets: messages of 25 and packs one after the other, or, when they begin like one and are no more than 4096, a single
 * packet of a carrier. Holds at most 4096 octets and one chunk.
 */
export function decodeRaw(): Decoding {
  let pending: Uint8Array = new Uint8Array(0);
  let isStream = false;
  const takeUnits = (): string => {
    let lines = "";
    let at = 0;
    for (let size = unitOctets(pending, at); at + size <= pending.length && at < pending.length; size = unitOctets(pending, at)) {
      lines += decodeOctets(pending.subarray(at, at + size));
      at += size;
    }
    pending = pending.slice(at);
    return lines;
  };
  return {
    push(chunk) {
      const joined = new Uint8Array(pending.length + chunk.length);
      joined.set(pending);
      joined.set(chunk, pending.length);
      pending = joined;
      isStream ||= pending.length > MAX_PACKET_OCTETS;
      return isStream ? takeUnits() : "";
    },
    finish() {
      if (pending.length === 0) return "";
      if (!isStream && isWrapped(pending)) return decodeOctets(pending);
      const lines = takeUnits();
      const detail = `${pending.length} octets are less than a message`;
      return pending.length === 0 ? lines : lines + formatFailure({ code: "truncated", item: "message", at: 0, detail });
    },
  };
}

/** How long the unit at `at` is: a pack by its count, where that makes sense, and a message otherwise. */
function unitOctets(bytes: Uint8Array, at: number): number {
  const isPack = (bytes[at] ?? 0) >> 4 === 0xf && bytes[at + 1] === MESSAGE_OCTETS;
  const count = bytes[at + 2] ?? 0;
  return isPack && count <= MAX_PACK_MESSAGES ? PACK_HEADER_OCTETS + count * MESSAGE_OCTETS : MESSAGE_OCTETS;
}
