import { type ClassLikelihoods, OBJECT_CLASSES, type ObjectClass } from "@picket/model";
import { likelihoodsBySignature } from "./signature.ts";

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
  const measured = likelihoodsBySignature({ rcsDbsm });
  const likelihoods: Partial<Record<ObjectClass, number>> = {};
  for (const name of OBJECT_CLASSES) {
    const marked = name === "bird" ? MARKED.bird : MARKED.other;
    const byMark = isMarked ? marked : isMarker ? 1 - marked : 1;
    const byCall = isHelicopter ? (CALLED_HELICOPTER[name] ?? 1) : 1;
    likelihoods[name] = byMark * byCall * (measured?.[name] ?? 1);
  }
  return likelihoods;
}
