// caught by: noImportCycles
export { distanceM } from "./distance.ts";
export { nearM } from "./model-back.ts";
