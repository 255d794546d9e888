import type { Phrase } from "@picket/model";
import type { ComponentChild, ComponentChildren } from "preact";
import { distinct } from "../picture/reasons.ts";
import type { Speech } from "../speech/speech.ts";

/** One line of a card: what is asked, and the answer. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }): ComponentChild {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Each sentence once. */
export function Sentences({ phrases, speech }: { phrases: readonly Phrase[]; speech: Speech }): ComponentChild {
  return (
    <ul class="sentences">
      {distinct(phrases).map((phrase) => (
        <li key={phrase.code + JSON.stringify(phrase.params)}>{speech.phrase(phrase)}</li>
      ))}
    </ul>
  );
}

type ReasonsProps = Readonly<{ name: string; reasons: readonly Phrase[]; speech: Speech }>;

/** Sentences under a name; nothing without any. */
export function Reasons({ name, reasons, speech }: ReasonsProps): ComponentChild {
  if (reasons.length === 0) return null;
  return (
    <Fact name={name}>
      <Sentences phrases={reasons} speech={speech} />
    </Fact>
  );
}

export const Why = (props: Omit<ReasonsProps, "name">): ComponentChild => <Reasons name={props.speech.text("why")} {...props} />;

export const Refute = ({ phrases, speech }: { phrases: readonly Phrase[]; speech: Speech }): ComponentChild => (
  <Reasons name={speech.text("wouldRefute")} reasons={phrases} speech={speech} />
);
