// caught by: noRestrictedImports
import { lengthOf } from "@picket/bytes/src/length.ts";
export const none = lengthOf(new Uint8Array());
