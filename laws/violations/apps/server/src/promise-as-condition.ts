// caught by: no-misused-promises
import { save } from "@picket/model";
export function isKept(): boolean {
  if (save("drone")) return true;
  return false;
}
