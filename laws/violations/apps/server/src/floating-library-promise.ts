// caught by: no-floating-promises
import { writeFile } from "node:fs/promises";
export function keep(path: string): void {
  writeFile(path, "kept");
}
