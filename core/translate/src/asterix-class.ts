import { type ClassLikelihoods, OBJECT_CLASSES, type ObjectClass } from "@picket/model";

/** Typical cross sections in X band, dB relative to 1 m²: a small drone, a bird, a light aircraft. */
const RCS_DBSM: Readonly<Record<ObjectClass, number>> = {
  multirotor: -18,
  fixedWing: -13,
  bird: -23,
  mannedAircraft: 10,
  balloon: -15,
  other: 3,
};
/** Aspect, wavelength and size within a class spread it by so much. */
const RCS_SIGMA_DB = 8;
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
    likelihoods[name] = byMark * byCall * (rcsDbsm === undefined ? 1 : ofCrossSection(RCS_DBSM[name], rcsDbsm));
  }
  return likelihoods;
}

function ofCrossSection(meanDbsm: number, rcsDbsm: number): number {
  const apart = (rcsDbsm - meanDbsm) / RCS_SIGMA_DB;
  return Math.exp(-(apart * apart) / 2);
}
