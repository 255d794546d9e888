import type { Ray } from "./candidate.ts";

const SAME_SIGMAS = 3;
/** A finder hears one sender again after this long at the least; what it tells of sooner, bearing by bearing, are several. */
const AGAIN_MS = 40;
/** Messages add no more to a look that holds so many rays. */
const RAYS_KEPT = 64;

/**
 * Joins a message's rays to those of the same look. What lies within the noise of a ray some time before it is the same sender heard again,
 * and the newer stays; two rays of one message, or of two named objects, are two senders.
 */
export function joinRays(look: Ray[], message: readonly Ray[]): void {
  const earlier = new Set(look);
  for (const ray of message) {
    const same = nearestSame([...earlier], ray);
    if (!same) {
      if (look.length < RAYS_KEPT) look.push(ray);
      continue;
    }
    earlier.delete(same);
    if (ray.atMs >= same.atMs) look[look.indexOf(same)] = ray;
  }
}

/** The angle between two azimuths, 0 to π. */
export function betweenRad(aRad: number, bRad: number): number {
  const turn = aRad - bRad;
  return Math.abs(turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)));
}

function nearestSame(earlier: readonly Ray[], ray: Ray): Ray | undefined {
  let [best, leastRad]: [Ray | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const other of earlier) {
    if (Math.abs(ray.atMs - other.atMs) < AGAIN_MS) continue;
    if (ray.object !== undefined && other.object !== undefined && ray.object !== other.object) continue;
    const offRad = betweenRad(ray.azimuthRad, other.azimuthRad);
    const noiseRad = Math.sqrt(ray.sigmaRad * ray.sigmaRad + other.sigmaRad * other.sigmaRad);
    if (offRad <= SAME_SIGMAS * noiseRad && offRad < leastRad) [best, leastRad] = [other, offRad];
  }
  return best;
}
