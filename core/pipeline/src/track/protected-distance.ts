import { areaOf } from "../standing/areas.ts";
import type { Standing } from "../standing/standing.ts";
import { placeIn, placeOut, type SiteFrame } from "./site-frame.ts";

/** How far a place of the site's frame is from the nearest protected person or zone; from the site itself where nothing is protected. */
export function distanceToProtected(
  { persons, site: { zones } }: Standing,
  site: SiteFrame,
): (place: readonly [number, number]) => number {
  const people = persons.flatMap(({ position }) => (position ? [placeIn(site, position, site.groundM)] : []));
  const areas = zones.flatMap(({ purpose, shape }) => (purpose === "protected" ? (areaOf(shape) ?? []) : []));
  return ([eastM, northM]) => {
    if (people.length === 0 && areas.length === 0) return Math.sqrt(eastM * eastM + northM * northM);
    let nearestM = Number.POSITIVE_INFINITY;
    for (const [e, n] of people)
      nearestM = Math.min(nearestM, Math.sqrt((eastM - e) * (eastM - e) + (northM - n) * (northM - n)));
    const at = areas.length > 0 ? placeOut(site, [eastM, northM, site.groundM]) : undefined;
    if (at) for (const area of areas) nearestM = Math.min(nearestM, Math.max(0, area.signedDistance(at).distanceM));
    return nearestM;
  };
}
