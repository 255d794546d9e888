// caught by: nothing
export { lengthOf } from "./length.ts";
