import type { Level, Phrase, Policy, Zone } from "@picket/model";
import { droneProbability, harmProbability } from "../identify/classes.ts";
import { type Identified, isCredible, isMilder } from "../identify/identified.ts";
import { higher, lower, lowered, raised } from "../levels.ts";
import { phrase } from "../phrases.ts";
import type { Behaviours } from "./behaviours.ts";
import { PERSON_LOOK_AHEAD_S, POSSIBLE_PROBABILITY, type Threat } from "./threat.ts";
import type { ZoneView } from "./zone-view.ts";

/** A zone that is on, and how the track stands to it. */
export type ZoneJudged = Readonly<{ zone: Zone; view: ZoneView }>;

/** The level that one zone gives a track. */
export type ZoneLevel = Readonly<{ zone: Zone; view: ZoneView; level: Level }>;

/** At most this probably a drone: nobody is alarmed. At most that probably: it is only watched. */
const HARMLESS_BELOW = 0.1;
const DOUBTFUL_BELOW = 0.4;
export const MAX_REASONS = 16;

/**
 * The level that a zone gives a track, or `undefined`: friends and what is surely no drone give none; a track that nothing makes credible yet
 * is worth a caution at most, where it is likely enough to be there and to enter soon. A dive at a protected zone is one step worse.
 */
export function zoneLevel(
  { zone, view }: ZoneJudged,
  track: Identified,
  behaviours: Behaviours,
  policy: Policy,
): Level | undefined {
  if (track.affiliation === "friend" || track.affiliation === "neutral") return undefined;
  const drone = droneProbability(track.classes);
  if (drone < HARMLESS_BELOW) return undefined;
  const soon = zone.approachS === undefined || (view.entryS ?? 0) <= zone.approachS;
  const level =
    view.relation === "inside" ? zone.entryLevel : view.relation === "approaching" && soon ? zone.approachLevel : undefined;
  if (level === undefined) return undefined;
  if (!isCredible(track)) return mayEnter(view, track, policy) ? lower(level, "caution") : undefined;
  if (drone < DOUBTFUL_BELOW) return "watch";
  const worst = behaviours.has("dive") && zone.purpose === "protected" ? raised(level) : level;
  return isMilder(track) ? lowered(worst) : worst;
}

/** Is P(exists) × P(may harm) × P(enters within the time that people are warned ahead) beyond what the site asks of a possible drone? */
function mayEnter({ relation, entryS = 0, entryProbability = 0 }: ZoneView, track: Identified, policy: Policy): boolean {
  if (relation !== "inside" && entryS > (policy.personWarningS ?? PERSON_LOOK_AHEAD_S)) return false;
  const risk = track.state.existence * harmProbability(track.classes) * (relation === "inside" ? 1 : entryProbability);
  return risk >= (policy.possibleDroneProbability ?? POSSIBLE_PROBABILITY);
}

/** What one track is worth in all: the highest level, the sentences that say why, worst first, and what would refute them. */
export function judge(track: Identified, zones: readonly ZoneLevel[], threats: readonly Threat[], behaviours: Behaviours) {
  let level: Level | undefined;
  for (const zone of zones) level = higher(level, zone.level);
  for (const threat of threats) level = higher(level, threat.level);
  const isOwnWord = level !== undefined && track.byOwnWord !== undefined;
  const reasons: Phrase[] = isOwnWord ? [phrase("reason.byOwnWord", {})] : [];
  if (track.saysGrounded) reasons.push(phrase("reason.saysGrounded", {}));
  if (track.saysAircraft !== undefined) reasons.push(phrase("reason.saysAircraft", { identity: track.saysAircraft }));
  reasons.push(...threats.flatMap((threat) => threat.reasons));
  for (const { zone, view } of zones) reasons.push(...zoneReasons(zone, view));
  if (zones.length > 0 && threats.length === 0 && !isCredible(track))
    reasons.push(phrase("reason.notConfirmed", { existence: track.state.existence }));
  reasons.push(...behaviours.values(), ...track.why);
  const harmless = 1 - droneProbability(track.classes);
  if (harmless > 0.5) {
    const [objectClass, probability] = likeliest(track);
    reasons.push(phrase("reason.likelyClass", { objectClass, probability }));
  }
  return {
    level,
    reasons: reasons.slice(0, MAX_REASONS),
    refutedBy: level === undefined ? [] : refutations(track, zones, threats),
  };
}

function zoneReasons({ name }: Zone, { relation, entryS, entryProbability, heightUndecided }: ZoneView): Phrase[] {
  const reasons =
    relation === "inside"
      ? [phrase("reason.insideZone", { zone: name })]
      : [phrase("reason.entersZone", { zone: name, entryS: entryS ?? 0, probability: entryProbability ?? 0 })];
  if (heightUndecided) reasons.push(phrase("reason.heightUndecided", { zone: name }));
  return reasons;
}

function refutations(track: Identified, zones: readonly ZoneLevel[], threats: readonly Threat[]): Phrase[] {
  const phrases: Phrase[] = [];
  for (const { zone, view } of zones) {
    phrases.push(view.relation === "inside" ? phrase("refute.leavesZone", { zone: zone.name }) : phrase("refute.turnsAway", {}));
    if (view.heightUndecided) phrases.push(phrase("refute.heightMeasured", { zone: zone.name }));
  }
  if (threats.length > 0) phrases.push(phrase("refute.turnsAway", {}));
  if (!track.state.confirmed) phrases.push(phrase("refute.seenNoMore", {}));
  phrases.push(phrase("refute.classedHarmless", {}));
  const identity = track.identities[0]?.claim.value;
  if (identity !== undefined) phrases.push(phrase("refute.friendBound", { identity }));
  return distinct(phrases).slice(0, MAX_REASONS);
}

/** Without repeats: two zones may say the same. */
export function distinct(phrases: readonly Phrase[]): Phrase[] {
  const seen = new Set<string>();
  return phrases.filter(({ code, params }) => {
    const key = `${code} ${JSON.stringify(params)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function likeliest({ classes }: Identified): [string, number] {
  let best: [string, number] = ["other", 0];
  for (const entry of Object.entries(classes)) if (entry[1] > best[1]) best = entry;
  return best;
}
