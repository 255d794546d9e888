import type { Shape, Task } from "@picket/sapient";
import { MODE } from "./sapient-registration.ts";

/** What a partner may set of what it is told. It holds for one conversation. */
export type TaskSettings = Readonly<{
  /** From one scan of reports to the next. */
  reportEveryMs: number;
  /** Tracks that exist less surely are not reported; nor are classes that are less probable. */
  leastExistence: number;
  leastClass: number;
}>;

export const USUAL_SETTINGS: TaskSettings = { reportEveryMs: 1000, leastExistence: 0, leastClass: 0.05 };

type Level = "LOW" | "MEDIUM" | "HIGH";
const REPORT_EVERY_MS: Readonly<Record<Level, number>> = { LOW: 5000, MEDIUM: 1000, HIGH: 250 };
const LEAST_EXISTENCE: Readonly<Record<Level, number>> = { LOW: 0, MEDIUM: 0.9, HIGH: 0.99 };
const LEAST_CLASS: Readonly<Record<Level, number>> = { LOW: 0.05, MEDIUM: 0.5, HIGH: 0.8 };

export type TaskAnswer = Readonly<{ answer: Shape<"TaskAck">; settings: TaskSettings }>;

/**
 * The answer to a task. Rates and thresholds of what is reported are the partner's to set, and a stop gives back the usual ones; where a
 * site's sensors look and what they do is not, and is refused with the reason. Tasks that would move or follow come no further than the
 * decoder.
 */
export function answerTo({ taskId, control, command, region }: Task, settings: TaskSettings): TaskAnswer {
  const done = (next: TaskSettings): TaskAnswer => ({ answer: { taskId, taskStatus: "COMPLETED" }, settings: next });
  const refuse = (reason: string): TaskAnswer => ({ answer: { taskId, taskStatus: "REJECTED", reason: [reason] }, settings });
  if (control === "STOP") return done(USUAL_SETTINGS);
  if (control === "PAUSE") return refuse("reports are not paused: a picture that stands still is taken for an empty sky");
  if (region) return refuse("the whole released picture is reported, whatever the region");
  if (!command) return refuse("the task has neither command nor region");
  const { detectionReportRate, detectionThreshold, classificationThreshold, lookAt, modeChange, request } = command;
  if (detectionReportRate) return done({ ...settings, reportEveryMs: REPORT_EVERY_MS[detectionReportRate] });
  if (detectionThreshold) return done({ ...settings, leastExistence: LEAST_EXISTENCE[detectionThreshold] });
  if (classificationThreshold) return done({ ...settings, leastClass: LEAST_CLASS[classificationThreshold] });
  if (modeChange !== undefined) return modeChange === MODE ? done(settings) : refuse(`the only mode is ${MODE}`);
  if (lookAt) return refuse("the site's sensors are not pointed from outside");
  return refuse(`the request ${JSON.stringify(request)} is not known: Registration and Status are`);
}
