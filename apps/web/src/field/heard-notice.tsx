import type { FieldMessage, Language, Reality } from "@picket/model";
import type { ComponentChild } from "preact";
import { RealityStripe } from "./reality-stripe.tsx";
import { distance } from "./warning-screen.tsx";
import { wordsOf } from "./words.ts";

type Heard = Extract<FieldMessage, { type: "field" }>["heard"];

type Props = Readonly<{ heard: Heard; page: Reality; language: Language }>;

/** What is heard around the person and nobody can place: no arrow and no distance, for none is known. */
export function HeardNotice({ heard, page, language }: Props): ComponentChild {
  const words = wordsOf(language);
  return heard.map(({ sensor, name, radiusM, reality }) => (
    <section key={`${sensor} ${reality}`} class="heard" role="alert">
      <RealityStripe reality={reality} said={page} words={words} />
      <h2>{words.possibleDrone}</h2>
      <p>
        {words.heardWithin} {distance(radiusM)} {words.heardOf} {name}.
      </p>
      <p>{words.heardMore}</p>
    </section>
  ));
}
