/** A seeded source of chance. The same seed and the same calls give the same numbers on every machine. */
export type Random = {
  /** In [0, 1), all 53 bits. */
  uniform(): number;
  /** In [from, to). */
  between(from: number, to: number): number;
  /** Of mean 0 and standard deviation 1. */
  normal(): number;
  /** A count of the given mean. */
  poisson(mean: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** An integer in [0, below). */
  below(below: number): number;
  /** Puts the items in a random order, in place. */
  shuffle(items: unknown[]): void;
  /** An independent source, so that what one part draws does not move another's numbers. */
  fork(name: string): Random;
};

/**
 * Makes a source from text or a number by xoshiro128**, seeded through splitmix32.
 *
 * @source Blackman & Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021, algorithm xoshiro128**.
 */
export function createRandom(seed: string | number): Random {
  const next = xoshiro128(String(seed));
  const uniform = () => (next() * 0x20_0000 + (next() >>> 11)) / 0x20_0000_0000_0000;
  const normal = polarNormal(uniform);
  const below = (limit: number) => Math.floor(uniform() * limit);

  return {
    uniform,
    between: (from, to) => from + (to - from) * uniform(),
    normal,
    poisson: (mean) => poisson(mean, uniform),
    chance: (probability) => uniform() < probability,
    below,
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1);
        [items[i], items[j]] = [items[j], items[i]];
      }
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  };
}

function xoshiro128(seed: string): () => number {
  const mix = splitmix32(hash32(seed));
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix() | 1; // never all zero
  return () => {
    const scrambled = Math.imul(rotl(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotl(d, 11);
    return scrambled;
  };
}

const rotl = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/** FNV-1a over UTF-16 units. @source Fowler, Noll & Vo, draft-eastlake-fnv, 32-bit parameters. */
function hash32(text: string): number {
  let hash = 0x811c_9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x0100_0193);
  return hash >>> 0;
}

/** @source Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; the 32-bit finaliser is MurmurHash3's. */
function splitmix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

/** @source Marsaglia & Bray, "A convenient method for generating normal variables", SIAM Review 6(3), 1964. */
function polarNormal(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    let u = 0;
    let v = 0;
    let s = 0;
    while (s >= 1 || s === 0) {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      s = u * u + v * v;
    }
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    spare = v * scale;
    return u * scale;
  };
}

const POISSON_PART = 16;

/** Multiplies uniforms (Knuth, TAOCP vol. 2, sec. 3.4.1); a large mean is the sum of parts, where e^−mean would vanish. */
function poisson(mean: number, uniform: () => number): number {
  let count = 0;
  for (let left = mean; left > 0; left -= POISSON_PART) {
    const limit = Math.exp(-Math.min(left, POISSON_PART));
    for (let product = uniform(); product > limit; product *= uniform()) count++;
  }
  return count;
}
