import { BIASES, type Information } from "./evidence.ts";
import { inverseOf, solveInPlace } from "./symmetric.ts";

/** Biases in their units with their covariance, and which of the given references they rest on. */
export type Consensus = Readonly<{ mean: Float64Array; covariance: Float64Array; agreeing: readonly number[] }>;

/** What is thought of a sensor before any reference speaks: the biases' mean, and the information of each. */
export type Prior = Readonly<{ mean: Float64Array; information: Float64Array }>;

/** 999 of 1,000 references that agree with the others lie within this: chi-squared with four degrees of freedom. */
const AGREES_WITHIN = 18.47;
/** Keeps what no reference says anything of from being divided by nothing, and what rounding leaves from passing for a disagreement. */
const LEAST_VARIANCE = 1e-9;
const ROUNDING = 1e-6;

/**
 * What several references agree on about one sensor, starting from `prior`. As long as one does not agree with the rest,
 * the one that disagrees most is left out. Two that disagree leave one, which says nothing that could be checked. `undefined` when nothing
 * can be worked out of them.
 */
export function findConsensus(prior: Prior, references: readonly Information[]): Consensus | undefined {
  let agreeing = references.map((_, k) => k);
  for (;;) {
    let worst = -1;
    let most = AGREES_WITHIN;
    for (const k of agreeing) {
      const others = agreeing.filter((other) => other !== k).map((other) => references[other]);
      if (others.length === 0) break;
      const estimate = fuse(prior, others);
      const disagreement = estimate ? disagreementOf(references[k], estimate) : 0;
      if (disagreement > most) [worst, most] = [k, disagreement];
    }
    if (worst < 0) break;
    agreeing = agreeing.filter((k) => k !== worst);
  }
  const estimate = fuse(
    prior,
    agreeing.map((k) => references[k]),
  );
  return estimate && { ...estimate, agreeing };
}

/** Can the prior be told better by what this reference says? Not by numbers that are none. */
export const isUsable = (prior: Prior, reference: Information): boolean => fuse(prior, [reference]) !== undefined;

type Estimate = Readonly<{ mean: Float64Array; covariance: Float64Array }>;

/** Adds information to the prior's. */
function fuse(prior: Prior, references: readonly Information[]): Estimate | undefined {
  const matrix = new Float64Array(BIASES * BIASES);
  const vector = prior.mean.map((value, i) => value * prior.information[i]);
  for (let i = 0; i < BIASES; i++) matrix[i * BIASES + i] = prior.information[i];
  for (const reference of references) {
    for (let k = 0; k < matrix.length; k++) matrix[k] += reference.matrix[k];
    for (let k = 0; k < BIASES; k++) vector[k] += reference.vector[k];
  }
  const covariance = inverseOf(matrix, BIASES);
  if (covariance === undefined || !vector.every(Number.isFinite)) return undefined;
  const mean = new Float64Array(BIASES);
  for (let i = 0; i < BIASES; i++) for (let j = 0; j < BIASES; j++) mean[i] += covariance[i * BIASES + j] * vector[j];
  return { mean, covariance };
}

/**
 * The score of one reference at what the others say, v = h - J·m, squared by its covariance J + J·P·J; endless when it cannot be told.
 *
 * @source Rao (1948), "Large sample tests of statistical hypotheses concerning several parameters" (score test), here against a mean that is
 * itself unsure by P.
 */
function disagreementOf({ matrix: j, vector: h }: Information, { mean, covariance }: Estimate): number {
  const score = h.slice();
  const spread = j.slice();
  for (let i = 0; i < BIASES; i++) {
    for (let k = 0; k < BIASES; k++) {
      score[i] -= j[i * BIASES + k] * mean[k];
      let through = 0;
      for (let l = 0; l < BIASES; l++) through += j[i * BIASES + l] * covariance[l * BIASES + k];
      for (let l = 0; l < BIASES; l++) spread[i * BIASES + l] += through * j[k * BIASES + l];
    }
  }
  for (let i = 0; i < BIASES; i++) spread[i * BIASES + i] += LEAST_VARIANCE + ROUNDING * spread[i * BIASES + i];
  const solved = score.slice();
  if (!solveInPlace(spread, BIASES, solved, 1)) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < BIASES; i++) sum += score[i] * solved[i];
  return sum;
}
