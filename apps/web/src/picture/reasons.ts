import type { Alert, AssessedTrack, Phrase } from "@picket/model";

/** What only an alert can say; all else in its reasons is of its worst track, as of when the alert was last sent. */
const OF_THE_ALERT: ReadonlySet<string> = new Set([
  "reason.warningOpen",
  "reason.warningUnseen",
  "reason.lostContact",
  "reason.restart",
  "reason.alarmFlood",
  "reason.outOfService",
]);

/** What an alert says beyond the reasons of a track that is shown beside it, whose own are newer. */
export const reasonsBeyondTrack = ({ reasons }: Alert): readonly Phrase[] =>
  reasons.filter(({ code }) => OF_THE_ALERT.has(code) || code.startsWith("closed."));

/** What would refute the track's level and the alert, each said once. */
export const refutedBy = (track: AssessedTrack, alert: Alert | undefined): readonly Phrase[] =>
  distinct([...track.assessment.refutedBy, ...(alert?.refutedBy ?? [])]);

/** Each sentence about the same things once, the first of them: "one of about 39" and "one of about 40" are one. */
export function distinct(phrases: readonly Phrase[]): readonly Phrase[] {
  const byMeaning = new Map<string, Phrase>();
  for (const phrase of phrases) {
    const names = Object.values(phrase.params).filter((value) => typeof value === "string");
    const meaning = [phrase.code, ...names].join(" ");
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, phrase);
  }
  return [...byMeaning.values()];
}
