import type { Language, Reality } from "@picket/model";

const LANGUAGE = "picket-field-language";
const REALITY = "picket-field-reality";
const REALITIES: readonly Reality[] = ["live", "exercise", "simulated", "replay", "test"];

/** The language this phone was set to, if it was. */
export function keptLanguage(): Language | undefined {
  const kept = localStorage.getItem(LANGUAGE);
  return kept === "en" || kept === "es" ? kept : undefined;
}
export const keepLanguage = (language: Language): void => localStorage.setItem(LANGUAGE, language);

/** What the site last said that all of this is: a page that opens without a connection must not take a drill for real. */
export const keptReality = (): Reality | undefined => REALITIES.find((reality) => reality === localStorage.getItem(REALITY));
export const keepReality = (reality: Reality): void => localStorage.setItem(REALITY, reality);
