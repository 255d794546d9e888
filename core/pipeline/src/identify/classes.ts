import { type ClassProbabilities, OBJECT_CLASSES, type ObjectClass } from "@picket/model";

/** One piece of evidence on the class: that it is `objectClass`, with this probability of being right. */
export type ClassEvidence = Readonly<{ objectClass: ObjectClass; probability: number }>;

/**
 * Fuses what the tracker knows of the class with what was broadcast and declared: each is a likelihood of `probability` for its class
 * and an equal share of the rest for every other (Bayes' rule, pieces taken as independent).
 */
export function fuseClasses(
  prior: Readonly<Record<ObjectClass, number>>,
  evidence: readonly ClassEvidence[],
): ClassProbabilities {
  const fused: Record<ObjectClass, number> = { ...prior };
  for (const { objectClass, probability } of evidence) {
    const sure = Math.min(0.999, Math.max(0.001, probability));
    for (const name of OBJECT_CLASSES) fused[name] *= name === objectClass ? sure : (1 - sure) / (OBJECT_CLASSES.length - 1);
  }
  const total = OBJECT_CLASSES.reduce((sum, name) => sum + fused[name], 0);
  if (!(total > 0)) return { ...prior };
  const share = (name: ObjectClass) => Math.min(1, fused[name] / total);
  return {
    multirotor: share("multirotor"),
    fixedWing: share("fixedWing"),
    bird: share("bird"),
    mannedAircraft: share("mannedAircraft"),
    balloon: share("balloon"),
    other: share("other"),
  };
}

/** Probability that it is a thing that may harm: everything but birds, manned aircraft and balloons. */
export const droneProbability = ({ multirotor, fixedWing, other }: ClassProbabilities): number => multirotor + fixedWing + other;

/** A class this near to as likely as every other is one that nothing tells of. */
const EVEN = 1e-6;

/**
 * Probability that counts in a risk: of what nothing tells the class, not a radar's features nor a broadcast nor a person, it must be taken for
 * what may harm. Half of it would be harmless only because we have as many names for what is.
 */
export const harmProbability = (classes: ClassProbabilities): number =>
  OBJECT_CLASSES.every((name) => Math.abs(classes[name] - 1 / OBJECT_CLASSES.length) < EVEN) ? 1 : droneProbability(classes);

/** The same classes, but as probably a drone as not, of what is less probably one. */
export function withEvenOdds(classes: ClassProbabilities): ClassProbabilities {
  const drone = droneProbability(classes);
  const more = (0.5 - drone) / 3;
  const less = 0.5 / (1 - drone);
  return {
    multirotor: classes.multirotor + more,
    fixedWing: classes.fixedWing + more,
    bird: classes.bird * less,
    mannedAircraft: classes.mannedAircraft * less,
    balloon: classes.balloon * less,
    other: classes.other + more,
  };
}

/** What a broadcast kind of aircraft says of the class. Nothing where it would make it less of a threat: anybody can call himself a balloon. */
export function classOfUaType(uaType: string): ObjectClass | undefined {
  const words = uaType.toLowerCase();
  if (/multirotor|helicopter|rotor|copter/.test(words)) return "multirotor";
  if (/aeroplane|airplane|fixed|glider|vtol|lift|ornithopter|kite/.test(words)) return "fixedWing";
  return undefined;
}
