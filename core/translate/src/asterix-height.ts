import type { Height } from "@picket/model";

/** Heights that something may fly at. What a record says beyond them is a broken field, and reads as unknown. */
const LOWEST_M = -1000;
const HIGHEST_M = 50_000;

export const flyableHeight = (valueM: number | undefined, sigmaM: number, reference: Height["reference"]): Height | undefined =>
  valueM === undefined || valueM < LOWEST_M || valueM > HIGHEST_M ? undefined : { valueM, sigmaM, reference };
