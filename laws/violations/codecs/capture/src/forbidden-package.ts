// caught by: noRestrictedImports noUndeclaredDependencies
import { distanceM } from "@picket/geo";
export const farM = distanceM(0, 1);
