import { degFromRad, wrapTurnRad } from "@picket/geo";
import { type Command, type PersonId, type Reality, type TrackId, type Warning, warningId } from "@picket/model";
import type { Assessed } from "../assess/assessed.ts";
import { type Encounter, encounter, type Standpoint, standpointOf } from "../assess/encounter.ts";
import { PERSON_LOOK_AHEAD_S, PERSON_RADIUS_M } from "../assess/threat.ts";
import { beginWatch, coverageNow } from "../coverage/volume-watch.ts";
import { droneProbability } from "../identify/classes.ts";
import { isCredible } from "../identify/identified.ts";
import { higher } from "../levels.ts";
import { type Presence, updateMembers, WATCH_MS, WATCH_PROBABILITY, watchLost } from "../members/members.ts";
import { presenceBase } from "../members/presence.ts";
import { phrase } from "../phrases.ts";
import { type Rejections, reject } from "../rejections.ts";
import type { Standing } from "../standing/standing.ts";
import { countOf } from "../track/count.ts";
import { companionsIn } from "../track/together.ts";
import type { Picture } from "../track/track.ts";
import { adviceFor, nearestLandmark } from "./advice.ts";
import { type Episode, giveAllClear, loseContact, newEpisode, type Told, threaten, toWarning, unseenS } from "./episode.ts";

/** Plain data: what a snapshot of this stage holds. */
export type WarnState = { boot: number; nextId: number; open: Map<string, Episode>; counts: Map<PersonId, number> };

export const newWarnState = (boot: number): WarnState => ({ boot, nextId: 1, open: new Map(), counts: new Map() });

/** After a restart warnings stay open. Their tracks are not there any more: the first tick tells of lost contact. */
export const restartWarnings = (state: WarnState, boot: number): WarnState => ({ ...state, boot, nextId: 1 });

/** A track leaves when it is this far beyond the radius, or two of its own sigma, flies away, and will hardly come back. */
const LEAVING_MARGIN_M = 30;
const LEAVING_SIGMAS = 2;
const LEAVING_MPS = 1;
const RETURNS_BELOW = 0.1;
/** Nobody saw it leave that only its own broadcast tells of: it must go on saying so for as long as a volume is watched. */
const SAYS_TO_LEAVE_MS = 300_000;
/** What is declared to be surely no drone endangers nobody. */
const HARMLESS_BELOW = 0.1;

/** Everything one person's warnings are judged by. */
type Case = Readonly<{
  id: PersonId;
  at: Standpoint;
  radiusM: number;
  aheadS: number;
  picture: Picture;
  standing: Standing;
  rejections: Rejections;
  nowMs: number;
}>;

/** Warns every protected person by their own position, and gives the all-clear only by the rules. Closed warnings appear once. */
export function warn(
  state: WarnState,
  picture: Picture,
  tracks: readonly Assessed[],
  standing: Standing,
  nowMs: number,
  rejections: Rejections,
): Warning[] {
  const { policy } = standing.site;
  takeReceipts(state, standing, rejections);
  const merged = new Map<TrackId, TrackId>();
  for (const { id, mergedInto } of picture.ended) if (mergedInto !== undefined) merged.set(id, mergedInto);
  for (const [reality, own] of tracksByReality(tracks, state)) {
    const alive = new Map(own.map((track) => [track.id, track]));
    const companions = companionsIn(
      own.filter((track) => isCredible(track) && droneProbability(track.classes) >= HARMLESS_BELOW),
    );
    for (const person of standing.persons) {
      const at = standpointOf(person, picture.site, nowMs);
      if (!at) continue;
      const radiusM = policy.personWarningRadiusM ?? PERSON_RADIUS_M;
      const aheadS = policy.personWarningS ?? PERSON_LOOK_AHEAD_S;
      const one: Case = { id: person.id, at, radiusM, aheadS, picture, standing, rejections, nowMs };
      const threats = own.filter(({ threats: all }) => all.some((threat) => threat.person === person.id));
      judgePerson(state, one, reality, threats, { alive, companions, merged });
    }
  }
  const known = new Set<PersonId>(standing.persons.map(({ id }) => id));
  for (const episode of state.open.values()) {
    const waitedS = unseenS(episode, nowMs);
    if (waitedS !== undefined && (episode.escalatedMs ?? 0) < episode.urgentMs) episode.escalatedMs = nowMs;
    if (!known.has(episode.person)) episode.closedMs = nowMs;
  }
  const warnings = [...state.open.values()].map(toWarning);
  for (const [key, { closedMs }] of state.open) if (closedMs !== undefined) state.open.delete(key);
  return warnings;
}

