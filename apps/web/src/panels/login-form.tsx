import type { Language } from "@picket/model";
import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { logIn, type Session } from "../live/api.ts";
import { otherLanguage } from "../operator/preferences.ts";
import type { Speech } from "../speech/speech.ts";

type Props = Readonly<{
  siteName: string;
  speech: Speech;
  onEntered(session: Session): void;
  onLanguage(language: Language): void;
}>;

/** Name and password, where the site has accounts. */
export function LoginForm({ siteName, speech, onEntered, onLanguage }: Props): ComponentChild {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [why, setWhy] = useState<string | undefined>(undefined);
  return (
    <main class="login">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          logIn(name, password).then(onEntered, (error: Error) => setWhy(error.message));
        }}
      >
        <h1>
          <b>PICKET</b> {siteName}
        </h1>
        <label>
          {speech.text("userName")}
          <input
            required
            autofocus
            autocomplete="username"
            maxLength={64}
            value={name}
            onInput={({ currentTarget }) => setName(currentTarget.value)}
          />
        </label>
        <label>
          {speech.text("password")}
          <input
            required
            type="password"
            autocomplete="current-password"
            maxLength={256}
            value={password}
            onInput={({ currentTarget }) => setPassword(currentTarget.value)}
          />
        </label>
        {why && (
          <p class="refused" role="alert">
            {speech.text("logInFailed", { why })}
          </p>
        )}
        <button type="submit" class="primary">
          {speech.text("logIn")}
        </button>
        <button type="button" onClick={() => onLanguage(otherLanguage(speech.language))}>
          {LANGUAGE_NAMES[otherLanguage(speech.language)]}
        </button>
      </form>
    </main>
  );
}

/** Each in its own words: whoever cannot read the page finds theirs. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", es: "Español" };
