import { dateOfDay, daysSince1970 } from "@picket/bytes";
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
  const days = year > 0 ? daysSince1970(year, month, day) : undefined;
  const isTime = (hour < 24 && minute < 60 && second < 60) || (hour === 24 && minute === 0 && second === 0);
  if (days === undefined || !isTime || Number(match[9]) > 59 || Math.abs(offsetMin) > 14 * 60) return undefined;
  const localMs = days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
  return { unixMs: localMs - offsetMin * 60_000, offsetMin: offsetMin === 0 ? 0 : offsetMin };
}

/** Writes a moment as the standard has it, the fraction of its second cut off. Throws RangeError outside the years 1 to 9999. */
export function formatTime({ unixMs, offsetMin }: CapTime): string {
  const localS = Math.floor(unixMs / 1000) + offsetMin * 60;
  const days = Math.floor(localS / 86_400);
  const { year, month, day } = dateOfDay(days);
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
