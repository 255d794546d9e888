import type { Command, PersonState, ProtectedPerson } from "@picket/model";
import { rss } from "../track/site-frame.ts";

/** What is known of one person beyond the configuration. */
type Known = {
  latDeg?: number;
  lonDeg?: number;
  sigmaM?: number;
  /** When the place was measured: by the phone's own clock, and by ours. */
  claimedMs?: number;
  measuredMs?: number;
  /** The least by which a place's arrival lay after its time by the phone's clock: what is left is the clock, not the way. */
  clockBehindMs?: number;
  connected?: boolean;
  lastContactMs?: number;
  wellbeing?: "safe" | "needHelp";
  wellbeingMs?: number;
};
export type People = Map<string, Known>;

/** A position grows uncertain as fast as somebody may hurry on foot. */
const HURRY_MPS = 2;
/** A place that arrives this much later than the phone's fastest tells that its clock was set: it counts as measured on arrival. */
const LATE_MOST_MS = 60_000;
/** Of the fixed place of a post. */
const FIXED_SIGMA_M = 5;
/** A phone that knows its place worse than this, indoors or by its cell alone, says less of a post than the post itself. */
const WORTH_SIGMA_M = 100;
/** A phone that was heard within this time is "recently" reachable. */
const RECENT_MS = 120_000;
/** A phone that tells its place does so every quarter of a minute. */
const STALE_MS = 120_000;

/** Takes what a phone or a person said of somebody. Unknown people are refused: false. */
export function hearOfPerson(people: People, persons: readonly ProtectedPerson[], command: Command): boolean {
  if (command.kind !== "personPosition" && command.kind !== "personContact" && command.kind !== "personWellbeing") return false;
  if (!persons.some(({ id }) => id === command.person)) return false;
  const known = people.get(command.person) ?? {};
  people.set(command.person, known);
  known.lastContactMs = Math.max(known.lastContactMs ?? 0, command.atMs);
  switch (command.kind) {
    case "personPosition":
      takePlace(known, command);
      return true;
    case "personContact":
      known.connected = command.connected;
      return true;
    case "personWellbeing":
      known.wellbeing = command.state;
      known.wellbeingMs = command.atMs;
      return true;
    default:
      command satisfies never;
      return false;
  }
}

/**
 * Takes a place in, unless it is older than the one known or the same one told again. The phone's clock is not believed: no place is
 * measured after it arrives, and its age is what it lies behind the phone's fastest word.
 */
function takePlace(known: Known, { latDeg, lonDeg, sigmaM, measuredMs: claimedMs, atMs }: Place): void {
  if (claimedMs === known.claimedMs) return;
  const behindMs = atMs - claimedMs;
  const fastestMs = Math.min(known.clockBehindMs ?? behindMs, behindMs);
  known.clockBehindMs = behindMs - fastestMs > LATE_MOST_MS ? behindMs : fastestMs;
  const measuredMs = claimedMs + known.clockBehindMs;
  const lastMs = known.measuredMs ?? 0;
  // One from after this arrival was timed before our own clock was put right.
  if (measuredMs < lastMs && lastMs <= atMs) return;
  known.latDeg = latDeg;
  known.lonDeg = lonDeg;
  known.sigmaM = sigmaM;
  known.claimedMs = claimedMs;
  known.measuredMs = measuredMs;
}
type Place = Extract<Command, { kind: "personPosition" }>;

/**
 * Where everybody is at `nowMs`, as far as known. A phone's own word goes before the fixed place of a post until it is stale, and only
 * when it knows its place: a post whose phone fell quiet is looked for at the post.
 */
export const peopleNow = (people: People, persons: readonly ProtectedPerson[], nowMs: number): PersonState[] =>
  persons.map((person) => {
    const known = people.get(person.id) ?? {};
    const position = placeOf(person, known, nowMs);
    return {
      id: person.id,
      name: person.name,
      language: person.language,
      ...(position && { position }),
      reachable: reachable(known, nowMs),
      ...(known.lastContactMs !== undefined && { lastContactMs: known.lastContactMs }),
      ...(known.wellbeing && { wellbeing: { state: known.wellbeing, atMs: known.wellbeingMs ?? 0 } }),
    };
  });

/** How far somebody may have hurried since the place was measured, metres. */
export const walkedM = (measuredMs: number, nowMs: number): number => (HURRY_MPS * Math.max(0, nowMs - measuredMs)) / 1000;

function placeOf({ fixed }: ProtectedPerson, known: Known, nowMs: number): PersonState["position"] {
  const { latDeg, lonDeg, measuredMs } = known;
  const isWorse = fixed && (nowMs - (measuredMs ?? 0) > STALE_MS || (known.sigmaM ?? 0) > WORTH_SIGMA_M);
  if (latDeg !== undefined && lonDeg !== undefined && measuredMs !== undefined && !isWorse) {
    const sigmaM = rss(known.sigmaM ?? 0, walkedM(measuredMs, nowMs));
    return { latDeg, lonDeg, sigmaM, measuredMs, fixed: false };
  }
  return fixed && { latDeg: fixed.latDeg, lonDeg: fixed.lonDeg, sigmaM: FIXED_SIGMA_M, measuredMs: nowMs, fixed: true };
}

function reachable({ connected, lastContactMs }: Known, nowMs: number): PersonState["reachable"] {
  if (connected) return "connected";
  return lastContactMs !== undefined && nowMs - lastContactMs <= RECENT_MS ? "recently" : "unknown";
}
