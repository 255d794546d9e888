import type { AssessedTrack, TrackId } from "@picket/model";
import { rankOf } from "../picture/track-kind.ts";
import { projectorOf, type View } from "./view.ts";

const REACH_PX = 18;

/** The track whose symbol lies under the pointer; of several within reach the nearest, and of equals the more urgent. */
export function nearestTrack(tracks: Iterable<AssessedTrack>, x: number, y: number, view: View): TrackId | undefined {
  const project = projectorOf(view);
  let best: Readonly<{ id: TrackId; away: number; rank: number }> | undefined;
  for (const track of tracks) {
    const at = project(track.latDeg, track.lonDeg);
    const away = Math.hypot(at.x - x, at.y - y);
    const rank = rankOf(track.assessment.level);
    if (away > REACH_PX || (best && (away > best.away || (away === best.away && rank <= best.rank)))) continue;
    best = { id: track.id, away, rank };
  }
  return best?.id;
}
