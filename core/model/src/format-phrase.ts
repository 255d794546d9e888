import { formatBearing, formatDistance, formatDuration, formatShare, formatSpeed, type Units } from "./format-quantity.ts";
import type { Language } from "./person.ts";
import type { Phrase } from "./phrase.ts";
import { PHRASE_TABLE, type PhraseCode, type Sentence } from "./phrase-table.ts";
import { WORD_TABLE, type Word } from "./word-table.ts";

const PLACEHOLDER = /\{([a-zA-Z0-9]+)\}/g;
/** Parameters that hold a word of the model. All other strings are names and stay as they are. */
const WORD_PARAMS = new Set(["objectClass", "affiliation", "moving", "looks", "level", "state"]);
const SHARE_PARAMS = new Set(["probability", "confidence", "existence"]);

/**
 * A phrase in the reader's language and units. A code that is not known here is shown as code and parameters: a sentence from a newer
 * server is odd to read, but never lost.
 */
export function formatPhrase(phrase: Phrase, language: Language, units: Units): string {
  if (!isKnownCode(phrase.code)) return `${phrase.code} ${JSON.stringify(phrase.params)}`;
  return fill(PHRASE_TABLE[phrase.code][language], phrase.params, language, units);
}

/** Fills the placeholders of a sentence; a parameter that did not come shows as `?`. */
export const fill = (sentence: string, params: Phrase["params"], language: Language, units: Units): string =>
  sentence.replace(PLACEHOLDER, (_, name: string) => formatParam(name, params[name], language, units));

/** A word of the model in the reader's language; an unknown word stays as it came. */
export const formatWord = (word: string, language: Language): string =>
  Object.hasOwn(WORD_TABLE, word) ? WORD_TABLE[word as Word][language] : word;

/** Names of the placeholders of a sentence. */
export const placeholders = (sentence: Sentence[Language]): readonly string[] =>
  [...sentence.matchAll(PLACEHOLDER)].map((match) => match[1] ?? "");

const isKnownCode = (code: string): code is PhraseCode => Object.hasOwn(PHRASE_TABLE, code);

function formatParam(name: string, value: number | string | undefined, language: Language, units: Units): string {
  if (value === undefined) return "?";
  if (typeof value === "string") return WORD_PARAMS.has(name) ? formatWord(value, language) : value;
  if (SHARE_PARAMS.has(name)) return formatShare(value);
  if (name === "bearingDeg") return formatBearing(value, language);
  if (name.endsWith("Deg")) return `${Math.round(value)}°`;
  if (name.endsWith("Mps")) return formatSpeed(value, units);
  if (name.endsWith("M")) return formatDistance(value, units);
  if (name.endsWith("S")) return formatDuration(Math.abs(value) * 1000);
  return String(Math.round(value * 10) / 10);
}
