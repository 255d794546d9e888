// caught by: noImportCycles
import { low } from "./near-cycle-back.ts";
export const high: number = low + 1;
