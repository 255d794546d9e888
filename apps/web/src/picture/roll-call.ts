import type { PersonState, Warning } from "@picket/model";
import type { Picture } from "./picture.ts";

/** One line of the roll call: the person, and the newest warning they were given, if any. */
export type RollCallEntry = Readonly<{
  person: PersonState;
  warning: Warning | undefined;
  isAccounted: boolean;
  isInDanger: boolean;
}>;

/**
 * Everybody who must be warned, those in danger first. Accounted for is who said to be safe, who has seen the newest message of their
 * warning, or who is connected and has no open warning: silence never counts.
 */
export function rollCall({ persons, warnings }: Pick<Picture, "persons" | "warnings">): readonly RollCallEntry[] {
  const newest = new Map<string, Warning>();
  for (const warning of warnings.values()) {
    const before = newest.get(warning.person);
    if (
      !before ||
      warning.episode > before.episode ||
      (warning.episode === before.episode && warning.changedMs > before.changedMs)
    ) {
      newest.set(warning.person, warning);
    }
  }
  return [...persons.values()].map((person) => entryFor(person, newest.get(person.id))).sort(byNeed);
}

function entryFor(person: PersonState, warning: Warning | undefined): RollCallEntry {
  const isOpen = warning !== undefined && warning.state !== "allClear";
  const saidSafe = person.wellbeing?.state === "safe" && (!isOpen || person.wellbeing.atMs >= warning.raisedMs);
  const needsHelp = person.wellbeing?.state === "needHelp";
  const isSeen = isOpen && warning.seenMs !== undefined;
  return {
    person,
    warning,
    isAccounted: !needsHelp && (saidSafe || isSeen || (!isOpen && person.reachable === "connected")),
    isInDanger: isOpen || needsHelp,
  };
}

const byNeed = (a: RollCallEntry, b: RollCallEntry) =>
  Number(b.isInDanger) - Number(a.isInDanger) ||
  Number(a.isAccounted) - Number(b.isAccounted) ||
  a.person.name.localeCompare(b.person.name);
