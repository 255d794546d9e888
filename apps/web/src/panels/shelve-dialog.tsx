import type { Alert } from "@picket/model";
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { formatSpan } from "../speech/format.ts";
import type { Speech } from "../speech/speech.ts";
import { Dialog } from "./dialog.tsx";

type Props = Readonly<{ alert: Alert; speech: Speech; onShelve(reason: string, forMs: number): void; onClose(): void }>;
const MINUTE_MS = 60_000;
const CHOICES_MS = [15, 60, 240, 480].map((minutes) => minutes * MINUTE_MS);

/** Puts an alert aside: never without a reason, never for more than eight hours. */
export function ShelveDialog({ alert, speech, onShelve, onClose }: Props): ComponentChild {
  const [reason, setReason] = useState("");
  const [forMs, setForMs] = useState(15 * MINUTE_MS);
  return (
    <Dialog title={speech.text("shelveTitle")} closeText={speech.text("close")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== "") onShelve(reason.trim(), forMs);
        }}
      >
        <p>
          <b>{speech.phrase(alert.title)}</b>
        </p>
        <label>
          {speech.text("shelveReason")}
          <input
            autofocus
            required
            maxLength={200}
            value={reason}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        <fieldset class="choices">
          <legend>{speech.text("shelveFor")}</legend>
          {CHOICES_MS.map((choiceMs) => (
            <label key={choiceMs}>
              <input type="radio" name="for" checked={forMs === choiceMs} onChange={() => setForMs(choiceMs)} />
              {formatSpan(choiceMs)}
            </label>
          ))}
        </fieldset>
        <p class="soft">{speech.text("shelveNote")}</p>
        <footer>
          <button type="button" onClick={onClose}>
            {speech.text("cancel")}
          </button>
          <button type="submit" class="primary" disabled={reason.trim() === ""}>
            {speech.text("shelve")}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
