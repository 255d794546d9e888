import { areaProblem, createArea } from "@picket/geo";
import type { Position } from "@picket/model";

/** One ring of a polygon, and how many of the others surround it: at an even number what it encloses is in the zone, at an odd one it is a hole. */
export type Ring = Readonly<{ ring: readonly Position[]; depth: number }>;

/** The rings of a polygon by what surrounds them. A ring beside the first one is no hole, whatever its place in the list. */
export function ringsByDepth(rings: readonly (readonly Position[])[]): readonly Ring[] {
  const areas = rings.length > 1 ? rings.map(enclosed) : [];
  return rings.map((ring, own) => {
    const [lonDeg = 0, latDeg = 0] = ring[0] ?? [];
    return { ring, depth: areas.filter((area, other) => other !== own && area?.contains({ latDeg, lonDeg })).length };
  });
}

function enclosed(ring: readonly Position[]) {
  const shape = { kind: "polygon", rings: [ring.map(([lonDeg, latDeg]) => ({ latDeg, lonDeg }))] } as const;
  return areaProblem(shape) ? undefined : createArea(shape);
}
