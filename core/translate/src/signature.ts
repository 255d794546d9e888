import { type ClassLikelihoods, OBJECT_CLASSES, type ObjectClass } from "@picket/model";

/** A normal density of what a radar measures of a class: the mean, and the spread by aspect, wavelength, make and size within the class. */
type Spread = Readonly<{ mean: number; sigma: number }>;
type Signature = Readonly<{ rcsDbsm: Spread; rotor: Spread }>;

/**
 * Cross section in X band, dB relative to 1 m², and the score of rotor modulation: a bird beats its wings, an aircraft may have a propeller. What is none of
 * these may be a lorry or a wave: anything.
 */
const SIGNATURES: Readonly<Record<ObjectClass, Signature>> = {
  multirotor: { rcsDbsm: { mean: -18, sigma: 8 }, rotor: { mean: 0.7, sigma: 0.2 } },
  fixedWing: { rcsDbsm: { mean: -13, sigma: 8 }, rotor: { mean: 0.5, sigma: 0.25 } },
  bird: { rcsDbsm: { mean: -23, sigma: 8 }, rotor: { mean: 0.3, sigma: 0.2 } },
  mannedAircraft: { rcsDbsm: { mean: 10, sigma: 8 }, rotor: { mean: 0.5, sigma: 0.25 } },
  balloon: { rcsDbsm: { mean: -15, sigma: 8 }, rotor: { mean: 0.15, sigma: 0.15 } },
  other: { rcsDbsm: { mean: -5, sigma: 20 }, rotor: { mean: 0.3, sigma: 0.3 } },
};
/** The greatest likelihood of each is 1. */
const SHARPEST = { rcsDbsm: 8, rotor: 0.15 };

/** What a radar measured beside the place. */
export type Measured = Readonly<{ rcsDbsm?: number | undefined; microDoppler?: number | undefined }>;

/** Evidence of class in what a radar measured beside the place; `undefined` where it measured nothing. */
export function likelihoodsBySignature({ rcsDbsm, microDoppler }: Measured): ClassLikelihoods | undefined {
  if (rcsDbsm === undefined && microDoppler === undefined) return undefined;
  const likelihoods: Partial<Record<ObjectClass, number>> = {};
  for (const name of OBJECT_CLASSES) {
    const { rcsDbsm: section, rotor } = SIGNATURES[name];
    likelihoods[name] = density(section, rcsDbsm, SHARPEST.rcsDbsm) * density(rotor, microDoppler, SHARPEST.rotor);
  }
  return likelihoods;
}

/** A normal density, but for a factor that all classes share. */
function density({ mean, sigma }: Spread, value: number | undefined, sharpest: number): number {
  if (value === undefined) return 1;
  const apart = (value - mean) / sigma;
  return (sharpest / sigma) * Math.exp(-(apart * apart) / 2);
}

/** However little a sender says of what its figures mean, one look may not make what may harm less likely than this against the likeliest. */
const LEAST_HARM = 0.7;
const MAY_HARM: readonly ObjectClass[] = ["multirotor", "fixedWing", "other"];

/**
 * The same for a sender that says nothing of classes: its figures may sharpen what something is, and acquit nothing. A score of 0 may say that there was
 * no time to look for a rotor, and a small drone is as weak as a bird.
 */
export function likelihoodsUnsaid(measured: Measured): ClassLikelihoods | undefined {
  const likelihoods = likelihoodsBySignature(measured);
  if (!likelihoods) return undefined;
  const most = Math.max(...OBJECT_CLASSES.map((name) => likelihoods[name] ?? 0));
  const floored = MAY_HARM.map((name) => [name, Math.max(likelihoods[name] ?? 0, LEAST_HARM * most)] as const);
  return { ...likelihoods, ...Object.fromEntries(floored) };
}
