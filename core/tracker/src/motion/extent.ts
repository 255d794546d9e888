import { COV, DIM, MODES, type TrackStore } from "../store/store.ts";

/** A motion less likely than this does not count. */
export const NEGLIGIBLE = 1e-6;
export const SIGMAS = 5;

/**
 * Writes where a track may be, west, east, south and north: five standard deviations about every motion that counts. A look passes over
 * tracks that lie outside all it can see without reading more of them than this.
 */
export function layExtent({ mean, cov, weight, extent }: TrackStore, row: number): void {
  let west = Number.POSITIVE_INFINITY;
  let east = Number.NEGATIVE_INFINITY;
  let south = Number.POSITIVE_INFINITY;
  let north = Number.NEGATIVE_INFINITY;
  for (let i = row * MODES; i < (row + 1) * MODES; i++) {
    if (weight[i] <= NEGLIGIBLE) continue;
    const x = mean[i * DIM];
    const y = mean[i * DIM + 1];
    const reachX = SIGMAS * Math.sqrt(cov[i * COV]);
    const reachY = SIGMAS * Math.sqrt(cov[i * COV + 3]);
    west = Math.min(west, x - reachX);
    east = Math.max(east, x + reachX);
    south = Math.min(south, y - reachY);
    north = Math.max(north, y + reachY);
  }
  extent[4 * row] = west;
  extent[4 * row + 1] = east;
  extent[4 * row + 2] = south;
  extent[4 * row + 3] = north;
}