/** Whose warning is open, and in which reality. */
export const openWarnings = ({ open }: WarnState): readonly Readonly<{ person: PersonId; reality: Reality }>[] => [
  ...open.values(),
];

/** Whose newest message has waited too long to be opened, in which reality: a drill's that nobody opens says nothing of a real one. */
export function unseenPeople(
  { open }: WarnState,
  nowMs: number,
): Readonly<{ person: PersonId; reality: Reality; waitedS: number }>[] {
  return [...open.values()].flatMap((episode) => {
    const waitedS = unseenS(episode, nowMs);
    return waitedS === undefined ? [] : [{ person: episode.person, reality: episode.reality, waitedS }];
  });
}

/** Every reality that has tracks or an open warning, with its tracks. */
function tracksByReality(tracks: readonly Assessed[], { open }: WarnState): Map<Reality, Assessed[]> {
  const byReality = new Map<Reality, Assessed[]>();
  for (const { reality } of open.values()) byReality.set(reality, []);
  for (const track of tracks) {
    const own = byReality.get(track.reality);
    if (own) own.push(track);
    else byReality.set(track.reality, [track]);
  }
  return byReality;
}

/** All tracks of one reality, who flies together with whom, and which went on as which. */
type Air = Readonly<{
  alive: ReadonlyMap<TrackId, Assessed>;
  companions: (one: Assessed) => readonly Assessed[];
  merged: ReadonlyMap<TrackId, TrackId>;
}>;

function judgePerson(
  state: WarnState,
  one: Case,
  reality: Reality,
  threats: readonly Assessed[],
  { alive, companions, merged }: Air,
): void {
  const key = `${one.id} ${reality}`;
  const before = state.open.get(key);
  if (!before && threats.length === 0) return;
  const { nowMs } = one;
  const episode = before ?? beginEpisode(state, one, reality, threats);
  const presences = new Map<TrackId, Presence>();
  const candidates = new Set<TrackId>([...episode.members.tracks.keys(), ...threats.map(({ id }) => id), ...merged.values()]);
  for (const id of candidates) {
    const track = alive.get(id);
    if (track) presences.set(id, presenceOf(track, one, episode));
  }
  for (const track of besideMembers(episode, alive, companions))
    if (!presences.get(track.id)?.holds)
      presences.set(track.id, { ...presenceBase(track), holds: "caution", isBeside: true, clear: false });
  const saysAway = new Set<TrackId>();
  for (const { track, clear, exitMs } of presences.values())
    if (clear && exitMs !== undefined && episode.members.tracks.has(track)) saysAway.add(track);
  updateMembers(episode.members, presences, { reality, merged, alsoWatch: { ...one.at, radiusM: one.radiusM }, nowMs });
  episode.saidToLeave ||= [...saysAway].some((id) => !episode.members.tracks.has(id));
  if (episode.members.tracks.size > 0 && !before) state.open.set(key, episode);
  // A track that has not been seen for long threatens nobody anew.
  if (!before && episode.members.tracks.size === 0) return;
  const { policy } = one.standing.site;
  const letGo = watchLost(
    episode.members,
    one.picture,
    { watchMs: (policy.allClearWatchS ?? WATCH_MS / 1000) * 1000, probability: policy.allClearDetection ?? WATCH_PROBABILITY },
    nowMs,
  );
  if (letGo === "watched") episode.watched = true;
  speak(episode, one, { alive, saysAway }, before === undefined);
}

