import type { PersonState, Reality, Warning } from "@picket/model";
import { mayAlarm } from "./page-reality.ts";
import type { Picture } from "./picture.ts";

/** One line of the roll call: the person, and the warning that says most of them, if any. */
export type RollCallEntry = Readonly<{
  person: PersonState;
  warning: Warning | undefined;
  isAccounted: boolean;
  isInDanger: boolean;
}>;

/**
 * Everybody who must be warned, those in danger first. Accounted for is who said to be safe, who has seen the newest message of their
 * warning, or who is connected and has no open warning: silence never counts. On a live `page` a drill puts nobody in danger.
 */
export function rollCall({ persons, warnings }: Pick<Picture, "persons" | "warnings">, page: Reality): readonly RollCallEntry[] {
  const foremost = new Map<string, Warning>();
  for (const warning of [...warnings.values()].sort(byWeight(page)))
    if (!foremost.has(warning.person)) foremost.set(warning.person, warning);
  return [...persons.values()].map((person) => entryFor(person, foremost.get(person.id), page)).sort(byNeed);
}

const isOpen = ({ state }: Warning): boolean => state !== "allClear";

/** What is open before what is over, what may alarm before a drill, then the newest. */
const byWeight = (page: Reality) => (a: Warning, b: Warning) =>
  Number(isOpen(b)) - Number(isOpen(a)) ||
  Number(mayAlarm(b.reality, page)) - Number(mayAlarm(a.reality, page)) ||
  b.episode - a.episode ||
  b.changedMs - a.changedMs;

function entryFor(person: PersonState, warning: Warning | undefined, page: Reality): RollCallEntry {
  const isThreatened = warning !== undefined && isOpen(warning) && mayAlarm(warning.reality, page);
  const saidSafe = person.wellbeing?.state === "safe" && (!isThreatened || person.wellbeing.atMs >= warning.raisedMs);
  const needsHelp = person.wellbeing?.state === "needHelp";
  const isSeen = isThreatened && warning.seenMs !== undefined;
  return {
    person,
    warning,
    isAccounted: !needsHelp && (saidSafe || isSeen || (!isThreatened && person.reachable === "connected")),
    isInDanger: isThreatened || needsHelp,
  };
}

const byNeed = (a: RollCallEntry, b: RollCallEntry) =>
  Number(b.isInDanger) - Number(a.isInDanger) ||
  Number(a.isAccounted) - Number(b.isAccounted) ||
  a.person.name.localeCompare(b.person.name);
