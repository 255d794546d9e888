import { type Fields, type Range, shown } from "@picket/bytes";

const NUMBER_WITH_UNIT = /^\s*[<=~]*\s*([+-]?\d+(?:\.\d+)?)\s*(km\b)?/;
const SAYS_NOTHING = /^\s*$|unknown|^\s*(n\/?a|none|nan|invalid)\b|^\s*>/i;

/**
 * A number, or text that begins with one and may go on with its unit: `0.25 x`, `< 10 m`, `1650.0 m`. Kilometres become metres. "Unknown", "N/A"
 * and bounds from below such as `>=150 m`, say nothing.
 */
export function quantity(fields: Fields, name: string, range: Range = {}): number | undefined {
  const raw = fields.value(name);
  if (typeof raw !== "string") return fields.number(name, range);
  if (SAYS_NOTHING.test(raw)) return undefined;
  const match = NUMBER_WITH_UNIT.exec(raw);
  if (!match) return fields.refuse("wrong-type", name, `a number with its unit expected, got ${shown(raw)}`);
  const value = Number(match[1]) * (match[2] === undefined ? 1 : 1000);
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = range;
  if (value >= min && value <= max) return value;
  return fields.refuse("out-of-range", name, `from ${min} to ${max} expected, got ${shown(raw)}`);
}

export type Place = Readonly<{ latDeg: number; lonDeg: number }>;

/** A position; 0°/0° says that there is none. */
export function place(fields: Fields, latName: string, lonName: string): Place | undefined {
  const latDeg = quantity(fields, latName, { min: -90, max: 90 });
  const lonDeg = quantity(fields, lonName, { min: -180, max: 180 });
  if (latDeg === undefined || lonDeg === undefined || (latDeg === 0 && lonDeg === 0)) return undefined;
  return { latDeg, lonDeg };
}

/** An altitude or height that the standard can say; −1000 m is its unknown. What lies beyond, such as 65531, is a wrapped number. */
export function altitudeM(fields: Fields, name: string): number | undefined {
  const altM = quantity(fields, name, { min: -1000, max: 31_767.5 });
  return altM === -1000 ? undefined : altM;
}

/** Speed over ground; 255 is unknown. */
export function speedMps(fields: Fields, name: string): number | undefined {
  const mps = quantity(fields, name, { min: 0, max: 255 });
  return mps === 255 ? undefined : mps;
}

/** Upward speed; 63 is unknown, 62 either way is that or more. */
export function verticalSpeedMps(fields: Fields, name: string): number | undefined {
  const mps = quantity(fields, name, { min: -63, max: 63 });
  return mps !== undefined && Math.abs(mps) <= 62 ? mps : undefined;
}

/** Track over ground; 361 is unknown, 360 is north. */
export function trackDeg(fields: Fields, name: string): number | undefined {
  const degrees = quantity(fields, name, { min: 0, max: 361 });
  if (degrees === undefined || degrees > 360) return undefined;
  return degrees === 360 ? 0 : degrees;
}

/** Received power; 0 is unknown. */
export function rssiDbm(fields: Fields | undefined, name: string): number | undefined {
  const dbm = fields && quantity(fields, name, { min: -200, max: 100 });
  return dbm === 0 ? undefined : dbm;
}

/** Above this a frequency is in Hz. */
const MOST_MHZ = 1e6;

/** Centre frequency in MHz, told in MHz or Hz; 0 is unknown. */
export function frequencyMhz(fields: Fields | undefined, name: string): number | undefined {
  const told = fields && quantity(fields, name, { min: 0, max: 1e12 });
  if (told === undefined || told === 0) return undefined;
  return told > MOST_MHZ ? told / 1e6 : told;
}

/**
 * Tenths of a second after the full hour. Receivers tell seconds; whole numbers beyond an hour's seconds are tenths as they stand on
 * the wire. 65535 is unknown.
 */
export function tenthsAfterHour(fields: Fields, name: string): number | undefined {
  const told = quantity(fields, name, { min: 0, max: 65_535 });
  if (told === undefined || told === 65_535) return undefined;
  if (told <= 3600) return Math.round(told * 10);
  if (Number.isInteger(told) && told <= 36_000) return told;
  return fields.refuse("out-of-range", name, `seconds or tenths of one hour expected, got ${told}`);
}

/** A sender's address in lower case: of the words it is told with, the first. */
export function address(fields: Fields | undefined, name: string): string | undefined {
  const text = fields?.text(name, 64)?.split(" ", 1)[0]?.toLowerCase();
  return text === "" ? undefined : text;
}

/** Unix milliseconds from a receiver's clock, told in seconds or in milliseconds. */
export function unixMs(fields: Fields, name: string): number | undefined {
  const told = fields.number(name, { min: 0, max: 8.64e15 });
  if (told === undefined || told === 0) return undefined;
  return Math.round(told > 1e11 ? told : told * 1000);
}