/** Tracks so near to one that threatens that the danger may go on as either: both must be seen to leave. Theirs in turn are none. */
function besideMembers({ members }: Episode, alive: Air["alive"], companions: Air["companions"]): ReadonlySet<Assessed> {
  const beside = new Set<Assessed>();
  for (const [id, { isBeside, clearSinceMs }] of members.tracks) {
    const member = isBeside || clearSinceMs !== undefined ? undefined : alive.get(id);
    if (member) for (const track of companions(member)) if (!members.tracks.has(track.id)) beside.add(track);
  }
  return beside;
}

/** Says what there is to say: the danger, lost contact, or the all-clear. */
function speak(
  episode: Episode,
  one: Case,
  { alive, saysAway }: Readonly<{ alive: ReadonlyMap<TrackId, Assessed>; saysAway: ReadonlySet<TrackId> }>,
  isFirst: boolean,
): void {
  const { members } = episode;
  const { nowMs } = one;
  const confirmation = one.standing.commands.find(
    (command) => command.kind === "confirmAllClear" && command.warning === episode.id,
  );
  const held = [...members.tracks.keys()].flatMap((id) => alive.get(id) ?? []);
  if (confirmation && held.length > 0 && held.every(({ id }) => saysAway.has(id))) {
    members.tracks.clear();
    return giveAllClear(episode, "namedPerson", confirmation.by, phrase("advice.allClear", {}), nowMs);
  }
  if (held.length > 0) {
    if (confirmation) reject(one.rejections, "all-clear-refused");
    episode.watched = false;
    episode.saidToLeave = false;
    const { level, possible, told } = describe(one, held, episode);
    if (isFirst) episode.told = episode.said = told;
    else threaten(episode, level, possible, told, nowMs);
    return;
  }
  const readiness = readinessOf(episode, one);
  const basis = readiness === "afterWait" ? confirmation && "namedPerson" : readiness;
  if (basis && (confirmation || episode.level !== "critical")) {
    const by = confirmation?.by ?? (basis === "namedPerson" ? episode.declaredBy : undefined);
    return giveAllClear(episode, basis, by, phrase("advice.allClear", {}), nowMs);
  }
  if (confirmation) reject(one.rejections, "all-clear-refused");
  // Seen to leave, and only waiting for a named person at critical: nothing was lost.
  if ((readiness === "seenLeaving" || readiness === "saidToLeave") && episode.state === "active")
    episode.told = { ...episode.told, tracks: [] };
  else loseContact(episode, phrase("advice.lostContact", {}), nowMs);
}

/**
 * On what an all-clear could be given now; `afterWait` only by a named person. Nothing while a covering sensor is silent, and nothing
 * while something that was lost has not been watched for long enough.
 */
function readinessOf(episode: Episode, one: Case): NonNullable<Warning["basis"]> | "afterWait" | undefined {
  const { members, watched, saidToLeave, declaredBy } = episode;
  const around = beginWatch(episode.reality, [{ ...one.at, radiusM: one.radiusM }], one.nowMs);
  if (coverageNow(around, one.picture) === "silent") return undefined;
  if (members.lost.length > 0) {
    const watchMs = (one.standing.site.policy.allClearWatchS ?? WATCH_MS / 1000) * 1000;
    return members.lost.every(({ lostMs }) => one.nowMs - lostMs >= watchMs) ? "afterWait" : undefined;
  }
  if (watched) return "volumeWatched";
  if (saidToLeave && declaredBy === undefined) return "saidToLeave";
  return declaredBy === undefined ? "seenLeaving" : "namedPerson";
}

function beginEpisode(state: WarnState, one: Case, reality: Reality, threats: readonly Assessed[]): Episode {
  const count = (state.counts.get(one.id) ?? 0) + 1;
  state.counts.set(one.id, count);
  const id = warningId.parse(`w${state.boot}-${state.nextId++}`);
  return newEpisode(id, one.id, count, reality, describe(one, threats), one.nowMs);
}

