import { inverseOf } from "./symmetric.ts";

/** Bias in range, azimuth, elevation and clock, in units of {@link BIAS_UNIT}. */
export const BIASES = 4;
/** What is not known of a reference itself: its position's constant error, east, north and up, and how late it states it. */
const NUISANCES = 4;
const UNKNOWNS = BIASES + NUISANCES;
export const ROW_LENGTH = UNKNOWNS;

/** One standard deviation of what is thought of a sensor before it is registered: metres, radians, radians, seconds. */
export const BIAS_UNIT = [20, Math.PI / 180, Math.PI / 360, 0.5] as const;
/** How late a broadcast position may be without saying so, seconds. */
export const LATENCY_SIGMA_S = 0.25;
/** What a reference said fades with this time constant, so that a sensor that turns is not outvoted by its past. */
const MEMORY_MS = 120_000;

/**
 * What one reference has said of one sensor, as information: `matrix` = sum of aᵀa/R (8×8) and `vector` = sum of aᵀy/R over rows y = a·x,
 * x being the sensor's biases and what is not known of the reference. `fadedMs` is the time it has faded to. Plain data.
 */
export type Evidence = { matrix: number[]; vector: number[]; rows: number; sinceMs: number; heardMs: number; fadedMs: number };

export const newEvidence = (nowMs: number): Evidence => ({
  matrix: new Array<number>(UNKNOWNS * UNKNOWNS).fill(0),
  vector: new Array<number>(UNKNOWNS).fill(0),
  rows: 0,
  sinceMs: nowMs,
  heardMs: nowMs,
  fadedMs: nowMs,
});

/** Lets what was said before fade to `nowMs`. */
export function fade(evidence: Evidence, nowMs: number): void {
  const kept = Math.exp(-Math.max(0, nowMs - evidence.fadedMs) / MEMORY_MS);
  for (let k = 0; k < evidence.matrix.length; k++) evidence.matrix[k] = kept * (evidence.matrix[k] as number);
  for (let k = 0; k < UNKNOWNS; k++) evidence.vector[k] = kept * (evidence.vector[k] as number);
  evidence.fadedMs = Math.max(evidence.fadedMs, nowMs);
}

/** Adds one row y = a·x + noise of the given variance. */
export function addRow(evidence: Evidence, row: Float64Array, y: number, variance: number): void {
  for (let i = 0; i < UNKNOWNS; i++) {
    evidence.vector[i] = (evidence.vector[i] as number) + (row[i] * y) / variance;
    for (let j = 0; j < UNKNOWNS; j++)
      evidence.matrix[i * UNKNOWNS + j] = (evidence.matrix[i * UNKNOWNS + j] as number) + (row[i] * row[j]) / variance;
  }
  evidence.rows++;
}

/** Information of the biases alone: `matrix` 4×4 row-major. */
export type Information = Readonly<{ matrix: Float64Array; vector: Float64Array }>;

/**
 * What the evidence says of the biases when all that the reference itself may be wrong by is left open: the nuisances, of unit variance, are
 * integrated out. J = Jbb - Jbn·(Jnn + I)⁻¹·Jnb, h = hb - Jbn·(Jnn + I)⁻¹·hn. `undefined` when it cannot be used.
 *
 * @source Triggs, McLauchlan, Hartley & Fitzgibbon (2000), "Bundle adjustment: a modern synthesis", section 6.1 (Schur's complement and the
 * reduced system).
 */
export function biasInformation({ matrix: all, vector }: Evidence): Information | undefined {
  const nuisance = new Float64Array(NUISANCES * NUISANCES);
  for (let i = 0; i < NUISANCES; i++)
    for (let j = 0; j < NUISANCES; j++)
      nuisance[i * NUISANCES + j] = (all[(BIASES + i) * UNKNOWNS + BIASES + j] as number) + (i === j ? 1 : 0);
  const inverse = inverseOf(nuisance, NUISANCES);
  if (inverse === undefined) return undefined;
  const matrix = new Float64Array(BIASES * BIASES);
  const left = new Float64Array(BIASES);
  for (let i = 0; i < BIASES; i++) {
    left[i] = vector[i] as number;
    for (let j = 0; j < BIASES; j++) matrix[i * BIASES + j] = all[i * UNKNOWNS + j] as number;
    for (let k = 0; k < NUISANCES; k++) {
      let gain = 0;
      for (let l = 0; l < NUISANCES; l++) gain += (all[i * UNKNOWNS + BIASES + l] as number) * inverse[l * NUISANCES + k];
      left[i] -= gain * (vector[BIASES + k] as number);
      for (let j = 0; j < BIASES; j++) matrix[i * BIASES + j] -= gain * (all[(BIASES + k) * UNKNOWNS + j] as number);
    }
  }
  return { matrix, vector: left };
}
