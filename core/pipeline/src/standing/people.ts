import type { Command, PersonState, ProtectedPerson } from "@picket/model";

/** What is known of one person beyond the configuration. */
type Known = {
  latDeg?: number;
  lonDeg?: number;
  sigmaM?: number;
  measuredMs?: number;
  connected?: boolean;
  lastContactMs?: number;
  wellbeing?: "safe" | "needHelp";
  wellbeingMs?: number;
};
export type People = Map<string, Known>;

/** A position grows uncertain as fast as somebody may hurry on foot. */
const HURRY_MPS = 2;
/** Of the fixed place of a post. */
const FIXED_SIGMA_M = 5;
/** A phone that was heard within this time is "recently" reachable. */
const RECENT_MS = 120_000;

/** Takes what a phone or a person said of somebody. Unknown people are refused: false. */
export function hearOfPerson(people: People, persons: readonly ProtectedPerson[], command: Command): boolean {
  if (command.kind !== "personPosition" && command.kind !== "personContact" && command.kind !== "personWellbeing") return false;
  if (!persons.some(({ id }) => id === command.person)) return false;
  const known = people.get(command.person) ?? {};
  people.set(command.person, known);
  known.lastContactMs = Math.max(known.lastContactMs ?? 0, command.atMs);
  switch (command.kind) {
    case "personPosition":
      if (command.measuredMs < (known.measuredMs ?? 0)) return true;
      known.latDeg = command.latDeg;
      known.lonDeg = command.lonDeg;
      known.sigmaM = command.sigmaM;
      known.measuredMs = command.measuredMs;
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

/** Where everybody is at `nowMs`, as far as known. A phone's own word goes before the fixed place of a post. */
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

function placeOf({ fixed }: ProtectedPerson, known: Known, nowMs: number): PersonState["position"] {
  if (known.latDeg !== undefined && known.lonDeg !== undefined && known.measuredMs !== undefined) {
    const walkedM = (HURRY_MPS * Math.max(0, nowMs - known.measuredMs)) / 1000;
    const ownM = known.sigmaM ?? 0;
    const sigmaM = Math.sqrt(ownM * ownM + walkedM * walkedM);
    return { latDeg: known.latDeg, lonDeg: known.lonDeg, sigmaM, measuredMs: known.measuredMs, fixed: false };
  }
  return fixed && { latDeg: fixed.latDeg, lonDeg: fixed.lonDeg, sigmaM: FIXED_SIGMA_M, measuredMs: nowMs, fixed: true };
}

function reachable({ connected, lastContactMs }: Known, nowMs: number): PersonState["reachable"] {
  if (connected) return "connected";
  return lastContactMs !== undefined && nowMs - lastContactMs <= RECENT_MS ? "recently" : "unknown";
}
