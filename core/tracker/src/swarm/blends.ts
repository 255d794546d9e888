import { COV, DIM, MODES } from "../store/store.ts";

/** States that wait until every track's prior has been used: the row they are for, and its columns. */
export type Blends = { count: number; row: Int32Array; mean: Float64Array; cov: Float64Array; weight: Float64Array };

export const createBlends = (capacity = 64): Blends => ({
  count: 0,
  row: new Int32Array(capacity),
  mean: new Float64Array(capacity * MODES * DIM),
  cov: new Float64Array(capacity * MODES * COV),
  weight: new Float64Array(capacity * MODES),
});
