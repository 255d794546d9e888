/** The functions of `Math` that core and codecs call whose result the language leaves to the engine. */
export type FingerprintedFunction = keyof typeof FUNCTIONS;

/**
 * What this runtime's `Math` gives: 8 hexadecimal digits for each function, FNV-1a over the bits of 512 results whose arguments are made
 * by exact arithmetic. Two runtimes that differ in one bit of one result differ here, and the function is named.
 *
 * @source FNV-1a, 32 bit: Fowler, Noll & Vo, RFC 9923.
 */
export function mathFingerprints(): Readonly<Record<FingerprintedFunction, string>> {
  const bits = new DataView(new ArrayBuffer(8));
  const digest = (of: (x: number, y: number) => number): string => {
    let hash = 0x811c9dc5;
    for (let i = 0; i < SAMPLES; i++) {
      // Weyl sequences of exact binary fractions: the same doubles everywhere.
      const x = ((i * 40503 + 9973) % 65536) / 65536;
      const y = ((i * 30011 + 4561) % 65536) / 65536;
      bits.setFloat64(0, of(x, y));
      // A result that is not a number has many bit patterns.
      if (Number.isNaN(bits.getFloat64(0))) bits.setUint32(0, 0x7ff80000);
      for (let octet = 0; octet < 8; octet++) hash = Math.imul(hash ^ bits.getUint8(octet), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, "0");
  };
  return Object.fromEntries(Object.entries(FUNCTIONS).map(([name, of]) => [name, digest(of)])) as Record<
    FingerprintedFunction,
    string
  >;
}

/** All of {@link mathFingerprints} in one line, `name:digits` apart by spaces: what is stored and compared. */
export const mathFingerprint = (): string =>
  Object.entries(mathFingerprints())
    .map(([name, digits]) => `${name}:${digits}`)
    .join(" ");

/** The functions whose fingerprint here is not the stored one; `[]` when this runtime computes the frames of the named platforms. */
export function mathDifferences(stored: string = MATH_FINGERPRINT): FingerprintedFunction[] {
  const known = new Set(stored.split(" "));
  return Object.entries(mathFingerprints())
    .filter(([name, digits]) => !known.has(`${name}:${digits}`))
    .map(([name]) => name as FingerprintedFunction);
}

/** Where {@link MATH_FINGERPRINT} was taken. Bit identity of frames is claimed for these alone. */
export const MATH_FINGERPRINT_PLATFORMS: readonly string[] = ["linux-x64 Node 24"];

const SAMPLES = 512;

/** Arguments cover what positions, angles, likelihoods and atmospheres need: small and large, both signs. */
const FUNCTIONS = {
  sin: (x: number, y: number) => Math.sin((x - 0.5) * 64 * y),
  cos: (x: number, y: number) => Math.cos((x - 0.5) * 64 * y),
  tan: (x: number, y: number) => Math.tan((x - 0.5) * 8 * y),
  asin: (x: number) => Math.asin(2 * x - 1),
  acos: (x: number) => Math.acos(2 * x - 1),
  atan: (x: number, y: number) => Math.atan((x - 0.5) / (y + 1 / 131072)),
  atan2: (x: number, y: number) => Math.atan2(x - 0.5, y - 0.5),
  exp: (x: number, y: number) => Math.exp((x - 0.5) * 700 * y),
  expm1: (x: number, y: number) => Math.expm1((x - 0.5) * y),
  log: (x: number, y: number) => Math.log((x + 1 / 131072) * (y * 4096 + 1)),
  log1p: (x: number, y: number) => Math.log1p(x * y),
  log10: (x: number, y: number) => Math.log10((x + 1 / 131072) * (y * 4096 + 1)),
  log2: (x: number, y: number) => Math.log2((x + 1 / 131072) * (y * 4096 + 1)),
  sinh: (x: number, y: number) => Math.sinh((x - 0.5) * 16 * y),
  cosh: (x: number, y: number) => Math.cosh((x - 0.5) * 16 * y),
  tanh: (x: number, y: number) => Math.tanh((x - 0.5) * 8 * y),
  asinh: (x: number, y: number) => Math.asinh((x - 0.5) * 64 * y),
  acosh: (x: number, y: number) => Math.acosh(1 + 64 * x * y),
  atanh: (x: number, y: number) => Math.atanh((x - 0.5) * y * 1.9),
  cbrt: (x: number, y: number) => Math.cbrt((x - 0.5) * 4096 * y),
  hypot: (x: number, y: number) => Math.hypot((x - 0.5) * 4096, y, x * y),
  sqrt: (x: number, y: number) => Math.sqrt(x * y * 4096),
};

/** The fingerprint of {@link MATH_FINGERPRINT_PLATFORMS}. */
export const MATH_FINGERPRINT =
  "sin:6b9272af cos:dbec0160 tan:c275dadc asin:ca3e5e7f acos:73f53811 atan:477ce85c atan2:28044645 exp:359bd674 expm1:f17a92a0 log:750fce73 log1p:acd5aec2 log10:7f3b9cda log2:38203418 sinh:b9be874c cosh:fa3b71d3 tanh:23a8f27e asinh:c544f8e0 acosh:6d382648 atanh:b6fc0286 cbrt:e48f9847 hypot:8e1f2fea sqrt:86c43b51";
