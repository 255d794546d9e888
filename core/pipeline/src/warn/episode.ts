import type { Level, PersonId, Phrase, Reality, TrackId, Warning, WarningId } from "@picket/model";
import { higher, rankOf } from "../levels.ts";
import { type Members, newMembers } from "../members/members.ts";

/** What a person was last told of the nearest danger. */
export type Told = Readonly<{
  tracks: readonly TrackId[];
  count: Readonly<{ about: number; atLeast: number }>;
  bearingDeg: number;
  distanceM: number;
  closestM: number;
  arrivalMs?: number;
  heightAglM?: number;
  movingDeg?: number;
  speedMps: number;
  landmark?: string;
  byOwnWord?: true;
  advice: Phrase;
}>;

/** One person's warning, from the first word to the all-clear. Plain data. */
export type Episode = {
  id: WarningId;
  person: PersonId;
  episode: number;
  reality: Reality;
  state: Warning["state"];
  level: Level;
  possible: boolean;
  revision: number;
  raisedMs: number;
  changedMs: number;
  members: Members;
  /** What is so now, and what was so in the newest message. */
  told: Told;
  said: Told;
  /** What is told now differs enough to be said when a minute has passed. */
  pending: boolean;
  /** Lost contact was said once in this episode: the next time waits its minute like any update. */
  lostTold: boolean;
  /** Losses were let go because their volume was watched; or the last word was a named person's. */
  watched: boolean;
  /** One that only its own broadcast tells of has said for long enough that it is elsewhere. */
  saidToLeave: boolean;
  declaredBy?: string;
  /** The newest message that must be seen, and when it went out. */
  urgentRevision: number;
  urgentMs: number;
  deliveredMs?: number;
  seenMs?: number;
  seenRevision?: number;
  escalatedMs?: number;
  closedMs?: number;
  closedBy?: string;
  basis?: NonNullable<Warning["basis"]>;
};

const UPDATE_MS = 60_000;
/** Lost and found within this time of the last urgent word is no new danger. */
const AGAIN_MS = 15_000;
/** A warning that is not opened within this time is handed on. */
const ESCALATE_MS = 30_000;

export const newEpisode = (
  id: WarningId,
  person: PersonId,
  episode: number,
  reality: Reality,
  first: { level: Level; possible: boolean; told: Told },
  nowMs: number,
): Episode => ({
  id,
  person,
  episode,
  reality,
  state: "active",
  level: first.level,
  possible: first.possible,
  revision: 0,
  raisedMs: nowMs,
  changedMs: nowMs,
  members: newMembers(),
  told: first.told,
  said: first.told,
  pending: false,
  lostTold: false,
  watched: false,
  saidToLeave: false,
  urgentRevision: 0,
  urgentMs: nowMs,
});

/** Sends a message: at once when it is urgent or the last one is a minute old, else when it is. */
function send(episode: Episode, urgent: boolean, nowMs: number): void {
  if (!urgent && nowMs - episode.changedMs < UPDATE_MS) {
    episode.pending = true;
    return;
  }
  episode.pending = false;
  episode.revision++;
  episode.said = episode.told;
  episode.changedMs = nowMs;
  if (!urgent) return;
  episode.urgentRevision = episode.revision;
  episode.urgentMs = nowMs;
}

/** Says what threatens now. A rise in severity goes out at once, anything else that matters at most once a minute. */
export function threaten(episode: Episode, level: Level, possible: boolean, told: Told, nowMs: number): void {
  const worse = rankOf(level) > rankOf(episode.level);
  const regained = episode.state === "lostContact";
  const sure = episode.possible && !possible;
  const changed = regained || sure || differs(episode.said, told);
  episode.level = higher(episode.level, level);
  episode.possible = episode.possible && possible;
  episode.state = "active";
  episode.told = told;
  // What comes again after contact was lost is as urgent as what comes first, unless it is the same flickering.
  const again = regained && nowMs - episode.urgentMs >= AGAIN_MS;
  if (worse || changed) send(episode, worse || again, nowMs);
  else if (episode.pending) send(episode, false, nowMs);
}

/** Says that contact was lost: the first time in an episode at once. */
export function loseContact(episode: Episode, advice: Phrase, nowMs: number): void {
  episode.told = { ...episode.told, tracks: [], advice };
  if (episode.state === "lostContact") {
    if (episode.pending) send(episode, false, nowMs);
    return;
  }
  episode.state = "lostContact";
  send(episode, !episode.lostTold, nowMs);
  episode.lostTold = true;
}

export function giveAllClear(
  episode: Episode,
  basis: NonNullable<Warning["basis"]>,
  by: string | undefined,
  advice: Phrase,
  nowMs: number,
): void {
  episode.state = "allClear";
  episode.basis = basis;
  episode.closedMs = nowMs;
  if (by !== undefined) episode.closedBy = by;
  episode.told = { ...episode.told, tracks: [], advice };
  send(episode, true, nowMs);
}

/** Has the newest message that must be seen waited too long to be opened? Then how long, in seconds. */
export function unseenS({ seenRevision = -1, urgentRevision, urgentMs, state }: Episode, nowMs: number): number | undefined {
  if (state === "allClear" || seenRevision >= urgentRevision || nowMs - urgentMs < ESCALATE_MS) return undefined;
  return (nowMs - urgentMs) / 1000;
}

/** A person turns another way when the nearest danger moved by this much. */
const TURN_DEG = 30;
const NEARER_SHARE = 0.3;

function differs(before: Told, now: Told): boolean {
  const turn = Math.abs(((now.bearingDeg - before.bearingDeg + 540) % 360) - 180);
  const moved = Math.abs(now.distanceM - before.distanceM) > NEARER_SHARE * Math.max(before.distanceM, 100);
  return turn > TURN_DEG || moved || now.count.about !== before.count.about || now.advice.code !== before.advice.code;
}

export function toWarning(episode: Episode): Warning {
  const { told } = episode;
  return {
    id: episode.id,
    person: episode.person,
    episode: episode.episode,
    state: episode.state,
    level: episode.level,
    reality: episode.reality,
    possible: episode.possible,
    revision: episode.revision,
    raisedMs: episode.raisedMs,
    changedMs: episode.changedMs,
    ...(episode.closedMs !== undefined && { closedMs: episode.closedMs }),
    tracks: [...told.tracks],
    count: told.count,
    bearingDeg: told.bearingDeg,
    distanceM: told.distanceM,
    closestM: told.closestM,
    ...(told.arrivalMs !== undefined && { arrivalMs: told.arrivalMs }),
    ...(told.heightAglM !== undefined && { heightAglM: told.heightAglM }),
    ...(told.movingDeg !== undefined && { movingDeg: told.movingDeg }),
    speedMps: told.speedMps,
    ...(told.landmark !== undefined && { landmark: told.landmark }),
    ...(told.byOwnWord && { byOwnWord: true }),
    advice: told.advice,
    ...(episode.basis && { basis: episode.basis }),
    ...(episode.closedBy !== undefined && { closedBy: episode.closedBy }),
    ...(episode.deliveredMs !== undefined && { deliveredMs: episode.deliveredMs }),
    ...(episode.seenMs !== undefined && { seenMs: episode.seenMs }),
    ...(episode.escalatedMs !== undefined && { escalatedMs: episode.escalatedMs }),
  };
}
