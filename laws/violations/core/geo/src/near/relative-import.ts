// caught by: noRestrictedImports
import { trackAtM } from "../../../model/src/track.ts";
export const halfM = trackAtM / 2;
