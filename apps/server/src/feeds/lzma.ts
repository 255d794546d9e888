import { createRangeDecoder, EVEN_PROBABILITY } from "./range-decoder.ts";

/** How literals (`lc`, `lp`) and matches (`pb`) share probabilities. `lc + lp` is at most 4, as in liblzma. */
export type LzmaProperties = Readonly<{ lc: number; lp: number; pb: number }>;

/** Why decoding cannot go on: the octets end too early, they are not LZMA, or they come to more than is wanted. */
export type LzmaFault = "truncated" | "corrupt" | "too-large";

/** Writes what it decodes to one growing buffer, which is its dictionary too: it never holds more than was asked for. */
export type LzmaDecoder = {
  readonly maxOctets: number;
  /** Forgets what was learnt and the last distances, and takes new properties when they are given. */
  resetState(properties?: LzmaProperties): void;
  /** What follows refers to nothing that came before. */
  resetDictionary(): void;
  /** Decodes `input` from `at` to `end` until `octets` more are written; to the end marker when that is undefined. */
  decode(input: Uint8Array, at: number, end: number, octets: number | undefined): LzmaFault | undefined;
  /** Takes octets that were not packed. */
  copy(octets: Uint8Array): LzmaFault | undefined;
  output(): Uint8Array;
};

/** Where each kind of probability begins in one array. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + 12 * 16;
const IS_REP_G0 = IS_REP + 12;
const IS_REP_G1 = IS_REP_G0 + 12;
const IS_REP_G2 = IS_REP_G1 + 12;
const IS_REP0_LONG = IS_REP_G2 + 12;
const POSITION_SLOT = IS_REP0_LONG + 12 * 16;
const POSITION = POSITION_SLOT + 4 * 64;
const ALIGN = POSITION + 115;
const MATCH_LENGTH = ALIGN + 16;
const REP_LENGTH = MATCH_LENGTH + 514;
const LITERAL = REP_LENGTH + 514;
const LITERAL_SIZE = 0x300;
/** Within a length's probabilities, after the two that choose between them. */
const LOW = 2;
const MID = LOW + 16 * 8;
const HIGH = MID + 16 * 8;

const SHORTEST_MATCH = 2;
const END_MARKER = 0xffff_ffff;
const FIRST_ROOM_OCTETS = 1 << 13;

/**
 * Decodes LZMA to at most `maxOctets`.
 *
 * @source LZMA specification (Pavlov, 2015); the names are its names.
 */
