import { type ClassLikelihoods, type Detection, OBJECT_CLASSES, type ObjectClass } from "@picket/model";
import type { DetectionReport } from "@picket/sapient";

type Classification = NonNullable<DetectionReport["classification"]>[number];

/** What a class of the taxonomy may be. The longest name that is known counts. */
const CLASSES: ReadonlyMap<string, readonly ObjectClass[]> = new Map<string, readonly ObjectClass[]>([
  ["air vehicle", ["multirotor", "fixedWing", "mannedAircraft", "balloon"]],
  ["air vehicle/uav rotary wing", ["multirotor"]],
  ["air vehicle/uav fixed wing", ["fixedWing"]],
  ["air vehicle/manned rotary wing", ["mannedAircraft"]],
  ["air vehicle/manned fixed wing", ["mannedAircraft"]],
  ["animal", ["bird", "other"]],
  ["animal/bird", ["bird"]],
  ["animal/horse", ["other"]],
  ["human", ["other"]],
  ["land vehicle", ["other"]],
  ["sea vessel", ["other"]],
  ["fixed object", ["other"]],
  ["equipment", ["other"]],
]);
/** What sends, where a class names a transmitter; it says nothing of the kind of aircraft. */
const EMITTERS: ReadonlyMap<string, Detection["emitter"]> = new Map<string, Detection["emitter"]>([
  ["air vehicle/uas control station", "controller"],
  ["equipment/rf transmitter/uas control station", "controller"],
  ["equipment/rf transmitter/uav transmitter", "aircraft"],
]);
/** Of a classification whose confidence is not stated. */
const UNSAID_CONFIDENCE = 0.6;
/** Nobody is so sure of a class that it could not be another. */
const SUREST = 0.98;

/** What sends, as a report's classes name it, or `undefined`. */
export const emitterOf = ({ classification = [] }: DetectionReport): Detection["emitter"] | undefined =>
  classification
    .flatMap(namesOf)
    .map(({ name }) => EMITTERS.get(name))
    .find((emitter) => emitter !== undefined);

/**
 * Evidence of class: each classification gives its confidence to the classes that it may mean, and what is left over goes to all alike.
 *
 * @source Classes and sub-classes as BSI Flex 335's taxonomy names them.
 */
export function classLikelihoodsOf({ classification = [] }: DetectionReport): ClassLikelihoods | undefined {
  const given = new Map<ObjectClass, number>();
  let total = 0;
  for (const one of classification) {
    const names = namesOf(one);
    if (names.some(({ name }) => EMITTERS.has(name))) continue;
    const known = names.findLast(({ name }) => CLASSES.has(name));
    const meant = CLASSES.get(known?.name ?? "") ?? [];
    if (!known || meant.length === 0) continue;
    total += known.confidence;
    for (const name of meant) given.set(name, (given.get(name) ?? 0) + known.confidence / meant.length);
  }
  if (total <= 0) return undefined;
  const share = Math.min(SUREST, total) / total;
  const left = (1 - total * share) / OBJECT_CLASSES.length;
  return Object.fromEntries(OBJECT_CLASSES.map((name) => [name, (given.get(name) ?? 0) * share + left]));
}

/** A class and its sub-classes by their names from the top, in small letters, with the confidence of all of it. The surest branch is taken. */
function namesOf({
  type,
  confidence = UNSAID_CONFIDENCE,
  subClass,
}: Classification): readonly Readonly<{ name: string; confidence: number }>[] {
  const names = [{ name: plain(type), confidence: probability(confidence) }];
  for (let branches = subClass; branches && branches.length > 0; ) {
    const best = branches.reduce((a, b) => ((b.confidence ?? 1) > (a.confidence ?? 1) ? b : a));
    const above = names.at(-1);
    names.push({
      name: `${above?.name}/${plain(best.type)}`,
      confidence: Math.min(above?.confidence ?? 1, probability(best.confidence ?? 1)),
    });
    branches = best.subClass;
  }
  return names;
}

const plain = (text: string): string => text.trim().toLowerCase();

const probability = (value: number): number => Math.min(1, Math.max(0, value));
