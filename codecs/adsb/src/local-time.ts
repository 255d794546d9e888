import { daysSince1970 } from "@picket/bytes";

const MS_PER_DAY = 86_400_000;

/**
 * Milliseconds since 1970 of a date `YYYY/MM/DD` and a time `HH:MM:SS.mmm`, counted as if they were UTC; `undefined` unless they are a
 * date and a time.
 */
export function localMsOf(date: string, time: string): number | undefined {
  const day = /^(\d{4})\/(\d{2})\/(\d{2})$/.exec(date);
  const clock = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?$/.exec(time);
  if (!day || !clock) return undefined;
  const [year, month, dayOfMonth] = [Number(day[1]), Number(day[2]), Number(day[3])];
  const [hour, minute, second] = [Number(clock[1]), Number(clock[2]), Number(clock[3])];
  const days = daysSince1970(year, month, dayOfMonth);
  if (days === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  const ms = Number((clock[4] ?? "").padEnd(3, "0"));
  return days * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}
