// caught by: noImportCycles noRestrictedImports
import { distanceM } from "@picket/geo";
export type Kind = "drone" | "bird" | "balloon";
export const trackAtM = distanceM(3, 7);
export async function save(kind: Kind): Promise<Kind> {
  return kind;
}
