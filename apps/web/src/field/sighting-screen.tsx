import { useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { FieldModel } from "./field-model.ts";
import { NEW_DRAFT, type SightingDraft } from "./sighting.ts";
import { windOf, wordsOf } from "./words.ts";

const ROSE_DEG = [315, 0, 45, 270, undefined, 90, 225, 180, 135] as const;
const MANY = 10;

/** A report in three taps: open, direction, send. All else has a default that can be changed. */
export function SightingScreen({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  const draft = useSignal<SightingDraft>(NEW_DRAFT);
  const problem = useSignal<string | undefined>(undefined);
  const set = (part: Partial<SightingDraft>) => {
    draft.value = { ...draft.value, ...part };
  };
  const headingDeg = model.headingDeg.value;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const send = () => {
    if (!model.report(draft.value)) problem.value = words.noPlace;
    else model.screen.value = "home";
  };
  return (
    <section class="sighting">
      <h1 ref={heading} tabIndex={-1}>
        {words.report}
      </h1>
      <p class="hint">{headingDeg === undefined ? words.compassOff : words.where}</p>
      <div class="rose">
        {ROSE_DEG.map((bearingDeg, index) =>
          bearingDeg === undefined ? (
            headingDeg === undefined ? (
              <button type="button" class="pointing" key={index} onClick={() => void model.useCompass()}>
                {words.compassAllow}
              </button>
            ) : (
              <button
                type="button"
                class="pointing"
                key={index}
                data-on={draft.value.direction?.by === "compass"}
                onClick={() => set({ direction: { bearingDeg: headingDeg, by: "compass" } })}
              >
                {words.pointing}{" "}
                {Math.round(draft.value.direction?.by === "compass" ? draft.value.direction.bearingDeg : headingDeg)}°
              </button>
            )
          ) : (
            <button
              type="button"
              key={index}
              aria-pressed={draft.value.direction?.by === "rose" && draft.value.direction.bearingDeg === bearingDeg}
              onClick={() => set({ direction: { bearingDeg, by: "rose" } })}
            >
              {windOf(bearingDeg, model.language.value)}
            </button>
          ),
        )}
      </div>
      <Choice
        label={words.when}
        value={draft.value.seenAgoS}
        options={[
          [0, words.now],
          [60, words.minute1],
          [300, words.minutes5],
        ]}
        onChoose={(seenAgoS) => set({ seenAgoS })}
      />
      <Choice
        isNarrow
        label={words.howMany}
        value={draft.value.count}
        options={[
          [1, "1"],
          [2, "2"],
          [4, "3–5"],
          [7, "6–9"],
          [MANY, words.many],
        ]}
        onChoose={(count) => set({ count })}
      />
      <Choice
        label={words.howHigh}
        value={draft.value.elevation}
        options={[
          ["low", words.low],
          ["middle", words.middle],
          ["high", words.high],
        ]}
        onChoose={(elevation) => set({ elevation })}
      />
      <Choice
        label={words.moving}
        value={draft.value.moving}
        options={[
          ["unknown", words.unknown],
          ["towardMe", words.towardMe],
          ["awayFromMe", words.awayFromMe],
          ["hovering", words.hovering],
          ["leftToRight", words.leftToRight],
          ["rightToLeft", words.rightToLeft],
        ]}
        onChoose={(moving) => set({ moving })}
      />
      {problem.value && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      <div class="actions">
        <button
          type="button"
          onClick={() => {
            model.screen.value = "home";
          }}
        >
          {words.cancel}
        </button>
        <button type="button" class="primary" onClick={send}>
          {words.send}
        </button>
      </div>
    </section>
  );
}

type ChoiceProps<V> = Readonly<{
  label: string;
  value: V | undefined;
  options: readonly (readonly [V, string])[];
  onChoose(value: V): void;
  /** Its options are figures: all stand in one row. */
  isNarrow?: boolean;
}>;

function Choice<V extends string | number>({
  label,
  value,
  options,
  onChoose,
  isNarrow = false,
}: ChoiceProps<V>): ComponentChild {
  return (
    <fieldset class="choice" data-narrow={isNarrow}>
      <legend>{label}</legend>
      {options.map(([option, word]) => (
        <button type="button" key={option} aria-pressed={option === value} onClick={() => onChoose(option)}>
          {word}
        </button>
      ))}
    </fieldset>
  );
}
