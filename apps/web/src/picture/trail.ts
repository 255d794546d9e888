import type { AssessedTrack, TrackId } from "@picket/model";

/** Where a track was: `[atMs, latDeg, lonDeg]` over and over, oldest first. Only positions that a detection stood behind. */
export type Trail = readonly number[];

/** Numbers per point of a trail. */
export const TRAIL_STRIDE = 3;
const POINT_EVERY_MS = 1000;
const MAX_POINTS = 90;

/**
 * The trails after one more picture: each live track gains a point a second while it is being measured, keeps the newest ninety, and
 * a track that ended loses its trail. Answers the same map when nothing was added.
 */
export function extendTrails(
  before: ReadonlyMap<TrackId, Trail>,
  tracks: ReadonlyMap<TrackId, AssessedTrack>,
  nowMs: number,
): ReadonlyMap<TrackId, Trail> {
  let after: Map<TrackId, Trail> | undefined;
  for (const track of tracks.values()) {
    const trail = before.get(track.id);
    const lastMs = trail?.at(-TRAIL_STRIDE);
    if (lastMs !== undefined && (track.measuredMs - lastMs < POINT_EVERY_MS || track.measuredMs > nowMs)) continue;
    after ??= new Map(before);
    const kept = (trail ?? []).slice(-(MAX_POINTS - 1) * TRAIL_STRIDE);
    after.set(track.id, [...kept, track.measuredMs, track.latDeg, track.lonDeg]);
  }
  for (const id of before.keys()) {
    if (tracks.has(id)) continue;
    after ??= new Map(before);
    after.delete(id);
  }
  return after ?? before;
}
