import { ok, Reader, type Result } from "@picket/bytes";
import { fail } from "./errors.ts";

/** What a radiotap header told of a frame, which starts at `next`. */
export type Radiotap = Readonly<{
  next: number;
  rssiDbm: number | undefined;
  channelMhz: number | undefined;
  hasFcs: boolean;
  isFcsBad: boolean;
}>;

/** Alignment and size of each field by its presence bit, from TSFT (0) to L-SIG (27). @source radiotap.org, "Defined fields" */
const FIELDS: readonly (readonly [align: number, size: number])[] = [
  [8, 8],
  [1, 1],
  [1, 1],
  [2, 4],
  [1, 2],
  [1, 1],
  [1, 1],
  [2, 2],
  [2, 2],
  [2, 2],
  [1, 1],
  [1, 1],
  [1, 1],
  [1, 1],
  [2, 2],
  [2, 2],
  [1, 1],
  [1, 1],
  [4, 8],
  [1, 3],
  [4, 8],
  [2, 12],
  [8, 12],
  [2, 12],
  [2, 12],
  [2, 6],
  [1, 1],
  [2, 4],
];
const FLAGS = 1;
const CHANNEL = 3;
const ANTENNA_SIGNAL = 5;
const EXTENDED_CHANNEL = 18;
/** Presence bits that do not name a field: the fields after a TLV mark, a return to this namespace, a vendor's, and one more word. */
const TLV = 28;
const RADIOTAP_NAMESPACE = 29;
const VENDOR_NAMESPACE = 30;
const MORE_WORDS = 31;

const FLAG_FCS_AT_END = 0x10;
const FLAG_BAD_FCS = 0x40;

/**
 * Reads a radiotap header as far as its fields are known; the frame is found by the header's own length in any case.
 * Where several antennas report, the first signal counts, which drivers fill with the combined one.
 *
 * @source radiotap.org, header and presence words.
 */
export function decodeRadiotap(packet: Uint8Array): Result<Radiotap> {
  const head = new Reader(packet, "little");
  const version = head.u8();
  head.skip(1);
  const length = head.u16();
  if (head.isShort || length > packet.length)
    return fail("truncated", "radiotap", 2, `header of ${length} octets in a packet of ${packet.length}`);
  if (version !== 0 || length < 8) return fail("malformed", "radiotap", 0, `version ${version}, length ${length}`);
  const reader = new Reader(packet, "little", 4, length);
  const words = readPresenceWords(reader);
  return ok({ next: length, ...readFields(reader, words) });
}

function readPresenceWords(reader: Reader): readonly number[] {
  const words: number[] = [];
  do words.push(reader.u32());
  while (!reader.isShort && hasBit(words[words.length - 1] ?? 0, MORE_WORDS));
  return reader.isShort ? [] : words;
}

function readFields(reader: Reader, words: readonly number[]): Omit<Radiotap, "next"> {
  let flags = 0;
  let channelMhz: number | undefined;
  let rssiDbm: number | undefined;
  let isOurs = true;
  fields: for (const word of words) {
    for (let bit = 0; isOurs && bit < TLV; bit++) {
      const field = hasBit(word, bit) ? FIELDS[bit] : undefined;
      if (!field) continue;
      reader.align(field[0]);
      const start = reader.at;
      if (reader.left < field[1]) break fields;
      if (bit === FLAGS) flags = reader.u8();
      if (bit === CHANNEL) channelMhz ??= reader.u16();
      if (bit === ANTENNA_SIGNAL) rssiDbm ??= reader.i8();
      if (bit === EXTENDED_CHANNEL) channelMhz ??= extendedChannelMhz(reader);
      reader.at = start + field[1];
    }
    if (hasBit(word, TLV)) break;
    if (hasBit(word, VENDOR_NAMESPACE)) skipVendorFields(reader);
    // Bits of a later word count on from 32 unless a namespace starts anew; no field above 31 is defined.
    isOurs = hasBit(word, RADIOTAP_NAMESPACE);
  }
  return { rssiDbm, channelMhz, hasFcs: (flags & FLAG_FCS_AT_END) !== 0, isFcsBad: (flags & FLAG_BAD_FCS) !== 0 };
}

function extendedChannelMhz(reader: Reader): number {
  reader.skip(4);
  return reader.u16();
}

/** A vendor's namespace: OUI, sub-namespace, and how many octets of its fields to skip. */
function skipVendorFields(reader: Reader): void {
  reader.align(2);
  reader.skip(4);
  reader.skip(reader.u16());
}

const hasBit = (word: number, bit: number): boolean => ((word >>> bit) & 1) === 1;
