import type { Reality } from "@picket/model";
import type { ComponentChild } from "preact";
import { realityWord } from "./field-state.ts";
import type { Words } from "./words.ts";

type Props = Readonly<{ reality: Reality; said?: Reality; words: Words }>;

/** Says across the whole width that what it heads is not real. Nothing above what is live, or where the page has `said` it already. */
export function RealityStripe({ reality, said, words }: Props): ComponentChild {
  const word = realityWord(reality, said);
  return (
    word && (
      <p class="reality" role="note">
        <span>{words[word]}</span>
      </p>
    )
  );
}
