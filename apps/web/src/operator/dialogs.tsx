import type { PersonId } from "@picket/model";
import type { ComponentChild } from "preact";
import { makeEnrolment } from "../live/api.ts";
import { DeclareDialog } from "../panels/declare-dialog.tsx";
import { EnrolDialog } from "../panels/enrol-dialog.tsx";
import { KeysDialog } from "../panels/keys-dialog.tsx";
import { SearchDialog } from "../panels/search-dialog.tsx";
import { ShelveDialog } from "../panels/shelve-dialog.tsx";
import type { Found } from "../picture/search.ts";
import type { Desk } from "./desk.ts";

type Props = Readonly<{ desk: Desk; goTo(latDeg: number, lonDeg: number): void }>;

/** The window that is open over the page, if any. */
export function Dialogs({ desk, goTo }: Props): ComponentChild {
  const dialog = desk.dialog.value;
  const speech = desk.speech.value;
  const picture = desk.calm.value;
  const close = () => {
    desk.dialog.value = undefined;
  };
  if (!dialog || !picture) return null;
  switch (dialog.kind) {
    case "keys":
      return <KeysDialog speech={speech} onClose={close} />;
    case "search":
      return (
        <SearchDialog picture={picture} speech={speech} onClose={close} onFound={(found) => visit(found, desk, goTo, close)} />
      );
    case "shelve":
      return (
        <ShelveDialog
          alert={dialog.alert}
          speech={speech}
          onClose={close}
          onShelve={(reason, forMs) => {
            close();
            void desk.give({ kind: "shelve", alert: dialog.alert.id, reason, untilMs: picture.nowMs + forMs });
          }}
        />
      );
    case "declare": {
      const track = picture.tracks.get(dialog.track);
      if (!track) return null;
      return (
        <DeclareDialog
          track={track}
          speech={speech}
          onClose={close}
          onDeclare={({ forMs, ...declared }) => {
            close();
            void desk.give({ kind: "declare", track: track.id, expiresMs: picture.nowMs + forMs, ...declared });
          }}
        />
      );
    }
    case "enrol":
      return (
        <EnrolDialog
          personName={picture.persons.get(dialog.person as PersonId)?.name ?? dialog.person}
          speech={speech}
          make={() => makeEnrolment(dialog.person as PersonId)}
          onClose={close}
        />
      );
    default:
      return dialog satisfies never;
  }
}

function visit(found: Found, desk: Desk, goTo: Props["goTo"], close: () => void): void {
  close();
  if (found.kind === "track") desk.selectTrack(found.id);
  goTo(found.latDeg, found.lonDeg);
}
