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
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31 || hour > 23 || minute > 59 || second > 60) return undefined;
  const ms = Number((clock[4] ?? "").padEnd(3, "0"));
  return daysSince1970(year, month, dayOfMonth) * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
}

/**
 * Days of the proleptic Gregorian calendar, with years that begin in March so that the leap day comes last.
 *
 * @source Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
 */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
