import type { Alert, Level, Phrase, Reality, TrackId } from "@picket/model";
import type { Assessed } from "../assess/assessed.ts";
import { distinct } from "../assess/level.ts";
import { isCredible } from "../identify/identified.ts";
import { higher, rankOf } from "../levels.ts";
import { isHeld, type Members, newMembers, type Presence, updateMembers } from "../members/members.ts";
import { presenceBase } from "../members/presence.ts";
import { phrase } from "../phrases.ts";
import type { Standing } from "../standing/standing.ts";
import { countOf } from "../track/count.ts";
import type { Condition } from "./condition.ts";

/** Who holds up the rows of zones and of people, by key. Plain data. */
export type Held = Map<string, Members>;

/** What this tick knows: every track, and which track went on as which. */
export type AirNow = Readonly<{
  tracks: ReadonlyMap<TrackId, Assessed>;
  merged: ReadonlyMap<TrackId, TrackId>;
  nowMs: number;
}>;

/** A track has left a zone when it is farther out than this, or than two of its own standard deviations. */
const EXIT_MARGIN_M = 30;
const EXIT_SIGMAS = 2;
/** A track that is less likely than this to enter no longer approaches. */
const APPROACH_OVER = 0.3;
const MAX_PHRASES = 16;
const MAX_TRACKS = 1000;

const zoneKey = (zone: string, reality: Reality): string => `zone:${reality}:${zone}`;
const personKey = (person: string, reality: Reality): string => `person:${reality}:${person}`;

/** Updates who holds which zone or person condition up, and drops those that nobody does. */
export function updateHeld(held: Held, now: AirNow): void {
  const keys = new Set(held.keys());
  for (const track of now.tracks.values()) {
    for (const { zone } of track.zoneLevels) keys.add(zoneKey(zone.id, track.reality));
    for (const { person } of track.threats) keys.add(personKey(person, track.reality));
  }
  const byReality = Map.groupBy(now.tracks.values(), ({ reality }) => reality);
  for (const key of keys) {
    const members = held.get(key) ?? newMembers();
    held.set(key, members);
    const [kind, reality, id] = splitKey(key);
    const presences = new Map<TrackId, Presence>();
    for (const track of byReality.get(reality) ?? []) {
      const presence = kind === "zone" ? zonePresence(track, id) : personPresence(track, id);
      if (presence.holds || members.tracks.has(track.id)) presences.set(track.id, presence);
    }
    const merged = new Map<TrackId, TrackId>();
    for (const [from, to] of now.merged) {
      const heir = now.tracks.get(to);
      if (!heir || !members.tracks.has(from)) continue;
      merged.set(from, to);
      if (!presences.has(to)) presences.set(to, kind === "zone" ? zonePresence(heir, id) : personPresence(heir, id));
    }
    updateMembers(members, presences, { reality, merged, nowMs: now.nowMs });
    // Nothing ever made it credible, and nothing is left of it: no contact was lost.
    if (kind === "zone" && !members.isCredible) members.lost = [];
  }
}

/** Whose warning is open, and in which reality. */
export type Warned = Readonly<{ person: string; reality: Reality }>;

/** What holds now, of zones and people: one condition each. A person's holds until the person's own warning is closed. */
export function airConditions(held: Held, { site }: Standing, warned: readonly Warned[], now: AirNow): Condition[] {
  const conditions: Condition[] = [];
  const open = new Set(warned.map(({ person, reality }) => personKey(person, reality)));
  for (const [key, members] of held) {
    if (!isHeld(members) && !open.has(key)) {
      held.delete(key);
      continue;
    }
    const [kind, reality, id] = splitKey(key);
    const zone = kind === "zone" ? site.zones.find((one) => one.id === id) : undefined;
    const person = kind === "person" ? site.persons.find((one) => one.id === id) : undefined;
    const name = (zone ?? person)?.name;
    if (name === undefined) held.delete(key);
    else conditions.push(toCondition({ key, kind, reality, id, name }, members, now));
  }
  return conditions;
}

type Subject = Readonly<{ key: string; kind: "zone" | "person"; reality: Reality; id: string; name: string }>;

