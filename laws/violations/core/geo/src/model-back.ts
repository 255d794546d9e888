// caught by: noImportCycles noRestrictedImports noUndeclaredDependencies
import { trackAtM } from "@picket/model";
export const nearM = trackAtM / 2;
