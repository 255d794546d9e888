import { useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import type { FieldModel, Notice } from "./field-model.ts";
import { type Words, wordsOf } from "./words.ts";

const CONFIRM_MS = 4000;

/** What stands when nothing threatens: is the air watched, is the phone reached, is the place known. */
export function QuietScreen({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  const told = model.state.value.told;
  const isHeard = told !== undefined && !model.isOffline.value;
  const isWatched = isHeard && !told.notWatched;
  // Where something is heard around the person the page has said so above: nothing green stands beside it.
  const isCalm = !isHeard || told.heard.length === 0;
  return (
    <section class="quiet">
      {(isCalm || !isWatched) && (
        <div class="status" data-on={isWatched}>
          {isCalm && <h1>{isHeard ? words.noWarning : words.noWord}</h1>}
          {isHeard && <p>{isWatched ? words.watched : words.notWatched}</p>}
          {isHeard && !isWatched && <small>{words.notWatchedMore}</small>}
        </div>
      )}
      <Position model={model} />
    </section>
  );
}

function Position({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  if (model.positionState.value === "on")
    return (
      <p class="position">
        {model.isOffline.value ? words.positionKept : words.positionOn} (±{Math.round(model.place.value?.sigmaM ?? 0)}&nbsp;m)
      </p>
    );
  return (
    <div class="position off">
      <p>
        {words.positionOff}. {words.positionOffMore}
      </p>
      <button type="button" onClick={model.sharePosition}>
        {words.positionAllow}
      </button>
    </div>
  );
}

/** What became of what was said: it stands above what one may say, in danger too. */
export function Notices({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  const notice = model.notice.value;
  const waiting = model.waiting.value;
  if (!notice && waiting === 0) return null;
  return (
    <p class="notice" data-kind={notice?.kind} role="status">
      {notice && noticeWords(notice, words)} {waiting > 0 && `${waiting} ${words.waiting}`}
    </p>
  );
}

function noticeWords(notice: Notice, words: Words): string {
  switch (notice.kind) {
    case "sent":
      return words.sent;
    case "queued":
      return words.queued;
    case "helpQueued":
      return words.helpQueued;
    case "safeTooLate":
      return words.safeTooLate;
    case "refused":
      return `${words.refused} ${notice.why}`;
    default:
      return notice satisfies never;
  }
}

/** The three things a person may say at any time, at the bottom where a thumb is. Help is asked for by two taps, never by one by mistake. */
export function Actions({ model }: Readonly<{ model: FieldModel }>): ComponentChild {
  const words = wordsOf(model.language.value);
  const isAsking = useSignal(false);
  const said = model.state.value.told?.person.wellbeing?.state;
  const help = () => {
    if (!isAsking.value) {
      isAsking.value = true;
      setTimeout(() => {
        isAsking.value = false;
      }, CONFIRM_MS);
      return;
    }
    isAsking.value = false;
    model.say("needHelp");
  };
  return (
    <nav class="actions-bar">
      <button type="button" class="report" onClick={() => (model.screen.value = "sighting")}>
        {words.report}
      </button>
      <button type="button" class="safe" data-on={said === "safe"} onClick={() => model.say("safe")}>
        {said === "safe" ? `✓ ${words.saidSafe}` : words.safe}
      </button>
      <button type="button" class="help" data-on={said === "needHelp"} data-asking={isAsking.value} onClick={help}>
        {isAsking.value ? words.confirmHelp : said === "needHelp" ? `✓ ${words.saidHelp}` : words.needHelp}
      </button>
    </nav>
  );
}
