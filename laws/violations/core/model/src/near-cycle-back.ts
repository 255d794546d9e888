// caught by: noImportCycles
import { high } from "./near-cycle.ts";
export const low: number = high - 1;
