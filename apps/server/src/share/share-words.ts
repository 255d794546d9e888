import {
  fill,
  formatHeight,
  formatPhrase,
  formatWord,
  type Height,
  type Language,
  type Phrase,
  type Reality,
} from "@picket/model";
import { NAME_MARKS, SHARE_WORDS, type ShareWord, TEXT_MARKS } from "./words-table.ts";

/** What is said to one partner, in its language; always metric. */
export type ShareWords = Readonly<{
  say(word: ShareWord, params?: Phrase["params"]): string;
  phrase(phrase: Phrase): string;
  height(height: Height): string;
  /** A word of the model. */
  word(word: string): string;
  /** A name marked by what stands behind it: only what is live goes without a mark. */
  name(reality: Reality, name: string): string;
  /** Sentences as one text of at most `most` characters, marked likewise. What does not fit is left out from the end, whole sentences. */
  text(reality: Reality, sentences: readonly string[], most: number): string;
}>;

export const shareWords = (language: Language): ShareWords => ({
  say: (word, params = {}) => fill(SHARE_WORDS[word][language], params, language, "metric"),
  phrase: (phrase) => formatPhrase(phrase, language, "metric"),
  word: (word) => formatWord(word, language),
  height: (height) => formatHeight(height, "metric", language),
  name: (reality, name) => (reality === "live" ? name : `${NAME_MARKS[reality][language]} ${name}`),
  text(reality, sentences, most) {
    let text = reality === "live" ? "" : TEXT_MARKS[reality][language];
    for (const sentence of sentences) {
      const longer = text === "" ? sentence : `${text} ${sentence}`;
      if (longer.length > most) break;
      text = longer;
    }
    return text;
  },
});
