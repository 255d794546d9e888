import {
  fill,
  formatAge,
  formatBearing,
  formatDistance,
  formatHeight,
  formatPhrase,
  formatRise,
  formatSpeed,
  formatWord,
  type Height,
  type Language,
  type Phrase,
  type Units,
} from "@picket/model";
import { formatClock, formatPlace } from "./format.ts";
import { INTERFACE_TABLE, type TextKey } from "./interface-table.ts";

/** One reader's language and units, and everything said in them. */
export type Speech = Readonly<{
  language: Language;
  units: Units;
  /** A text of the page itself. */
  text(key: TextKey, params?: Phrase["params"]): string;
  phrase(phrase: Phrase): string;
  word(word: string): string;
  distance(distanceM: number): string;
  rise(heightM: number): string;
  height(height: Height): string;
  speed(speedMps: number): string;
  bearing(bearingDeg: number): string;
  age(ageMs: number): string;
  clock(atMs: number): string;
  place(latDeg: number, lonDeg: number): string;
  parallel(latDeg: number, decimals: number): string;
  meridian(lonDeg: number, decimals: number): string;
}>;

/** `offsetMin` is minutes east of UTC of the reader's clock. */
export function createSpeech(language: Language, units: Units, offsetMin: number): Speech {
  const west = language === "es" ? "O" : "W";
  return {
    language,
    units,
    text: (key, params) => fill(INTERFACE_TABLE[key][language], params ?? {}, language, units),
    phrase: (phrase) => formatPhrase(phrase, language, units),
    word: (word) => formatWord(word, language),
    distance: (distanceM) => formatDistance(distanceM, units),
    rise: (heightM) => formatRise(heightM, units),
    height: (height) => formatHeight(height, units, language),
    speed: (speedMps) => formatSpeed(speedMps, units),
    bearing: (bearingDeg) => formatBearing(bearingDeg, language),
    age: (ageMs) => formatAge(ageMs, language),
    clock: (atMs) => formatClock(atMs, offsetMin),
    place: (latDeg, lonDeg) => formatPlace(latDeg, lonDeg, language),
    parallel: (latDeg, decimals) => `${Math.abs(latDeg).toFixed(decimals)}° ${latDeg < 0 ? "S" : "N"}`,
    meridian: (lonDeg, decimals) => `${Math.abs(lonDeg).toFixed(decimals)}° ${lonDeg < 0 ? west : "E"}`,
  };
}
