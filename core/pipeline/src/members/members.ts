import type { Level, Reality, TrackId } from "@picket/model";
import { beginWatch, type Disc, keepWatch, type VolumeWatch, watchedProbability } from "../coverage/volume-watch.ts";
import type { Picture } from "../track/track.ts";

/** A track that holds a condition up. `clearSinceMs`: since when it has been seen to be clear of it. */
export type Member = {
  level: Level;
  lastSeenMs: number;
  eastM: number;
  northM: number;
  identity?: string;
  clearSinceMs?: number;
  /** It holds nothing up itself, but may have been taken for one that does. */
  isBeside?: true;
};
/** A track that ended, or was no longer seen, while it held the condition up. */
export type Lost = {
  track: TrackId;
  lostMs: number;
  lastSeenMs: number;
  eastM: number;
  northM: number;
  identity?: string;
  watch: VolumeWatch;
};
/**
 * Who holds one condition up, and whether it has come true in full (an entry, not only an approach), of something credible and of
 * something that a sensor confirms, since it began. Plain data.
 */
export type Members = { tracks: Map<TrackId, Member>; lost: Lost[]; isFull: boolean; isCredible: boolean; isProven: boolean };

/** What one track is to the condition now. `holds`: it makes it so. `clear`: it is seen to be well out of it. Else it is near the edge. */
export type Presence = Readonly<{
  track: TrackId;
  holds?: Level;
  clear: boolean;
  firstMs: number;
  measuredMs: number;
  /** When it was last seen by this site's own clock, whatever its sensors' clocks say. */
  seenMs: number;
  eastM: number;
  northM: number;
  /** What it says that it is, such as `serial:1581F45T7`. */
  identity?: string;
  isBeside?: true;
  /** It must be clear over so long before it counts as out; {@link EXIT_MS} when absent. */
  exitMs?: number;
}>;

/** Seen to be out of the condition over this long before it counts as out. */
const EXIT_MS = 10_000;
/** A track that nothing has detected for so long is predicted, not seen. */
const UNSEEN_MS = 15_000;
/** What was lost may be what appears soon after it was last seen, if it could have flown there. */
const FOUND_AGAIN_MS = 30_000;
const REACH_MPS = 60;
const REACH_SLACK_M = 200;
/** The volume around where it was lost is watched. */
const LOST_RADIUS_M = 200;
const LOST_MOST = 50;

/** How well and long a volume must be watched before a loss is let go, and after how long it is let go in any case, if ever. */
export type LossRules = Readonly<{ watchMs: number; probability: number; limitMs?: number }>;
export const WATCH_MS = 300_000;
export const WATCH_PROBABILITY = 0.95;

export const newMembers = (): Members => ({ tracks: new Map(), lost: [], isFull: false, isCredible: false, isProven: false });

/** What a tick tells: which track goes on as which, and what else must be watched when one is lost. */
export type Turn = Readonly<{ reality: Reality; merged: ReadonlyMap<TrackId, TrackId>; alsoWatch?: Disc; nowMs: number }>;

/** Takes in what every track is to the condition now. A member that has no presence has ended: it is lost, unless it went on as another. */
export function updateMembers(members: Members, presences: ReadonlyMap<TrackId, Presence>, turn: Turn): void {
  const { merged, nowMs } = turn;
  for (const presence of presences.values()) {
    if (!isSeen(presence, nowMs)) continue;
    const member = members.tracks.get(presence.track);
    if (presence.holds) enter(members, member, presence, presence.holds);
    else if (member) stay(members, member, presence, nowMs);
  }
  for (const [id, member] of members.tracks) {
    const presence = presences.get(id);
    if (presence && isSeen(presence, nowMs)) continue;
    members.tracks.delete(id);
    const heir = presence ? undefined : merged.get(id);
    if (heir !== undefined && presences.has(heir)) {
      if (!members.tracks.has(heir)) members.tracks.set(heir, { ...member });
    } else lose(members, id, member, turn);
  }
}

