import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { fail, ok, type Result } from "@picket/bytes";
import { crc64 } from "./crc64.ts";
import { createLzmaDecoder, type LzmaDecoder, type LzmaFault, type LzmaProperties } from "./lzma.ts";

const STREAM_HEADER_OCTETS = 12;
const LZMA2_FILTER = 0x21;
/** Octets of the check after a block, by its type. */
const CHECK_OCTETS = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];
const CRC32 = 1;
const CRC64 = 4;
const SHA256 = 10;

type Walk = Readonly<{ ok: true; next: number }> | Readonly<{ ok: false; code: Code; at: number; detail: string }>;
type Code = "unpacked-too-large" | "not-unpackable";

/**
 * Unpacks the first stream of an .xz file, every block checked against its own checksum. The index, which only says again what the
 * blocks say, is not read.
 *
 * @source The .xz File Format 1.2.1, 2 and 3.
 */
export function unpackXz(packed: Uint8Array, maxOctets: number): Result<Uint8Array> {
  const head = viewOf(packed);
  if (packed.length < STREAM_HEADER_OCTETS) return fail("not-unpackable", "xz", packed.length, "ends in its header");
  const checkType = packed[7] as number;
  if (packed[6] !== 0 || checkType > 15 || head.getUint32(8, true) !== crc32(packed.subarray(6, 8)))
    return fail("not-unpackable", "xz", 6, "its header is damaged");
  const decoder = createLzmaDecoder(maxOctets);
  let at = STREAM_HEADER_OCTETS;
  while (packed[at] !== 0) {
    const block = unpackBlock(packed, at, checkType, decoder);
    if (!block.ok) return fail(block.code, "xz", block.at, block.detail);
    at = block.next;
  }
  return ok(decoder.output());
}

/**
 * Unpacks LZMA alone: properties, dictionary size, unpacked size, then LZMA.
 *
 * @source LZMA specification (Pavlov, 2015), "lzma file format".
 */
export function unpackLzmaAlone(packed: Uint8Array, maxOctets: number): Result<Uint8Array> {
  if (packed.length < 13) return fail("not-unpackable", "lzma", packed.length, "ends in its header");
  const properties = parseProperties(packed[0] as number);
  const size = viewOf(packed).getBigUint64(5, true);
  if (!properties) return fail("not-unpackable", "lzma", 0, "its properties are not such as there are");
  const isSized = size !== 0xffff_ffff_ffff_ffffn;
  if (isSized && size > maxOctets)
    return fail("unpacked-too-large", "lzma", 5, `${size} octets when unpacked, at most ${maxOctets}`);
  const decoder = createLzmaDecoder(maxOctets);
  decoder.resetState(properties);
  const fault = decoder.decode(packed, 13, packed.length, isSized ? Number(size) : undefined);
  if (!fault) return ok(decoder.output());
  const { code, detail } = inWords(fault, maxOctets);
  return fail(code, "lzma", 13, detail);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength);
const damaged = (at: number, detail: string): Walk => ({ ok: false, code: "not-unpackable", at, detail });

function inWords(fault: LzmaFault, maxOctets: number): Readonly<{ code: Code; detail: string }> {
  if (fault === "too-large") return { code: "unpacked-too-large", detail: `more than ${maxOctets} octets when unpacked` };
  return { code: "not-unpackable", detail: fault === "truncated" ? "ends before its end" : "is not LZMA here" };
}

function parseProperties(octet: number): LzmaProperties | undefined {
  const lc = octet % 9;
  const lp = Math.floor(octet / 9) % 5;
  const pb = Math.floor(octet / 45);
  return pb > 4 || lc + lp > 4 ? undefined : { lc, lp, pb };
}

