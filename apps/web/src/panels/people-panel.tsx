import type { PersonState, Reality, Warning } from "@picket/model";
import type { ComponentChild } from "preact";
import type { RollCallEntry } from "../picture/roll-call.ts";
import type { Speech } from "../speech/speech.ts";
import { LevelMark } from "./level-mark.tsx";
import { RealityTag } from "./reality-ribbon.tsx";

type Props = Readonly<{
  entries: readonly RollCallEntry[];
  nowMs: number;
  page: Reality;
  speech: Speech;
  onGoTo(person: PersonState): void;
  onEnrol: ((person: PersonState) => void) | undefined;
  onAllClear: ((warning: Warning) => void) | undefined;
}>;

/** Who is where, who was warned, and who has shown that they know. */
export function PeoplePanel(props: Props): ComponentChild {
  const { entries, speech } = props;
  if (entries.length === 0) return <p class="soft">{speech.text("noPeople")}</p>;
  return (
    <div class="stack">
      <p class="roll-summary">
        {speech.text("rollSummary", {
          accounted: entries.filter(({ isAccounted }) => isAccounted).length,
          total: entries.length,
          danger: entries.filter(({ isInDanger }) => isInDanger).length,
        })}
      </p>
      <ul class="people">
        {entries.map((entry) => (
          <Person key={entry.person.id} entry={entry} {...props} />
        ))}
      </ul>
    </div>
  );
}

function Person({ entry, nowMs, page, speech, onGoTo, onEnrol, onAllClear }: Props & { entry: RollCallEntry }): ComponentChild {
  const { person, warning, isAccounted } = entry;
  const open = warning && warning.state !== "allClear" ? warning : undefined;
  const level = person.wellbeing?.state === "needHelp" ? "critical" : open?.level;
  return (
    <li class="person" data-level={level}>
      <div class="person-head">
        {level && <LevelMark level={level} />}
        <button type="button" class="link" disabled={!person.position} onClick={() => onGoTo(person)}>
          {person.name}
        </button>
        <span class="accounted" data-yes={isAccounted}>
          {isAccounted ? "✓" : "?"}
        </span>
        {onEnrol && !person.position?.fixed && (
          <button type="button" class="small" onClick={() => onEnrol(person)}>
            {speech.text("enrol")}
          </button>
        )}
      </div>
      <p class="soft">
        {whereabouts(person, nowMs, speech)} · {speech.text("contact")}: {contactWords(person, nowMs, speech)}
      </p>
      {person.wellbeing && (
        <p data-help={person.wellbeing.state === "needHelp"}>
          <b>{speech.word(person.wellbeing.state)}</b> {speech.age(nowMs - person.wellbeing.atMs)}
        </p>
      )}
      {warning && <WarningLines warning={warning} page={page} speech={speech} nowMs={nowMs} />}
      {open?.state === "lostContact" && open.level === "critical" && onAllClear && (
        <p class="all-clear">
          <span>{speech.text("confirmAllClearNote", { person: person.name })}</span>
          <button type="button" class="small" onClick={() => onAllClear(open)}>
            {speech.text("confirmAllClear")}
          </button>
        </p>
      )}
    </li>
  );
}

function whereabouts({ position }: PersonState, nowMs: number, speech: Speech): string {
  if (!position) return speech.text("noPosition");
  if (position.fixed) return speech.text("fixedPost");
  return `${speech.text("position")} ${speech.age(nowMs - position.measuredMs)} ± ${speech.distance(2 * position.sigmaM)}`;
}

/** A phone that is connected and silent has nothing to say: its last word is no measure. */
function contactWords({ reachable, lastContactMs }: PersonState, nowMs: number, speech: Speech): string {
  if (reachable === "connected") return speech.word(reachable);
  return lastContactMs === undefined ? speech.text("neverContacted") : speech.age(nowMs - lastContactMs);
}

type LinesProps = Readonly<{ warning: Warning; page: Reality; speech: Speech; nowMs: number }>;

/** What they were told and how far it got: each step with its time, or said to be missing. */
function WarningLines({ warning, page, speech, nowMs }: LinesProps): ComponentChild {
  const step = (name: string, atMs: number | undefined, missing: string) => (
    <li data-yes={atMs !== undefined}>{atMs === undefined ? `✕ ${missing}` : `✓ ${name} ${speech.clock(atMs)}`}</li>
  );
  return (
    <div class="warning-lines">
      <p>
        <RealityTag reality={warning.reality} page={page} speech={speech} />
        <b>{speech.word(warning.state)}</b>{" "}
        {warning.state === "active" ? threatOf(warning, speech) : speech.age(nowMs - warning.changedMs)}
      </p>
      <p>{speech.phrase(warning.advice)}</p>
      <ul class="receipts">
        <li data-yes>{`✓ ${speech.text("warned")} ${speech.clock(warning.raisedMs)}`}</li>
        {step(speech.text("delivered"), warning.deliveredMs, speech.text("notDelivered"))}
        {step(speech.text("seen"), warning.seenMs, speech.text("notSeen"))}
        {warning.escalatedMs !== undefined && (
          <li data-yes={false}>{`△ ${speech.text("escalated")} ${speech.clock(warning.escalatedMs)}`}</li>
        )}
      </ul>
    </div>
  );
}

const threatOf = ({ bearingDeg, distanceM, closestM }: Warning, speech: Speech) =>
  speech.text("threat", { bearingDeg, distanceM, closestM });
