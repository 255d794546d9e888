/** Why inflating cannot go on: the octets end too early, they are not DEFLATE, or they come to more than is wanted. */
export type InflateFault = "truncated" | "corrupt" | "too-large";

/** What was unpacked, and where the octets after it begin. */
export type Inflated = Readonly<{ output: Uint8Array; next: number }>;

/** A Huffman code in its canonical form: how many codes there are of each length, and their symbols in the order of the codes. */
type Code = Readonly<{ counts: Uint16Array; symbols: Uint16Array }>;

const LONGEST_CODE = 15;
const LITERALS = 288;
const DISTANCES = 30;
const END_OF_BLOCK = 256;
const MOST_LENGTH_CODES = 286;
/** In which order the lengths of the code for lengths come. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12_289,
  16_385, 24_577,
];
const distanceBits = (symbol: number): number => Math.max(0, (symbol >> 1) - 1);
const FIRST_ROOM_OCTETS = 1 << 13;
/** Packers make a block of some ten thousand octets: more blocks are there to cost time. */
const MOST_BLOCKS = 4096;

const FIXED_LENGTHS = Uint8Array.from({ length: LITERALS }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8));
const FIXED: Readonly<{ literals: Code; distances: Code }> = {
  literals: newCode(FIXED_LENGTHS, LITERALS),
  distances: newCode(new Uint8Array(DISTANCES).fill(5), DISTANCES),
};

/**
 * Unpacks DEFLATE from `start` on to at most `maxOctets`. All that it holds is its output and two small tables, and it leaves nothing
 * behind: Node's own keeps some kilobytes of each failure until the event loop turns, which a replay in one go never lets it.
 *
 * @source RFC 1951, 3.2.
 */
