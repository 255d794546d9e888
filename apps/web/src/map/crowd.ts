import type { AssessedTrack, Level, TrackId } from "@picket/model";

/**
 * A track that bears a label, and how many more so near that theirs would only hide it. `isGroup`: all of them are of the one group that cannot
 * be told apart.
 */
export type Labelled = Readonly<{ track: AssessedTrack; others: number; isGroup: boolean }>;

const METRES_PER_DEGREE = 111_195;

/**
 * Gathers tracks, the most important first, into at most `limit` that get a label: one takes in all of its group, which are of its level or a
 * lower one, and all of the same level and reality within `reachM`, so that a swarm is one label with its number. What is selected, and what
 * has neither level nor group, stands alone.
 */
export function gatherCrowds(
  tracks: readonly AssessedTrack[],
  selected: TrackId | undefined,
  reachM: number,
  limit: number,
): readonly Labelled[] {
  const found: Crowd[] = [];
  const eastM = METRES_PER_DEGREE * Math.cos(((tracks[0]?.latDeg ?? 0) * Math.PI) / 180);
  for (const track of tracks) {
    const isSelected = track.id === selected;
    const level = isSelected ? undefined : track.assessment.level;
    const leader = isSelected ? undefined : track.group?.leader;
    const one: Crowd = { track, others: 0, level, leader, x: track.lonDeg * eastM, y: track.latDeg * METRES_PER_DEGREE };
    const crowd = found.find((other) => takesIn(other, one, reachM));
    if (!crowd) {
      if (found.length < limit) found.push(one);
      continue;
    }
    crowd.others++;
    if (crowd.leader !== leader) crowd.isMixed = true;
  }
  return found.map(({ track, others, leader, isMixed = false }) => ({
    track,
    others,
    isGroup: leader !== undefined && !isMixed,
  }));
}

type Crowd = {
  track: AssessedTrack;
  others: number;
  level: Level | undefined;
  leader: TrackId | undefined;
  isMixed?: true;
  x: number;
  y: number;
};

function takesIn(crowd: Crowd, one: Crowd, reachM: number): boolean {
  if (one.leader !== undefined && crowd.leader === one.leader) return true;
  if (!one.level || crowd.level !== one.level || crowd.track.reality !== one.track.reality) return false;
  const [dx, dy] = [crowd.x - one.x, crowd.y - one.y];
  return dx * dx + dy * dy <= reachM * reachM;
}
