import type { Language } from "./person.ts";
import type { Height } from "./place.ts";

/** Metres and metres per second, or feet, miles and miles per hour. */
export type Units = "metric" | "imperial";

const METRES_PER_FOOT = 0.3048;
const METRES_PER_MILE = 1609.344;
const POINTS: Readonly<Record<Language, readonly string[]>> = {
  en: ["N", "NE", "E", "SE", "S", "SW", "W", "NW"],
  es: ["N", "NE", "E", "SE", "S", "SO", "O", "NO"],
};
const ABOVE: Readonly<Record<Language, Readonly<Record<Height["reference"], string>>>> = {
  en: { hae: "HAE", msl: "MSL", agl: "AGL", pressure: "pressure", takeoff: "above take-off" },
  es: { hae: "elipsoidal", msl: "s. n. m.", agl: "s. suelo", pressure: "presión", takeoff: "s. despegue" },
};

/** A length along the ground: `85 m`, `1.24 km`; `280 ft`, `0.77 mi`. Rounded to what a person can use. */
export function formatDistance(distanceM: number, units: Units): string {
  if (units === "imperial") {
    const feet = distanceM / METRES_PER_FOOT;
    return Math.abs(feet) < 1000 ? `${roundedTo(feet, 5)} ft` : `${fewDigits(distanceM / METRES_PER_MILE)} mi`;
  }
  return Math.abs(distanceM) < 1000 ? `${Math.round(distanceM)} m` : `${fewDigits(distanceM / 1000)} km`;
}

/** A length upwards, always in metres or feet: `120 m`, `395 ft`. */
export const formatRise = (heightM: number, units: Units): string =>
  units === "imperial" ? `${roundedTo(heightM / METRES_PER_FOOT, 5)} ft` : `${Math.round(heightM)} m`;

/** A height with its doubt and what it is above: `120 ± 16 m AGL`. The doubt is two standard deviations (95 %). */
export function formatHeight(height: Height, units: Units, language: Language): string {
  const scale = units === "imperial" ? METRES_PER_FOOT : 1;
  const step = units === "imperial" ? 5 : 1;
  const value = roundedTo(height.valueM / scale, step);
  const doubt = roundedTo((2 * height.sigmaM) / scale, step);
  return `${value} ± ${doubt} ${units === "imperial" ? "ft" : "m"} ${ABOVE[language][height.reference]}`;
}

/** `18 m/s` or `40 mph`. */
export const formatSpeed = (speedMps: number, units: Units): string =>
  units === "imperial" ? `${Math.round((speedMps * 3600) / METRES_PER_MILE)} mph` : `${Math.round(speedMps)} m/s`;

/** Clockwise from true north, three figures and the compass point: `045° NE`. */
export function formatBearing(bearingDeg: number, language: Language): string {
  const turn = ((Math.round(bearingDeg) % 360) + 360) % 360;
  return `${String(turn).padStart(3, "0")}° ${POINTS[language][Math.round(turn / 45) % 8]}`;
}

/** How long: `8 s`, `2 min 05 s`, `3 h 10 min`, `2 d 4 h`. Below zero counts as zero. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1000));
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 100) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** How long ago: `12 s ago`, `hace 12 s`; under one second `now`, `ahora`. */
export function formatAge(ageMs: number, language: Language): string {
  if (ageMs < 1000) return language === "es" ? "ahora" : "now";
  return language === "es" ? `hace ${formatDuration(ageMs)}` : `${formatDuration(ageMs)} ago`;
}

/** A part of one as whole per cent, but never a certainty that nobody has: `<1 %`, `97 %`, `>99 %`. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return "<1 %";
  if (share < 1 && share > 0.99) return ">99 %";
  return `${Math.round(share * 100)} %`;
}

const roundedTo = (value: number, step: number) => Math.round(value / step) * step;
/** Two decimals below ten, one below a hundred, none above. */
const fewDigits = (value: number) => value.toFixed(Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