/** @source The .xz File Format 1.2.1, 3.1 to 3.4. */
function unpackBlock(packed: Uint8Array, at: number, checkType: number, decoder: LzmaDecoder): Walk {
  const headerOctets = ((packed[at] ?? 0) + 1) * 4;
  const dataAt = at + headerOctets;
  if (dataAt > packed.length) return damaged(packed.length, "ends in a block's header");
  if (viewOf(packed).getUint32(dataAt - 4, true) !== crc32(packed.subarray(at, dataAt - 4)))
    return damaged(at, "a block's header is damaged");
  if (!isLzma2Alone(packed, at + 1)) return damaged(at, "is packed by more than LZMA2, which is not unpacked here");
  const before = decoder.output().length;
  const data = unpackLzma2(packed, dataAt, decoder);
  if (!data.ok) return data;
  const checkAt = data.next + ((4 - ((data.next - dataAt) % 4)) % 4);
  const next = checkAt + (CHECK_OCTETS[checkType] as number);
  if (next > packed.length) return damaged(packed.length, "ends in a checksum");
  const isWhole = checkFits(checkType, decoder.output().subarray(before), packed.subarray(checkAt, next));
  return isWhole ? { ok: true, next } : damaged(checkAt, "its checksum does not fit");
}

/** Flags, sizes that need not be known, then one filter. */
function isLzma2Alone(packed: Uint8Array, flagsAt: number): boolean {
  const flags = packed[flagsAt] as number;
  let at = flagsAt + 1;
  for (const sizeFlag of [0x40, 0x80]) {
    if ((flags & sizeFlag) === 0) continue;
    while (((packed[at] ?? 0) & 0x80) !== 0) at++;
    at++;
  }
  return (flags & 0x3f) === 0 && packed[at] === LZMA2_FILTER && packed[at + 1] === 1;
}

/** @source The .xz File Format 1.2.1, 5.3.1, and xz-embedded's description of LZMA2 chunks. */
function unpackLzma2(packed: Uint8Array, start: number, decoder: LzmaDecoder): Walk {
  let at = start;
  let needsDictionary = true;
  let needsProperties = true;
  for (;;) {
    const control = packed[at];
    if (control === 0) return { ok: true, next: at + 1 };
    const isPlain = control !== undefined && control < 0x80;
    const headerOctets = isPlain ? 3 : (control ?? 0) >= 0xc0 ? 6 : 5;
    if (control === undefined || at + headerOctets > packed.length) return damaged(packed.length, "ends before its end");
    const view = viewOf(packed);
    const dataAt = at + headerOctets;
    const resetsDictionary = control === 1 || control >= 0xe0;
    if ((isPlain && control > 2) || (needsDictionary && !resetsDictionary)) return damaged(at, "is not LZMA2 here");
    if (resetsDictionary) decoder.resetDictionary();
    needsDictionary = false;
    let fault: LzmaFault | undefined;
    if (isPlain) {
      at = dataAt + view.getUint16(at + 1) + 1;
      if (at > packed.length) return damaged(packed.length, "ends before its end");
      fault = decoder.copy(packed.subarray(dataAt, at));
    } else {
      const properties = control >= 0xc0 ? parseProperties(packed[at + 5] as number) : undefined;
      if (control >= 0xc0 ? !properties : needsProperties) return damaged(at, "is not LZMA2 here");
      needsProperties = false;
      if (control >= 0xa0) decoder.resetState(properties);
      const octets = ((control & 0x1f) << 16) + view.getUint16(at + 1) + 1;
      const end = dataAt + view.getUint16(at + 3) + 1;
      fault = decoder.decode(packed, dataAt, Math.min(end, packed.length), octets);
      at = end;
    }
    if (fault) return { ok: false, at: Math.min(at, packed.length), ...inWords(fault, decoder.maxOctets) };
  }
}

function checkFits(checkType: number, octets: Uint8Array, check: Uint8Array): boolean {
  if (checkType === CRC32) return crc32(octets) === viewOf(check).getUint32(0, true);
  if (checkType === CRC64) return crc64(octets) === viewOf(check).getBigUint64(0, true);
  if (checkType === SHA256) return createHash("sha256").update(octets).digest().equals(check);
  return true;
}
