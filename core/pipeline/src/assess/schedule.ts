import type { Schedule } from "@picket/model";

const DAY_MINUTES = 1440;
/** 1 January 1970 was a Thursday. */
const DAYS = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"] as const;

/** Is the schedule on at this instant? Without one, always. A span that runs over midnight belongs to the day it began on. */
export function isOn(schedule: Schedule | undefined, nowMs: number): boolean {
  if (!schedule) return true;
  const { days, fromMinute, toMinute, utcOffsetMinutes } = schedule;
  const localMinute = Math.floor(nowMs / 60_000) + utcOffsetMinutes;
  const day = Math.floor(localMinute / DAY_MINUTES);
  const minute = localMinute - day * DAY_MINUTES;
  const hasDay = (which: number) => days.includes(DAYS[((which % 7) + 7) % 7] as (typeof DAYS)[number]);
  if (fromMinute < toMinute) return hasDay(day) && minute >= fromMinute && minute < toMinute;
  return (hasDay(day) && minute >= fromMinute) || (hasDay(day - 1) && minute < toMinute);
}