/** Why losses were let go in this tick: the volume was watched, or it has been too long. */
export type LetGo = "watched" | "expired";

/** Watches where tracks were lost, and lets a loss go by the rules. */
export function watchLost(members: Members, picture: Picture, rules: LossRules, nowMs: number): LetGo | undefined {
  let letGo: LetGo | undefined;
  for (const lost of members.lost) {
    keepWatch(lost.watch, picture, nowMs);
    const watched = nowMs - lost.watch.sinceMs >= rules.watchMs && watchedProbability(lost.watch) >= rules.probability;
    if (watched) letGo = "watched";
    else if (rules.limitMs !== undefined && nowMs - lost.lostMs >= rules.limitMs) letGo ??= "expired";
    else continue;
    members.lost = members.lost.filter((other) => other !== lost);
  }
  return letGo;
}

export const isHeld = ({ tracks, lost }: Members): boolean => tracks.size > 0 || lost.length > 0;

const isSeen = ({ seenMs }: Presence, nowMs: number): boolean => nowMs - seenMs <= UNSEEN_MS;

function enter({ tracks, lost }: Members, member: Member | undefined, presence: Presence, level: Level): void {
  const { eastM, northM, measuredMs, identity, isBeside } = presence;
  tracks.set(presence.track, {
    level,
    lastSeenMs: measuredMs,
    eastM,
    northM,
    ...(identity !== undefined && { identity }),
    ...(isBeside && { isBeside }),
  });
  if (member) return;
  const same = lost.findIndex(({ track }) => track === presence.track);
  const found = same >= 0 ? same : lost.findIndex((one) => mayBe(one, presence));
  if (found >= 0) lost.splice(found, 1);
}

/**
 * May what was lost be this track under a new number? Not what was seen beside it, says that it is another, comes long after, or is out
 * of its reach: whoever takes the one for the other takes its leaving for that of both.
 */
function mayBe(lost: Lost, { firstMs, measuredMs, eastM, northM, identity }: Presence): boolean {
  if (firstMs < lost.lastSeenMs || measuredMs - lost.lastSeenMs > FOUND_AGAIN_MS) return false;
  if (identity !== undefined && lost.identity !== undefined && identity !== lost.identity) return false;
  const reachM = REACH_SLACK_M + (REACH_MPS * (measuredMs - lost.lastSeenMs)) / 1000;
  const [de, dn] = [lost.eastM - eastM, lost.northM - northM];
  return de * de + dn * dn <= reachM * reachM;
}

/** Only what was detected there, and lately, is seen to be clear: a track that is merely predicted to have flown on has not left. */
function stay({ tracks }: Members, member: Member, presence: Presence, nowMs: number): void {
  const { track, measuredMs, eastM, northM, exitMs = EXIT_MS } = presence;
  const clear = presence.clear && nowMs - measuredMs <= UNSEEN_MS;
  const isDetected = measuredMs > member.lastSeenMs;
  member.lastSeenMs = measuredMs;
  member.eastM = eastM;
  member.northM = northM;
  if (!clear) delete member.clearSinceMs;
  else if (isDetected) member.clearSinceMs ??= measuredMs;
  if (member.clearSinceMs !== undefined && measuredMs - member.clearSinceMs >= exitMs) tracks.delete(track);
}

function lose(
  { lost }: Members,
  track: TrackId,
  { lastSeenMs, eastM, northM, identity }: Member,
  { reality, alsoWatch, nowMs }: Turn,
): void {
  const discs: Disc[] = [{ eastM, northM, radiusM: LOST_RADIUS_M }];
  if (alsoWatch) discs.push(alsoWatch);
  lost.push({
    track,
    lostMs: nowMs,
    lastSeenMs,
    eastM,
    northM,
    ...(identity !== undefined && { identity }),
    watch: beginWatch(reality, discs, nowMs),
  });
  if (lost.length > LOST_MOST) lost.shift();
}
