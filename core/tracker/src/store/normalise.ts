import { MODES } from "./store.ts";

/** Makes the weights of a track's motions, from `at` on, sum to 1; where none has any they are alike. */
export function normalise(weight: Float64Array, at: number): void {
  let total = 0;
  for (let m = 0; m < MODES; m++) total += weight[at + m];
  for (let m = 0; m < MODES; m++) weight[at + m] = total > 0 ? weight[at + m] / total : 1 / MODES;
}
