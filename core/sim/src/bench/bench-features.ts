import type { Random } from "../random.ts";
import type { FeatureClass } from "./bench-scenario.ts";

/** How a class looks to a radar: cross section is normal (dB m²), the micro-Doppler score a beta variable. */
type Look = Readonly<{ rcs: number; rcsSigma: number; a: number; b: number }>;

const LOOKS: Readonly<Record<FeatureClass, Look>> = {
  drone: { rcs: -18, rcsSigma: 4, a: 6, b: 3 },
  bird: { rcs: -22, rcsSigma: 5, a: 2.2, b: 5 },
  aircraft: { rcs: 10, rcsSigma: 4, a: 4, b: 4 },
  clutter: { rcs: -24, rcsSigma: 6, a: 1.5, b: 5 },
  vehicle: { rcs: 8, rcsSigma: 5, a: 2, b: 5 },
  balloon: { rcs: -15, rcsSigma: 3, a: 1.5, b: 8 },
  turbine: { rcs: 14, rcsSigma: 6, a: 5, b: 3 },
  tree: { rcs: -12, rcsSigma: 6, a: 1.5, b: 6 },
  sea: { rcs: -16, rcsSigma: 8, a: 1.6, b: 5 },
};

/** The classes that labelled samples are given of: ground clutter goes by no name of its own. */
const SAMPLED = ["drone", "bird", "aircraft", "clutter", "vehicle", "balloon"] as const;
const SAMPLES = 3000;

/** Draws what a radar reports of the look of something: cross section, dB m², and micro-Doppler score, 0 to 1. */
export function benchFeatures(of: FeatureClass, random: Random): { rcs: number; md: number } {
  const { rcs, rcsSigma, a, b } = LOOKS[of];
  return { rcs: rounded(rcs + rcsSigma * random.normal(), 10), md: rounded(beta(a, b, random), 1000) };
}

/** Labelled samples, as many of each class as chance has it. */
export function featureSamples(random: Random): string[] {
  return Array.from({ length: SAMPLES }, () => {
    const cls = SAMPLED[random.below(SAMPLED.length)] ?? "clutter";
    return JSON.stringify({ cls, ...benchFeatures(cls, random) });
  });
}

function beta(a: number, b: number, random: Random): number {
  const x = gamma(a, random);
  return x / (x + gamma(b, random));
}

/** A gamma variable of shape above 1 and scale 1. @source Marsaglia & Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000. */
function gamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
