import { ok, type Result } from "@picket/bytes";
import { unpackGzip } from "./gzip.ts";
import { unpackLzmaAlone, unpackXz } from "./xz.ts";

/** What a chunk may come to when unpacked. What would be more is refused before it is made. */
export const MAX_UNPACKED_OCTETS = 1 << 20;

const GZIP = [0x1f, 0x8b, 0x08];
const XZ = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
/** LZMA alone has no magic: these are the usual properties octet and the two low octets of a dictionary size of 64 KiB or more. */
const LZMA_ALONE = [0x5d, 0x00, 0x00];

/** The octets that were packed by gzip, xz or LZMA, or the chunk itself when it is not packed. */
export function unpack(chunk: Uint8Array): Result<Uint8Array> {
  if (begins(chunk, GZIP)) return unpackGzip(chunk, MAX_UNPACKED_OCTETS);
  if (begins(chunk, XZ)) return unpackXz(chunk, MAX_UNPACKED_OCTETS);
  if (begins(chunk, LZMA_ALONE)) return unpackLzmaAlone(chunk, MAX_UNPACKED_OCTETS);
  return ok(chunk);
}

const begins = (chunk: Uint8Array, magic: readonly number[]): boolean => magic.every((octet, at) => chunk[at] === octet);
