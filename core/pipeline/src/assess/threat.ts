import type { Level, PersonId, Phrase, Policy } from "@picket/model";
import { harmProbability } from "../identify/classes.ts";
import { type Identified, isCredible, isMilder } from "../identify/identified.ts";
import { lowered } from "../levels.ts";
import { phrase } from "../phrases.ts";
import type { Behaviours } from "./behaviours.ts";
import { type Encounter, encounter, type Standpoint } from "./encounter.ts";
import type { Seen } from "./seen.ts";

/** One track that may reach one person. `risk` is P(exists) × P(may harm) × P(reaches the person). */
export type Threat = Encounter &
  Readonly<{ person: PersonId; name: string; risk: number; level: Level; reasons: readonly Phrase[] }>;

/** A person whose place is known, ready to be judged, and how old that place is. */
export type Endangered = Readonly<{ id: PersonId; name: string; at: Standpoint; placeAgeS: number }>;

/** Defaults of the policy: the README says why. */
export const PERSON_RADIUS_M = 150;
export const PERSON_LOOK_AHEAD_S = 30;
export const POSSIBLE_PROBABILITY = 0.3;

const OVERHEAD_M = 60;
/** A phone tells its place every quarter of a minute: one this old is said to be old. */
const OLD_PLACE_S = 60;
const CRITICAL_S = 10;
const CRITICAL_REACH = 0.6;
const WARNING_REACH = 0.5;
const FAST_MPS = 20;
/** Surely higher than this above the ground, nothing small endangers a person below. */
const TOO_HIGH_M = 1500;

/** The threat a track is to a person, or `undefined` when the risk stays under the site's threshold. */
export function threatTo(person: Endangered, track: Seen, behaviours: Behaviours, policy: Policy): Threat | undefined {
  if (track.affiliation === "friend" || track.affiliation === "neutral") return undefined;
  if (!track.isHeightTold && track.agl && track.agl.heightM - 2 * track.agl.sigmaM > TOO_HIGH_M) return undefined;
  const radiusM = policy.personWarningRadiusM ?? PERSON_RADIUS_M;
  const met = encounter(track, person.at, radiusM, policy.personWarningS ?? PERSON_LOOK_AHEAD_S);
  const risk = Math.min(1, track.state.existence * harmProbability(track.classes) * met.reach);
  if (risk < (policy.possibleDroneProbability ?? POSSIBLE_PROBABILITY)) return undefined;
  const { level, reasons } = judge(person, track, met, behaviours);
  const told = isMilder(track) ? lowered(level) : level;
  return { ...met, person: person.id, name: person.name, risk, level: told, reasons };
}

function judge(
  { name, placeAgeS }: Endangered,
  track: Identified,
  met: Encounter,
  behaviours: Behaviours,
): { level: Level; reasons: Phrase[] } {
  const reasons: Phrase[] = [];
  const overhead = met.distanceM <= OVERHEAD_M;
  if (overhead) reasons.push(phrase("reason.overPerson", { person: name, distanceM: met.distanceM }));
  else
    reasons.push(
      phrase("reason.reachesPerson", { person: name, closestM: met.closestM, arrivalS: met.closestS, probability: met.reach }),
    );
  if (placeAgeS > OLD_PLACE_S) reasons.push(phrase("reason.placeOld", { person: name, ageS: placeAgeS }));
  if (!isCredible(track)) {
    reasons.push(phrase("reason.notConfirmed", { existence: track.state.existence }));
    return { level: "caution", reasons };
  }
  const [east, north] = track.state.velEnuMps;
  const comes = met.reach >= CRITICAL_REACH && met.closingMps > 0 && met.closestS <= CRITICAL_S;
  const fast = east * east + north * north >= FAST_MPS * FAST_MPS;
  const stays = overhead && (behaviours.has("hover") || behaviours.has("loiter") || behaviours.has("dive"));
  const isProven = track.state.confirmed;
  if (isProven && (stays || (comes && (behaviours.has("dive") || fast || behaviours.has("swarm")))))
    return { level: "critical", reasons };
  return { level: overhead || met.reach >= WARNING_REACH ? "warning" : "caution", reasons };
}
