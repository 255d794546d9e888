// caught by: no-floating-promises
import { save } from "@picket/model";
export function keep(): void {
  save("drone").then(() => undefined);
}
