// caught by: switch-exhaustiveness-check
import type { Kind } from "@picket/model";
export function wordFor(kind: Kind): string {
  switch (kind) {
    case "drone":
      return "Drone";
    case "bird":
      return "Bird";
  }
  return "";
}
