import type { CapTime } from "./alert.ts";

const DAY_MS = 86_400_000;
const TIME = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)([-+])(\d\d):(\d\d)$/;

/**
 * Reads `2026-01-02T03:04:05-08:00`; undefined for anything else: `Z`, fractions and days that no month has are not allowed.
 *
 * @source CAP 1.2, section 3.3.2, DateTime.
 */
export function parseTime(text: string): CapTime | undefined {
  const match = TIME.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const offsetMin = (match[7] === "-" ? -1 : 1) * (Number(match[8]) * 60 + Number(match[9]));
  const isDay = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  const isTime = (hour < 24 && minute < 60 && second < 60) || (hour === 24 && minute === 0 && second === 0);
  if (!isDay || !isTime || Number(match[9]) > 59 || Math.abs(offsetMin) > 14 * 60) return undefined;
  const localMs = daysSinceEpoch(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
  return { unixMs: localMs - offsetMin * 60_000, offsetMin: offsetMin === 0 ? 0 : offsetMin };
}

/** Writes a moment as the standard has it, the fraction of its second cut off. Throws RangeError outside the years 1 to 9999. */
export function formatTime({ unixMs, offsetMin }: CapTime): string {
  const localS = Math.floor(unixMs / 1000) + offsetMin * 60;
  const days = Math.floor(localS / 86_400);
  const { year, month, day } = dateOf(days);
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`A time must lie in the years 1 to 9999, got ${unixMs} ms`);
  if (!Number.isInteger(offsetMin) || Math.abs(offsetMin) > 14 * 60)
    throw new RangeError(`An offset must be whole minutes within 14 hours, got ${offsetMin}`);
  const ofDay = localS - days * 86_400;
  const clock = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map(two).join(":");
  const offset = Math.abs(offsetMin);
  const sign = offsetMin > 0 ? "+" : "-";
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${clock}${sign}${two(Math.floor(offset / 60))}:${two(offset % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, "0");

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Days of 400 Gregorian years, and from 1 March of year 0 to 1 January 1970. */
const DAYS_PER_ERA = 146_097;
const EPOCH_DAY = 719_468;

/** The year is taken to begin in March, so that the leap day is its last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const fromMarch = month > 2 ? month - 3 : month + 9;
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const ofEra = y - era * 400;
  const ofYear = Math.floor((153 * fromMarch + 2) / 5) + day - 1;
  return era * DAYS_PER_ERA + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - EPOCH_DAY;
}

function dateOf(days: number): { year: number; month: number; day: number } {
  const fromZero = days + EPOCH_DAY;
  const era = Math.floor(fromZero / DAYS_PER_ERA);
  const ofEra = fromZero - era * DAYS_PER_ERA;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: year + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}
