import type { Alert, AssessedTrack, Phrase, Sensor } from "@picket/model";
import { isReturned } from "./alert-order.ts";
import type { Picture } from "./picture.ts";

/** What only an alert can say; all else in its reasons is of its worst track, as of when the alert was last sent. */
const OF_THE_ALERT: ReadonlySet<string> = new Set([
  "reason.warningOpen",
  "reason.warningUnseen",
  "reason.restart",
  "reason.alarmFlood",
  "reason.outOfService",
]);

/** What holds only while the alert does. */
const WHILE_IT_HOLDS: ReadonlySet<string> = new Set(["reason.warningOpen", "reason.warningUnseen"]);

/** What an alert says beyond the reasons of a track that is shown beside it, whose own are newer. */
export const reasonsBeyondTrack = (alert: Alert, picture: Picture): readonly Phrase[] =>
  reasonsNow(alert, picture).filter(({ code }) => OF_THE_ALERT.has(code) || code.startsWith("closed."));

/** True when others of an alert's tracks were lost while some are still seen. */
export const hasLostOthers = ({ reasons, lostContactMs }: Alert): boolean =>
  lostContactMs === undefined && reasons.some(({ code }) => code === "reason.lostContact");

/** An alert's reasons as of now: it was sent when it last changed, and how long something has lasted has grown since. */
export const reasonsNow = (alert: Alert, picture: Picture): readonly Phrase[] =>
  alert.reasons
    .filter(({ code }) => !isReturned(alert) || !WHILE_IT_HOLDS.has(code))
    .map((reason) => grown(reason, alert, picture));

function grown(reason: Phrase, alert: Alert, { nowMs, sensors }: Picture): Phrase {
  switch (reason.code) {
    case "reason.lostContact":
      return since(reason, "lastSeenS", alert.lostContactMs, nowMs);
    case "reason.warningUnseen":
      return since(reason, "waitedS", alert.changedMs, nowMs);
    case "reason.sensorNeverHeard":
      return since(reason, "waitedS", alert.raisedMs, nowMs);
    case "reason.sensorSilent":
      return since(reason, "silentS", alert.sensor && sensors.get(alert.sensor)?.lastHeardMs, nowMs);
    default:
      return reason;
  }
}

/** The phrase with the longer of its own time and that since `fromMs`. */
function since(phrase: Phrase, param: string, fromMs: number | undefined, nowMs: number): Phrase {
  const saidS = Number(phrase.params[param] ?? 0);
  const lastedS = fromMs === undefined ? 0 : (nowMs - fromMs) / 1000;
  return { ...phrase, params: { ...phrase.params, [param]: Math.max(saidS, lastedS) } };
}

/** Sentences that name a sensor by its id, with the name that people know it by. */
export const namingSensors = (phrases: readonly Phrase[], sensors: readonly Sensor[]): readonly Phrase[] =>
  phrases.map((phrase) => {
    const named = sensors.find(({ id }) => id === phrase.params["sensor"]);
    return named ? { ...phrase, params: { ...phrase.params, sensor: named.name } } : phrase;
  });

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
