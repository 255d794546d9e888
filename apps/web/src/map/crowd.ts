import type { AssessedTrack, TrackId } from "@picket/model";

/** A track that bears a label, and how many more of its level lie so near that theirs would only hide it. */
export type Labelled = Readonly<{ track: AssessedTrack; others: number }>;

const METRES_PER_DEGREE = 111_195;

/**
 * Gathers tracks, the most important first, into at most `limit` that get a label: one of a level takes in all of the same level
 * within `reachM`, so that a swarm is one label with its number. What is selected, and what has no level, stands alone.
 */
export function gatherCrowds(
  tracks: readonly AssessedTrack[],
  selected: TrackId | undefined,
  reachM: number,
  limit: number,
): readonly Labelled[] {
  const found: { track: AssessedTrack; others: number }[] = [];
  for (const track of tracks) {
    const crowd = isAlone(track, selected)
      ? undefined
      : found.find((one) => !isAlone(one.track, selected) && isNear(one.track, track, reachM));
    if (crowd) crowd.others++;
    else if (found.length < limit) found.push({ track, others: 0 });
  }
  return found;
}

const isAlone = ({ id, assessment }: AssessedTrack, selected: TrackId | undefined): boolean =>
  id === selected || assessment.level === undefined;

const isNear = (a: AssessedTrack, b: AssessedTrack, reachM: number): boolean =>
  a.assessment.level === b.assessment.level &&
  Math.hypot(a.latDeg - b.latDeg, (a.lonDeg - b.lonDeg) * Math.cos((a.latDeg * Math.PI) / 180)) * METRES_PER_DEGREE <= reachM;
