// caught by: nothing
import { distanceM } from "../distance.ts";
export const oneM = distanceM(0, 1);
