import type { ComponentChild } from "preact";
import { useState } from "preact/hooks";
import { logIn, type Session } from "../live/api.ts";
import type { Speech } from "../speech/speech.ts";

type Props = Readonly<{ siteName: string; speech: Speech; onEntered(session: Session): void }>;

/** Name and password, where the site has accounts. */
export function LoginForm({ siteName, speech, onEntered }: Props): ComponentChild {
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
        {why && <p role="alert">{speech.text("logInFailed", { why })}</p>}
        <button type="submit" class="primary">
          {speech.text("logIn")}
        </button>
      </form>
    </main>
  );
}