/** What a track is to the person: a danger, well on its way out, or neither. */
function presenceOf(track: Assessed, one: Case, episode: Episode): Presence {
  const threat = track.threats.find(({ person }) => person === one.id);
  const declared = isDeclaredHarmless(track);
  if (!threat && declared && track.declaration) episode.declaredBy = track.declaration.by;
  return {
    ...presenceBase(track),
    ...(threat && { holds: threat.level }),
    ...(track.byOwnWord !== undefined && !declared && { exitMs: SAYS_TO_LEAVE_MS }),
    clear: !threat && (declared || isLeaving(track, one)),
  };
}

/** A person, or an authorisation that a person gave, says that this track is no danger. */
const isDeclaredHarmless = ({ affiliation, declaration, isDoubted, classes }: Assessed): boolean =>
  affiliation === "friend" ||
  affiliation === "neutral" ||
  (declaration?.objectClass !== undefined && isDoubted !== true && droneProbability(classes) < HARMLESS_BELOW);

function isLeaving(track: Assessed, one: Case): boolean {
  const { distanceM, closingMps, reach } = meet(track, one);
  const marginM = Math.max(LEAVING_MARGIN_M, LEAVING_SIGMAS * track.ellipse.semiMajorM);
  return distanceM > one.radiusM + marginM && closingMps < -LEAVING_MPS && reach < RETURNS_BELOW;
}

const meet = (track: Assessed, { id, at, radiusM, aheadS }: Case): Encounter =>
  track.threats.find(({ person }) => person === id) ?? encounter(track, at, radiusM, aheadS);

/** What the person is told: of the nearest in time among those that threaten, else the nearest. */
function describe(
  one: Case,
  held: readonly Assessed[],
  episode?: Episode,
): { level: Warning["level"]; possible: boolean; told: Told } {
  let level: Warning["level"] = "caution";
  for (const track of held) level = higher(level, track.threats.find(({ person }) => person === one.id)?.level);
  const possible = !held.some(isCredible);
  const met = held.map((track) => ({ track, ...meet(track, one) }));
  const [nearest] = met.toSorted((a, b) => a.closestM - b.closestM || a.distanceM - b.distanceM);
  if (!nearest) throw new RangeError("Expected at least one track that threatens, got none");
  const { track } = nearest;
  const [east, north] = track.state.velEnuMps;
  const speedMps = Math.sqrt(east * east + north * north);
  const landmark = nearestLandmark(one.standing.site.landmarks, track);
  return {
    level,
    possible,
    told: {
      tracks: held.map(({ id }) => id).slice(0, 200),
      count: countOf(held),
      bearingDeg: nearest.bearingDeg,
      distanceM: nearest.distanceM,
      closestM: nearest.closestM,
      ...(nearest.closingMps > 0 && { arrivalMs: one.nowMs + nearest.closestS * 1000 }),
      ...(track.agl && { heightAglM: track.agl.heightM }),
      ...(speedMps >= 1 && { movingDeg: degFromRad(wrapTurnRad(Math.atan2(east, north))) }),
      speedMps,
      ...(landmark !== undefined && { landmark }),
      ...(!possible && held.every(({ state }) => !state.confirmed) && { byOwnWord: true }),
      // Within an episode advice never weakens: nothing has got better by being less sure.
      advice: adviceFor(higher(level, episode?.level), possible && (episode?.possible ?? true)),
    },
  };
}

/** Notes what phones and people sent back. An all-clear that names no open warning, or that the rules do not allow, is refused. */
function takeReceipts(state: WarnState, { commands }: Standing, rejections: Rejections): void {
  for (const command of commands) {
    if (command.kind !== "warningReceipt" && command.kind !== "confirmAllClear") continue;
    const episode = [...state.open.values()].find(({ id }) => id === command.warning);
    if (!episode) reject(rejections, "unknown-warning");
    else if (command.kind === "warningReceipt") takeReceipt(episode, command);
  }
}

function takeReceipt(episode: Episode, { receipt, revision, atMs }: Extract<Command, { kind: "warningReceipt" }>): void {
  episode.deliveredMs ??= atMs;
  if (receipt !== "seen") return;
  episode.seenMs ??= atMs;
  episode.seenRevision = Math.max(episode.seenRevision ?? -1, revision);
}
