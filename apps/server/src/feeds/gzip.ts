import { crc32 } from "node:zlib";
import { fail, ok, type Result } from "@picket/bytes";
import { inflate } from "./inflate.ts";

const HEADER_OCTETS = 10;
const TRAILER_OCTETS = 8;
const DEFLATE = 8;
const FLAG = { headerCheck: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 };
const IN_WORDS = { truncated: "ends before its end", corrupt: "is not DEFLATE here" };
/** What is packed in more parts is not a message of a receiver. */
const MOST_MEMBERS = 64;

/**
 * Unpacks gzip, one member after the other, each checked against its own checksum and size. What follows the last and is no member is
 * left.
 *
 * @source RFC 1952, 2.
 */
export function unpackGzip(packed: Uint8Array, maxOctets: number): Result<Uint8Array> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const parts: Uint8Array[] = [];
  let left = maxOctets;
  let at = 0;
  for (let member = 0; member < MOST_MEMBERS && (member === 0 || isMember(packed, at)); member++) {
    const dataAt = endOfHeader(packed, view, at);
    if (dataAt === undefined) return fail("not-unpackable", "gzip", at, "its header is damaged, or ends too early");
    const inflated = inflate(packed, dataAt, left);
    if (inflated === "too-large") return fail("unpacked-too-large", "gzip", 0, `more than ${maxOctets} octets when unpacked`);
    if (typeof inflated === "string") return fail("not-unpackable", "gzip", dataAt, IN_WORDS[inflated]);
    const { output, next } = inflated;
    if (next + TRAILER_OCTETS > packed.length) return fail("not-unpackable", "gzip", packed.length, "ends in a checksum");
    const isWhole = view.getUint32(next, true) === crc32(output) && view.getUint32(next + 4, true) === output.length;
    if (!isWhole) return fail("not-unpackable", "gzip", next, "its checksum does not fit");
    parts.push(output);
    left -= output.length;
    at = next + TRAILER_OCTETS;
  }
  const [only] = parts;
  return ok(parts.length === 1 && only ? only : Buffer.concat(parts));
}

const isMember = (packed: Uint8Array, at: number): boolean =>
  packed[at] === 0x1f && packed[at + 1] === 0x8b && packed[at + 2] === DEFLATE;

/** Where a member's data begin, behind what its flags say there is. */
function endOfHeader(packed: Uint8Array, view: DataView, at: number): number | undefined {
  if (at + HEADER_OCTETS > packed.length || !isMember(packed, at)) return undefined;
  const flags = packed[at + 3] as number;
  if ((flags & FLAG.reserved) !== 0) return undefined;
  let next = at + HEADER_OCTETS;
  if ((flags & FLAG.extra) !== 0) {
    if (next + 2 > packed.length) return undefined;
    next += 2 + view.getUint16(next, true);
  }
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) === 0) continue;
    const end = packed.indexOf(0, next);
    if (end === -1) return undefined;
    next = end + 1;
  }
  if ((flags & FLAG.headerCheck) !== 0) {
    if (next + 2 > packed.length || view.getUint16(next, true) !== (crc32(packed.subarray(at, next)) & 0xffff)) return undefined;
    next += 2;
  }
  return next <= packed.length ? next : undefined;
}
