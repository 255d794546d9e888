const PROBABILITY_ONE = 2048;
const ADAPT_SHIFT = 5;
const RENORMALISE_BELOW = 2 ** 24;
const FIRST_OCTETS = 5;

/** What every probability begins as: a half. */
export const EVEN_PROBABILITY = PROBABILITY_ONE / 2;

/** Reads bits whose likelihood is learnt as they come. It never fails: past its end it reads zeros, and `isOverrun` says so. */
export type RangeDecoder = {
  /** Starts at `at`; false when no coded octets begin there. */
  begin(input: Uint8Array, at: number, end: number): boolean;
  bit(probabilities: Uint16Array, index: number): number;
  /** Bits that are as likely one as the other, the highest first. */
  directBits(count: number): number;
  /** A number of `bits` bits, the highest first, each with a probability for all that went before. */
  tree(probabilities: Uint16Array, base: number, bits: number): number;
  /** As `tree`, the lowest bit first. */
  reverseTree(probabilities: Uint16Array, base: number, bits: number): number;
  isOverrun(): boolean;
};

/** @source LZMA specification (Pavlov, 2015), "Range Decoder". */
export function createRangeDecoder(): RangeDecoder {
  let input: Uint8Array = new Uint8Array(0);
  let at = 0;
  let end = 0;
  let range = 0;
  let code = 0;

  const renormalise = () => {
    range *= 256;
    code = code * 256 + (at < end ? (input[at] as number) : 0);
    at++;
  };
  const bit = (probabilities: Uint16Array, index: number): number => {
    const probability = probabilities[index] as number;
    const bound = (range >>> 11) * probability;
    const isOne = code >= bound;
    if (isOne) {
      range -= bound;
      code -= bound;
      probabilities[index] = probability - (probability >> ADAPT_SHIFT);
    } else {
      range = bound;
      probabilities[index] = probability + ((PROBABILITY_ONE - probability) >> ADAPT_SHIFT);
    }
    if (range < RENORMALISE_BELOW) renormalise();
    return isOne ? 1 : 0;
  };

  return {
    begin(from, start, stop) {
      input = from;
      at = start + FIRST_OCTETS;
      end = stop;
      range = 0xffff_ffff;
      code = 0;
      for (let i = start + 1; i < at; i++) code = code * 256 + (input[i] ?? 0);
      return at <= end && input[start] === 0 && code < range;
    },
    bit,
    directBits(count) {
      let value = 0;
      for (let i = 0; i < count; i++) {
        range = Math.floor(range / 2);
        const isOne = code >= range;
        if (isOne) code -= range;
        value = value * 2 + (isOne ? 1 : 0);
        if (range < RENORMALISE_BELOW) renormalise();
      }
      return value;
    },
    tree(probabilities, base, bits) {
      let node = 1;
      for (let i = 0; i < bits; i++) node = node * 2 + bit(probabilities, base + node);
      return node - (1 << bits);
    },
    reverseTree(probabilities, base, bits) {
      let node = 1;
      let value = 0;
      for (let i = 0; i < bits; i++) {
        const symbol = bit(probabilities, base + node);
        node = node * 2 + symbol;
        value |= symbol << i;
      }
      return value;
    },
    isOverrun: () => at > end,
  };
}
