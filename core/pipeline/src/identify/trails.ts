import type { TrackId } from "@picket/model";
import { apartM } from "./claim-record.ts";
import { isObject, type Plot, type SeenLook } from "./plots.ts";

/** What was measured of one object, oldest first: [ms, east, north, the covariance ee, en, nn, and 1 where nothing else was near, else 0] each. */
export type Trail = readonly number[];
/** Of every object. Plain data. */
export type Trails = Map<TrackId, number[]>;

export const PLOT = 7;
/** Where something else was seen, or is known to be, so near, the plot may be its. */
const ALONE_M = 100;
/** As far back as a path is compared, by as much as an honest sender may be late, and by what a broadcast takes to come. */
const KEPT_MS = 30_000;
const MOST_PLOTS = 48;

/** Notes what one look measured of every object; looks that come late are put in their place. */
export function noteTrails(trails: Trails, look: SeenLook): void {
  const { measuredMs } = look.scan;
  for (const [owner, plot] of nearestPlots(look)) {
    const { eastM, northM, covarianceM2 } = plot;
    const trail = trails.get(owner) ?? [];
    trails.set(owner, trail);
    let at = trail.length;
    while (at > 0 && (trail[at - PLOT] as number) > measuredMs) at -= PLOT;
    trail.splice(at, 0, measuredMs, eastM, northM, ...covarianceM2, isAlone(plot, look) ? 1 : 0);
    while (trail.length > MOST_PLOTS * PLOT || measuredMs - (trail[0] as number) > KEPT_MS) trail.splice(0, PLOT);
  }
}

const isAlone = (plot: Plot, { plots, objects }: SeenLook): boolean =>
  !plots.some((other) => other !== plot && apartM(other, plot) <= ALONE_M) &&
  !objects.some((object) => object.track !== plot.owner?.track && isObject(object.track) && apartM(object, plot) <= ALONE_M);

/** What was measured since something else was last near. */
export function aloneSince(trail: Trail): Trail {
  let from = trail.length;
  while (from > 0 && trail[from - 1] === 1) from -= PLOT;
  return trail.slice(from);
}

/** The nearest of the plots that are nearer to an object than to any other. */
function nearestPlots({ plots }: SeenLook): ReadonlyMap<TrackId, Plot> {
  const nearest = new Map<TrackId, { plot: Plot; awayM: number }>();
  for (const plot of plots) {
    const { owner } = plot;
    if (!owner) continue;
    const awayM = apartM(plot, owner);
    if (awayM < (nearest.get(owner.track.id)?.awayM ?? Number.POSITIVE_INFINITY)) nearest.set(owner.track.id, { plot, awayM });
  }
  return new Map([...nearest].map(([id, { plot }]) => [id, plot]));
}

/** Forgets objects that are no more. */
export function forgetTrails(trails: Trails, alive: ReadonlySet<TrackId>): void {
  for (const id of trails.keys()) if (!alive.has(id)) trails.delete(id);
}
