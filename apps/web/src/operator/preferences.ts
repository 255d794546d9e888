import type { Language, Units } from "@picket/model";

export type Theme = "dark" | "day" | "night" | "contrast";
export const THEMES: readonly Theme[] = ["dark", "day", "night", "contrast"];
/** What one person sets for their own eyes; kept in this browser, never on the server. */
export type Preferences = Readonly<{ language: Language; units: Units; theme: Theme }>;

export const otherLanguage = (language: Language): Language => (language === "en" ? "es" : "en");

const KEY = "picket.preferences";

/** Reads what was kept; where nothing was, the browser's language and metres. Text that is not ours is ignored. */
export function readPreferences(kept: string | null, browserLanguage: string): Preferences {
  const known = parse(kept);
  return {
    language:
      known.language === "es" || known.language === "en" ? known.language : browserLanguage.startsWith("es") ? "es" : "en",
    units: known.units === "imperial" ? "imperial" : "metric",
    theme: THEMES.find((theme) => theme === known.theme) ?? "dark",
  };
}

export const loadPreferences = (): Preferences => readPreferences(localStorage.getItem(KEY), navigator.language);
export const keepPreferences = (preferences: Preferences): void => localStorage.setItem(KEY, JSON.stringify(preferences));

function parse(text: string | null): Partial<Record<keyof Preferences, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
