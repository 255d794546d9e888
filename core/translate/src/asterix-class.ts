import { type ClassLikelihoods, OBJECT_CLASSES, type ObjectClass } from "@picket/model";

/** A cross section in X band, dB relative to 1 m²: the mean, and the spread by aspect, wavelength and size within a class. */
type CrossSection = Readonly<{ dbsm: number; sigmaDb: number }>;

/** Of a small drone, a bird, a light aircraft. What is none of these may be a lorry or a wave: anything. */
const CROSS_SECTIONS: Readonly<Record<ObjectClass, CrossSection>> = {
  multirotor: { dbsm: -18, sigmaDb: 8 },
  fixedWing: { dbsm: -13, sigmaDb: 8 },
  bird: { dbsm: -23, sigmaDb: 8 },
  mannedAircraft: { dbsm: 10, sigmaDb: 8 },
  balloon: { dbsm: -15, sigmaDb: 8 },
  other: { dbsm: -5, sigmaDb: 20 },
};
/** The greatest likelihood is 1. */
const SHARPEST_DB = 8;
/** Conditions of I048/030: birds, a flock of birds, a helicopter. */
const BIRDS: ReadonlySet<number> = new Set([19, 20]);
const HELICOPTER = 24;
/** How likely a radar that marks birds is to mark what is one and what is none. */
const MARKED = { bird: 0.6, other: 0.1 };
/** How likely a radar is to call a class a helicopter. */
const CALLED_HELICOPTER: ClassLikelihoods = {
  multirotor: 0.15,
  fixedWing: 0.05,
  bird: 0.02,
  mannedAircraft: 0.7,
  balloon: 0.02,
  other: 0.06,
};

export const marksBirds = (conditions: readonly number[]): boolean => conditions.some((condition) => BIRDS.has(condition));

/**
 * Evidence of class in a plot: its cross section, what the radar calls it, and, where the radar is known to mark birds, that it does not.
 * `undefined` where there is none.
 */
export function classOfPlot(
  conditions: readonly number[],
  rcsDbsm: number | undefined,
  isMarker: boolean,
): ClassLikelihoods | undefined {
  const isMarked = marksBirds(conditions);
  const isHelicopter = conditions.includes(HELICOPTER);
  if (rcsDbsm === undefined && !isMarked && !isMarker && !isHelicopter) return undefined;
  const likelihoods: Partial<Record<ObjectClass, number>> = {};
  for (const name of OBJECT_CLASSES) {
    const marked = name === "bird" ? MARKED.bird : MARKED.other;
    const byMark = isMarked ? marked : isMarker ? 1 - marked : 1;
    const byCall = isHelicopter ? (CALLED_HELICOPTER[name] ?? 1) : 1;
    likelihoods[name] = byMark * byCall * (rcsDbsm === undefined ? 1 : ofCrossSection(CROSS_SECTIONS[name], rcsDbsm));
  }
  return likelihoods;
}

/** A normal density, but for a factor that all classes share. */
function ofCrossSection({ dbsm, sigmaDb }: CrossSection, rcsDbsm: number): number {
  const apart = (rcsDbsm - dbsm) / sigmaDb;
  return (SHARPEST_DB / sigmaDb) * Math.exp(-(apart * apart) / 2);
}