function toCondition({ key, kind, reality, id, name }: Subject, members: Members, now: AirNow): Condition {
  const tracks = [...members.tracks.keys()].flatMap((track) => now.tracks.get(track) ?? []);
  const levelIn = (track: Assessed): Level => members.tracks.get(track.id)?.level ?? "watch";
  const [worst] = tracks.toSorted(
    (a, b) => rankOf(levelIn(b)) - rankOf(levelIn(a)) || (arrivalS(a, kind, id) ?? 1e9) - (arrivalS(b, kind, id) ?? 1e9),
  );
  const lost = members.lost;
  const count = countOf(tracks);
  const { about: inside } = countOf(kind === "zone" ? tracks.filter((track) => relationOf(track, id) === "inside") : []);
  members.isCredible ||= tracks.some(isCredible);
  members.isFull ||= tracks.some((track) => isCredible(track) && relationOf(track, id) === "inside");
  members.isProven ||= tracks.some(({ state }) => state.confirmed);
  const arrival = worst && arrivalS(worst, kind, id);
  const alertKind = kindOf(kind, members);
  const [lastLost] = lost.toSorted((a, b) => b.lastSeenMs - a.lastSeenMs);
  const at = worst
    ? ([worst.state.posEnuM[0], worst.state.posEnuM[1]] as const)
    : lastLost && ([lastLost.eastM, lastLost.northM] as const);
  const lostReason = lastLost && phrase("reason.lostContact", { lastSeenS: (now.nowMs - lastLost.lastSeenMs) / 1000 });
  const waiting = isHeld(members) ? [] : [phrase("reason.warningOpen", { person: name })];
  const reasons = distinct([...waiting, ...(lostReason ? [lostReason] : []), ...(worst?.assessment.reasons ?? [])]);
  return {
    key,
    category: "air",
    kind: alertKind,
    level: tracks.reduce<Level>((level, track) => higher(level, levelIn(track)), tracks.length > 0 ? "watch" : "caution"),
    reality,
    title: titleOf(alertKind, { kind, name }, count, inside),
    reasons: reasons.slice(0, MAX_PHRASES),
    refutedBy: (worst?.assessment.refutedBy ?? [phrase("refute.watchedBySensor", {})]).slice(0, MAX_PHRASES),
    tracks: tracks.map((track) => track.id).slice(0, MAX_TRACKS),
    count,
    ...(kind === "zone" ? { zone: id as NonNullable<Condition["zone"]> } : { person: id as NonNullable<Condition["person"]> }),
    ...(worst && { place: { latDeg: worst.latDeg, lonDeg: worst.lonDeg } }),
    ...(at && { at }),
    isProven: members.isProven,
    isAnother: tracks.length > 0 && lost.length > 0,
    ...(arrival !== undefined && { arrivalMs: now.nowMs + arrival * 1000 }),
    ...(tracks.length === 0 && lastLost && { lostContactMs: lastLost.lostMs }),
  };
}

/** What a row is called: while nothing makes it credible, while it approaches, and once it has come true in full. */
function kindOf(kind: Subject["kind"], members: Members): Alert["kind"] {
  if (!members.isCredible) return "possibleDrone";
  if (kind === "person") return "personThreatened";
  return members.isFull ? "zoneEntry" : "zoneApproach";
}

function titleOf(
  alertKind: Alert["kind"],
  { kind, name }: Pick<Subject, "kind" | "name">,
  count: { about: number; atLeast: number },
  inside: number,
): Phrase {
  const many = count.about > 1;
  switch (alertKind) {
    case "zoneEntry":
      if (inside > 0 && inside < count.about) return phrase("alert.zoneEntrySome", { zone: name, about: count.about, inside });
      return many ? phrase("alert.zoneEntryMany", { zone: name, ...count }) : phrase("alert.zoneEntry", { zone: name });
    case "zoneApproach":
      return many ? phrase("alert.zoneApproachMany", { zone: name, ...count }) : phrase("alert.zoneApproach", { zone: name });
    case "possibleDrone":
      return kind === "zone"
        ? phrase("alert.possibleDroneZone", { zone: name })
        : phrase("alert.possibleDrone", { person: name });
    default:
      return many
        ? phrase("alert.personThreatenedMany", { person: name, ...count })
        : phrase("alert.personThreatened", { person: name });
  }
}

const relationOf = (track: Assessed, zone: string) => track.assessment.zones.find((view) => view.zone === zone)?.relation;

function arrivalS(track: Assessed, kind: Subject["kind"], id: string): number | undefined {
  if (kind === "zone") {
    const view = track.assessment.zones.find(({ zone }) => zone === id);
    return view?.relation === "inside" ? 0 : view?.entryS;
  }
  return track.threats.find(({ person }) => person === id)?.closestS;
}

function zonePresence(track: Assessed, zone: string): Presence {
  const holds = track.zoneLevels.find((one) => one.zone.id === zone)?.level;
  const view = track.assessment.zones.find((one) => one.zone === zone);
  const marginM = Math.max(EXIT_MARGIN_M, EXIT_SIGMAS * track.ellipse.semiMajorM);
  const isOut = !view || (view.relation === "outside" && (view.distanceM > marginM || view.distanceM === 0));
  const comes = view?.relation === "approaching" || (view?.entryProbability ?? 0) >= APPROACH_OVER;
  // What is no longer taken for a threat (a friend, a bird) is as good as out wherever it is; what is only doubted is not.
  const harmless = view !== undefined && view.relation === "inside" && holds === undefined && isCredible(track);
  return {
    ...presenceBase(track),
    ...(holds && { holds }),
    clear: harmless || (isOut && !(comes && view?.entryS !== undefined)),
  };
}

function personPresence(track: Assessed, person: string): Presence {
  const threat = track.threats.find((one) => one.person === person);
  return { ...presenceBase(track), ...(threat && { holds: threat.level }), clear: threat === undefined };
}

function splitKey(key: string): ["zone" | "person", Reality, string] {
  const [kind, reality, id] = key.split(":");
  return [kind as "zone" | "person", reality as Reality, id as string];
}
