import type { ComponentChild } from "preact";
import { KEY_MAP } from "../operator/keys.ts";
import type { Speech } from "../speech/speech.ts";
import { Dialog } from "./dialog.tsx";

/** Every key and what it does. */
export function KeysDialog({ speech, onClose }: { speech: Speech; onClose(): void }): ComponentChild {
  return (
    <Dialog title={speech.text("keys")} closeText={speech.text("close")} onClose={onClose}>
      <dl class="keys">
        {KEY_MAP.map(({ keys, text }) => (
          <div key={text}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key === " " ? speech.text("keySpace") : key}</kbd>
              ))}
            </dt>
            <dd>{speech.text(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
