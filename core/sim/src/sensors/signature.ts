import { type ClassLikelihoods, OBJECT_CLASSES, type ObjectClass } from "@picket/model";
import type { Random } from "../random.ts";

/** How a class looks to a radar: mean and standard deviation of cross section (dB m²) and of the rotor score (0 to 1). */
type Signature = Readonly<{ rcsDbsm: number; rcsSigmaDb: number; rotor: number; rotorSigma: number }>;

/** Typical figures of X-band and Ku-band drone radars; each is as broad as the spread between single birds, drones or aircraft. */
const SIGNATURES: Readonly<Record<ObjectClass, Signature>> = {
  multirotor: { rcsDbsm: -18, rcsSigmaDb: 4.5, rotor: 0.67, rotorSigma: 0.16 },
  fixedWing: { rcsDbsm: -15, rcsSigmaDb: 4.5, rotor: 0.45, rotorSigma: 0.16 },
  bird: { rcsDbsm: -22, rcsSigmaDb: 5, rotor: 0.31, rotorSigma: 0.17 },
  mannedAircraft: { rcsDbsm: 10, rcsSigmaDb: 4.5, rotor: 0.49, rotorSigma: 0.18 },
  balloon: { rcsDbsm: -14.7, rcsSigmaDb: 4, rotor: 0.16, rotorSigma: 0.12 },
  other: { rcsDbsm: 8, rcsSigmaDb: 5.5, rotor: 0.27, rotorSigma: 0.17 },
};

/** What a radar reports of the look of something. */
export type Features = Readonly<{ rcsDbsm: number; microDoppler: number; classLikelihoods: ClassLikelihoods }>;

/** The mean cross section of a class, dB m². */
export const meanRcsDbsm = (objectClass: ObjectClass): number => SIGNATURES[objectClass].rcsDbsm;

/** Draws how one look at an object of a class comes out. */
export function featuresOf(objectClass: ObjectClass, random: Random): Features {
  const { rcsDbsm, rcsSigmaDb, rotor, rotorSigma } = SIGNATURES[objectClass];
  return measured(rcsDbsm + rcsSigmaDb * random.normal(), rotor + rotorSigma * random.normal());
}

/** Draws how one piece of clutter of a mean cross section comes out: it has no rotor. */
export const clutterFeatures = (rcsDbsm: number, random: Random): Features =>
  measured(rcsDbsm + 6 * random.normal(), 0.22 + 0.16 * random.normal());

function measured(rcsDbsm: number, rotor: number): Features {
  const microDoppler = Math.min(1, Math.max(0, rotor));
  const densities = OBJECT_CLASSES.map((name) => density(SIGNATURES[name], rcsDbsm, microDoppler));
  const greatest = Math.max(...densities);
  const classLikelihoods = Object.fromEntries(
    OBJECT_CLASSES.map((name, i) => [name, rounded((densities[i] ?? 0) / greatest, 1e4)]),
  );
  return { rcsDbsm: rounded(rcsDbsm, 10), microDoppler: rounded(microDoppler, 1000), classLikelihoods };
}

/** Product of two normal densities; a factor that all classes share is left out. */
function density({ rcsDbsm, rcsSigmaDb, rotor, rotorSigma }: Signature, rcs: number, microDoppler: number): number {
  const a = (rcs - rcsDbsm) / rcsSigmaDb;
  const b = (microDoppler - rotor) / rotorSigma;
  return Math.exp(-(a * a + b * b) / 2) / (rcsSigmaDb * rotorSigma);
}

const rounded = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;
