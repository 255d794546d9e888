import type { TrackerClass, TrackerDetection } from "@picket/tracker";

/** How radar cross section and micro-Doppler score are distributed in one class: normal, and beta. */
type FeatureShape = Readonly<{ rcsMean: number; rcsSigma: number; a: number; b: number; logBeta: number }>;
/** A labelled sample: the class, the cross section in dBsm and the micro-Doppler score. */
export type FeatureSample = Readonly<{ cls: string; rcs: number; md: number }>;
export type FeatureModel = ReadonlyMap<string, FeatureShape>;

const CLASS_OF: Readonly<Record<string, TrackerClass>> = {
  drone: "multirotor",
  bird: "bird",
  aircraft: "mannedAircraft",
  balloon: "balloon",
};
/** What is left of a likelihood when the sample has nothing like it: no single plot is damning. */
const LEAST = 1e-5;

/** Learns the shapes from labelled samples by their first two moments. */
export function learnFeatures(samples: readonly FeatureSample[]): FeatureModel {
  const groups = new Map<string, { rcs: number[]; md: number[] }>();
  for (const { cls, rcs, md } of samples) {
    const group = groups.get(cls) ?? { rcs: [], md: [] };
    group.rcs.push(rcs);
    group.md.push(md);
    groups.set(cls, group);
  }
  return new Map([...groups].map(([cls, { rcs, md }]) => [cls, shapeOf(rcs, md)]));
}

/** Likelihoods of one plot's features under every class there are samples of. */
export function featureLikelihoods(
  model: FeatureModel,
  rcsDbsm: number,
  microDoppler: number,
): Pick<TrackerDetection, "classLikelihoods" | "clutterLikelihood"> {
  const classLikelihoods: Partial<Record<TrackerClass, number>> = {};
  let clutterLikelihood = LEAST;
  let other = 0;
  for (const [cls, shape] of model) {
    const likelihood = Math.max(LEAST, density(shape, rcsDbsm, microDoppler));
    const name = CLASS_OF[cls];
    if (name) classLikelihoods[name] = likelihood;
    else other = Math.max(other, likelihood);
    if (cls === "clutter") clutterLikelihood = likelihood;
  }
  if (other > 0) classLikelihoods.other = other;
  return { classLikelihoods, clutterLikelihood };
}

function density({ rcsMean, rcsSigma, a, b, logBeta }: FeatureShape, rcs: number, md: number): number {
  const z = (rcs - rcsMean) / rcsSigma;
  const x = Math.min(Math.max(md, 0.005), 0.995);
  return Math.exp(
    -0.5 * z * z - Math.log(rcsSigma * Math.sqrt(2 * Math.PI)) + (a - 1) * Math.log(x) + (b - 1) * Math.log(1 - x) - logBeta,
  );
}

function shapeOf(rcs: readonly number[], md: readonly number[]): FeatureShape {
  const [rcsMean, rcsVariance] = moments(rcs);
  const [mean, variance] = moments(md);
  const size = (mean * (1 - mean)) / variance - 1;
  const a = mean * size;
  const b = (1 - mean) * size;
  return { rcsMean, rcsSigma: Math.sqrt(rcsVariance), a, b, logBeta: logGamma(a) + logGamma(b) - logGamma(a + b) };
}

function moments(values: readonly number[]): readonly [number, number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
}

/**
 * Logarithm of the gamma function for x > 0, good to 1e-10 or so.
 *
 * @source Abramowitz & Stegun (1964), 6.1.41 (Stirling's series), after shifting x above 10 by the recurrence 6.1.15.
 */
function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  for (; y < 10; y++) shift -= Math.log(y);
  return (
    shift + (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * y) - 1 / (360 * y ** 3) + 1 / (1260 * y ** 5)
  );
}
