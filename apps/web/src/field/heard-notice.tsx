import type { FieldMessage, Language } from "@picket/model";
import type { ComponentChild } from "preact";
import { realityWord } from "./field-state.ts";
import { distance } from "./warning-screen.tsx";
import { wordsOf } from "./words.ts";

type Heard = Extract<FieldMessage, { type: "field" }>["heard"];

/** What is heard around the person and nobody can place: no arrow and no distance, for none is known. */
export function HeardNotice({ heard, language }: Readonly<{ heard: Heard; language: Language }>): ComponentChild {
  const words = wordsOf(language);
  return heard.map(({ sensor, name, radiusM, reality }) => {
    const unreal = realityWord(reality);
    return (
      <section key={`${sensor} ${reality}`} class="heard" role="alert">
        <h2>
          {unreal && `${words[unreal]}: `}
          {words.possibleDrone}
        </h2>
        <p>
          {words.heardWithin} {distance(radiusM)} {words.heardOf} {name}.
        </p>
        <p>{words.heardMore}</p>
      </section>
    );
  });
}
