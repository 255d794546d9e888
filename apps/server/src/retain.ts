import type { SiteConfiguration } from "./config/read-configuration.ts";
import type { RetentionPolicy } from "./record/retention.ts";

const DAY_MS = 86_400_000;
/** Labels of what a person's own place can be read from. A snapshot holds it too where phones report it. */
export const PERSON_POSITION = "person-position";

const DEFAULT_RAW_DAYS = 30;
const DEFAULT_POSITION_DAYS = 7;
/** What people decided, alerts, and what partners were told. */
export const DEFAULT_HISTORY_DAYS = 180;

/**
 * What may no longer be kept at `nowMs`. Snapshots go with the raw input they make playable; where phones report people's places,
 * with these: from then on that time can be read, and no longer played again, unless a hold keeps it.
 */
export function retentionPolicy({ site, server }: SiteConfiguration, nowMs: number): RetentionPolicy {
  const {
    rawDays = DEFAULT_RAW_DAYS,
    positionDays = DEFAULT_POSITION_DAYS,
    historyDays = DEFAULT_HISTORY_DAYS,
    holds = [],
  } = server.retention ?? {};
  const hasPhones = site.persons.some(({ fixed }) => !fixed);
  const rule = (retention: string, days: number) => ({ retention, beforeMs: nowMs - days * DAY_MS });
  return {
    rules: [
      ...["bytes", "mark", "configuration", "track-point", "frame"].map((label) => rule(label, rawDays)),
      rule("snapshot", hasPhones ? Math.min(rawDays, positionDays) : rawDays),
      rule(PERSON_POSITION, positionDays),
      ...["command", "alert"].map((label) => rule(label, historyDays)),
    ],
    holds: holds.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) })),
  };
}

const FIRST_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Erases a minute after the start, when a restart's first seconds are over, and then every hour. Answers how to stop. */
export function retainPeriodically(
  retain: () => Promise<unknown>,
  report: (why: string) => void,
  { firstMs, everyMs } = { firstMs: FIRST_MS, everyMs: EVERY_MS },
): () => void {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const run = () => {
    retain()
      .catch((error: unknown) => {
        if (!isStopped) report(error instanceof Error ? error.message : String(error));
      })
      .finally(() => {
        if (!isStopped) timer = setTimeout(run, everyMs);
      });
  };
  timer = setTimeout(run, firstMs);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
