// caught by: no-misused-promises
import { type Kind, save } from "@picket/model";
export function keepAll(kinds: readonly Kind[]): void {
  kinds.forEach(async (kind) => {
    await save(kind);
  });
}
