import type { Alert, AlertId, Reality } from "@picket/model";
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { isReturned, isUnacknowledged, type AlertList as Lists } from "../picture/alert-order.ts";
import { closingOf } from "../picture/closing.ts";
import type { Picture } from "../picture/picture.ts";
import type { Speech } from "../speech/speech.ts";
import { LevelMark } from "./level-mark.tsx";
import { RealityTag } from "./reality-ribbon.tsx";
import { returnedWords } from "./returned-text.ts";

type Props = Readonly<{
  lists: Lists;
  picture: Picture;
  speech: Speech;
  selected: AlertId | undefined;
  onTheirWay: ReadonlySet<AlertId>;
  flood: Readonly<{ isFlood: boolean; inTenMinutes: number }>;
  /** Names of sensors that ought to watch and are not heard. */
  notWatched: readonly string[];
  /** False where nothing watches at all. */
  hasSensors: boolean;
  page: Reality;
  /** False while the past is shown: it cannot be acknowledged. */
  mayAct: boolean;
  onSelect(alert: Alert): void;
  onAcknowledge(alert: Alert): void;
  onUnshelve(alert: Alert): void;
}>;

/** Every alert in the order it wants a person. What was put aside stays in reach, counted and folded. */
export function AlertList(props: Props): ComponentChild {
  const { lists, speech, flood } = props;
  const waiting = lists.open.filter(isUnacknowledged).length;
  return (
    <section class="panel alerts" aria-label={speech.text("alerts")}>
      <header class="panel-head">
        <h2>{speech.text("alerts")}</h2>
        {waiting > 0 && <span class="count-waiting">{speech.text("unacknowledged", { count: waiting })}</span>}
      </header>
      <p class="heard-only" aria-live="assertive">
        {newestWaiting(props)}
      </p>
      {flood.isFlood && <p class="flood">{speech.text("flood", { count: flood.inTenMinutes })}</p>}
      <div class="scroll">
        {lists.open.length === 0 && <Quiet {...props} />}
        <ol class="alert-rows">
          {lists.open.map((alert) => (
            <AlertRow key={alert.id} alert={alert} {...props} />
          ))}
        </ol>
        <Folded title={speech.text("shelved")} alerts={lists.shelved} {...props} />
        <Folded title={speech.text("suppressed")} alerts={lists.suppressed} {...props} />
      </div>
    </section>
  );
}

/** Read out by a screen reader when it changes. The rows themselves change every second. */
function newestWaiting({ lists: { open }, page, speech }: Props): string {
  const [newest] = open.filter(isUnacknowledged).toSorted((a, b) => b.raisedMs - a.raisedMs);
  if (!newest) return "";
  const reality = newest.reality === page ? "" : `${speech.word(newest.reality)}. `;
  return `${reality}${speech.word(newest.level)}. ${speech.phrase(newest.title)}`;
}

/** An empty list is good news only while the sky is watched. */
function Quiet({ speech, notWatched, hasSensors, picture }: Props): ComponentChild {
  const isWatched = hasSensors && notWatched.length === 0;
  return (
    <div class="quiet" data-watched={isWatched}>
      <p>
        {speech.text("noAlerts")} {picture.tracks.size === 0 && speech.text("noTracks")}
      </p>
      <p>{isWatched ? `✓ ${speech.text("allWatched")}` : notWatchedWords(hasSensors, notWatched, speech)}</p>
    </div>
  );
}

const notWatchedWords = (hasSensors: boolean, notWatched: readonly string[], speech: Speech): string =>
  hasSensors ? speech.text("someNotWatched", { sensors: notWatched.join(", ") }) : speech.text("noSensors");

function Folded({ title, alerts, ...props }: Props & { title: string; alerts: readonly Alert[] }): ComponentChild {
  if (alerts.length === 0) return null;
  return (
    <details class="folded">
      <summary>
        {title} ({alerts.length})
      </summary>
      <ol class="alert-rows">
        {alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} {...props} />
        ))}
      </ol>
    </details>
  );
}

function AlertRow({ alert, ...props }: Props & { alert: Alert }): ComponentChild {
  const { speech, picture, selected, onTheirWay, page, onSelect } = props;
  const isWaiting = isUnacknowledged(alert) && !onTheirWay.has(alert.id);
  const isSelected = selected === alert.id;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: "nearest" });
  }, [isSelected]);
  return (
    <li ref={row} class="alert-row" data-level={alert.level} data-waiting={isWaiting} data-state={alert.state}>
      <button type="button" class="alert-face" aria-current={isSelected} onClick={() => onSelect(alert)}>
        <LevelMark level={alert.level} />
        <span class="alert-words">
          <span class="alert-line">
            <strong class="level-word">{speech.word(alert.level)}</strong>
            <span class="alert-kind">{speech.word(alert.kind)}</span>
            <RealityTag reality={alert.reality} page={page} speech={speech} />
            <b class="alert-closing">{closingWords(alert, picture, speech)}</b>
          </span>
          <span class="alert-title">{speech.phrase(alert.title)}</span>
          <span class="alert-line alert-faint">{ageOf(alert, picture, speech)}</span>
        </span>
      </button>
      <Standing alert={alert} {...props} />
    </li>
  );
}

/** Since when it calls: of a row that nobody took and that came true again, since then. */
const ageOf = ({ raisedMs, againMs }: Alert, { nowMs }: Picture, speech: Speech): string =>
  againMs === undefined ? speech.age(nowMs - raisedMs) : speech.text("again", { age: speech.age(nowMs - againMs) });

/** How near it is, or how it came to its end. Empty when neither is known. */
function closingWords(alert: Alert, picture: Picture, speech: Speech): string {
  if (isReturned(alert)) return returnedWords(alert, speech);
  const closing = closingOf(alert, picture);
  switch (closing?.kind) {
    case undefined:
      return "";
    case "lostContact":
      return speech.text("lostContact");
    case "warningOpen":
      return speech.text("warningOpen");
    case "inside":
      return speech.text("zoneInside");
    case "arrives":
      return speech.text("arrivesIn", { leftS: closing.inS });
    case "away":
      return speech.distance(closing.distanceM);
    default:
      return closing satisfies never;
  }
}

/** Who has it, or the button to take it. */
function Standing({ alert, speech, onTheirWay, mayAct, onAcknowledge, onUnshelve }: Props & { alert: Alert }): ComponentChild {
  if (alert.state === "shelved" && alert.shelf)
    return (
      <p class="alert-standing">
        {speech.text("shelvedBy", { by: alert.shelf.by, clock: speech.clock(alert.shelf.untilMs), reason: alert.shelf.reason })}
        {mayAct && (
          <button type="button" class="small" onClick={() => onUnshelve(alert)}>
            {speech.text("unshelve")}
          </button>
        )}
      </p>
    );
  if (onTheirWay.has(alert.id)) return <p class="alert-standing corner">{speech.text("acknowledging")}</p>;
  if (isUnacknowledged(alert))
    return mayAct ? (
      <p class="alert-standing corner">
        <button type="button" class="small take" onClick={() => onAcknowledge(alert)}>
          {speech.text("acknowledge")} <kbd>A</kbd>
        </button>
      </p>
    ) : null;
  if (!alert.acknowledgement) return null;
  const { by, atMs } = alert.acknowledgement;
  return <p class="alert-standing taken">✓ {speech.text("acknowledgedBy", { by, clock: speech.clock(atMs) })}</p>;
}
