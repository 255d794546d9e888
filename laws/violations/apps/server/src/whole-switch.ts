// caught by: nothing
import type { Kind } from "@picket/model";
export function wordFor(kind: Kind): string {
  switch (kind) {
    case "drone":
      return "Drone";
    case "bird":
      return "Bird";
    case "balloon":
      return "Balloon";
    default:
      return kind satisfies never;
  }
}
