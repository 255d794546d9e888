import type { Affiliation, AssessedTrack, ObjectClass } from "@picket/model";
import { formatShare } from "@picket/model";
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { CLASS_ORDER, nameOf } from "../picture/track-kind.ts";
import { formatSpan } from "../speech/format.ts";
import type { Speech } from "../speech/speech.ts";
import { Dialog } from "./dialog.tsx";

/** What a person says of a track. At least one of class and affiliation is there. */
export type Declared = Readonly<{
  objectClass?: ObjectClass;
  affiliation?: Affiliation;
  confidence: number;
  forMs: number;
  reason?: string;
}>;
type Props = Readonly<{ track: AssessedTrack; speech: Speech; onDeclare(declared: Declared): void; onClose(): void }>;

const AFFILIATIONS: readonly Affiliation[] = ["unknown", "neutral", "friend", "suspect"];
const MINUTE_MS = 60_000;
const HOLDS_MS = [5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS);
const CONFIDENCES = [0.6, 0.8, 0.95];

/** A named person's word on a track, with how sure and until when. */
export function DeclareDialog({ track, speech, onDeclare, onClose }: Props): ComponentChild {
  const [objectClass, setClass] = useState<ObjectClass | undefined>(undefined);
  const [affiliation, setAffiliation] = useState<Affiliation | undefined>(undefined);
  const [confidence, setConfidence] = useState(0.8);
  const [forMs, setForMs] = useState(15 * MINUTE_MS);
  const [reason, setReason] = useState("");
  const isEmpty = objectClass === undefined && affiliation === undefined;
  return (
    <Dialog title={speech.text("declareTitle", { name: nameOf(track) })} closeText={speech.text("close")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isEmpty) return;
          onDeclare({
            confidence,
            forMs,
            ...(objectClass && { objectClass }),
            ...(affiliation && { affiliation }),
            ...(reason.trim() !== "" && { reason: reason.trim() }),
          });
        }}
      >
        <Choices
          isFirst
          legend={speech.text("declareAs")}
          options={[undefined, ...CLASS_ORDER] as const}
          value={objectClass}
          show={(one) => (one === undefined ? speech.text("declareNone") : speech.word(one))}
          onChange={(one) => setClass(one)}
        />
        <Choices
          legend={speech.text("declareSide")}
          options={[undefined, ...AFFILIATIONS] as const}
          value={affiliation}
          show={(one) => (one === undefined ? speech.text("declareNone") : speech.word(one))}
          onChange={(one) => setAffiliation(one)}
        />
        <Choices
          legend={speech.text("declareSure")}
          options={CONFIDENCES}
          value={confidence}
          show={formatShare}
          onChange={setConfidence}
        />
        <Choices legend={speech.text("declareFor")} options={HOLDS_MS} value={forMs} show={formatSpan} onChange={setForMs} />
        <label>
          {speech.text("declareReason")}
          <input maxLength={200} value={reason} onInput={({ currentTarget }) => setReason(currentTarget.value)} />
        </label>
        <p class="soft">{isEmpty ? speech.text("declareEmpty") : speech.text("declareNote")}</p>
        <footer>
          <button type="button" onClick={onClose}>
            {speech.text("cancel")}
          </button>
          <button type="submit" class="primary" disabled={isEmpty}>
            {speech.text("declare")}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

type ChoicesProps<T> = Readonly<{
  legend: string;
  options: readonly T[];
  value: T;
  show(option: T): string;
  onChange(option: T): void;
  /** Gets the keyboard when the dialog opens. */
  isFirst?: boolean;
}>;

/** One of a few, all in sight. */
function Choices<T>({ legend, options, value, show, onChange, isFirst = false }: ChoicesProps<T>): ComponentChild {
  return (
    <fieldset class="choices">
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={String(option)}>
          <input
            type="radio"
            name={legend}
            autofocus={isFirst && option === value}
            checked={option === value}
            onChange={() => onChange(option)}
          />
          {show(option)}
        </label>
      ))}
    </fieldset>
  );
}
