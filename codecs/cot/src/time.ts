const MS_PER_DAY = 86_400_000;
const DAYS_PER_ERA = 146_097;
/** Days from 1 March of year 0 to 1 January 1970, in the proleptic Gregorian calendar. */
const EPOCH_DAY = 719_468;
/** The last millisecond of year 9999. */
export const MAX_TIME_MS = 253_402_300_799_999;

const DATE_TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,30}))?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * Unix milliseconds of a date and time as events write it, or `undefined` when it is none: any number of fraction digits, of which three
 * count; a zone is needed, `Z` or an offset. Refuses days that no month has, hour 24, second 60 and anything not after 1970-01-01T00:00Z.
 *
 * @source W3C XML Schema Part 2, dateTime.
 */
export function parseTimeMs(text: string): number | undefined {
  const parts = DATE_TIME.exec(text);
  if (!parts) return undefined;
  const number = (i: number): number => Number(parts[i] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined;
  if (number(9) > 14 || number(10) > 59) return undefined;
  const offsetMinutes = (number(9) * 60 + number(10)) * (parts[8] === "-" ? -1 : 1);
  const fractionMs = Number((parts[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const minutes = hour * 60 + minute - offsetMinutes;
  const timeMs = dayNumber(year, month, day) * MS_PER_DAY + minutes * 60_000 + second * 1000 + fractionMs;
  return isTimeMs(timeMs) ? timeMs : undefined;
}

/** A time as events write it, in UTC to the millisecond. Throws RangeError for what is no whole millisecond from 1970 to 9999. */
export function formatTimeMs(timeMs: number): string {
  if (!isTimeMs(timeMs)) throw new RangeError(`A time must be an integer from 1 to ${MAX_TIME_MS}, got ${timeMs}`);
  const days = Math.floor(timeMs / MS_PER_DAY);
  const ms = timeMs - days * MS_PER_DAY;
  const [year, month, day] = civilDate(days);
  const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
    .map((n) => pad(n, 2))
    .join(":");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}.${pad(ms % 1000, 3)}Z`;
}

/** Whether a number is an instant that both XML and protobuf can say: protobuf has no other word for "none" than 0. */
export const isTimeMs = (timeMs: number): boolean => Number.isInteger(timeMs) && timeMs > 0 && timeMs <= MAX_TIME_MS;

const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1970-01-01. Years begin in March here, so that the leap day is the last of its year. */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * DAYS_PER_ERA + dayOfEra - EPOCH_DAY;
}

/** Year, month and day of a day counted from 1970-01-01: the inverse of {@link dayNumber}. */
function civilDate(days: number): readonly [number, number, number] {
  const fromMarch = days + EPOCH_DAY;
  const era = Math.floor(fromMarch / DAYS_PER_ERA);
  const dayOfEra = fromMarch - era * DAYS_PER_ERA;
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day];
}
