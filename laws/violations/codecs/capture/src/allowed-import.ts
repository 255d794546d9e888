// caught by: nothing
import { lengthOf } from "@picket/bytes";
export const none = lengthOf(new Uint8Array());
