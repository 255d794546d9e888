// caught by: noRestrictedImports
import { distanceM } from "../../geo/src/distance.ts";
export const farM = distanceM(0, 9);