export function inflate(packed: Uint8Array, start: number, maxOctets: number): Inflated | InflateFault {
  let at = start;
  let held = 0;
  let heldBits = 0;
  let out: Uint8Array = new Uint8Array(Math.min(maxOctets, FIRST_ROOM_OCTETS));
  let length = 0;

  /** Past the end it reads zeros, and {@link isOverrun} says so. */
  const bits = (count: number): number => {
    while (heldBits < count) {
      held |= (at < packed.length ? (packed[at] as number) : 0) << heldBits;
      at++;
      heldBits += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    heldBits -= count;
    return value;
  };
  const isOverrun = (): boolean => at - (heldBits >> 3) > packed.length;
  const makeRoom = (octets: number): boolean => {
    if (length + octets > maxOctets) return false;
    if (length + octets <= out.length) return true;
    const larger = new Uint8Array(Math.min(maxOctets, Math.max(2 * out.length, length + octets)));
    larger.set(out.subarray(0, length));
    out = larger;
    return true;
  };
  /** The next symbol of a code, or -1 where the code has none such. */
  const symbolOf = ({ counts, symbols }: Code): number => {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let bitsRead = 1; bitsRead <= LONGEST_CODE; bitsRead++) {
      value |= bits(1);
      const count = counts[bitsRead] as number;
      if (value - first < count) return symbols[index + value - first] as number;
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    return -1;
  };

  const copyStored = (): InflateFault | undefined => {
    at -= heldBits >> 3;
    held = 0;
    heldBits = 0;
    if (at + 4 > packed.length) return "truncated";
    const octets = (packed[at] as number) | ((packed[at + 1] as number) << 8);
    const inverse = (packed[at + 2] as number) | ((packed[at + 3] as number) << 8);
    at += 4;
    if ((octets ^ inverse) !== 0xffff) return "corrupt";
    if (at + octets > packed.length) return "truncated";
    if (!makeRoom(octets)) return "too-large";
    out.set(packed.subarray(at, at + octets), length);
    at += octets;
    length += octets;
    return undefined;
  };
  const readCodes = (): typeof FIXED | undefined => {
    const literalCount = bits(5) + 257;
    const distanceCount = bits(5) + 1;
    const lengthCount = bits(4) + 4;
    if (literalCount > MOST_LENGTH_CODES || distanceCount > DISTANCES) return undefined;
    const ofLengths = new Uint8Array(LENGTH_ORDER.length);
    for (const place of LENGTH_ORDER.slice(0, lengthCount)) ofLengths[place] = bits(3);
    if (!isCode(ofLengths, false)) return undefined;
    const lengths = readLengths(newCode(ofLengths, LENGTH_ORDER.length), literalCount + distanceCount);
    if (!lengths || lengths[END_OF_BLOCK] === 0) return undefined;
    const [forLiterals, forDistances] = [lengths.subarray(0, literalCount), lengths.subarray(literalCount)];
    if (!isCode(forLiterals, true) || !isCode(forDistances, true)) return undefined;
    return { literals: newCode(forLiterals, LITERALS), distances: newCode(forDistances, DISTANCES) };
  };
  const readLengths = (code: Code, count: number): Uint8Array | undefined => {
    const lengths = new Uint8Array(count);
    for (let i = 0; i < count; ) {
      const symbol = symbolOf(code);
      if (symbol < 0 || (symbol === 16 && i === 0)) return undefined;
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      const again = symbol === 16 ? (lengths[i - 1] as number) : 0;
      const times = symbol === 16 ? 3 + bits(2) : symbol === 17 ? 3 + bits(3) : 11 + bits(7);
      if (i + times > count) return undefined;
      lengths.fill(again, i, i + times);
      i += times;
    }
    return lengths;
  };
  const unpackBlock = ({ literals, distances }: typeof FIXED): InflateFault | undefined => {
    for (;;) {
      const symbol = symbolOf(literals);
      if (isOverrun()) return "truncated";
      if (symbol === END_OF_BLOCK) return undefined;
      if (symbol < 0 || symbol >= MOST_LENGTH_CODES) return "corrupt";
      if (symbol < END_OF_BLOCK) {
        if (!makeRoom(1)) return "too-large";
        out[length++] = symbol;
        continue;
      }
      const octets = (LENGTH_BASE[symbol - 257] as number) + bits(LENGTH_BITS[symbol - 257] as number);
      const distanceSymbol = symbolOf(distances);
      if (distanceSymbol < 0) return isOverrun() ? "truncated" : "corrupt";
      const distance = (DISTANCE_BASE[distanceSymbol] as number) + bits(distanceBits(distanceSymbol));
      if (isOverrun()) return "truncated";
      if (distance > length) return "corrupt";
      if (!makeRoom(octets)) return "too-large";
      for (let from = length - distance, left = octets; left > 0; left--) out[length++] = out[from++] as number;
    }
  };
  const unpackNext = (kind: number): InflateFault | undefined => {
    if (kind === 0) return copyStored();
    if (kind === 1) return unpackBlock(FIXED);
    const codes = kind === 2 ? readCodes() : undefined;
    if (!codes) return isOverrun() ? "truncated" : "corrupt";
    return unpackBlock(codes);
  };

  for (let block = 0; block < MOST_BLOCKS; block++) {
    const isLast = bits(1) === 1;
    const fault = unpackNext(bits(2));
    if (fault) return fault;
    if (isLast) return { output: out.subarray(0, length), next: at - (heldBits >> 3) };
  }
  return "corrupt";
}

/** Is this a code by which every sequence of bits is read in one way? One that uses a single bit, or nothing, may be incomplete. */
function isCode(lengths: Uint8Array, mayBeIncomplete: boolean): boolean {
  const counts = countsOf(lengths);
  let left = 1;
  let longest = 0;
  for (let bitsRead = 1; bitsRead <= LONGEST_CODE; bitsRead++) {
    left = 2 * left - (counts[bitsRead] as number);
    if (left < 0) return false;
    if ((counts[bitsRead] as number) > 0) longest = bitsRead;
  }
  return left === 0 || (mayBeIncomplete && longest <= 1);
}

function newCode(lengths: Uint8Array, most: number): Code {
  const counts = countsOf(lengths);
  const nexts = new Uint16Array(LONGEST_CODE + 2);
  for (let bitsRead = 1; bitsRead <= LONGEST_CODE; bitsRead++)
    nexts[bitsRead + 1] = (nexts[bitsRead] as number) + (counts[bitsRead] as number);
  const symbols = new Uint16Array(most);
  for (const [symbol, bitsRead] of lengths.entries()) {
    if (bitsRead === 0) continue;
    symbols[nexts[bitsRead] as number] = symbol;
    nexts[bitsRead] = (nexts[bitsRead] as number) + 1;
  }
  return { counts, symbols };
}

/** How many codes there are of each length; of length 0 none. */
function countsOf(lengths: Uint8Array): Uint16Array {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const bitsRead of lengths) counts[bitsRead] = (counts[bitsRead] as number) + 1;
  counts[0] = 0;
  return counts;
}
