// caught by: noImportCycles
export { type Kind, save, trackAtM } from "./track.ts";
