import type { ComponentChild } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Enrolment } from "../live/api.ts";
import type { Speech } from "../speech/speech.ts";
import { Dialog } from "./dialog.tsx";

type Props = Readonly<{ personName: string; speech: Speech; make(): Promise<Enrolment>; onClose(): void }>;

/** Shows the one-time code that makes a phone a person's. The picture is set as data: nothing in it can run. */
export function EnrolDialog({ personName, speech, make, onClose }: Props): ComponentChild {
  const [made, setMade] = useState<Enrolment | undefined>(undefined);
  const [why, setWhy] = useState<string | undefined>(undefined);
  useEffect(() => {
    make().then(setMade, (error: Error) => setWhy(error.message));
  }, []);
  return (
    <Dialog title={speech.text("enrolTitle", { person: personName })} closeText={speech.text("close")} onClose={onClose}>
      {why && <p role="alert">{speech.text("refused", { why })}</p>}
      {!made && !why && <p class="soft">{speech.text("loading")}</p>}
      {made && (
        <div class="enrol">
          <img alt={made.url} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.qrSvg)}`} />
          <p class="figures">{made.url}</p>
          <p>{speech.text("enrolNote", { clock: speech.clock(made.expiresMs) })}</p>
        </div>
      )}
    </Dialog>
  );
}
