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

/** Places in the state: 32-bit words, so that arithmetic wraps and nothing is allocated while decoding. */
const RANGE = 0;
const CODE = 1;

/** @source LZMA specification (Pavlov, 2015), "Range Decoder". */
export function createRangeDecoder(): RangeDecoder {
  const state = new Uint32Array(2);
  let input: Uint8Array = new Uint8Array(0);
  let at = 0;
  let end = 0;

  const renormalise = () => {
    state[RANGE] = (state[RANGE] as number) << 8;
    state[CODE] = ((state[CODE] as number) << 8) | (at < end ? (input[at] as number) : 0);
    at++;
  };
  const bit = (probabilities: Uint16Array, index: number): number => {
    const probability = probabilities[index] as number;
    const range = state[RANGE] as number;
    const code = state[CODE] as number;
    const bound = (range >>> 11) * probability;
    if (code >= bound) {
      state[CODE] = code - bound;
      state[RANGE] = range - bound;
      probabilities[index] = probability - (probability >> ADAPT_SHIFT);
      if (range - bound < RENORMALISE_BELOW) renormalise();
      return 1;
    }
    state[RANGE] = bound;
    probabilities[index] = probability + ((PROBABILITY_ONE - probability) >> ADAPT_SHIFT);
    if (bound < RENORMALISE_BELOW) renormalise();
    return 0;
  };

  return {
    begin(from, start, stop) {
      input = from;
      at = start + FIRST_OCTETS;
      end = stop;
      state[RANGE] = 0xffff_ffff;
      state[CODE] = 0;
      for (let i = start + 1; i < at; i++) state[CODE] = ((state[CODE] as number) << 8) | (input[i] ?? 0);
      return at <= end && input[start] === 0 && state[CODE] !== 0xffff_ffff;
    },
    bit,
    directBits(count) {
      let value = 0;
      for (let i = 0; i < count; i++) {
        const range = (state[RANGE] as number) >>> 1;
        const code = state[CODE] as number;
        const isOne = code >= range;
        state[RANGE] = range;
        if (isOne) state[CODE] = code - range;
        value = value * 2 + (isOne ? 1 : 0);
        if (range < RENORMALISE_BELOW) renormalise();
      }
      return value;
    },
    tree(probabilities, base, bits) {
      let node = 1;
      let range = state[RANGE] as number;
      let code = state[CODE] as number;
      // As `bit`, with all that changes held in the function itself: literals are most of the work.
      for (let i = 0; i < bits; i++) {
        const probability = probabilities[base + node] as number;
        const bound = (range >>> 11) * probability;
        if (code >= bound) {
          code -= bound;
          range -= bound;
          probabilities[base + node] = probability - (probability >> ADAPT_SHIFT);
          node = node * 2 + 1;
        } else {
          range = bound;
          probabilities[base + node] = probability + ((PROBABILITY_ONE - probability) >> ADAPT_SHIFT);
          node *= 2;
        }
        if (range >= RENORMALISE_BELOW) continue;
        range = (range << 8) >>> 0;
        code = ((code << 8) | (at < end ? (input[at] as number) : 0)) >>> 0;
        at++;
      }
      state[RANGE] = range;
      state[CODE] = code;
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
