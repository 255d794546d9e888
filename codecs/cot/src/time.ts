import { dateOfDay, daysSince1970 } from "@picket/bytes";

const MS_PER_DAY = 86_400_000;
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
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number);
  const [offsetHour, offsetMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  const days = daysSince1970(year, month, day);
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  if (offsetHour > 14 || offsetMinute > 59) return undefined;
  const offsetMinutes = (offsetHour * 60 + offsetMinute) * (parts[8] === "-" ? -1 : 1);
  const fractionMs = Number((parts[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const minutes = hour * 60 + minute - offsetMinutes;
  const timeMs = days * MS_PER_DAY + minutes * 60_000 + second * 1000 + fractionMs;
  return isTimeMs(timeMs) ? timeMs : undefined;
}

/** A time as events write it, in UTC to the millisecond. Throws RangeError for what is no whole millisecond from 1970 to 9999. */
export function formatTimeMs(timeMs: number): string {
  if (!isTimeMs(timeMs)) throw new RangeError(`A time must be an integer from 1 to ${MAX_TIME_MS}, got ${timeMs}`);
  const days = Math.floor(timeMs / MS_PER_DAY);
  const ms = timeMs - days * MS_PER_DAY;
  const { year, month, day } = dateOfDay(days);
  const clock = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60]
    .map((n) => pad(n, 2))
    .join(":");
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${clock}.${pad(ms % 1000, 3)}Z`;
}

/** Whether a number is an instant that both XML and protobuf can say: protobuf has no other word for "none" than 0. */
export const isTimeMs = (timeMs: number): boolean => Number.isInteger(timeMs) && timeMs > 0 && timeMs <= MAX_TIME_MS;

const pad = (value: number, digits: number): string => String(value).padStart(digits, "0");