export function createLzmaDecoder(maxOctets: number): LzmaDecoder {
  const coder = createRangeDecoder();
  let out: Uint8Array = new Uint8Array(Math.min(maxOctets, FIRST_ROOM_OCTETS));
  let length = 0;
  let dictionaryStart = 0;
  let probabilities = new Uint16Array(0);
  let lc = 0;
  let literalMask = 0;
  let positionMask = 0;
  /** 0 to 11: what the last symbols were. Below 7 the very last was a literal. */
  let state = 0;
  let rep0 = 0;
  let rep1 = 0;
  let rep2 = 0;
  let rep3 = 0;

  const bit = (index: number) => coder.bit(probabilities, index);
  const makeRoom = (octets: number): boolean => {
    if (length + octets > maxOctets) return false;
    if (length + octets <= out.length) return true;
    const larger = new Uint8Array(Math.min(maxOctets, Math.max(2 * out.length, length + octets)));
    larger.set(out.subarray(0, length));
    out = larger;
    return true;
  };
  /** After a match the octet is unlike the one that would have continued it, so that one is part of the context. */
  const matchedLiteral = (base: number) => {
    let unlike = out[length - rep0 - 1] as number;
    let symbol = 1;
    while (symbol < 0x100) {
      const expected = (unlike >> 7) & 1;
      unlike <<= 1;
      const decoded = bit(base + ((1 + expected) << 8) + symbol);
      symbol = symbol * 2 + decoded;
      if (expected !== decoded) break;
    }
    while (symbol < 0x100) symbol = symbol * 2 + bit(base + symbol);
    out[length++] = symbol;
  };
  const literal = () => {
    const position = length - dictionaryStart;
    const before = position === 0 ? 0 : (out[length - 1] as number);
    const base = LITERAL + LITERAL_SIZE * (((position & literalMask) << lc) + (before >> (8 - lc)));
    if (state < 7) out[length++] = coder.tree(probabilities, base, 8);
    else matchedLiteral(base);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  const matchLength = (base: number, positionState: number): number => {
    if (bit(base) === 0) return SHORTEST_MATCH + coder.tree(probabilities, base + LOW + positionState * 8, 3);
    if (bit(base + 1) === 0) return SHORTEST_MATCH + 8 + coder.tree(probabilities, base + MID + positionState * 8, 3);
    return SHORTEST_MATCH + 16 + coder.tree(probabilities, base + HIGH, 8);
  };
  const matchDistance = (ofLength: number): number => {
    const slot = coder.tree(probabilities, POSITION_SLOT + Math.min(ofLength - SHORTEST_MATCH, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return start + coder.reverseTree(probabilities, POSITION + start - slot, bits);
    return start + coder.directBits(bits - 4) * 16 + coder.reverseTree(probabilities, ALIGN, 4);
  };
  /** Reads a match and sets `rep0` to its distance less one. Answers its length, 0 for the end marker. */
  const match = (positionState: number): number => {
    if (bit(IS_REP + state) === 0) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      const found = matchLength(MATCH_LENGTH, positionState);
      state = state < 7 ? 7 : 10;
      rep0 = matchDistance(found);
      return rep0 === END_MARKER ? 0 : found;
    }
    if (bit(IS_REP_G0 + state) === 1) repeatOlder();
    else if (bit(IS_REP0_LONG + state * 16 + positionState) === 0) {
      state = state < 7 ? 9 : 11;
      return 1;
    }
    const found = matchLength(REP_LENGTH, positionState);
    state = state < 7 ? 8 : 11;
    return found;
  };
  const repeatOlder = () => {
    if (bit(IS_REP_G1 + state) === 0) [rep0, rep1] = [rep1, rep0];
    else if (bit(IS_REP_G2 + state) === 0) [rep0, rep1, rep2] = [rep2, rep0, rep1];
    else [rep0, rep1, rep2, rep3] = [rep3, rep0, rep1, rep2];
  };

  return {
    maxOctets,
    resetState(properties) {
      if (properties) {
        lc = properties.lc;
        literalMask = (1 << properties.lp) - 1;
        positionMask = (1 << properties.pb) - 1;
        probabilities = new Uint16Array(LITERAL + (LITERAL_SIZE << (properties.lc + properties.lp)));
      }
      probabilities.fill(EVEN_PROBABILITY);
      state = 0;
      rep0 = rep1 = rep2 = rep3 = 0;
    },
    resetDictionary() {
      dictionaryStart = length;
    },
    decode(input, at, end, octets) {
      if (!coder.begin(input, at, end)) return at + 5 > end ? "truncated" : "corrupt";
      const stop = octets === undefined ? Number.POSITIVE_INFINITY : length + octets;
      while (length < stop) {
        if (coder.isOverrun()) return "truncated";
        const position = length - dictionaryStart;
        const positionState = position & positionMask;
        if (bit(IS_MATCH + state * 16 + positionState) === 0) {
          if (state >= 7 && rep0 >= position) return "corrupt";
          if (!makeRoom(1)) return "too-large";
          literal();
          continue;
        }
        const found = match(positionState);
        if (found === 0) return coder.isOverrun() ? "truncated" : octets === undefined ? undefined : "corrupt";
        if (rep0 >= position || length + found > stop) return coder.isOverrun() ? "truncated" : "corrupt";
        if (!makeRoom(found)) return "too-large";
        for (let from = length - rep0 - 1, left = found; left > 0; left--) out[length++] = out[from++] as number;
      }
      return coder.isOverrun() ? "truncated" : undefined;
    },
    copy(octets) {
      if (!makeRoom(octets.length)) return "too-large";
      out.set(octets, length);
      length += octets.length;
      return undefined;
    },
    output: () => out.subarray(0, length),
  };
}
