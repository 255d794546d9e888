import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import type { Picture } from "../picture/picture.ts";
import { type Found, search } from "../picture/search.ts";
import type { Speech } from "../speech/speech.ts";
import { Dialog } from "./dialog.tsx";

type Props = Readonly<{ picture: Picture; speech: Speech; onFound(found: Found): void; onClose(): void }>;

/** Finds anything that has a name. Enter takes the first. */
export function SearchDialog({ picture, speech, onFound, onClose }: Props): ComponentChild {
  const [text, setText] = useState("");
  const found = search(picture, text);
  const [first] = found;
  return (
    <Dialog title={speech.text("search")} closeText={speech.text("close")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (first) onFound(first);
        }}
      >
        <input
          autofocus
          placeholder={speech.text("searchHint")}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <ul class="found">
          {found.map((one) => (
            <li key={`${one.kind}-${one.id}`}>
              <button type="button" onClick={() => onFound(one)}>
                <b>{one.title}</b> <span class="soft">{one.detail}</span>
              </button>
            </li>
          ))}
          {text !== "" && found.length === 0 && <li class="soft">{speech.text("searchNone")}</li>}
        </ul>
      </form>
    </Dialog>
  );
}
