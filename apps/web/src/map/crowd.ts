import type { AssessedTrack, Level, TrackId } from "@picket/model";

/** A track that bears a label, and how many more of its level lie so near that theirs would only hide it. */
export type Labelled = Readonly<{ track: AssessedTrack; others: number }>;

const METRES_PER_DEGREE = 111_195;

/**
 * Gathers tracks, the most important first, into at most `limit` that get a label: one of a level takes in all of the same level and reality
 * within `reachM`, so that a swarm is one label with its number. What is selected, and what has no level, stands alone.
 */
export function gatherCrowds(
  tracks: readonly AssessedTrack[],
  selected: TrackId | undefined,
  reachM: number,
  limit: number,
): readonly Labelled[] {
  const found: { track: AssessedTrack; others: number; level: Level | undefined; x: number; y: number }[] = [];
  const eastM = METRES_PER_DEGREE * Math.cos(((tracks[0]?.latDeg ?? 0) * Math.PI) / 180);
  for (const track of tracks) {
    const level = track.id === selected ? undefined : track.assessment.level;
    const x = track.lonDeg * eastM;
    const y = track.latDeg * METRES_PER_DEGREE;
    const crowd =
      level &&
      found.find(
        (one) =>
          one.level === level &&
          one.track.reality === track.reality &&
          (one.x - x) * (one.x - x) + (one.y - y) * (one.y - y) <= reachM * reachM,
      );
    if (crowd) crowd.others++;
    else if (found.length < limit) found.push({ track, others: 0, level, x, y });
  }
  return found;
}
