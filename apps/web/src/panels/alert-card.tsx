import type { Alert, Reality, TrackId } from "@picket/model";
import type { ComponentChild } from "preact";
import { isReturned } from "../picture/alert-order.ts";
import type { Picture } from "../picture/picture.ts";
import { reasonsNow } from "../picture/reasons.ts";
import { nameOf } from "../picture/track-kind.ts";
import type { Speech } from "../speech/speech.ts";
import { Refute, Why } from "./facts.tsx";
import { LevelMark } from "./level-mark.tsx";
import { RealityTag } from "./reality-ribbon.tsx";
import { returnedWords } from "./returned-text.ts";

type Props = Readonly<{ alert: Alert; picture: Picture; page: Reality; speech: Speech; onTrack(track: TrackId): void }>;
const SHOWN_MEMBERS = 60;

/** An alert that no single track stands for: of a sensor, a sighting, a person, or of many tracks. */
export function AlertCard({ alert, picture, page, speech, onTrack }: Props): ComponentChild {
  return (
    <article class="card" data-level={alert.level}>
      <header class="card-head" data-level={alert.level}>
        <LevelMark level={alert.level} />
        <div>
          <h2>{speech.phrase(alert.title)}</h2>
          <p>
            {speech.word(alert.level)} · {speech.word(alert.kind)} · {speech.clock(alert.raisedMs)}
            {isReturned(alert) && ` · ${returnedWords(alert, speech)}`}
            <RealityTag reality={alert.reality} page={page} speech={speech} />
          </p>
        </div>
      </header>
      <dl class="facts">
        <Why reasons={reasonsNow(alert, picture)} speech={speech} />
        <Refute phrases={alert.refutedBy} speech={speech} />
      </dl>
      <Members alert={alert} picture={picture} page={page} speech={speech} onTrack={onTrack} />
    </article>
  );
}

/** Every track behind an alert, each a button. */
export function Members({ alert, picture, speech, onTrack }: Props): ComponentChild {
  if (alert.tracks.length < 2) return null;
  return (
    <details class="folded">
      <summary>
        {alert.tracks.length} {speech.text("tracksCount")}
      </summary>
      <ul class="members">
        {alert.tracks.slice(0, SHOWN_MEMBERS).map((id) => {
          const track = picture.tracks.get(id);
          return (
            <li key={id}>
              <button type="button" class="small" disabled={!track} onClick={() => onTrack(id)}>
                {track ? nameOf(track) : id}
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
